"""Whether one more shift is legal beside a roster, read off the compiled rules."""

from __future__ import annotations

from rotation.solve.instance import Instance
from rotation.solve.roster import Roster
from rotation.solve.rowtable import HARD
from rotation.solve.weekshape import FORBIDDEN


def could_add(instance: Instance, roster: Roster, e: int, shift: tuple[int, int, int]) -> bool:
    """Whether an employee may take a further shift as everybody's week stands.

    Args:
        instance: the compiled week.
        roster: everybody's shifts, without this one.
        e: the employee's index.
        shift: (queue, first interval, length).
    """
    if not _alone(instance, e, shift) or not _beside_own(instance, roster, e, shift):
        return False
    more = roster.copy()
    more.shifts[e, more.counts[e]] = shift
    more.counts[e] += 1
    before = instance.rows.cost(roster.activity(instance)) // HARD
    return bool((instance.rows.cost(more.activity(instance)) // HARD <= before).all())


def _alone(instance: Instance, e: int, shift: tuple[int, int, int]) -> bool:
    """Free, open, certified, and of a legal length and start."""
    week, (q, first, length) = instance.week, shift
    cells = slice(first, first + length)
    return bool(
        first >= 0
        and first + length <= instance.intervals
        and week.shortest <= length <= week.longest
        and week.start_allowed[first]
        and week.available[e, cells].all()
        and week.queue_open[q, cells].all()
        and week.serve_first[e, q] <= first
        and first + length <= week.serve_last[e, q]
    )


def _beside_own(instance: Instance, roster: Roster, e: int, shift: tuple[int, int, int]) -> bool:
    """Rest, number of shifts and minutes beside the own shifts."""
    week, (_, first, length) = instance.week, shift
    mine = roster.shifts[e, : roster.counts[e]]
    if any(t < first + length + week.rest and first < t + n + week.rest for _, t, n in mine.tolist()):
        return False
    tomorrow = week.next_day[week.zone_of[e]]
    same_day = int((tomorrow[mine[:, 1]] == tomorrow[first]).sum()) if len(mine) else 0
    if (week.a_day and same_day >= week.a_day) or (week.a_week and len(mine) >= week.a_week):
        return False
    served = int(mine[:, 2].sum()) + length
    table = week.served_points[e]
    return served < len(table) and int(table[served]) < FORBIDDEN and len(mine) < roster.shifts.shape[1]
