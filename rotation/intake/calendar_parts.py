"""Content lines of a calendar -> its events, zones and busy periods, whole or refused.

Every BEGIN must have its END, in order; what decides when somebody is busy is kept, what only describes is left out.
May know nothing of what the lines say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from rotation.errors import InputFault
from rotation.intake.calendar_text import calendar_text, fault, row_of
from rotation.intake.findings import shortened

DEEPEST_NESTING = 10
MOST_DATES = 20_000
DECISIVE = frozenset(
    {"DTSTART", "DTEND", "DURATION", "RRULE", "EXRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "FREEBUSY"}
)
KEPT = DECISIVE | {"UID", "SEQUENCE", "STATUS", "TRANSP"}
NAME = re.compile(r"[A-Za-z0-9-]+(?=[:;])")
WRONG_LINE = "NAME:value or NAME;PARAMETER=...:value"


@dataclass(slots=True)
class EventLines:
    """The lines of an event that decide when somebody is busy, by the name of the property."""

    lines: dict[str, list[str]] = field(default_factory=dict)

    def one(self, name: str) -> str | None:
        """The text after the name of a property that comes once; None when it is absent or comes more often."""
        found = self.lines.get(name, ())
        return found[0][len(name) :] if len(found) == 1 else None

    def text(self) -> Iterator[str]:
        """The event as lines."""
        yield "BEGIN:VEVENT"
        for rows in self.lines.values():
            yield from rows
        yield "END:VEVENT"


@dataclass(slots=True)
class CalendarParts:
    """One VCALENDAR.

    Args:
        head: its own properties.
        zones: lines of its VTIMEZONEs.
        busy: lines of its VFREEBUSYs.
        events: its events.
    """

    head: list[str] = field(default_factory=list)
    zones: list[str] = field(default_factory=list)
    busy: list[str] = field(default_factory=list)
    events: list[EventLines] = field(default_factory=list)


def calendar_parts(data: bytes, file: str) -> tuple[list[CalendarParts], list[InputFault]]:
    """Take a calendar file apart.

    Args:
        data: the file's bytes.
        file: its name for faults.

    Returns:
        The calendars of the file and warnings.

    Raises:
        InputFaults: when the file is no calendar, or only a part of one.
    """
    text, warnings = calendar_text(data, file)
    scan = _Scan(data, file, warnings)
    for number, line in enumerate(text.split("\n")):
        scan.read(number, line)
    scan.finish()
    return scan.found, warnings


class _Scan:
    """One pass over the lines: which components are open, and where the lines of the innermost one go."""

    def __init__(self, data: bytes, file: str, warnings: list[InputFault]) -> None:
        self.data, self.file, self.warnings = data, file, warnings
        self.found: list[CalendarParts] = []
        self.opened: list[tuple[str, int]] = []
        self.event: EventLines | None = None
        self.raw: list[str] | None = None
        self.dates = 0
        self.unread = 0

    def read(self, number: int, line: str) -> None:
        start = line[:6].upper()
        if start.startswith(("BEGIN:", "BEGIN;")):
            self._begin(line.rpartition(":")[2].strip().upper(), number, line)
        elif start.startswith(("END:", "END;")):
            self._end(line.rpartition(":")[2].strip().upper(), number, line)
        elif line and not line.isspace():
            self._property(number, line)

    def finish(self) -> None:
        if self.opened:
            name, number = self.opened[-1]
            self._refuse(number, f"BEGIN:{shortened(name)} is never closed: the file is cut off")
        if self.unread > 1:
            self.warnings.append(InputFault(self.file, 0, "", "", f"{self.unread} lines cannot be read", WRONG_LINE))

    def _begin(self, name: str, number: int, line: str) -> None:
        self.opened.append((name, number))
        depth = len(self.opened)
        if depth > DEEPEST_NESTING:
            allowed = f"{DEEPEST_NESTING} components inside one another"
            raise fault(self.file, row_of(self.data, number), "is nested too deeply", allowed)
        if (name == "VCALENDAR") != (depth == 1):
            self._refuse(number, f"BEGIN:{shortened(name)} lies {'outside of' if depth == 1 else 'inside'} VCALENDAR")
        if name in ("VEVENT", "VFREEBUSY") and depth != 2:
            self._refuse(number, f"BEGIN:{name} lies inside {shortened(self.opened[-2][0])}")
        if name == "VCALENDAR":
            self.found.append(CalendarParts())
        elif name == "VEVENT":
            self.event = EventLines()
        elif depth == 2 and name in ("VTIMEZONE", "VFREEBUSY"):
            self.raw = self.found[-1].zones if name == "VTIMEZONE" else self.found[-1].busy
        if self.raw is not None:
            self.raw.append(line)

    def _end(self, name: str, number: int, line: str) -> None:
        if not self.opened or self.opened.pop()[0] != name:
            self._refuse(number, f"END:{shortened(name)} closes nothing that is open")
        if self.raw is not None:
            self.raw.append(line)
        if len(self.opened) == 1:
            if self.event is not None:
                self.found[-1].events.append(self.event)
            self.event = self.raw = None

    def _property(self, number: int, line: str) -> None:
        depth = len(self.opened)
        if not depth:
            if line.strip("\x1a \t"):
                self._refuse(number, "stands outside of the calendar", line)
            return
        match = NAME.match(line)
        if match is None:
            if self.event is None or depth == 2:
                self._doubt(number, line)
        elif self.event is not None:
            if depth == 2 and (name := match[0].upper()) in KEPT:
                self._keep(name, number, line, self.event)
        elif self.raw is not None:
            self.raw.append(line)
        elif depth == 1:
            self.found[-1].head.append(line)

    def _keep(self, name: str, number: int, line: str, event: EventLines) -> None:
        rows = event.lines.setdefault(name, [])
        if rows and name in ("DTSTART", "DTEND", "DURATION", "RECURRENCE-ID") and rows[0] != line:
            self._refuse(number, f"is a second {name} of one event", line)
        rows.append(line)
        if name in ("RDATE", "EXDATE"):
            self.dates += line.count(",") + 1
            if self.dates > MOST_DATES:
                allowed = f"at most {MOST_DATES:,} RDATEs and EXDATEs in a file"
                raise fault(self.file, row_of(self.data, number), f"lists more than {MOST_DATES:,} dates", allowed)

    def _doubt(self, number: int, line: str) -> None:
        """A line that is none: what decides is a fault, anything else is left out with a warning."""
        if line.upper().lstrip().startswith(tuple(DECISIVE)):
            raise fault(self.file, row_of(self.data, number), "is not a content line", WRONG_LINE, line)
        self.unread += 1
        if self.unread == 1:
            row = row_of(self.data, number)
            self.warnings.append(InputFault(self.file, row, "", shortened(line), "cannot be read", WRONG_LINE))

    def _refuse(self, number: int, message: str, value: str = "") -> None:
        raise fault(self.file, row_of(self.data, number), message, value=value)
