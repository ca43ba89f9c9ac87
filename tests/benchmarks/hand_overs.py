"""The bars of a live hand-over: 1,000 calls, 20 hand-overs, 200 agents, in model time, whatever dies in between.

Run: python tests/benchmarks/hand_overs.py [SCENARIO ...]
Each line is a run against a manager that speaks like Asterisk 22, or an event socket that speaks like FreeSWITCH.
Cuts: the connection ends after N actions of a hand-over, another N at each, so that three runs cover N = 0 to 59.
Time off shift is counted while the switch is up: what it rings before it can be reached is its own.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.switch.day import Plan, simulate
from tests.switch.virtual_time import run

SCENARIOS = {
    "quiet": Plan(),
    "killed at 20 random points": Plan(kills=20),
    "killed at 20 others": Plan(kills=20, seed=2),
    "switch restarted 6 times": Plan(restarts=6),
    "cut after 0 to 19 actions": Plan(cuts=tuple(range(20))),
    "cut after 20 to 39 actions": Plan(cuts=tuple(range(20, 40))),
    "cut after 40 to 59 actions": Plan(cuts=tuple(range(40, 60))),
    "killed, restarted and cut": Plan(kills=20, restarts=4, cuts=tuple(range(3, 103, 5)), seed=3),
}


def main() -> None:
    """Run the scenarios whose name begins with an argument, or all."""
    for name, plan in SCENARIOS.items():
        if len(sys.argv) > 1 and not any(name.startswith(word) for word in sys.argv[1:]):
            continue
        began = time.perf_counter()
        report = run(simulate(plan))
        good = not (report.lost or report.faults or report.doubled or report.second_run) and report.off_shift_s <= 2
        verdict = "holds" if good and (report.extra_wait_s < 3 or plan.restarts) else "DOES NOT HOLD"
        print(f"{name:28} {report}  [{time.perf_counter() - began:.0f} s]  {verdict}", flush=True)


if __name__ == "__main__":
    main()
