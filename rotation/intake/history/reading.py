"""A history file of any known format -> a frame of calls or of intervals, unusable rows counted and left out.

Formats: CSV (also .gz), Parquet, and Asterisk's queue_log. Columns are those of call_history.csv, and for single calls
``outcome`` (answered, abandoned or phantom) and ``call_id``. A file without ``offered`` has one row a call.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd

from rotation.errors import InputFault, InputFaults
from rotation.intake.closest import Closest
from rotation.intake.findings import Findings
from rotation.intake.history.clock_column import instants
from rotation.intake.history.dropped import FIRST_DATA_ROW, Dropped
from rotation.intake.history.queue_log_calls import calls_of
from rotation.intake.queue_log import read_queue_log
from rotation.intake.table import read_table

NUMBERS = ("offered", "answered", "abandoned", "wait_s", "handle_s")
COLUMNS = ("queue_id", "start", *NUMBERS, "outcome", "call_id")
OUTCOMES = {
    **dict.fromkeys(("ANSWERED", "AGENT", "CONNECT", "COMPLETEAGENT", "COMPLETECALLER"), "ANSWERED"),
    **dict.fromkeys(("ABANDONED", "HANG", "ABANDON", "EXITWITHTIMEOUT"), "ABANDONED"),
    "PHANTOM": "PHANTOM",
    "": "",
}
MOST_LOST = 0.5
BROKEN = "rows that are no row of the table"


@dataclass(frozen=True)
class RawHistory:
    """What a file says.

    Args:
        frame: queue_id, start (UTC), answered, abandoned, wait_s, handle_s (NaN where unknown), and of intervals
            offered; the index holds row numbers.
        by_call: whether a row is one call.
        dropped: what was left out.
        warnings: what is probably not meant.
    """

    frame: pd.DataFrame
    by_call: bool
    dropped: Dropped
    warnings: tuple[InputFault, ...] = ()


def read_raw_history(path: Path, zone: ZoneInfo, wrapup_s: float = 0.0) -> RawHistory:
    """Read a history.

    Args:
        path: the file.
        zone: the clock of times without offset.
        wrapup_s: seconds of wrap-up after each call of a queue_log.

    Raises:
        InputFaults: the file is missing, unreadable, lacks a column, or more than half of its rows are unusable.
    """
    found, dropped = Findings(), Dropped()
    data = b"" if path.suffix == ".parquet" else _bytes(path)
    if path.suffix != ".parquet" and _is_queue_log(data):
        frame = calls_of(read_queue_log(data, path.name, found, zone), wrapup_s)
        # A faulty line of a log is one lost event of many, not a reason to refuse the log.
        dropped.note("lines of the log that cannot be read", [fault.row for fault in found.faults])
        _refuse_ruins(path.name, len(frame) + len(found.faults), len(found.faults), dropped)
        return RawHistory(_judged(frame, dropped), True, dropped, tuple(found.warnings))
    cells = _parquet(path) if path.suffix == ".parquet" else _csv(data, path.name, found, dropped)
    broken = dropped.counts.get(BROKEN, 0)
    by_call = "offered" not in cells.columns
    frame = _typed(cells, zone, by_call, dropped)
    _refuse_ruins(path.name, len(cells) + broken, len(cells) + broken - len(frame), dropped)
    if by_call:
        frame = _judged(frame, dropped)
    return RawHistory(frame, by_call, dropped, tuple(found.warnings))


def _bytes(path: Path) -> bytes:
    try:
        data = path.read_bytes()
        return gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data
    except (OSError, EOFError) as error:
        message = f"cannot be read: {getattr(error, 'strerror', None) or error}"
        raise InputFaults([InputFault(path.name, 0, "", "", message, "CSV, Parquet or a queue_log")]) from error


def _is_queue_log(data: bytes) -> bool:
    first = data.lstrip()[:500].split(b"\n")[0]
    return first.count(b"|") >= 4 and b"," not in first.split(b"|")[0]


def _csv(data: bytes, name: str, found: Findings, dropped: Dropped) -> pd.DataFrame:
    # Exports carry more columns than anybody asked for: those are left alone, so the header is judged here.
    first = data[:10_000].decode("utf-8-sig", "replace").split("\n")[0]
    header = [cell.strip().strip('"') for cell in first.split(",")]
    wanted = [column for column in COLUMNS if column in header]
    known = list(dict.fromkeys([*COLUMNS, *header])) if wanted else list(COLUMNS)
    table = read_table(data, name, known, ("queue_id", "start"), found)
    if not wanted and not found.faults:
        found.fault(name, 1, "", ",".join(header), "the header is missing", ", ".join(COLUMNS))
    # A broken row is one of many; a broken header is the whole file.
    rows = [fault.row for fault in found.faults if fault.row >= FIRST_DATA_ROW]
    if len(rows) == len(found.faults) and len(table.frame):
        dropped.note(BROKEN, rows)
        found.faults.clear()
    found.raise_faults()
    return table.frame[wanted]


def _parquet(path: Path) -> pd.DataFrame:
    try:
        frame = pd.read_parquet(path)
    except ImportError as error:
        message = "needs pyarrow to be read"
        raise InputFaults([InputFault(path.name, 0, "", "", message, "pip install rotation[parquet]")]) from error
    except (OSError, ValueError) as error:
        message = f"cannot be read: {' '.join(str(error).split())[:120]}"
        raise InputFaults([InputFault(path.name, 0, "", "", message, "Parquet")]) from error
    lacking = [name for name in ("queue_id", "start") if name not in frame.columns]
    if lacking:
        closest = Closest(str(name) for name in frame.columns)
        raise InputFaults(
            InputFault(
                path.name, 0, name, "", f"the required column is missing{closest.hint(name)}", ", ".join(COLUMNS)
            )
            for name in lacking
        )
    frame = frame[[column for column in COLUMNS if column in frame.columns]]
    frame.index = pd.RangeIndex(FIRST_DATA_ROW, len(frame) + FIRST_DATA_ROW)
    return frame


def _typed(cells: pd.DataFrame, zone: ZoneInfo, by_call: bool, dropped: Dropped) -> pd.DataFrame:
    queue = cells["queue_id"].astype(str)
    frame = pd.DataFrame(
        {"queue_id": queue, "start": _starts(cells["start"], zone, None if by_call else queue, dropped)}
    )
    for name in NUMBERS if not by_call else NUMBERS[1:]:
        frame[name] = _numbers(cells[name], name, dropped) if name in cells.columns else float("nan")
    for name in ("outcome", "call_id"):
        if by_call:
            frame[name] = cells[name].astype(str).str.strip() if name in cells.columns else ""
    if by_call:
        frame["outcome"] = frame["outcome"].str.upper()
    return frame[frame["start"].notna()]


def _starts(
    column: pd.Series, zone: ZoneInfo, queue: pd.Series[str] | None, dropped: Dropped
) -> pd.Series[pd.Timestamp]:
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        dropped.note("times that cannot be read", column.index[column.isna()])
        known: pd.Series[pd.Timestamp] = column.dt.tz_convert("UTC").dt.as_unit("us")
        return known
    if pd.api.types.is_datetime64_any_dtype(column):
        column = column.dt.strftime("%Y-%m-%dT%H:%M:%S.%f")
    return instants(column.fillna("").astype(str), zone, dropped, queue)


def _numbers(column: pd.Series, name: str, dropped: Dropped) -> pd.Series[float]:
    """Numbers of at least 0; anything else is unknown, never 0."""
    values = pd.to_numeric(column, errors="coerce").astype(float)
    empty = column.isna() | (column.astype(str).str.strip() == "")
    dropped.note(f"values of {name} that are no number", column.index[values.isna() & ~empty])
    wrong = (values < 0) | (values == float("inf"))
    dropped.note(f"negative or endless values of {name}", column.index[wrong])
    return values.mask(wrong)


def _judged(calls: pd.DataFrame, dropped: Dropped) -> pd.DataFrame:
    """Calls with their outcome as numbers; phantoms and calls that come twice are left out."""
    outcome = calls["outcome"].map(OUTCOMES)
    dropped.note("outcomes that nobody knows", calls.index[outcome.isna()])
    phantom = outcome == "PHANTOM"
    dropped.note("phantom calls", calls.index[phantom])
    calls = calls[~phantom]
    identified = calls["call_id"] != "" if "call_id" in calls.columns else pd.Series(False, index=calls.index)
    same = calls.duplicated(["queue_id", "start", *(["call_id"] if "call_id" in calls.columns else [])])
    twice = (same & identified) | (calls.duplicated() & (calls["wait_s"].notna() | calls["handle_s"].notna()))
    dropped.note("calls that come twice", calls.index[twice])
    calls, outcome = calls[~twice], outcome[~phantom][~twice]
    known = outcome.isin(["ANSWERED", "ABANDONED"])
    frame = calls[["queue_id", "start", "wait_s", "handle_s"]].copy()
    for name, word in (("answered", "ANSWERED"), ("abandoned", "ABANDONED")):
        stated = calls[name] if name in calls.columns else pd.Series(float("nan"), index=calls.index)
        frame[name] = stated.where(~known, (outcome == word).astype(float))
    return frame


def _refuse_ruins(name: str, rows: int, lost: int, dropped: Dropped) -> None:
    if rows == 0 or lost > MOST_LOST * rows:
        said = "; ".join(dropped.lines()) or "it has no rows"
        message = f"{lost:,} of {rows:,} rows are unusable: {said}"
        raise InputFaults([InputFault(name, 0, "", "", message, "a history most of which can be read")])
