"""A call history of single calls -> totals of intervals."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from rotation.company import OfferedCalls
from rotation.intake.schemas.demand import CallRow
from rotation.intake.site_grid import interval_start

TOTALS = ("answered", "abandoned", "wait_s", "handle_s")


def offered_calls(calls: Iterable[CallRow], site: ZoneInfo, interval_min: int) -> tuple[OfferedCalls, ...]:
    """Add single calls up to intervals of the site's clock.

    Args:
        calls: one row a call, in any order.
        site: the site's zone.
        interval_min: 15, 30 or 60.

    Returns:
        Totals in the order of queue and time; a total is None when no call of the interval states it. Intervals
        without a call are not there.
    """
    groups: dict[tuple[str, dt.datetime], list[CallRow]] = defaultdict(list)
    for call in calls:
        groups[call.queue_id, interval_start(call.start, site, interval_min)].append(call)
    rows = []
    for (queue_id, start), group in sorted(groups.items()):
        stated = {key: [value for call in group if (value := getattr(call, key)) is not None] for key in TOTALS}
        totals = {key: sum(values) if values else None for key, values in stated.items()}
        rows.append(OfferedCalls(queue_id, start, float(len(group)), **totals))
    return tuple(rows)
