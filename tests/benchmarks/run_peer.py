"""One peer on one company, in a process of its own, from reading to plan.csv; prints one line of JSON.

    python -m tests.benchmarks.run_peer --peer rotation_search --company out/company-300 --seconds 60 --out out/plan

Whatever found the plan, what it is worth is said by the audit: every rule's plain witness, which asks no engine.
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib
import json
import resource
import time
from pathlib import Path

import numpy as np

from rotation.cli.reading import read_case
from rotation.exporters import exporters
from rotation.plan import Case, Edition, Plan, SearchRecord, participation_of
from rotation.publish.folder import replace_folder
from rotation.rules import rules
from rotation.solve.audit import Audit, audit
from rotation.solve.instance import compile_instance
from rotation.timegrid import IsoWeek

WEEK = IsoWeek.parse("2026-W49")
TODAY = dt.date(2026, 11, 25)


class Laps:
    """Seconds and peak memory of one step after the other."""

    def __init__(self) -> None:
        self.figures: dict[str, float] = {}
        self._last = time.monotonic()

    def lap(self, name: str) -> None:
        """End a step: its wall time, and the most memory that the process has held so far (Linux counts in KB)."""
        now = time.monotonic()
        self.figures |= {
            f"{name}_s": now - self._last,
            "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3,
        }
        self._last = now


def plan_of(case: Case, shifts: np.ndarray) -> Plan:
    """The plan of rows (employee, queue, first interval, length)."""
    employees, queues, horizon = case.company.employees, case.company.queues, case.horizon
    return Plan.of(
        (employees[e].employee_id, queues[q].queue_id, horizon.instant(t), horizon.instant(t + n))
        for e, q, t, n in shifts.tolist()
    )


def edition_of(case: Case, plan: Plan, judged: Audit, bound: int | None) -> Edition:
    """All that plan.csv needs."""
    record = SearchRecord("feasible", judged.objective, bound or 0, 0.0, 0, "benchmark")
    people, noon = participation_of(case, plan), dt.datetime.combine(TODAY, dt.time(12), dt.UTC)
    return Edition(case, plan, people, judged.points, judged.clashes, (), record, noon)


def run(peer: str, company: Path, seconds: float, out: Path) -> dict[str, object]:
    """Read, compile, solve, audit and write; the figures of each step."""
    module, laps = importlib.import_module(f"tests.benchmarks.peers.{peer}"), Laps()
    case = read_case(company, company / "rotation.toml", WEEK, TODAY).case
    laps.lap("read")
    instance = compile_instance(case, rules())
    laps.lap("compile")
    if hasattr(module, "prepare"):
        module.prepare()
    laps.lap("prepare")
    shifts, bound = module.solve(case, instance, seconds)
    laps.lap("solve")
    plan = plan_of(case, shifts)
    judged = audit(case, plan, rules())
    laps.lap("audit")
    replace_folder(out, exporters()["plan_csv"].render(edition_of(case, plan, judged, bound)), ("plan.csv",))
    laps.lap("write")
    broken = sorted({clash.rule for clash in judged.clashes})
    found = {"objective": judged.objective, "bound": bound, "clashes": len(judged.clashes), "broken": broken}
    return found | {"shifts": len(shifts), "points": dict(judged.points)} | laps.figures


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peer", required=True)
    parser.add_argument("--company", type=Path, required=True)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    print(json.dumps(run(options.peer, options.company, options.seconds, options.out)))


if __name__ == "__main__":
    main()
