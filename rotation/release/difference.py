"""What changes for whom between two releases of a week, or between a release and a draft."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

from rotation.plan import Plan, ReleasedShift, Shift
from rotation.release.lineage import Lineage


@dataclass(frozen=True, slots=True)
class Change:
    """One shift that is not as it was.

    Args:
        employee_id: whose.
        kind: ``new``, ``moved`` or ``gone``.
        before: the shift as it was, None when it is new.
        after: the shift as it is, None when it is gone.
    """

    employee_id: str
    kind: Literal["new", "moved", "gone"]
    before: Shift | None
    after: Shift | None


def changes_between(before: Sequence[ReleasedShift], after: Plan, zone: ZoneInfo) -> tuple[Change, ...]:
    """What somebody who knows one release must be told of another.

    Args:
        before: the shifts that were promised.
        after: the plan that is compared; matched by duty, not by id.
        zone: the site's zone.

    Returns:
        Changes by person and time.
    """
    lineage = Lineage.of(before, {s.shift_id for s in before}, after, zone, dt.datetime.min.replace(tzinfo=dt.UTC))
    old = {shift.shift_id: shift for shift in before}
    found = []
    for shift in lineage.changed:
        was = old.get(shift.shift_id)
        if shift.cancelled:
            found.append(Change(shift.employee_id, "gone", shift.as_shift(), None))
        elif was:
            found.append(Change(shift.employee_id, "moved", was.as_shift(), shift.as_shift()))
        else:
            found.append(Change(shift.employee_id, "new", None, shift.as_shift()))
    return tuple(sorted(found, key=_place))


def _place(change: Change) -> tuple[str, dt.datetime, str]:
    shift = change.after or change.before
    assert shift is not None
    return change.employee_id, shift.start, change.kind
