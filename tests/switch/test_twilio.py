"""The driver against a workspace that answers as TaskRouter's API does, ETags and all."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl

import httpx2
import pytest

from rotation.errors import SwitchFault
from rotation.routing import RoutingRow
from rotation.switch import Access
from rotation.switch.keeper import Keeper, run_once
from rotation.switch.kinds.twilio import DRIVER, TaskRouter
from rotation.switch.progress import Memory
from rotation.switch.reconcile import Grace
from rotation.switch.timetable import Timetable

from .shifts import row
from .virtual_time import at, run

BASE = "https://taskrouter.twilio.com/v1/Workspaces/WS1"


class Workspace(httpx2.AsyncBaseTransport):
    """A workspace in memory."""

    def __init__(self, activities: Iterable[str] = ("Available", "Offline", "Break")) -> None:
        self.activities = {name: f"WA{number}" for number, name in enumerate(activities)}
        self.workers: dict[str, dict[str, Any]] = {}
        self.version: dict[str, int] = {}
        self.changes = 0
        self.busy_times = 0
        self.meanwhile: dict[str, Any] | None = None

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        if request.headers["Authorization"] != httpx2.BasicAuth("AC1", "token")._auth_header:
            return httpx2.Response(401, json={"message": "Authenticate"})
        if self.busy_times:
            self.busy_times -= 1
            return httpx2.Response(429, headers={"Retry-After": "3"}, json={"message": "Too many"})
        path = request.url.path.removeprefix("/v1/Workspaces/WS1/").split("/")
        if path == ["Activities"]:
            rows = [{"friendly_name": name, "sid": sid} for name, sid in self.activities.items()]
            return httpx2.Response(200, json={"activities": rows, "meta": {"next_page_url": None}})
        if path == ["TaskQueues"]:
            rows = [{"friendly_name": "billing"}, {"friendly_name": "sales"}]
            return httpx2.Response(200, json={"task_queues": rows, "meta": {"next_page_url": None}})
        if path == ["Workers"] and request.method == "GET":
            return self._page(request)
        form = dict(parse_qsl(request.content.decode())) if request.method == "POST" else {}
        if path == ["Workers"]:
            return self._change(f"WK{len(self.workers)}", form, 201)
        sid = path[1]
        if request.method == "GET":
            answer = httpx2.Response(200, json=self.workers[sid], headers={"ETag": str(self.version[sid])})
            if self.meanwhile is not None:
                self._change(sid, self.meanwhile, 200)
                self.meanwhile = None
            return answer
        if request.headers["If-Match"] != str(self.version[sid]):
            return httpx2.Response(412, json={"message": "ETag does not match"})
        return self._change(sid, form, 200)

    def _page(self, request: httpx2.Request) -> httpx2.Response:
        rows, page = list(self.workers.values()), int(request.url.params.get("Page", 0))
        more = f"{BASE}/Workers?Page={page + 1}" if len(rows) > 2 * (page + 1) else None
        found = {"workers": rows[2 * page : 2 * page + 2], "meta": {"next_page_url": more}}
        return httpx2.Response(200, json=found)

    def _change(self, sid: str, form: dict[str, str], status: int) -> httpx2.Response:
        self.changes += 1
        worker = self.workers.setdefault(sid, {"sid": sid, "activity_name": "Offline", "attributes": "{}"})
        worker["friendly_name"] = form.get("FriendlyName", worker.get("friendly_name"))
        worker["attributes"] = form.get("Attributes", worker["attributes"])
        names = {one: name for name, one in self.activities.items()}
        worker["activity_name"] = names.get(form.get("ActivitySid", ""), worker["activity_name"])
        worker["available"] = worker["activity_name"] == "Available"
        self.version[sid] = self.version.get(sid, 0) + 1
        return httpx2.Response(status, json=worker)

    def state(self) -> dict[str, tuple[str, list[str]]]:
        return {
            one["friendly_name"]: (one["activity_name"], json.loads(one["attributes"]).get("rings", []))
            for one in self.workers.values()
        }


def keeper(
    workspace: Workspace, rows: list[RoutingRow], when: dt.datetime, progress: Memory, secret: str = "token"
) -> Keeper:
    table = Timetable(tuple(rows), frozenset({"billing", "sales"}), DRIVER.agent_of)

    async def tables(_: dt.datetime) -> Timetable:
        return table

    began = asyncio.get_running_loop().time()
    clock = lambda: when + dt.timedelta(seconds=asyncio.get_running_loop().time() - began)  # noqa: E731
    driver = TaskRouter(Access(BASE, user="AC1", secret=secret), workspace)
    return Keeper(driver, tables, progress, clock, Grace(pause_per_queue=False))


def test_workers_come_serve_move_and_go_and_a_second_run_changes_nothing() -> None:
    async def main() -> None:
        workspace, progress = Workspace(), Memory()
        rows = [row(f"E{n}", 0, 100, penalty=n) for n in range(1, 5)] + [row("E1", 100, 200, "sales")]
        await run_once(keeper(workspace, rows, at(10), progress))
        assert workspace.state() == {f"E{n}": ("Available", [f"billing:{n}"]) for n in range(1, 5)}
        before = workspace.changes
        await run_once(keeper(workspace, rows, at(20), progress))
        assert workspace.changes == before
        await run_once(keeper(workspace, rows, at(100), progress), wait_s=10)
        assert workspace.state()["E1"] == ("Available", ["sales:0"])
        assert all(workspace.state()[f"E{n}"] == ("Offline", []) for n in (2, 3, 4))

    run(main())


def test_attributes_of_others_stay_and_a_change_in_between_is_not_overwritten() -> None:
    async def main() -> None:
        workspace, progress = Workspace(), Memory()
        workspace._change("WK0", {"FriendlyName": "E1", "Attributes": '{"languages": ["es"]}'}, 201)
        workspace.meanwhile = {"Attributes": '{"languages": ["es", "fr"]}'}
        await run_once(keeper(workspace, [row("E1", 0, 100)], at(10), progress))
        about = json.loads(workspace.workers["WK0"]["attributes"])
        assert (about["languages"], about["rings"]) == (["es", "fr"], ["billing:0"])

    run(main())


def test_a_break_stays_and_a_cloud_that_asks_to_wait_is_waited_for() -> None:
    async def main() -> None:
        workspace, progress = Workspace(), Memory()
        await run_once(keeper(workspace, [row("E1", 0, 100)], at(10), progress))
        workspace._change("WK0", {"ActivitySid": workspace.activities["Break"]}, 200)
        workspace.busy_times = 2
        await run_once(keeper(workspace, [row("E1", 0, 100)], at(20), progress))
        assert workspace.state() == {"E1": ("Break", ["billing:0"])}

    run(main())


@pytest.mark.parametrize(
    ("workspace", "secret", "words"),
    [(Workspace(), "wrong", "check account and token"), (Workspace(("Idle",)), "token", "lacks the activities")],
)
def test_a_workspace_that_refuses_is_told_in_words(workspace: Workspace, secret: str, words: str) -> None:
    async def main() -> None:
        with pytest.raises(SwitchFault, match=words):
            await run_once(keeper(workspace, [row("E1", 0, 100)], at(10), Memory(), secret))

    run(main())
