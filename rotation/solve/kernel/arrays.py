"""The instance as a flat tuple of arrays, the only argument type that compiled code meets."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rotation.solve.instance import Instance
from rotation.solve.kernel.runs import lay_runs

Int64 = NDArray[np.int64]
Int32 = NDArray[np.int32]


class Arrays(NamedTuple):
    """See :class:`rotation.solve.weekshape.WeekShape` and :class:`rotation.solve.rowtable.RowTable`; beside them

    - ``run_start``: first run of each employee, (E + 1,); a run is a stretch of intervals without a gap in which the
      employee may serve some queue;
    - ``run_first``, ``run_end``, ``run_day``: parallel, by employee and time: the run's intervals and the number of its
      first interval's day within the employee's days on which there are runs;
    - ``most_days``: most days with runs that an employee has;
    - ``apart``: whether an employee's days bind each other only through the week's totals, (E,).
    """

    available: NDArray[np.uint8]
    serve_first: Int32
    serve_last: Int32
    queue_open: NDArray[np.uint8]
    start_allowed: NDArray[np.uint8]
    next_day: Int32
    zone_of: Int32
    served_points: Int64
    interval_points: Int32
    length_points: Int64
    promise_start: Int64
    promise_queue: Int32
    promise_first: Int32
    promise_length: Int32
    promise_points: Int64
    is_week: NDArray[np.uint8]
    above: NDArray[np.uint8]
    used: NDArray[np.uint8]
    limit: Int32
    points: Int64
    entry_start: Int64
    entry_queue: Int32
    entry_group: Int32
    entry_coefficient: Int32
    shortest: int
    longest: int
    a_day: int
    a_week: int
    rest: int
    run_start: Int64
    run_first: Int32
    run_end: Int32
    run_day: Int32
    most_days: int
    apart: NDArray[np.uint8]


def flatten(instance: Instance) -> Arrays:
    """Lay an instance out for the kernel."""
    week, rows = instance.week, instance.rows
    first = np.searchsorted(week.promise_employee, np.arange(instance.employees + 1)).astype(np.int64)
    return Arrays(
        available=week.available.view(np.uint8),
        serve_first=week.serve_first,
        serve_last=week.serve_last,
        queue_open=week.queue_open.view(np.uint8),
        start_allowed=week.start_allowed.view(np.uint8),
        next_day=week.next_day,
        zone_of=week.zone_of,
        served_points=week.served_points,
        interval_points=week.interval_points,
        length_points=week.length_points,
        promise_start=first,
        promise_queue=week.promise_queue,
        promise_first=week.promise_first,
        promise_length=week.promise_length,
        promise_points=week.promise_points,
        is_week=rows.is_week.view(np.uint8),
        above=rows.above.view(np.uint8),
        used=np.any(rows.points > 0, axis=2).astype(np.uint8),
        limit=rows.limit,
        points=rows.points,
        entry_start=rows.entry_start,
        entry_queue=rows.entry_queue,
        entry_group=rows.entry_group,
        entry_coefficient=rows.entry_coefficient,
        shortest=int(week.shortest),
        longest=int(week.longest),
        a_day=int(week.a_day),
        a_week=int(week.a_week),
        rest=int(week.rest),
        **lay_runs(week),
    )
