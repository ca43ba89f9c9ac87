"""Bytes of a calendar file -> text whose components are balanced. A broken file read as empty would book people.

May know nothing of events.
"""

from __future__ import annotations

import codecs
import re

from rotation.errors import InputFault, InputFaults
from rotation.intake.findings import shortened

LARGEST_CALENDAR = 10_000_000
DEEPEST_NESTING = 10
ALLOWED = "an iCalendar file, BEGIN:VCALENDAR to END:VCALENDAR"


def calendar_text(data: bytes, file: str) -> tuple[str, list[InputFault]]:
    """Decode and unfold a calendar and check that it is whole.

    Args:
        data: the file's bytes: UTF-8, or Windows-1252 with a warning; lines end in CRLF, LF or CR.
        file: its name for faults.

    Returns:
        The text, its lines unfolded and ending in LF, and warnings.

    Raises:
        InputFaults: when the file is no calendar, or only a part of one.
    """
    if len(data) > LARGEST_CALENDAR:
        raise _fault(file, 0, f"has {len(data):,} bytes", f"at most {LARGEST_CALENDAR:,} bytes")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise _fault(file, 0, "is UTF-16", "UTF-8")
    data = data.removeprefix(codecs.BOM_UTF8).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    _refuse_other_kinds(data, file)
    _check_balance(data, file)
    # Writers fold octets, so that a character may lie across two lines: unfold before decoding.
    data = re.sub(rb"\n[ \t]", b"", data)
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        warning = InputFault(file, 0, "", "", "is not UTF-8 and was read as Windows-1252", "UTF-8")
        return data.decode("cp1252", errors="replace"), [warning]


def _fault(file: str, row: int, message: str, allowed: str = ALLOWED, value: str = "") -> InputFaults:
    return InputFaults([InputFault(file, row, "", shortened(value), message, allowed)])


def _refuse_other_kinds(data: bytes, file: str) -> None:
    first_line = data.strip()[:200].split(b"\n")[0]
    start = first_line.lower()
    if not start:
        raise _fault(file, 0, "is empty")
    if start.startswith(b"<"):
        raise _fault(file, 0, "is a web page or XML, not a calendar; was the address one of a login page?")
    if start.startswith((b"{", b"[")):
        raise _fault(file, 0, "is JSON, not a calendar")
    if not start.startswith(b"begin:vcalendar"):
        raise _fault(file, 1, "does not begin with BEGIN:VCALENDAR", value=first_line.decode("latin-1"))
    if b"\0" in data:
        raise _fault(file, _row(data, data.index(b"\0")), "has a NUL byte")


def _check_balance(data: bytes, file: str) -> None:
    """Every BEGIN has its END, in order, not too deep."""
    opened: list[tuple[str, int]] = []
    for match in re.finditer(rb"^(BEGIN|END):([^\n]*)$", data, re.IGNORECASE | re.MULTILINE):
        name, place = match[2].strip().upper().decode("latin-1"), match.start()
        if match[1].upper() == b"BEGIN":
            opened.append((name, place))
            if len(opened) > DEEPEST_NESTING:
                allowed = f"{DEEPEST_NESTING} components inside one another"
                raise _fault(file, _row(data, place), "is nested too deeply", allowed)
        elif not opened or opened.pop()[0] != name:
            raise _fault(file, _row(data, place), f"END:{shortened(name)} closes nothing that is open")
    if opened:
        name, place = opened[-1]
        raise _fault(file, _row(data, place), f"BEGIN:{shortened(name)} is never closed: the file is cut off")


def _row(data: bytes, place: int) -> int:
    return data.count(b"\n", 0, place) + 1
