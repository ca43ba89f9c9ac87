"""No call is lost over hand-overs, whatever dies in between. `tests/benchmarks/hand_overs.py` is the long run."""

from __future__ import annotations

import asyncio

import pytest

from rotation.switch.progress import Memory

from .call_centre import CallCentre, Member
from .day import Plan, Report, simulate
from .fake_asterisk import FakeAsterisk
from .shifts import keeper, row, timetable
from .virtual_time import run


def check(report: Report) -> None:
    assert (report.lost, report.faults, report.doubled) == (0, [], 0), str(report)
    assert report.off_shift_s <= 2, str(report)
    assert report.extra_wait_s < 3, str(report)
    assert report.second_run == 0, str(report)


SHORT = {"agents": 30, "hand_overs": 4, "calls": 70}


def test_a_quiet_day_loses_nothing() -> None:
    check(run(simulate(Plan(**SHORT))))  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", range(2))
def test_a_daemon_killed_at_any_moment_loses_nothing(seed: int) -> None:
    check(run(simulate(Plan(**SHORT, kills=6, seed=seed))))  # type: ignore[arg-type]


@pytest.mark.parametrize("first", [0, 4, 8, 20, 40])
def test_a_connection_cut_after_any_number_of_actions_loses_nothing(first: int) -> None:
    check(run(simulate(Plan(**SHORT, cuts=tuple(range(first, first + 4))))))  # type: ignore[arg-type]


def test_a_switch_that_restarts_takes_nobody_off_shift() -> None:
    check(run(simulate(Plan(**SHORT, restarts=2))))  # type: ignore[arg-type]


def test_five_hundred_agents_are_handed_over_within_five_seconds() -> None:
    async def main() -> float:
        async with FakeAsterisk(CallCentre({"billing": 0.0})) as fake:
            rows = [row(f"E{n}", 0, 100) for n in range(1000, 1500)]
            rows += [row(f"E{n}", 100, 200) for n in range(2000, 2500)]
            daemon = asyncio.create_task(keeper(fake.port, timetable(rows, ["billing"]), Memory()).run())
            await asyncio.sleep(130)
            daemon.cancel()
            times = [when for when, fields in fake.actions if fields["Action"] == "QueuePause"]
            assert len(times) == 1000
            assert len(fake.centre.members) == 500
            return max(times) - 100

    assert run(main()) < 5


@pytest.mark.parametrize("after_s", [0.1, 1, 5])
def test_the_fake_switch_notices_a_hand_over_that_is_done_otherwise(after_s: float) -> None:
    """Removing at once, without a pause and a wait, is what loses calls; the bars above would show it."""

    async def main() -> list[str]:
        centre = CallCentre({"billing": 0.0})
        member = Member("billing", "Local/1@agents")
        centre.add(member)
        centre.call("billing", 60)
        await asyncio.sleep(after_s)
        centre.remove(member)
        return centre.faults

    assert len(run(main())) == 1
