"""A column of times as exports write them -> instants: with offset as written, without it on the site's clock.

Two nights a year a clock without offset is not enough. A time that no clock showed is unreadable. In the hour that
comes twice, interval rows are told apart by being there twice; if they are there once, one of the two hours was lost,
or both were added up, and nobody can say which: that row is left out. Single calls are told apart by the order of the
file.
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from rotation.intake.history.dropped import Dropped

_OFFSET = r"(?:[Zz]|[+-]\d\d:?\d\d)$"


def instants(
    text: pd.Series[str], zone: ZoneInfo, dropped: Dropped, key: pd.Series[str] | None = None
) -> pd.Series[pd.Timestamp]:
    """Read a column of times.

    Args:
        text: ISO 8601 with or without offset; the index holds row numbers.
        zone: whose clock is meant where the offset is missing.
        dropped: takes what cannot be read.
        key: the queue of each row when a row is an interval; None when a row is one call.

    Returns:
        Instants in UTC, NaT where nothing can be made of the time.
    """
    found = pd.Series(pd.NaT, index=text.index, dtype="datetime64[us, UTC]")
    stated = text.str.contains(_OFFSET, regex=True)
    found[stated] = pd.to_datetime(text[stated], utc=True, format="ISO8601", errors="coerce").dt.as_unit("us")
    local = pd.to_datetime(text[~stated], format="ISO8601", errors="coerce").dt.as_unit("us")
    dropped.note("times that cannot be read", [*found.index[stated & found.isna()], *local.index[local.isna()]])
    local = local.dropna()
    first = local.dt.tz_localize(zone, ambiguous=np.ones(len(local), dtype=bool), nonexistent="NaT")
    second = local.dt.tz_localize(zone, ambiguous=np.zeros(len(local), dtype=bool), nonexistent="NaT")
    dropped.note("times that the clock skipped", local.index[first.isna()])
    twice = first.notna() & (first != second)
    chosen = first.copy()
    if twice.any() and key is not None:
        chosen[twice] = _by_pair(local[twice], first[twice], second[twice], key, dropped)
    elif twice.any():
        later = _runs_again(local, twice)
        chosen[later] = second[later]
    found[chosen.index] = chosen.dt.tz_convert("UTC")
    return found


def _by_pair(
    local: pd.Series[pd.Timestamp],
    first: pd.Series[pd.Timestamp],
    second: pd.Series[pd.Timestamp],
    key: pd.Series[str],
    dropped: Dropped,
) -> pd.Series[pd.Timestamp]:
    groups = pd.DataFrame({"key": key[local.index], "local": local})
    place = groups.groupby(["key", "local"]).cumcount()
    size = groups.groupby(["key", "local"])["local"].transform("size")
    dropped.note("intervals of the hour that comes twice, written once", local.index[size == 1])
    chosen = first.where(place == 0, second)
    return chosen.where((size > 1) & (place < 2))


def _runs_again(local: pd.Series[pd.Timestamp], twice: pd.Series[bool]) -> pd.Index[int]:
    """Rows of the second pass: those after the file's clock has jumped back within the hour that comes twice."""
    again = []
    for _, day in local[twice].groupby(local[twice].dt.date):
        back = day.diff() < -pd.Timedelta(minutes=10)
        again.append(day.index[back.cumsum() > 0])
    rows = np.concatenate(again) if again else np.empty(0, dtype=np.int64)
    return pd.Index(rows.astype(np.int64))
