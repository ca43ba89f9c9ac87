"""A forecast of calls from interval history: the plain mean of the last comparable weeks.

The same weekday and the same local clock interval over the last six weeks that can be compared. Holidays, closed and
missing intervals are left out, never counted as zero; what has no history is listed, never forecast as zero.
On half-hour series a week ahead this plain mean is hard to beat. May not know: agents, targets, files, today's date.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

import pandas as pd

_KEY = ["queue_id", "weekday", "clock"]


class MissingHistory(ValueError):
    """Some wanted intervals have no comparable history; `gaps` lists them all."""

    def __init__(self, gaps: "tuple[Gap, ...]") -> None:
        """Args: gaps: the intervals, at least one."""
        self.gaps = gaps
        shown = ", ".join(f"{gap.queue_id} at {gap.start.isoformat()}" for gap in gaps[:5])
        more = f" and {len(gaps) - 5} more" if len(gaps) > 5 else ""
        super().__init__(f"{len(gaps)} intervals have no comparable history: {shown}{more}")


@dataclass(frozen=True, slots=True)
class Gap:
    """A wanted interval without any comparable history."""

    queue_id: str
    start: datetime


@dataclass(frozen=True)
class Forecast:
    """What was asked for, in the order it was asked for.

    Attributes:
        table: One row a target: queue_id, start, calls (NaN where a gap), weeks (how many weeks the mean rests on,
            fewer than asked for when history is short) and holiday (the target's local date is a holiday, so
            that the profile of ordinary days need not fit).
        gaps: The targets without history.
    """

    table: pd.DataFrame
    gaps: tuple[Gap, ...]

    def complete(self) -> pd.DataFrame:
        """Return the table, every row of it with calls.

        Returns:
            `table`.

        Raises:
            MissingHistory: There are gaps; it lists all of them.
        """
        if self.gaps:
            raise MissingHistory(self.gaps)
        return self.table


def weekday_profile(
    history: pd.DataFrame,
    targets: pd.DataFrame,
    *,
    zone: tzinfo,
    holidays: Collection[date] = (),
    known_until: datetime | None = None,
    weeks: int = 6,
    look_back_weeks: int = 26,
) -> Forecast:
    """Forecast calls as the mean over the last comparable weeks.

    Args:
        history: Columns queue_id, start (time-zone aware), offered (calls of the interval, NaN when missing) and
            optionally open (False rows are left out). Intervals as long as those of the targets.
        targets: Columns queue_id, start (time-zone aware); open intervals to forecast.
        zone: The site's zone, whose weekday and clock make intervals comparable across clock changes.
        holidays: Local dates that are left out of the profile.
        known_until: Only history before this instant is used; the earliest target when None.
        weeks: How many comparable weeks to average.
        look_back_weeks: Weeks older than this before `known_until` are not comparable any more.

    Returns:
        The forecast with its gaps.

    Raises:
        ValueError: A column is missing, an instant has no time zone, a history interval comes twice, calls are
            negative, `weeks` or `look_back_weeks` is below 1.
    """
    _check(history, targets, weeks, look_back_weeks)
    wanted = _with_clock(targets[["queue_id", "start"]].reset_index(drop=True), zone)
    wanted["holiday"] = wanted["day"].isin(list(holidays))
    if wanted.empty:
        return Forecast(wanted.assign(calls=0.0, weeks=0)[["queue_id", "start", "calls", "weeks", "holiday"]], ())
    end = pd.Timestamp(known_until) if known_until is not None else wanted["start"].min()
    usable = _usable(history, end, look_back_weeks)
    past = _with_clock(usable[["queue_id", "start", "offered"]].reset_index(drop=True), zone)
    past = past[~past["day"].isin(list(holidays))]
    return _matched(wanted, _profile(past, weeks))


def _matched(wanted: pd.DataFrame, profile: pd.DataFrame) -> Forecast:
    table = wanted.merge(profile, on=_KEY, how="left")
    table["weeks"] = table["weeks"].fillna(0).astype(int)
    lacking = table[table["weeks"] == 0]
    gaps = tuple(
        Gap(str(queue_id), start.to_pydatetime())
        for queue_id, start in zip(lacking["queue_id"], lacking["start"], strict=True)
    )
    return Forecast(table[["queue_id", "start", "calls", "weeks", "holiday"]], gaps)


def _usable(history: pd.DataFrame, end: pd.Timestamp, look_back_weeks: int) -> pd.DataFrame:
    recent = (history["start"] < end) & (history["start"] >= end - pd.Timedelta(weeks=look_back_weeks))
    keep = recent & history["offered"].notna()
    if "open" in history.columns:
        keep &= history["open"].astype(bool)
    return history[keep]


def _profile(past: pd.DataFrame, weeks: int) -> pd.DataFrame:
    # An hour that the clock repeats is one interval of its day, with the mean of the two.
    daily: pd.DataFrame = past.groupby([*_KEY, "day"])["offered"].mean().reset_index()
    daily = daily.sort_values("day", ascending=False, kind="stable")
    last = daily[daily.groupby(_KEY).cumcount() < weeks]
    profile: pd.DataFrame = last.groupby(_KEY)["offered"].agg(calls="mean", weeks="size").reset_index()
    return profile


def _with_clock(rows: pd.DataFrame, zone: tzinfo) -> pd.DataFrame:
    local = rows["start"].dt.tz_convert(zone)
    return rows.assign(
        day=local.dt.date,
        weekday=local.dt.day_of_week,
        clock=local.dt.hour * 3600 + local.dt.minute * 60 + local.dt.second,
    )


def _check(history: pd.DataFrame, targets: pd.DataFrame, weeks: int, look_back_weeks: int) -> None:
    wanted_columns = {
        "history": (history, ["queue_id", "start", "offered"]),
        "targets": (targets, ["queue_id", "start"]),
    }
    for name, (frame, columns) in wanted_columns.items():
        lacking = [column for column in columns if column not in frame.columns]
        if lacking:
            raise ValueError(f"{name} lacks the columns {lacking}")
        if not isinstance(frame["start"].dtype, pd.DatetimeTZDtype):
            raise ValueError(f"{name}.start must be instants with a time zone, not {frame['start'].dtype}")
    if history.duplicated(["queue_id", "start"]).any():
        raise ValueError("history has the same queue and start twice")
    if (history["offered"] < 0).any():
        raise ValueError("history has negative calls")
    if weeks < 1 or look_back_weeks < 1:
        raise ValueError("weeks and look_back_weeks must be at least 1")
