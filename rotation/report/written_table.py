"""Reads one table of an output folder, field by field, and gathers every fault with its address."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from rotation.errors import InputFault

SHOWN = 60
_WHOLE = re.compile(r"[+-]?\d{1,12}")


class WrittenTable:
    """A CSV file with the columns that are needed; faults are added to a shared list, values then are None.

    Args:
        folder: the output folder.
        name: the file's name.
        columns: columns that must be there.
        faults: where faults are gathered.
    """

    def __init__(self, folder: Path, name: str, columns: Sequence[str], faults: list[InputFault]) -> None:
        self.name, self._faults = name, faults
        self._frame = self._read(folder / name)
        missing = [column for column in columns if column not in self._frame.columns]
        if missing and self.readable:
            allowed = ", ".join(columns)
            faults += [InputFault(name, 1, column, "", "the column is missing", allowed) for column in missing]
            self.readable = False

    readable: bool = True

    def __len__(self) -> int:
        return len(self._frame) if self.readable else 0

    def has(self, column: str) -> bool:
        """Whether an optional column is there."""
        return column in self._frame.columns

    def texts(self, column: str) -> list[str]:
        """A column as written."""
        return [str(value) for value in self._frame[column].tolist()] if self.readable else []

    def wholes(self, column: str, least: int | None = 0) -> list[int | None]:
        """A column of whole numbers, not below ``least``."""
        return [self._whole(row, column, text, least) for row, text in enumerate(self.texts(column), 2)]

    def instants(self, column: str, zone: dt.tzinfo) -> list[dt.datetime | None]:
        """A column of instants, on the clock of a zone."""
        return [self._instant(row, column, text, zone) for row, text in enumerate(self.texts(column), 2)]

    def fault(self, row: int, column: str, value: str, message: str, allowed: str = "") -> None:
        """Add a fault."""
        self._faults.append(InputFault(self.name, row, column, value[:SHOWN], message, allowed))

    def _read(self, path: Path) -> pd.DataFrame:
        try:
            frame = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
        except FileNotFoundError:
            self._unreadable("the file is missing", "an output folder of `rotation plan`")
        except (OSError, UnicodeDecodeError, pd.errors.EmptyDataError, pd.errors.ParserError) as error:
            self._unreadable(f"cannot be read: {' '.join(str(error).split())}", "CSV in UTF-8 with a header")
        else:
            if isinstance(frame.index, pd.RangeIndex):
                return frame.fillna("")
            self._unreadable("rows have more fields than the header", "CSV in UTF-8 with a header")
        return pd.DataFrame()

    def _unreadable(self, message: str, allowed: str) -> None:
        self.readable = False
        self.fault(0, "", "", message, allowed)

    def _whole(self, row: int, column: str, text: str, least: int | None) -> int | None:
        if _WHOLE.fullmatch(text) and (least is None or int(text) >= least):
            return int(text)
        allowed = "a whole number" if least is None else f"a whole number from {least}"
        self.fault(row, column, text, "is not a number that can stand here", allowed)
        return None

    def _instant(self, row: int, column: str, text: str, zone: dt.tzinfo) -> dt.datetime | None:
        try:
            instant = dt.datetime.fromisoformat(text)
            if instant.tzinfo is not None:
                return instant.astimezone(zone)
        except (ValueError, OverflowError):
            pass
        self.fault(row, column, text, "is not an instant", "ISO 8601 with offset, such as 2026-12-01T09:00:00-08:00")
        return None
