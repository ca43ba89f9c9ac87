"""Weeks of the small company to be released: made by hand, without a search."""

from __future__ import annotations

import datetime as dt
import tempfile
from functools import lru_cache
from pathlib import Path

from rotation.company import Company
from rotation.intake.company import read_all
from rotation.plan import Case, Edition, Ledger, Plan, SearchRecord, participation_of
from rotation.release import Inputs, Overlay, Proposal
from rotation.rules import rules
from rotation.solve.audit import audit
from rotation.timegrid import Horizon, IsoWeek
from tests.cli.company_folder import write_company
from tests.tiny import stretch

WEEK = IsoWeek(2026, 49)
BEFORE = dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)
"""Ten days before the week."""
FIRST = (
    "E1 q1 mon 08:00-10:00",
    "E1 q1 wed 08:00-10:00",
    "E2 q2 mon 08:00-10:00",
    "E2 q2 thu 08:00-10:00",
    "E3 q1 mon 10:00-12:00",
    "E4 q2 tue 10:00-12:00",
)


@lru_cache
def material(week: IsoWeek = WEEK) -> tuple[Company, Horizon, Inputs]:
    """The company as read for a week, and the files it was read from."""
    with tempfile.TemporaryDirectory() as place:
        folder = write_company(Path(place) / "company")
        policy = folder.parent / "rotation.toml"
        horizon = Horizon(week, "America/Los_Angeles", 60)
        company = read_all(folder, policy, window=(horizon.start, horizon.end)).company
        return company, horizon, Inputs.gather(folder, policy, company)


def case_of(week: IsoWeek = WEEK, overlay: Overlay | None = None, ledger: dict[str, Ledger] | None = None) -> Case:
    """The case of a week."""
    company, horizon, _ = material(week)
    return Case.of((overlay or Overlay()).over(company), horizon, ledger)


def edition(case: Case, *texts: str) -> Edition:
    """A judged week of shifts such as ``E1 q1 mon 08:00-10:00``."""
    duties = []
    for text in texts:
        employee_id, queue_id, rest = text.split(" ", 2)
        duties.append((employee_id, queue_id, *stretch(case.horizon, rest)))
    plan = Plan.of(duties)
    judged = audit(case, plan, rules())
    search = SearchRecord("feasible", judged.objective, 0, 0.0, 1, "by hand")
    return Edition(
        case, plan, participation_of(case, plan), judged.points, judged.clashes, (), search, case.horizon.start
    )


def proposal(*texts: str, parent: int = 0, week: IsoWeek = WEEK, kind: str = "plan", reason: str = "") -> Proposal:
    """A week that may be released."""
    inputs = material(week)[2]
    return Proposal.judged(edition(case_of(week), *texts), rules(), inputs, parent=parent, kind=kind, reason=reason)
