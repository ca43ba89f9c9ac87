"""A raw history -> the company's past: queues it knows, intervals on its grid, calls inside its opening hours."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from rotation.company import Company
from rotation.demand.company_history import Past, open_by_weekday
from rotation.demand.history import TOTALS, UnfitIntervals, conflicting, interval_totals
from rotation.errors import InputFault, InputFaults
from rotation.intake.closest import Closest
from rotation.intake.history import Dropped, RawHistory


def past_from_raw(raw: RawHistory, company: Company, file: str) -> Past:
    """Clean a raw history for a company; what is lost is added to the history's account.

    Args:
        raw: the history as it was read.
        company: its queues, opening hours, zone and interval.
        file: the history's name for faults.

    Raises:
        InputFaults: no row is of a queue of the company, or the intervals do not fit the grid.
    """
    frame, dropped = _of_known_queues(raw, company, file), raw.dropped
    if not raw.by_call:
        repeated, contradicting = conflicting(frame)
        dropped.note("intervals that come twice", repeated)
        dropped.note("intervals that come twice with different numbers", contradicting)
        frame = frame.drop(index=[*repeated, *contradicting])
        dropped.note("intervals without a number of calls (missing, not zero)", frame.index[frame["offered"].isna()])
    for name in TOTALS:
        if name not in frame.columns:
            frame = frame.assign(**{name: np.nan})
    zone = ZoneInfo(company.policy.site.timezone)
    try:
        totals = interval_totals(frame, raw.by_call, zone, company.policy.interval_min)
    except UnfitIntervals as error:
        raise InputFaults([InputFault(file, 0, "start", "", str(error))]) from error
    _note_closed(totals, company, zone, dropped)
    return Past(totals, raw.by_call)


def _of_known_queues(raw: RawHistory, company: Company, file: str) -> pd.DataFrame:
    known = raw.frame["queue_id"].isin(list(company.queue))
    for name, rows in raw.frame[~known].groupby("queue_id"):
        hint = Closest(company.queue).hint(str(name))
        raw.dropped.note(f"rows of {str(name) or 'no queue'}, which is no queue of queues.csv{hint}", rows.index)
    if not known.any():
        names = ", ".join(sorted(map(str, raw.frame["queue_id"].unique()))[:5])
        raise InputFaults([InputFault(file, 0, "queue_id", names, "no queue of the company", ", ".join(company.queue))])
    return raw.frame[known]


def _note_closed(totals: pd.DataFrame, company: Company, zone: ZoneInfo, dropped: Dropped) -> None:
    """Count calls that came while their queue was closed: they are no demand that opening hours could serve."""
    local = totals["start"].dt.tz_convert(zone)
    weekday = local.dt.day_of_week.to_numpy()
    slot = ((local.dt.hour * 60 + local.dt.minute) // company.policy.interval_min).to_numpy()
    closed = np.zeros(len(totals), dtype=np.bool_)
    for queue in company.queues:
        own = (totals["queue_id"] == queue.queue_id).to_numpy()
        closed |= own & ~open_by_weekday(company, queue.queue_id)[weekday, slot]
    calls = int(np.nan_to_num(totals["offered"].to_numpy()[closed]).sum())
    if calls:
        reason = "calls while the queue was closed, which opening hours leave out"
        dropped.counts[reason] = calls
