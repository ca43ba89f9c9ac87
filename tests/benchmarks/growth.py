"""How time and memory grow with the company; prints docs/performance.md's second table.

    python -m tests.benchmarks.growth
    python -m tests.benchmarks.growth --employees 1000000 --seconds 3600

Each size is a process of its own: reading the tables, compiling the rules, the search within its limit, the audit and
plan.csv, in seconds of wall time; memory is the most that the process ever held.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from tests.benchmarks.compare import figures_of
from tests.benchmarks.generate_company import MOODS, write_company

LIMITS = {100: 60.0, 1_000: 60.0, 10_000: 60.0, 100_000: 240.0}
"""Seconds of search for each size, unless told otherwise."""
HEADER = "| employees | read | compile | search | audit | plan.csv | all but the search | gap | shifts | peak memory |"


def main() -> None:
    """Print the table, a row as soon as it is known."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--employees", type=int, nargs="+", default=list(LIMITS))
    parser.add_argument("--mood", choices=MOODS, default="balanced")
    parser.add_argument("--seconds", type=float, help="of search, for every size")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    print(f"{HEADER}\n|{' ---: |' * HEADER.count(' |')}", flush=True)
    with tempfile.TemporaryDirectory(prefix="rotation-benchmark-") as place:
        for employees in options.employees:
            company = Path(place) / f"{options.mood}-{employees}"
            write_company(company, employees, MOODS[options.mood], options.seed)
            seconds = options.seconds or LIMITS.get(employees, LIMITS[max(LIMITS)] * employees / max(LIMITS))
            found = figures_of("rotation_search", company, seconds)
            if isinstance(found, str):
                print(f"| {employees:,} | {found} | | | | | | | | |", flush=True)
                continue
            steps = [float(str(found[f"{name}_s"])) for name in ("read", "compile", "solve", "audit", "write")]
            objective, bound = int(str(found["objective"])), int(str(found["bound"]))
            cells = [f"{employees:,}", *(f"{step:.1f} s" for step in steps), f"{sum(steps) - steps[2]:.1f} s"]
            cells += [f"{100 * (objective - bound) / max(1, objective):.2f} %", f"{found['shifts']:,}"]
            print(f"| {' | '.join(cells)} | {float(str(found['peak_mb'])):,.0f} MB |", flush=True)


if __name__ == "__main__":
    main()
