"""A day of hand-overs: two teams that relieve one another, callers all the time, and everything that can go wrong."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from rotation.routing import RoutingRow
from rotation.switch.keeper import Keeper
from rotation.switch.kinds.asterisk_ami import agent_of as asterisk_agent
from rotation.switch.progress import Memory, Progress
from rotation.switch.timetable import Timetable

from .call_centre import CallCentre
from .fake_asterisk import FakeAsterisk
from .shifts import keeper, row, timetable
from .virtual_time import at


@dataclass
class Plan:
    """What happens.

    Args:
        agents: people in both teams together.
        hand_overs: how often the teams change.
        calls: callers over the day.
        shift_s: from one hand-over to the next, seconds.
        kills: how often the daemon is killed, at any moment near a hand-over, also between two actions.
        restarts: how often the switch restarts, near a hand-over.
        cuts: numbers of actions after which the connection is cut, one for each hand-over from the first on.
        seed: of everything random.
    """

    agents: int = 200
    hand_overs: int = 20
    calls: int = 1000
    shift_s: float = 600
    kills: int = 0
    restarts: int = 0
    cuts: tuple[int, ...] = ()
    seed: int = 1


@dataclass
class Report:
    """What came of it; seconds."""

    calls: int = 0
    lost: int = 0
    cut_by_restart: int = 0
    doubled: int = 0
    faults: list[str] = field(default_factory=list)
    off_shift_s: float = 0
    extra_wait_s: float = 0
    """Longest wait beyond that of an idle agent, while the switch was up."""
    outage_wait_s: float = 0
    """Longest wait for a switch that was down; nobody else can shorten it."""
    actions: int = 0
    second_run: int = 0
    hand_over_s: float = 0

    def __str__(self) -> str:
        return (
            f"{self.calls:,} calls: {self.lost} lost, {len(self.faults)} cut, {self.doubled} doubled, "
            f"rung off shift at most {self.off_shift_s:.2f} s, extra wait at most {self.extra_wait_s:.2f} s "
            f"(for a switch that was down {self.outage_wait_s:.2f} s), "
            f"{self.actions:,} actions, second run {self.second_run}; "
            f"ended by the switch's own restart {self.cut_by_restart}"
        )


def teams(plan: Plan) -> Timetable:
    """Two teams in turn; every tenth person of a team stays for the next shift as well."""
    rows, half = [], plan.agents // 2
    for shift in range(plan.hand_overs + 1):
        start, end = shift * plan.shift_s, (shift + 1) * plan.shift_s
        for number in range(half):
            person = number + (shift % 2) * half
            queue = "billing" if number % 2 else "sales"
            rows.append(row(f"E{1000 + person}", start, end, queue, penalty=number % 3))
            if number % 10 == 9 and shift < plan.hand_overs:
                rows.append(row(f"E{1000 + person}", end, end + plan.shift_s, queue, penalty=number % 3))
    return timetable(rows)


@dataclass(frozen=True)
class Site:
    """Which switch, and who keeps it.

    Args:
        fake: a call centre to the server in front of it.
        keeper: port, timetable and progress to a keeper.
        agent_of: how the switch calls the person of a row.
        strict: whether to remove somebody in a call is a fault.
        with_position: whether it orders people of one penalty.
    """

    fake: Callable[[CallCentre], Any]
    keeper: Callable[[int, Timetable, Progress], Keeper]
    agent_of: Callable[[RoutingRow], str]
    strict: bool = True
    with_position: bool = False


ASTERISK = Site(FakeAsterisk, keeper, asterisk_agent)


async def simulate(plan: Plan, site: Site = ASTERISK) -> Report:
    """Run the day."""
    draw, centre = random.Random(plan.seed), CallCentre({"billing": 10.0, "sales": 0.0}, strict=site.strict)
    table, progress = replace(teams(plan), agent_of=site.agent_of, with_position=site.with_position), Memory()
    ends = plan.shift_s * (plan.hand_overs + 1)
    async with site.fake(centre) as fake:
        daemon = _Daemon(lambda: site.keeper(fake.port, table, progress))
        daemon.start()
        tasks = [asyncio.create_task(daemon.killed(plan, draw))] if plan.kills else []
        tasks += [asyncio.create_task(_restarts(fake, plan, draw))] if plan.restarts else []
        tasks += [asyncio.create_task(_cuts(fake, plan))] if plan.cuts else []
        await asyncio.sleep(2)
        for _ in range(plan.calls):
            centre.call(draw.choice(("billing", "sales")), min(900, 20 + draw.expovariate(1 / 160)))
            await asyncio.sleep((ends - 900) / plan.calls)
        await asyncio.sleep(ends - centre.time() - 30)
        for task in tasks:
            task.cancel()
        await asyncio.sleep(20)
        before = len(fake.queue_actions())
        daemon.stop()
        again = site.keeper(fake.port, table, progress)
        await again.connect()
        await again.once()
        await again.driver.close()
        return _report(plan, centre, table, fake, before)


class _Daemon:
    """A keeper that is started again half a second after its death, as systemd would."""

    def __init__(self, make: Callable[[], Keeper]) -> None:
        self._make = make
        self._task: asyncio.Task[None] | None = None
        self._keeper: Keeper | None = None

    def start(self) -> None:
        self._keeper = self._make()
        self._task = asyncio.create_task(self._keeper.run())

    def stop(self) -> None:
        """Like SIGKILL: the connection is torn, nothing is finished."""
        assert self._task is not None
        self._task.cancel()

    async def killed(self, plan: Plan, draw: random.Random) -> None:
        for number in range(plan.kills):
            boundary = (number % plan.hand_overs + 1) * plan.shift_s
            moment = boundary + draw.choice(
                (draw.uniform(-16, 5), draw.uniform(-0.05, 0.3), draw.uniform(-15.05, -14.7))
            )
            await asyncio.sleep(max(0, moment - asyncio.get_running_loop().time()))
            self.stop()
            await asyncio.sleep(0.5)
            self.start()


async def _restarts(fake: Any, plan: Plan, draw: random.Random) -> None:
    for number in range(plan.restarts):
        boundary = (number * 3 + 2) * plan.shift_s
        moment = boundary + draw.uniform(-12, 4)
        await asyncio.sleep(max(0, moment - fake.centre.time()))
        await fake.restart()


async def _cuts(fake: Any, plan: Plan) -> None:
    for number, count in enumerate(plan.cuts, 1):
        await asyncio.sleep(max(0, number * plan.shift_s - 20 - fake.centre.time()))
        fake.manners.cut_after = count


def _report(plan: Plan, centre: CallCentre, table: Timetable, fake: Any, before: int) -> Report:
    report = Report(calls=len(centre.calls), faults=[text for text in centre.faults if "removed" in text])
    report.lost = sum(call.answered is None and not call.cut_by_restart for call in centre.calls)
    report.cut_by_restart = sum(call.cut_by_restart for call in centre.calls)
    report.doubled = sum("two calls" in text or "in use" in text for text in centre.faults)
    ideal, outages = centre.decide_s + centre.ring_s, list(zip(fake.falls, fake.boots[1:], strict=True))
    for call in centre.calls:
        if call.answered is not None:
            down = sum(max(0.0, min(call.answered, up) - max(call.came, fell)) for fell, up in outages)
            report.extra_wait_s = max(report.extra_wait_s, call.answered - call.came - ideal - down)
            report.outage_wait_s = max(report.outage_wait_s, down)
    report.off_shift_s = max((_off_shift_s(table, fake.boots, *ring) for ring in centre.rings), default=0)
    report.actions, report.second_run = before, len(fake.queue_actions()) - before
    return report


def _off_shift_s(table: Timetable, boots: list[float], when: float, queue: str, interface: str) -> float:
    """How far a ring lies outside the shifts of its agent in its queue, while the switch was up; seconds."""
    up_since = at(max(boot for boot in boots if boot <= when))
    instant, away = at(when), float("inf")
    for one in table.rows:
        if one.queue_id == queue and table.agent_of(one) == interface:
            if one.valid_from <= instant < one.valid_to:
                return 0
            late = (instant - max(one.valid_to, up_since)).total_seconds()
            gap = max((one.valid_from - instant).total_seconds(), late)
            away = min(away, gap)
    return away
