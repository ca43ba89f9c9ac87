"""The bars of a live hand-over: 1,000 calls, 20 hand-overs, 200 agents, in model time, whatever dies in between.

Run: python tests/benchmarks/hand_overs.py [SCENARIO ...]
Each line is a run against a manager that speaks like Asterisk 22, or an event socket that speaks like FreeSWITCH.
Cuts: the connection ends after N actions of a hand-over, another N at each, so that three runs cover N = 0 to 59.
Time off shift and extra wait are counted while the switch is up: a caller who comes while it is down waits for it,
whoever keeps it; that wait stands in brackets.
"""

from __future__ import annotations

import asyncio
import sys
import time
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from rotation.switch.progress import Memory
from tests.switch.call_centre import CallCentre
from tests.switch.day import Plan, simulate
from tests.switch.fake_asterisk import FakeAsterisk, Manners
from tests.switch.shifts import keeper, row, timetable
from tests.switch.test_freeswitch_esl import SITE
from tests.switch.virtual_time import at, run

SCENARIOS = {
    "quiet": Plan(),
    "killed at 20 random points": Plan(kills=20),
    "killed at 20 others": Plan(kills=20, seed=2),
    "switch restarted 6 times": Plan(restarts=6),
    "cut after 0 to 19 actions": Plan(cuts=tuple(range(20))),
    "cut after 20 to 39 actions": Plan(cuts=tuple(range(20, 40))),
    "cut after 40 to 59 actions": Plan(cuts=tuple(range(40, 60))),
    "FreeSWITCH, killed and cut": Plan(kills=20, cuts=tuple(range(0, 100, 5)), seed=4),
    "FreeSWITCH restarted 6 times": Plan(restarts=6, seed=5),
    "killed, restarted and cut": Plan(kills=20, restarts=4, cuts=tuple(range(3, 103, 5)), seed=3),
}


async def five_hundred() -> float:
    """Seconds of real time until 500 leavers are paused and 500 newcomers ring, from the boundary on."""
    async with FakeAsterisk(CallCentre({"billing": 0.0}), Manners(latency_s=0)) as fake:
        rows = [row(f"E{number}", -1000, 30) for number in range(1000, 1500)]
        rows += [row(f"E{number}", 30, 1000) for number in range(2000, 2500)]
        began = asyncio.get_running_loop().time()
        table = timetable([replace(one, agent_name=one.employee_id) for one in rows], ["billing"])
        one = keeper(fake.port, table, Memory(), at(0))
        daemon = asyncio.create_task(one.run())
        await asyncio.sleep(40)
        daemon.cancel()
        times = [when - began for when, fields in fake.actions if fields["Action"] == "QueuePause"]
        assert len(times) == 1000, len(times)
        return max(times) - 30


def main() -> None:
    """Run the scenarios whose name begins with an argument, or all."""
    if len(sys.argv) == 1 or "500" in sys.argv[1:]:
        seconds = asyncio.run(five_hundred())
        verdict = "holds" if seconds <= 5 else "DOES NOT HOLD"
        print(f"500 agents relieve 500: {seconds:.2f} s of real time after the boundary  {verdict}", flush=True)
    for name, plan in SCENARIOS.items():
        if len(sys.argv) > 1 and not any(name.startswith(word) for word in sys.argv[1:]):
            continue
        began = time.perf_counter()
        report = run(simulate(plan, SITE) if name.startswith("FreeSWITCH") else simulate(plan))
        good = not (report.lost or report.faults or report.doubled or report.second_run) and report.off_shift_s <= 2
        verdict = "holds" if good and report.extra_wait_s < 3 else "DOES NOT HOLD"
        print(f"{name:28} {report}  [{time.perf_counter() - began:.0f} s]  {verdict}", flush=True)


if __name__ == "__main__":
    main()
