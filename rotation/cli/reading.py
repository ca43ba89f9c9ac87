"""From the options of a command to the case of a week: policy, tables, calendars, requirement and carried ledger."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass
from pathlib import Path

from rotation.company import Policy
from rotation.errors import InputFault, InputFaults
from rotation.intake.company import read_all
from rotation.intake.policy import read_policy
from rotation.plan import Case, Ledger
from rotation.release.changing import planned_again
from rotation.release.known import Known
from rotation.report.folder import read_folder
from rotation.rules import rules
from rotation.timegrid import Horizon, IsoWeek


@dataclass(frozen=True)
class Question:
    """The case of a week with the warnings met on the way."""

    case: Case
    warnings: tuple[InputFault, ...]


def read_case(
    company: Path,
    config: Path,
    week: IsoWeek,
    today: dt.date,
    carry: Path | None = None,
    known: Known | None = None,
    now: dt.datetime | None = None,
) -> Question:
    """Read everything that a week needs.

    Args:
        company: folder of the tables.
        config: the policy file.
        week: the week.
        today: for warnings about what has expired.
        carry: output folder of the week before, whose debts and unpleasant minutes are carried; None takes the
            store's ledger, if there is a store, or starts fresh.
        known: what the store knows of the week; None when there is no store.
        now: the instant of planning; None leaves out what was promised before.

    Raises:
        InputFaults: with every fault of every file.
    """
    horizon = horizon_of(config, week)
    window = (horizon.start, horizon.end) if horizon else None
    intake = read_all(company, config, window=window, today=today, workers=os.cpu_count() or 1)
    horizon = Horizon(week, intake.company.policy.site.timezone, intake.company.policy.interval_min)
    known = known or Known()
    ledger = read_ledger(carry) if carry else known.ledger(intake.company)
    unknown = sorted(set(ledger) - set(intake.company.employee))
    gone = tuple(
        InputFault("participation.csv", 0, "employee_id", name, "is carried but no longer employed; left out")
        for name in unknown
        if carry
    )
    case = Case.of(known.overlay.over(intake.company), horizon, ledger)
    if known.promised and now:
        frozen_until = now + dt.timedelta(hours=case.company.policy.releases.freeze_h)
        case = planned_again(case, known.promised, now, frozen_until, rules())
    return Question(case, intake.warnings + gone)


def horizon_of(config: Path, week: IsoWeek) -> Horizon | None:
    """The horizon by the policy; None where the policy is faulty, so that table faults are still found."""
    try:
        policy: Policy = read_policy(config)
    except InputFaults:
        return None
    return Horizon(week, policy.site.timezone, policy.interval_min)


def read_ledger(folder: Path) -> dict[str, Ledger]:
    """Debts and unpleasant minutes from the participation of an earlier plan.

    Raises:
        InputFaults: the folder holds no readable plan.
    """
    written = read_folder(folder)
    return {row.employee_id: Ledger(row.debt_minutes, row.total_unpleasant_minutes) for row in written.participation}
