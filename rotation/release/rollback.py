"""An earlier release comes back, as a new one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from rotation.declaration import Rule
from rotation.errors import UsageFault
from rotation.plan import Plan
from rotation.release.changing import edited
from rotation.release.overlay import Overlay
from rotation.release.proposal import Proposal
from rotation.release.release import Release


def restored(
    current: Release, earlier: Release, known: Overlay, rules: Mapping[str, Rule], now: dt.datetime, reason: str
) -> Proposal:
    """The release that brings an earlier one back, as far as the week has not begun.

    Args:
        current: the effective release.
        earlier: the release to be restored.
        known: absences that were told to the store until now.
        rules: by name.
        now: the instant; shifts that have begun stay as they are.
        reason: in the words of whoever does it.

    Raises:
        UsageFault: it is of another week, or effective already.
        InfeasiblePlan: it breaks a rule today, such as an absence that was reported since.
    """
    if earlier.week != current.week:
        raise UsageFault(f"release {earlier.number} is of {earlier.week}, not of {current.week}")
    if earlier.number == current.number:
        raise UsageFault(f"release {earlier.number} is effective already")
    overlay = Overlay(known.absences, earlier.overlay.waived)
    company = overlay.over(earlier.inputs.company(earlier.edition.case.horizon))
    case = replace(earlier.edition.case, company=company)
    begun = [shift for shift in current.edition.plan.shifts if shift.start < now]
    ahead = [shift for shift in earlier.edition.plan.shifts if shift.start >= now]
    plan = Plan(tuple(sorted([*begun, *ahead])))
    edition = edited(current, case, plan, rules, f"release {earlier.number} restored")
    return Proposal.judged(
        edition,
        rules,
        earlier.inputs,
        parent=current.number,
        kind="rollback",
        overlay=overlay,
        reason=reason,
        restored=earlier.number,
    )
