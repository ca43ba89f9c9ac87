"""How tables, instants and file names are spelt, the same in every format."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable, Sequence
from urllib.parse import quote
from zoneinfo import ZoneInfo

from pydantic_core import to_json

SPECIAL = re.compile(r'[,"\r\n]')


def csv_bytes(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A CSV table by RFC 4180 in UTF-8, with a header and LF line ends; fields are quoted only where they must be.

    Args:
        columns: the header.
        rows: fields in the order of the header.
    """
    lines = (",".join(map(_field, row)) for row in (columns, *rows))
    return "".join(f"{line}\n" for line in lines).encode("utf-8")


def _field(value: object) -> str:
    """One field. The csv module of Python 3.11 leaves a lone carriage return bare, and readers end the row there."""
    text = str(value)
    return '"' + text.replace('"', '""') + '"' if SPECIAL.search(text) else text


def json_bytes(document: object) -> bytes:
    """A document by RFC 8259: keys sorted, UTF-8, no NaN or infinity (they become null), a newline at the end."""
    # pydantic's encoder: the standard one indents in Python, a minute for a hundred thousand people.
    return to_json(_plain(document), indent=2) + b"\n"


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {str(key): _plain(value[key]) for key in sorted(value, key=str)}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def iso(instant: dt.datetime, zone: ZoneInfo) -> str:
    """An instant by ISO 8601 with the offset that a zone has then, such as 2026-10-25T01:30:00-07:00."""
    return instant.astimezone(zone).isoformat()


def file_name(identifier: str) -> str:
    """An id as a file name: whatever could leave the folder or upset a file system is percent-encoded."""
    name = quote(identifier, safe="")
    return "%2E" + name[1:] if name.startswith(".") else name
