"""Make calendars/EMPLOYEE_ID.ics: the meetings of some people of the sample company. Everything here is made up.

MEETINGS says what stands in the calendars; the rest spells it as iCalendar (RFC 5545): CRLF, lines of 75 octets at
most, and a VTIMEZONE for every zone named but for WITHOUT_VTIMEZONE. Stamps and ids are fixed, so every run writes the
same bytes.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

HERE = Path(__file__).parent
SITE = "America/Los_Angeles"
DENVER = "America/Denver"
STAMP = "20260105T170000Z"

# Zone -> summer and winter abbreviation and offset; the United States' rules since 2007.
ZONES = {SITE: ("PDT", "-0700", "PST", "-0800"), DENVER: ("MDT", "-0600", "MST", "-0700")}


@dataclass(frozen=True)
class Meeting:
    """One VEVENT: local start, minutes (0 for a whole day), title, and further property lines."""

    start: datetime
    minutes: int
    title: str
    lines: tuple[str, ...] = ()
    uid: str = ""
    zone: str = SITE


def weekly(day: date, clock: str, minutes: int, title: str, *lines: str, rule: str = "", zone: str = SITE) -> Meeting:
    """A meeting every week from `day` until the end of 2027, with a rule's further parts in `rule`."""
    repeat = f"RRULE:FREQ=WEEKLY;UNTIL=20271231T235959Z{rule}"
    return Meeting(at(day, clock), minutes, title, (repeat, *lines), zone=zone)


def at(day: date, clock: str) -> datetime:
    """A local date and HH:MM."""
    return datetime.fromisoformat(f"{day.isoformat()}T{clock}")


MON, TUE, WED, THU, FRI = (date(2026, 1, day) for day in range(5, 10))

MEETINGS: dict[str, list[Meeting]] = {
    "E003": [weekly(MON, "09:00", 45, "Team briefing"), weekly(THU, "15:00", 60, "Complaints review")],
    "E021": [
        weekly(TUE, "10:00", 60, "Campaign planning", f"EXDATE;TZID={SITE}:20261124T100000"),
        weekly(FRI, "14:00", 30, "Numbers of the week"),
    ],
    "E035": [weekly(WED, "08:30", 60, "Branch round table", zone=DENVER)],
    "E041": [weekly(MON, "06:15", 30, "Van and safety check", rule=";BYDAY=MO,WE,FR")],
    "E062": [Meeting(at(date(2026, 12, 3), "07:00"), 240, "Trench permit inspection, Pier 9; bring plans")],
    "E079": [weekly(TUE, "11:30", 60, "Cable records", rule=";INTERVAL=2")],
    "E101": [weekly(MON, "13:00", 90, "Incident review"), weekly(FRI, "16:00", 45, "Handover to the weekend")],
    "E119": [
        weekly(MON, "09:30", 15, "Stand-up", rule=";BYDAY=MO,TU,WE,TH,FR"),
        weekly(WED, "14:00", 120, "Design review — switching core, fibre and Åland interconnect test plan"),
        Meeting(at(date(2026, 12, 11), "13:00"), 120, "Optional: vendor demonstration", ("STATUS:TENTATIVE",)),
    ],
    "E131": [
        weekly(THU, "09:00", 120, "Ledger close"),
        Meeting(at(date(2026, 12, 4), "00:00"), 0, "Audit day", ("TRANSP:OPAQUE",)),
    ],
    "E144": [Meeting(at(date(2026, 12, 1), "15:30"), 90, "Change window: billing database")],
    "E151": [weekly(WED, "10:00", 60, "Hiring round"), weekly(TUE, "15:00", 30, "Open hour")],
    "E156": [
        weekly(MON, "08:30", 90, "Executive meeting"),
        weekly(TUE, "13:00", 60, "Walk through a department"),
        weekly(THU, "16:00", 60, "Hold for travel", "TRANSP:TRANSPARENT"),
        Meeting(at(date(2026, 12, 2), "09:00"), 180, "Board meeting"),
    ],
}

# Single instances that differ from their series: employee, meeting number, instance, then start or None if cancelled.
EXCEPTIONS = [
    ("E003", 0, at(date(2026, 11, 30), "09:00"), None),
    ("E156", 0, at(date(2026, 12, 14), "08:30"), at(date(2026, 12, 15), "08:30")),
]


# Some programs name an IANA zone and leave its definition out.
WITHOUT_VTIMEZONE = {"E079", "E144"}


def zone_lines(zone: str) -> list[str]:
    """The VTIMEZONE of a zone."""
    summer, summer_offset, winter, winter_offset = ZONES[zone]
    return [
        *("BEGIN:VTIMEZONE", f"TZID:{zone}", "BEGIN:DAYLIGHT", "DTSTART:20070311T020000"),
        *("RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU", f"TZOFFSETFROM:{winter_offset}", f"TZOFFSETTO:{summer_offset}"),
        *(f"TZNAME:{summer}", "END:DAYLIGHT", "BEGIN:STANDARD", "DTSTART:20071104T020000"),
        *("RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU", f"TZOFFSETFROM:{summer_offset}", f"TZOFFSETTO:{winter_offset}"),
        *(f"TZNAME:{winter}", "END:STANDARD", "END:VTIMEZONE"),
    ]


def event_lines(meeting: Meeting, uid: str) -> list[str]:
    """The VEVENT of a meeting."""
    if meeting.minutes:
        end = meeting.start + timedelta(minutes=meeting.minutes)
        edges = [f"{name};TZID={meeting.zone}:{when:%Y%m%dT%H%M%S}" for name, when in edge_pairs(meeting.start, end)]
    else:
        end = meeting.start + timedelta(days=1)
        edges = [f"{name};VALUE=DATE:{when:%Y%m%d}" for name, when in edge_pairs(meeting.start, end)]
    title = meeting.title.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return ["BEGIN:VEVENT", f"UID:{uid}", f"DTSTAMP:{STAMP}", *edges, f"SUMMARY:{title}", *meeting.lines, "END:VEVENT"]


def edge_pairs(start: datetime, end: datetime) -> tuple[tuple[str, datetime], tuple[str, datetime]]:
    """Property names with the two ends of an event."""
    return ("DTSTART", start), ("DTEND", end)


def exception(meeting: Meeting, instance: datetime, moved_to: datetime | None) -> Meeting:
    """The instance of a series that is cancelled, or moved to another time."""
    lines = [f"RECURRENCE-ID;TZID={meeting.zone}:{instance:%Y%m%dT%H%M%S}", "SEQUENCE:1"]
    lines += ["STATUS:CANCELLED"] if moved_to is None else []
    return Meeting(moved_to or instance, meeting.minutes, meeting.title, tuple(lines), zone=meeting.zone)


def folded(line: str) -> bytes:
    """A content line with its CRLF, folded at 75 octets and never inside a character."""
    rows, row = [], b""
    for letter in line:
        octets = letter.encode()
        if len(row) + len(octets) > 75:
            rows.append(row)
            row = b" "
        row += octets
    return b"\r\n".join([*rows, row]) + b"\r\n"


def calendar(employee_id: str, meetings: list[Meeting]) -> bytes:
    """The whole calendar of one person."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Sample telephone company//Meetings//EN", "CALSCALE:GREGORIAN"]
    if employee_id not in WITHOUT_VTIMEZONE:
        for zone in dict.fromkeys(meeting.zone for meeting in meetings):
            lines += zone_lines(zone)
    changed: dict[int, list[Meeting]] = defaultdict(list)
    for person, number, instance, moved_to in EXCEPTIONS:
        if person == employee_id:
            changed[number].append(exception(meetings[number], instance, moved_to))
    for number, meeting in enumerate(meetings):
        uid = f"{employee_id.lower()}-{number}@calendar.example.com"
        for event in (meeting, *changed[number]):
            lines += event_lines(event, uid)
    return b"".join(folded(line) for line in [*lines, "END:VCALENDAR"])


def main() -> None:
    """Write one file a person."""
    folder = HERE / "calendars"
    folder.mkdir(exist_ok=True)
    for employee_id, meetings in MEETINGS.items():
        (folder / f"{employee_id}.ics").write_bytes(calendar(employee_id, meetings))


if __name__ == "__main__":
    main()
