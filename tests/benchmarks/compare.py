"""Every peer on the same weeks for the same time, one after the other; prints docs/performance.md's first table.

    python -m tests.benchmarks.compare --seconds 60 --employees 50 100 300 1000
    python -m tests.benchmarks.compare --seconds 60 --employees 300 --moods tight slack short fragmented novices capped

Needs ``pip install '.[benchmark]'`` and, for Timefold, a JDK 17; a peer that is missing is left out with a line that
says so. Objectives are those of the audit, in points: the fewest are best. A plan with clashes breaks hard rules.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from shutil import which

from tests.benchmarks.generate_company import MOODS, write_company

PEERS = {
    "rotation_search": "rotation",
    "monolith": "one CP-SAT model",
    "timefold_solver": "Timefold",
    "pyworkforce_roster": "pyworkforce",
}
BEYOND_S = 600
"""Seconds that reading, building a model and auditing may take beside the search."""
HEADER = "| mood | employees | way | seconds | objective | to rotation's | proven bound | gap | clashes | peak memory |"


def missing(peer: str) -> str:
    """What a peer lacks on this machine, or nothing."""
    needs = {"timefold_solver": "timefold", "pyworkforce_roster": "pyworkforce"}
    if peer in needs and not find_spec(needs[peer]):
        return f"pip install {needs[peer]}"
    return "a JDK 17" if peer == "timefold_solver" and not which("java") else ""


def figures_of(peer: str, company: Path, seconds: float) -> dict[str, object] | str:
    """Run a peer in a process of its own; its figures, or why there are none."""
    command = [sys.executable, "-m", "tests.benchmarks.run_peer", "--peer", peer, "--company", str(company)]
    command += ["--seconds", str(seconds), "--out", str(company.parent / f"{company.name}-{peer}")]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds + BEYOND_S, check=False)
    except subprocess.TimeoutExpired:
        return f"not done {BEYOND_S} s after its time"
    if done.returncode:
        print(done.stderr[-3000:], file=sys.stderr)
        return f"ended with status {done.returncode}"
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))


def line(mood: str, employees: int, peer: str, found: dict[str, object] | str, best: int | None) -> str:
    """A row of the table."""
    if isinstance(found, str):
        return f"| {mood} | {employees:,} | {PEERS[peer]} | {found} | | | | | | |"
    objective, bound = int(str(found["objective"])), found["bound"]
    ratio = f"{objective / best:.2f}" if best else ""
    proof = "none" if bound is None else f"{int(str(bound)):,}"
    gap = "" if bound is None or not objective else f"{100 * (objective - int(str(bound))) / objective:.2f} %"
    broken = f"{found['clashes']} ({', '.join(map(str, found['broken']))})" if found["clashes"] else "0"  # type: ignore[call-overload]
    cells = (f"{found['solve_s']:.1f}", f"{objective:,}", ratio, proof, gap, broken, f"{found['peak_mb']:,.0f} MB")
    return f"| {mood} | {employees:,} | {PEERS[peer]} | {' | '.join(cells)} |"


def main() -> None:
    """Print the table, a row as soon as it is known."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--employees", type=int, nargs="+", default=[50, 100, 300, 1000])
    parser.add_argument("--moods", nargs="+", choices=MOODS, default=["balanced"])
    parser.add_argument("--peers", nargs="+", choices=PEERS, default=list(PEERS))
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    peers = []
    for peer in options.peers:
        if lack := missing(peer):
            print(f"{PEERS[peer]} is left out: it needs {lack}", file=sys.stderr)
        else:
            peers.append(peer)
    print(f"{HEADER}\n| --- | ---: | --- | ---: | ---: | ---: | ---: | ---: | --- | ---: |", flush=True)
    with tempfile.TemporaryDirectory(prefix="rotation-benchmark-") as place:
        for mood in options.moods:
            for employees in options.employees:
                company, best = Path(place) / f"{mood}-{employees}", None
                write_company(company, employees, MOODS[mood], options.seed)
                for peer in peers:
                    found = figures_of(peer, company, options.seconds)
                    if peer == "rotation_search" and isinstance(found, dict):
                        best = int(str(found["objective"]))
                    print(line(mood, employees, peer, found, best), flush=True)


if __name__ == "__main__":
    main()
