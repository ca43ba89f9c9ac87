"""The driver and the keeper against an event socket that speaks like FreeSWITCH's mod_callcenter."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Iterable

import pytest

from rotation.errors import SwitchFault
from rotation.routing import RoutingRow
from rotation.switch import Access
from rotation.switch.keeper import Keeper, run_once
from rotation.switch.kinds.freeswitch_esl import DRIVER
from rotation.switch.preflight import Preflight
from rotation.switch.progress import Memory, Progress
from rotation.switch.reconcile import Grace
from rotation.switch.timetable import Timetable

from .call_centre import CallCentre
from .day import Plan, Site, simulate
from .fake_freeswitch import FakeFreeSwitch, Manners
from .shifts import row
from .virtual_time import now, run

QUEUES = {"billing": 0.0, "sales": 10.0}


def timetable(rows: Iterable[RoutingRow]) -> Timetable:
    return Timetable(tuple(rows), frozenset(QUEUES), DRIVER.agent_of, with_position=True)


def keeper(port: int, table: Timetable, progress: Progress | None = None, secret: str = "s3cret") -> Keeper:
    async def tables(_: dt.datetime) -> Timetable:
        return table

    access = Access("127.0.0.1", port, "", secret, timeout_s=5)
    grace = Grace(pause_per_queue=False)
    return Keeper(DRIVER.connect(access), tables, progress if progress is not None else Memory(), now, grace)


SITE = Site(FakeFreeSwitch, keeper, DRIVER.agent_of, strict=False, with_position=True)


def tiers(fake: FakeFreeSwitch) -> dict[tuple[str, str], tuple[int, str]]:
    return {key: (one.penalty, fake.agents[key[1]].status) for key, one in fake.centre.members.items()}


def test_a_run_makes_agents_and_tiers_and_a_second_sends_nothing() -> None:
    async def main() -> None:
        async with FakeFreeSwitch(CallCentre(QUEUES)) as fake:
            table, progress = timetable([row("E1", 0, 100), row("E2", 0, 50, "sales", 3)]), Memory()
            await run_once(keeper(fake.port, table, progress))
            assert tiers(fake) == {("billing", "E1"): (1, "Available"), ("sales", "E2"): (4, "Available")}
            assert fake.agents["E1"].contact == "loopback/1/agents"
            sent = len(fake.queue_actions())
            await run_once(keeper(fake.port, table, progress))
            assert len(fake.queue_actions()) == sent

    run(main())


def test_who_moves_to_another_queue_is_never_logged_out() -> None:
    async def main() -> None:
        async with FakeFreeSwitch(CallCentre(QUEUES, strict=False)) as fake:
            rows = [row("E1", 0, 100), row("E1", 100, 200, "sales"), row("E2", 100, 200)]
            daemon = asyncio.create_task(keeper(fake.port, timetable(rows)).run())
            await asyncio.sleep(90)
            assert tiers(fake) == {("billing", "E1"): (1, "Available"), ("billing", "E2"): (1, "Logged Out")}
            await asyncio.sleep(15)
            assert tiers(fake) == {("sales", "E1"): (1, "Available"), ("billing", "E2"): (1, "Available")}
            assert not any("E1 'Logged Out'" in line for line in fake.queue_actions())
            await asyncio.sleep(120)
            assert tiers(fake) == {}
            assert {agent.status for agent in fake.agents.values()} == {"Logged Out"}
            daemon.cancel()

    run(main())


def test_a_break_of_the_agents_own_stays() -> None:
    async def main() -> None:
        async with FakeFreeSwitch(CallCentre(QUEUES)) as fake:
            daemon = asyncio.create_task(keeper(fake.port, timetable([row("E1", 0, 200)])).run())
            await asyncio.sleep(30)
            fake._agent_set("status", "E1", "On Break")
            await asyncio.sleep(100)
            assert tiers(fake) == {("billing", "E1"): (1, "On Break")}
            daemon.cancel()

    run(main())


SHORT = {"agents": 30, "hand_overs": 4, "calls": 60}


@pytest.mark.parametrize("more", [{}, {"kills": 4}, {"cuts": (0, 5, 40, 90)}, {"restarts": 1}], ids=str)
def test_hand_overs_lose_nothing(more: dict[str, object]) -> None:
    report = run(simulate(Plan(**SHORT, **more), SITE))  # type: ignore[arg-type]
    assert (report.lost, report.faults, report.doubled, report.second_run) == (0, [], 0, 0), str(report)
    assert report.off_shift_s <= 2 and report.extra_wait_s < 3, str(report)


@pytest.mark.parametrize(
    ("secret", "manners", "words"),
    [("wrong", Manners(), "refuses the password"), ("s3cret", Manners(loaded=False), "is mod_callcenter loaded?")],
)
def test_a_switch_that_refuses_is_told_in_words(secret: str, manners: Manners, words: str) -> None:
    async def main() -> None:
        async with FakeFreeSwitch(CallCentre(QUEUES), manners) as fake:
            with pytest.raises(SwitchFault, match=words):
                await run_once(keeper(fake.port, timetable([row("E1", 0, 100)]), secret=secret))

    run(main())


def test_a_telephone_that_is_not_registered_is_told_before_the_shift_with_the_standby() -> None:
    async def main() -> None:
        async with FakeFreeSwitch(CallCentre(QUEUES)) as fake:
            fake.registered = {"2002"}
            second = RoutingRow(
                "billing", "E3", "Cy", "PJSIP/2003", 3, 12, 1, now(), now() + dt.timedelta(hours=1), "s", 1, False
            )
            rows = [row("E1", 300, 900, phone="PJSIP/2001"), row("E2", 300, 900, phone="PJSIP/2002"), second]
            one = keeper(fake.port, timetable(rows))
            one._preflight = Preflight()
            await run_once(one)
            (alarm,) = one.watch.alarms
            assert alarm == (
                "Agent E1 (E1, PJSIP/2001) is not registered; the shift in billing begins at 08:05 UTC; "
                "standby: Cy (E3)"
            )

    run(main())
