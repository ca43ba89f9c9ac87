"""Weeks planned in order with the ledger carried, against the same weeks planned each on its own.

    python tests/benchmarks/weeks_ahead.py --weeks 5 --time-limit 6

prints, week by week, what people owe and how far unpleasant hours lie apart among people with the same working hours,
and which share of the objective the ledger decides at all: no joint plan of all weeks could win more than that.
"""

from __future__ import annotations

import argparse
import datetime as dt
import time
from dataclasses import replace
from pathlib import Path

from rotation.cli.reading import read_weeks
from rotation.plan import Balance, Case, Edition, ledger_after
from rotation.release.known import Known
from rotation.rules import rules
from rotation.solve.compiling import compile_ahead
from rotation.solve.planning import plan_week
from rotation.solve.settings import SearchSettings, Watch
from rotation.solve.sharing import balances
from rotation.timegrid import IsoWeek

ROOT = Path(__file__).parents[2]
STAMP = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def planned(cases: tuple[Case, ...], settings: SearchSettings, carried: bool) -> list[Edition]:
    """The weeks in order; alone, the burdens are added up afterwards all the same."""
    editions = list[Edition]()
    for case in cases:
        before = ledger_after(editions[-1].participation) if editions else {}
        week = replace(case, ledger=before if carried else {})
        edition = plan_week(week, rules(), settings, Watch(time.monotonic), STAMP, {})
        if not carried and before:
            rows = tuple(
                replace(
                    row,
                    total_unpleasant_minutes=row.unpleasant_minutes + before[row.employee_id].unpleasant_minutes,
                )
                for row in edition.participation
            )
            edition = replace(edition, participation=rows)
        editions.append(edition)
    return editions


def decided_by_the_ledger(alone: Edition, carried: Edition) -> float:
    """Points of the terms that the ledger moves, beyond those of the same week without a ledger, as a share of all."""
    extra = sum(carried.points.get(term, 0) - alone.points.get(term, 0) for term in ("unpleasant", "fairness_debt"))
    return max(extra, 0) / carried.search.objective


def shown(row: Balance) -> str:
    """What is owed and the spread, for a table."""
    return f"{row.owed / 60:6.1f} h {row.spread / 60:6.2f} h {row.relative_spread:6.0%}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weeks", type=int, default=5)
    parser.add_argument("--time-limit", type=float, default=6.0)
    asked = parser.parse_args()
    every = {IsoWeek(2026, 48).following(number): Known() for number in range(asked.weeks)}
    cases = read_weeks(ROOT / "data", ROOT / "config" / "rotation.toml", every, dt.date(2026, 11, 1)).cases
    compile_ahead()
    settings = SearchSettings(time_limit_s=asked.time_limit, workers=2)
    carried, alone = (planned(cases, settings, kind) for kind in (True, False))
    print(f"{'':9} {'carried: owed, spread':28} {'alone: owed, spread':28} decided by the ledger")
    for one, other, edition, single in zip(
        balances(carried, rules()), balances(alone, rules()), carried, alone, strict=True
    ):
        print(f"{one.week!s:9} {shown(one):28} {shown(other):28} {decided_by_the_ledger(single, edition):.1%}")


if __name__ == "__main__":
    main()
