"""Calendars of every make give the busy times that their owner sees; whatever is in doubt is said."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rotation.errors import InputFault, InputFaults
from rotation.intake.calendar_reading import Reading
from rotation.intake.calendars import busy_times

START = dt.datetime(2026, 3, 2, 8, tzinfo=dt.UTC)
END = dt.datetime(2026, 3, 9, 7, tzinfo=dt.UTC)
HOME = ZoneInfo("America/Los_Angeles")
MOSCOW_CALLED_BERLIN = """BEGIN:VTIMEZONE
TZID:{name}
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+0300
TZOFFSETTO:{offset}
END:STANDARD
END:VTIMEZONE
"""


def calendar(*events: str, head: str = "") -> bytes:
    """A calendar of events, whose lines are separated by ``|``."""
    bodies = "".join("BEGIN:VEVENT\n" + event.replace("|", "\n") + "\nEND:VEVENT\n" for event in events)
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\n{head}{bodies}END:VCALENDAR\n"
    return text.replace("\n", "\r\n").encode()


def read(data: bytes, tentative: bool = False, zone: ZoneInfo = HOME) -> tuple[list[str], list[InputFault]]:
    """Busy times as ``DDTHH:MM/DDTHH:MM`` in UTC, and warnings."""
    rows, warnings = busy_times(data, "E1.ics", "E1", zone, START, END, Reading(tentative))
    assert all(row.employee_id == "E1" and row.start < row.end for row in rows)
    return [f"{row.start:%dT%H:%M}/{row.end:%dT%H:%M}" for row in rows], warnings


def test_an_instant_in_utc_is_taken_as_it_is() -> None:
    assert read(calendar("UID:a|DTSTART:20260304T170000Z|DTEND:20260304T180000Z")) == (["04T17:00/04T18:00"], [])


@pytest.mark.parametrize(
    ("zone", "span"), [("America/Los_Angeles", "03T08:00/04T08:00"), ("Asia/Tokyo", "02T15:00/03T15:00")]
)
def test_a_whole_day_is_the_persons_own(zone: str, span: str) -> None:
    assert read(calendar("UID:a|DTSTART;VALUE=DATE:20260303"), zone=ZoneInfo(zone))[0] == [span]


def test_the_day_of_the_clock_change_has_23_hours() -> None:
    assert read(calendar("UID:a|DTSTART;VALUE=DATE:20260308"))[0] == ["08T08:00/09T07:00"]


def test_a_floating_time_is_on_the_persons_clock_unless_the_calendar_states_one() -> None:
    event = "UID:a|DTSTART:20260304T090000|DURATION:PT30M"
    assert read(calendar(event))[0] == ["04T17:00/04T17:30"]
    assert read(calendar(event, head="X-WR-TIMEZONE:Europe/Berlin\n"))[0] == ["04T08:00/04T08:30"]


def test_x_wr_timezone_moves_nothing_but_floating_times() -> None:
    event = "UID:a|DTSTART:20260304T090000Z|DURATION:PT30M"
    assert read(calendar(event, head="X-WR-TIMEZONE:Europe/Berlin\n"))[0] == ["04T09:00/04T09:30"]


def test_a_windows_name_is_known_and_a_series_keeps_its_local_hour_over_the_clock_change() -> None:
    zone = "TZID=Pacific Standard Time"
    found = read(calendar(f"UID:a|DTSTART;{zone}:20260306T090000|DURATION:PT1H|RRULE:FREQ=DAILY"))
    assert found == (["06T17:00/06T18:00", "07T17:00/07T18:00", "08T16:00/08T17:00"], [])


def test_a_definition_in_the_file_comes_before_the_iana_name_and_stays_in_its_file() -> None:
    event = "UID:a|DTSTART;TZID={0}:20260304T090000|DURATION:PT30M"
    for name in ("Europe/Berlin", "Customized Time Zone"):
        for offset, span in (("+0300", "04T06:00/04T06:30"), ("+0500", "04T04:00/04T04:30")):
            head = MOSCOW_CALLED_BERLIN.format(name=name, offset=offset)
            assert read(calendar(event.format(name), head=head)) == ([span], [])
    assert read(calendar(event.format("Europe/Berlin")))[0] == ["04T08:00/04T08:30"]


def test_an_unknown_zone_is_the_persons_with_one_warning() -> None:
    events = [f"UID:{n}|DTSTART;TZID=Mars/Base:2026030{n}T090000|DURATION:PT30M" for n in (3, 4)]
    found, warnings = read(calendar(*events))
    assert found == ["03T17:00/03T17:30", "04T17:00/04T17:30"]
    assert [warning.value for warning in warnings] == ["Mars/Base"]


@pytest.mark.parametrize("line", ["TRANSP:TRANSPARENT", "STATUS:CANCELLED", "STATUS:TENTATIVE"])
def test_what_is_free_is_not_busy(line: str) -> None:
    data = calendar(f"UID:a|DTSTART:20260304T170000Z|DURATION:PT1H|{line}")
    assert read(data)[0] == []
    assert len(read(data, tentative=True)[0]) == (line == "STATUS:TENTATIVE")


def test_exceptions_and_moved_occurrences_of_a_series_count() -> None:
    series = "UID:a|DTSTART:20260302T170000Z|DURATION:PT1H|RRULE:FREQ=DAILY;COUNT=4|EXDATE:20260303T170000Z"
    moved = "UID:a|RECURRENCE-ID:20260304T170000Z|DTSTART:20260304T200000Z|DTEND:20260304T203000Z"
    gone = "UID:a|RECURRENCE-ID:20260305T170000Z|DTSTART:20260305T170000Z|DURATION:PT1H|STATUS:CANCELLED"
    expected = ["02T17:00/02T18:00", "04T20:00/04T20:30"]
    assert read(calendar(series, moved, gone))[0] == expected
    assert read(calendar(gone, moved, series))[0] == expected


def test_rdates_and_periods_count() -> None:
    event = (
        "UID:a|DTSTART:20260302T170000Z|DURATION:PT1H|RDATE:20260303T170000Z|RDATE;VALUE=PERIOD:20260304T170000Z/PT2H"
    )
    assert read(calendar(event))[0] == ["02T17:00/02T18:00", "03T17:00/03T18:00", "04T17:00/04T19:00"]


def test_the_same_event_twice_is_one_and_two_events_under_one_uid_are_two() -> None:
    first, second = (f"UID:a|DTSTART:2026030{n}T170000Z|DURATION:PT1H" for n in (3, 4))
    assert read(calendar(first, first))[0] == ["03T17:00/03T18:00"]
    assert read(calendar(first, second))[0] == ["03T17:00/03T18:00", "04T17:00/04T18:00"]


def test_a_calendar_that_shows_only_free_and_busy_is_read() -> None:
    head = (
        "BEGIN:VFREEBUSY\nFREEBUSY:20260302T180000Z/20260302T190000Z,20260303T200000Z/PT1H\n"
        "FREEBUSY;FBTYPE=FREE:20260304T200000Z/PT1H\nEND:VFREEBUSY\n"
    )
    assert read(calendar(head=head))[0] == ["02T18:00/02T19:00", "03T20:00/03T21:00"]


def test_what_touches_the_window_from_outside_counts() -> None:
    over_the_start = "UID:a|DTSTART:20260220T000000Z|DTEND:20260302T090000Z"
    before, after = (f"UID:{t}|DTSTART:{t}Z|DURATION:PT1H" for t in ("20260302T070000", "20260309T070000"))
    assert read(calendar(over_the_start, before, after))[0] == ["20T00:00/02T09:00"]


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("DTSTART:20260304T170000Z|DTEND:20260304T160000Z", "before it starts"),
        ("DTSTART;VALUE=DATE:20260304|DTEND;VALUE=DATE:20260303", "before it starts"),
        ("DTSTART;VALUE=DATE:20260304|DTEND:20260305T160000Z", "one is a date, the other an instant"),
        ("DTSTART:20260304T170000Z|DURATION:-PT1H", "negative DURATION"),
        ("DTSTART:20260304T170000Z|DTEND:20260304T180000Z|DURATION:PT1H", "both DTEND and DURATION"),
        ("DTSTART:20260304T170000Z|DTSTART:20260305T170000Z|DURATION:PT1H", "second DTSTART"),
        ("DTSTART:20260304T170000Z|DTEND:20260304T180000Z|RRULE FREQ=DAILY", "is not a content line"),
        ("DTSTART:20260230T170000Z|DURATION:PT1H", "DTSTART cannot be read"),
        ("DTSTART:20260304T250000Z|DURATION:PT1H", "DTSTART cannot be read"),
    ],
)
def test_an_event_that_contradicts_itself_is_a_fault(lines: str, message: str) -> None:
    with pytest.raises(InputFaults, match=message):
        read(calendar("UID:a|" + lines))


def test_a_whole_day_that_ends_on_itself_is_one_day() -> None:
    for uid in ("a", "b"):
        event = f"UID:{uid}|DTSTART;VALUE=DATE:20260304|DTEND;VALUE=DATE:20260304"
        assert read(calendar(event, event.replace("0304", "0306")))[0] == ["04T08:00/05T08:00", "06T08:00/07T08:00"]


@pytest.mark.parametrize("extra", ["", "|RDATE:20260401T090000"])
@pytest.mark.parametrize("until", ["20260304", "20260304T090000", "20260304T170000Z"])
def test_the_last_day_of_a_series_counts_however_its_end_is_written(until: str, extra: str) -> None:
    zone = "TZID=America/Los_Angeles"
    rule = f"UID:a|DTSTART;{zone}:20260303T090000|DTEND;{zone}:20260303T100000|RRULE:FREQ=DAILY;UNTIL={until}{extra}"
    assert read(calendar(rule))[0] == ["03T17:00/03T18:00", "04T17:00/04T18:00"]


def test_folded_octets_are_joined_before_they_are_decoded() -> None:
    data = calendar("UID:a|SUMMARY:Bö|DTSTART:20260304T170000Z|DURATION:PT1H").replace(b"\xc3\xb6", b"\xc3\r\n \xb6")
    assert read(data) == (["04T17:00/04T18:00"], [])


def test_windows_1252_is_read_with_a_warning() -> None:
    data = calendar("UID:a|SUMMARY:Bö|DTSTART:20260304T170000Z|DURATION:PT1H").replace(b"\xc3\xb6", b"\xf6")
    found, warnings = read(data)
    assert found == ["04T17:00/04T18:00"] and "Windows-1252" in warnings[0].message


def test_a_rule_that_never_fits_ends() -> None:
    never = "BYMONTH=2;BYMONTHDAY=30"
    rules = (f"FREQ=DAILY;{never}", f"FREQ=DAILY;COUNT=5;{never}", f"FREQ=HOURLY;COUNT=5;{never}")
    for rule in rules:
        assert read(calendar(f"UID:a|DTSTART:20260104T170000Z|DURATION:PT1H|RRULE:{rule}"))[0] == []


@pytest.mark.parametrize("cut", range(20, 160, 7))
def test_every_cut_off_calendar_is_a_fault(cut: int) -> None:
    data = calendar("UID:a|DTSTART:20260304T170000Z|DTEND:20260304T180000Z|SUMMARY:meeting about things")
    with pytest.raises(InputFaults):
        read(data[:-cut] if cut < len(data) - 1 else b"")


def test_a_calendar_above_ten_megabytes_is_refused() -> None:
    with pytest.raises(InputFaults, match="at most 10,000,000 bytes"):
        read(calendar("UID:a|DESCRIPTION:" + "x" * 10_000_000))


LINES = st.sampled_from(
    [
        "BEGIN:VEVENT", "END:VEVENT", "DTSTART:20260304T170000Z", "DTSTART;VALUE=DATE:20260304", "DTSTART:",
        "DTEND:20260304T180000", "DTEND;VALUE=DATE:20260306", "DURATION:PT1H", "DURATION:-P1D", "RRULE:FREQ=DAILY",
        "RRULE:FREQ=WEEKLY;UNTIL=20260310", "RRULE:", "EXDATE:20260304T170000Z", "RDATE;VALUE=DATE:20260305",
        "RECURRENCE-ID:20260304T170000Z", "SEQUENCE:x", "SEQUENCE:2", "UID:a", "BEGIN:VALARM", "END:VALARM",
        "TZID:x", "DTSTART;TZID=x:20260304T170000", "BEGIN:VTIMEZONE", "END:VTIMEZONE", "garbage", "STATUS:",
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES, max_size=10), st.booleans())
def test_any_lines_give_busy_times_or_faults(lines: list[str], wrapped: bool) -> None:
    body = "|".join(lines)
    try:
        read(calendar(body) if wrapped else calendar(head=body.replace("|", "\n") + "\n"))
    except InputFaults as error:
        assert all(fault.file == "E1.ics" for fault in error.faults)
