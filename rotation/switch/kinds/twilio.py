"""Twilio TaskRouter over HTTP: workers' attributes and activities. A worker is called by the employee's id.

``--host`` is the workspace's URL, https://taskrouter.twilio.com/v1/Workspaces/WS...; the user is the account, the
secret its token. Every update carries If-Match, so that nobody's change is overwritten. Going offline cuts no call.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import httpx2

from rotation.errors import SwitchFault
from rotation.routing import RoutingRow
from rotation.switch._driver import Access, DriverKind
from rotation.switch.seats import Action, Outcome, Rank, Seat, SwitchState
from rotation.targets._limits import label
from rotation.targets.twilio import NAME, OFF, ON

PAGE = 1000
AT_ONCE = 8
TRIES = 4
Worker = dict[str, Any]


class TaskRouter:
    """The driver; see :class:`rotation.switch._driver.Driver`."""

    def __init__(self, access: Access, transport: httpx2.AsyncBaseTransport | None = None) -> None:
        self.changed = asyncio.Event()
        self._access, self._transport = access, transport
        self._client: httpx2.AsyncClient | None = None
        self._activities: dict[str, str] = {}
        self._workers: dict[str, Worker] = {}

    async def connect(self) -> None:
        """Ask for the activities, which also tries the login."""
        self.changed.clear()
        base = self._access.host if "://" in self._access.host else f"https://{self._access.host}"
        verify: Any = self._access.ca_file or True
        self._client = httpx2.AsyncClient(
            base_url=base.rstrip("/") + "/",
            auth=(self._access.user, self._access.secret),
            timeout=self._access.timeout_s,
            verify=verify,
            transport=self._transport,
        )
        rows = await self._all("Activities", "activities")
        self._activities = {row["friendly_name"]: row["sid"] for row in rows}
        if missing := {ON, OFF} - set(self._activities):
            raise SwitchFault(f"the workspace lacks the activities {', '.join(sorted(missing))}; create them")

    def uptime_s(self) -> float | None:
        """A cloud does not restart."""
        return None

    async def read(self, queues: Collection[str]) -> SwitchState:
        """Workers and task queues."""
        known = frozenset(row["friendly_name"] for row in await self._all("TaskQueues", "task_queues"))
        self._workers = {row["friendly_name"]: row for row in await self._all("Workers", "workers")}
        found = [seat for worker in self._workers.values() for seat in _seats(worker) if seat.queue in queues]
        return SwitchState(known, {seat.key: seat for seat in found if seat.queue in known})

    async def apply(self, actions: Sequence[Action]) -> list[Outcome]:
        """Updates, worker by worker; several workers at a time."""
        room = asyncio.Semaphore(AT_ONCE)
        by_worker: dict[str, list[Action]] = {}
        for action in actions:
            by_worker.setdefault(action.agent, []).append(action)

        async def send(agent: str, mine: list[Action]) -> dict[Action, Outcome]:
            async with room:
                message = await self._update(agent, mine)
                return {action: Outcome(action, not message, message=message) for action in mine}

        found = await asyncio.gather(*(send(agent, mine) for agent, mine in by_worker.items()))
        outcomes = {action: outcome for part in found for action, outcome in part.items()}
        return [outcomes[action] for action in actions]

    async def registered(self, endpoints: Collection[str]) -> Mapping[str, bool]:  # noqa: ARG002
        """TaskRouter knows of no registrations."""
        return {}

    async def close(self) -> None:
        """Let go of the connections."""
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    async def _update(self, agent: str, actions: Sequence[Action]) -> str:
        """Change one worker; what went wrong, or nothing. A change by somebody else in between is read and kept."""
        for _ in range(TRIES):
            known = self._workers.get(agent)
            if known is None:
                form = self._form({}, "", actions) | {"FriendlyName": agent}
                answer = await self._call("POST", "Workers", data=form)
            else:
                now = await self._call("GET", f"Workers/{known['sid']}")
                if now.status_code != httpx2.codes.OK:
                    return _words(now)
                worker = now.json()
                form = self._form(json.loads(worker["attributes"] or "{}"), worker["activity_name"], actions)
                match = {"If-Match": now.headers.get("ETag", "*")}
                answer = await self._call("POST", f"Workers/{known['sid']}", data=form, headers=match)
            if answer.status_code != httpx2.codes.PRECONDITION_FAILED:
                break
        if answer.status_code >= httpx2.codes.BAD_REQUEST:
            return _words(answer)
        self._workers[agent] = answer.json()
        return ""

    def _form(self, attributes: dict[str, Any], activity: str, actions: Sequence[Action]) -> dict[str, str]:
        """The worker after some actions; attributes of others stay as they are."""
        rings = [str(one) for one in attributes.get("rings", [])]
        wanted = activity or OFF
        for action in actions:
            if action.verb in ("add", "rank", "remove"):
                rings = [one for one in rings if one.rpartition(":")[0] != action.queue]
            if action.verb in ("add", "rank"):
                rings.append(f"{action.queue}:{action.rank.penalty}")
            if action.verb == "add":
                about = {"contact_uri": action.endpoint, "name": label(action.name, action.agent, 200)}
                attributes = attributes | about
            if action.verb == "pause":
                wanted = OFF
            elif action.verb == "unpause" or (action.verb == "add" and not action.paused and wanted == OFF):
                wanted = ON
        queues = sorted({one.rpartition(":")[0] for one in rings})
        document = attributes | {"rings": sorted(rings), "queues": queues}
        form = {"Attributes": json.dumps(document, ensure_ascii=False, sort_keys=True)}
        return form if wanted == activity else form | {"ActivitySid": self._activities[wanted]}

    async def _all(self, path: str, key: str) -> list[Worker]:
        """Every page of a list."""
        found: list[Worker] = []
        place: str | None = f"{path}?PageSize={PAGE}"
        while place:
            answer = await self._call("GET", place)
            if answer.status_code != httpx2.codes.OK:
                raise SwitchFault(f"Twilio refuses {path}: {_words(answer)}")
            document = answer.json()
            found += document.get(key, [])
            place = (document.get("meta") or {}).get("next_page_url")
        return found

    async def _call(self, method: str, path: str, **more: Any) -> httpx2.Response:
        """One request; asks again when told to wait.

        Raises:
            OSError: there is no answer.
            SwitchFault: the login is refused.
        """
        if self._client is None:
            raise ConnectionResetError("the connection has ended")
        for number in range(TRIES):
            try:
                answer = await self._client.request(method, path, **more)
            except httpx2.HTTPError as error:
                raise ConnectionResetError(f"Twilio does not answer: {type(error).__name__}") from error
            if answer.status_code in (401, 403):
                raise SwitchFault("Twilio refuses the login: check account and token")
            if answer.status_code != httpx2.codes.TOO_MANY_REQUESTS:
                return answer
            await asyncio.sleep(float(answer.headers.get("Retry-After", 2**number)))
        return answer


def _words(answer: httpx2.Response) -> str:
    try:
        return str(answer.json().get("message") or answer.status_code)
    except ValueError:
        return f"HTTP {answer.status_code}"


def _seats(worker: Worker) -> list[Seat]:
    """The queues in which a worker rings, by its attributes; none when they are not as we write them."""
    try:
        rings = json.loads(worker.get("attributes") or "{}").get("rings", [])
    except (ValueError, AttributeError):
        return []
    activity, free = worker.get("activity_name", ""), bool(worker.get("available"))
    found = []
    for ring in rings if isinstance(rings, list) else []:
        queue, _, penalty = str(ring).rpartition(":")
        if queue and penalty.isdigit():
            reason = "" if free or activity == OFF else activity
            found.append(Seat(queue, worker["friendly_name"], Rank(int(penalty)), paused=not free, reason=reason))
    return found


def agent_of(row: RoutingRow) -> str:
    """The employee's id; empty when TaskRouter cannot hold it, or there is nothing to dial."""
    return row.employee_id if NAME.fullmatch(row.employee_id) and row.endpoint else ""


DRIVER = DriverKind("Twilio TaskRouter over HTTP", 443, TaskRouter, agent_of, pause_per_queue=False)
