"""Bytes of a text file -> text with bare line feeds; every byte that is not UTF-8 is a fault with its place.

May know nothing of tables.
"""

from __future__ import annotations

import codecs

from rotation.intake.findings import Findings

LONGEST_LINE = 1_000_000
LONGEST_FILE = 500_000_000


def text_of(data: bytes, file: str, found: Findings) -> str | None:
    """Decode a text file.

    Args:
        data: the file's bytes; UTF-8, with or without a byte order mark; lines end in CR, LF or CRLF.
        file: its name for faults.
        found: takes the faults.

    Returns:
        The text, its lines ending in LF, or None when there is nothing to go on with. Lines that are not UTF-8 are
        read as Latin-1 after their fault is noted, so that the search for faults goes on.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        found.fault(file, 0, "", "", "is UTF-16", "UTF-8 text")
        return None
    if len(data) > LONGEST_FILE:
        found.fault(file, 0, "", f"{len(data)} bytes", "is too large", f"at most {LONGEST_FILE:,} bytes")
        return None
    data = data.removeprefix(codecs.BOM_UTF8).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if not data.strip():
        found.fault(file, 0, "", "", "is empty", "a header row and one row for each entry")
        return None
    if not _lines_are_sane(data, file, found):
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return "\n".join(_line_text(line, n, file, found) for n, line in enumerate(data.split(b"\n"), start=1))


def _lines_are_sane(data: bytes, file: str, found: Findings) -> bool:
    before = len(found.faults)
    lines = data.split(b"\n")
    if max(map(len, lines)) > LONGEST_LINE:
        for n, line in enumerate(lines, start=1):
            if len(line) > LONGEST_LINE:
                message = f"the line has {len(line):,} bytes"
                found.fault(file, n, "", "", message, f"at most {LONGEST_LINE:,} bytes a line")
    elif b"\0" in data:
        for n, line in enumerate(lines, start=1):
            if b"\0" in line:
                place = line.index(b"\0") + 1
                found.fault(file, n, "", "", f"byte {place} of the line is NUL, which no text has", "UTF-8 text")
    return len(found.faults) == before


def _line_text(line: bytes, row: int, file: str, found: Findings) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError as error:
        byte = f"byte {error.start + 1} of the line is 0x{line[error.start]:02X}, which is not UTF-8"
        found.fault(file, row, "", line.decode("latin-1"), byte, "UTF-8 text: save the file as CSV UTF-8")
        return line.decode("latin-1")
