"""Repairs after one absence: how long, how many people, and whether anything is better.

    python tests/benchmarks/generate_company.py --employees 1000 --out out/company-1000
    rotation plan --company out/company-1000 --config out/company-1000/rotation.toml --week 2026-W49 --time-limit 30 \
        --store out/1000.sqlite
    rotation release --company out/company-1000 --config out/company-1000/rotation.toml --week 2026-W49 \
        --store out/1000.sqlite
    python tests/benchmarks/repair.py --store out/1000.sqlite --cases 20
    python tests/benchmarks/repair.py --store out/100.sqlite --cases 20 --exhaustive

Each case takes a random shift's person away for a day, at a random hour before it, and repairs; nothing is stored.
With --exhaustive CP-SAT is asked, with everybody free for every legal shift, whether fewer missing agents, or as few
with fewer changes, are possible.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import random
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from rotation.company import Absence
from rotation.plan import Plan
from rotation.release import Release
from rotation.release.absent import Asked, Mended, mend, promised_shortage
from rotation.release.changing import begun, with_absences
from rotation.rules import rules
from rotation.solve.audit import audit
from rotation.solve.settings import Watch
from rotation.store import Store
from rotation.timegrid import IsoWeek, first_instant
from tests.solve.exhaustive_repair import better_exists, missing_of

FREEZE_H, PEOPLE = 48, 3


def away(release: Release, rng: random.Random, late: bool) -> tuple[Absence, dt.datetime]:
    """Somebody is away on the day of a shift; told between four days before and one hour before."""
    horizon = release.edition.case.horizon
    days = [s for s in release.shifts if not late or s.start > horizon.start + dt.timedelta(days=2)]
    shift = rng.choice(days)
    day = shift.start.astimezone(horizon.zone).date()
    start = first_instant(day, horizon.zone)
    now = shift.start - dt.timedelta(hours=rng.randint(1, 48 if late else 96))
    return Absence(shift.employee_id, start, start + dt.timedelta(days=1), "ill", late=True), now


def prove(release: Release, absence: Absence, asked: Asked, mended: Mended, seconds: float) -> str:
    """What the exhaustive search says."""
    kept = Plan(tuple(s for s in release.edition.plan.shifts if s not in set(mended.lost)))
    known = mended.proposal.overlay.absences[len(release.overlay.absences) :]
    case = begun(with_absences(release.edition.case, known), kept.shifts, asked.now)
    allowed, found = promised_shortage(release), mended.repaired
    assert found
    assert missing_of(case, found.plan, allowed) == found.missing
    freeze = case.horizon.ceil(asked.now + dt.timedelta(hours=FREEZE_H))
    better = better_exists(case, kept, allowed, PEOPLE, freeze, (found.missing, found.changes), seconds)
    return {True: "BETTER EXISTS", False: "nothing is better", None: "not told in time"}[better]


def main() -> None:
    """Run the cases."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", required=True)
    parser.add_argument("--week", default="2026-W49")
    parser.add_argument("--cases", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=4.0, help="search of each repair")
    parser.add_argument("--exhaustive", action="store_true")
    parser.add_argument("--proof-seconds", type=float, default=120.0)
    words = parser.parse_args()
    began = time.monotonic()
    with Store.open(words.store) as store:
        release = store.release(IsoWeek.parse(words.week))
    loading = time.monotonic() - began
    print(
        f"{len(release.edition.case.company.employees)} people, {len(release.shifts)} shifts, loaded in {loading:.2f} s"
    )
    rng, times, work, people, proofs = random.Random(words.seed), [], [], [], []
    for number in range(words.cases):
        absence, now = away(release, rng, words.exhaustive)
        asked = Asked(now, rules(), PEOPLE, FREEZE_H, words.seconds, os.cpu_count() or 1)
        watch, cpu = Watch(time.monotonic), time.process_time()
        mended = mend(release, (absence,), promised_shortage(release), asked, watch, "absence", "")
        times.append(time.monotonic() - watch.started)
        work.append(time.process_time() - cpu)
        edition, found = mended.proposal.edition, mended.repaired
        assert found and audit(edition.case, edition.plan, rules()).clashes == ()
        people.append(len(found.people))
        proof = prove(release, absence, asked, mended, words.proof_seconds) if words.exhaustive else ""
        proofs.append(proof)
        unproven = "" if found.proven else " (not proven)"
        print(
            f"{number + 1:3}: {absence.employee_id} lost {len(mended.lost)}, {found.missing} missing, {found.changes} "
            f"changes, {len(found.people)} people, {times[-1]:.2f} s, {work[-1]:.2f} s of CPU{unproven} {proof}",
            flush=True,
        )
    print(
        f"seconds: median {statistics.median(times):.2f}, most {max(times):.2f} (with loading "
        f"{max(times) + loading:.2f}), CPU of all threads: median {statistics.median(work):.2f}, most {max(work):.2f}; "
        f"people beside the absent: most {max(people)}; every week audited clean"
    )
    if words.exhaustive:
        print(f"proven by exhaustive CP-SAT: {proofs.count('nothing is better')} of {len(proofs)}")


if __name__ == "__main__":
    main()
