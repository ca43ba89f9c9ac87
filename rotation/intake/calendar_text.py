"""Bytes of a calendar file -> the text of its content lines. A broken file read as empty would book people.

May know nothing of components and events.
"""

from __future__ import annotations

import codecs
import re
from itertools import islice

from rotation.errors import InputFault, InputFaults
from rotation.intake.findings import shortened

LARGEST_CALENDAR = 10_000_000
ALLOWED = "an iCalendar file, BEGIN:VCALENDAR to END:VCALENDAR"


def calendar_text(data: bytes, file: str) -> tuple[str, list[InputFault]]:
    """Decode and unfold a calendar.

    Args:
        data: the file's bytes: UTF-8, or Windows-1252 with a warning; lines end in CRLF, LF or CR.
        file: its name for faults.

    Returns:
        The text, its lines unfolded and ending in LF, and warnings.

    Raises:
        InputFaults: when the file is no calendar.
    """
    if len(data) > LARGEST_CALENDAR:
        raise fault(file, 0, f"has {len(data):,} bytes", f"at most {LARGEST_CALENDAR:,} bytes")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise fault(file, 0, "is UTF-16", "UTF-8")
    data = _with_line_feeds(data)
    _refuse_other_kinds(data, file)
    # Writers fold octets, so that a character may lie across two lines: unfold before decoding.
    data = re.sub(rb"\n[ \t]", b"", data)
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        warning = InputFault(file, 0, "", "", "is not UTF-8 and was read as Windows-1252", "UTF-8")
        return data.decode("cp1252", errors="replace"), [warning]


def row_of(data: bytes, line: int) -> int:
    """The row in the file of an unfolded line, from 1.

    Args:
        data: the file's bytes.
        line: number of the unfolded line, from 0.
    """
    rows = enumerate(_with_line_feeds(data).split(b"\n"), start=1)
    begun = (number for number, row in rows if number == 1 or not row.startswith((b" ", b"\t")))
    return next(islice(begun, line, None), 0)


def fault(file: str, row: int, message: str, allowed: str = ALLOWED, value: str = "") -> InputFaults:
    """A fault of the file, to be raised."""
    return InputFaults([InputFault(file, row, "", shortened(value), message, allowed)])


def _with_line_feeds(data: bytes) -> bytes:
    return data.removeprefix(codecs.BOM_UTF8).replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def _refuse_other_kinds(data: bytes, file: str) -> None:
    first_line = data.strip()[:200].split(b"\n")[0]
    start = first_line.lower()
    if not start:
        raise fault(file, 0, "is empty")
    if start.startswith(b"<"):
        raise fault(file, 0, "is a web page or XML, not a calendar; was the address one of a login page?")
    if start.startswith((b"{", b"[")):
        raise fault(file, 0, "is JSON, not a calendar")
    if start.startswith((b"\x1f\x8b", b"pk\x03\x04")):
        raise fault(file, 0, "is compressed, not a calendar")
    if not start.startswith(b"begin:vcalendar"):
        raise fault(file, 1, "does not begin with BEGIN:VCALENDAR", value=first_line.decode("latin-1"))
    if b"\0" in data:
        raise fault(file, data.count(b"\n", 0, data.index(b"\0")) + 1, "has a NUL byte")
