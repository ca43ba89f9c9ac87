"""Events of the usual shape are expanded as the libraries expand them, around every clock change, in any zone."""

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from rotation.intake.calendar_clock import duration_of, instant_of
from rotation.intake.calendar_events import BEYOND, parsed, spans
from rotation.intake.calendar_parts import calendar_parts
from rotation.intake.calendar_reading import Reading
from rotation.intake.calendar_series import series_of, spans_of
from rotation.intake.calendar_zones import CalendarZones
from rotation.intake.calendars import busy_times

ZONES = (
    "America/Los_Angeles",
    "America/New_York",
    "America/St_Johns",
    "America/Santiago",
    "Europe/London",
    "Europe/Berlin",
    "Africa/Cairo",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
    "Pacific/Chatham",
)
HOUR = dt.timedelta(hours=1)


def changes(name: str) -> Iterator[dt.datetime]:
    """The instants at which a zone's offset changes in the years 2026 to 2028, to the minute."""
    zone, hour = ZoneInfo(name), dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    while hour.year < 2029:
        if hour.astimezone(zone).utcoffset() != (hour + HOUR).astimezone(zone).utcoffset():
            minutes = (hour + dt.timedelta(minutes=n) for n in range(61))
            before = hour.astimezone(zone).utcoffset()
            yield next(at for at in minutes if at.astimezone(zone).utcoffset() != before)
        hour += HOUR


CHANGES = [(name, at) for name in ZONES for at in changes(name)]


def test_the_ten_zones_change_their_clocks_on_both_sides_of_the_date_line() -> None:
    assert len(CHANGES) >= 55
    offsets = {at.astimezone(ZoneInfo(name)).utcoffset() for name, at in CHANGES}
    assert min(offsets) <= dt.timedelta(hours=-8) and max(offsets) >= dt.timedelta(hours=13)


@pytest.mark.parametrize(
    ("name", "at"), CHANGES, ids=lambda value: f"{value:%Y%m%d}" if isinstance(value, dt.datetime) else value
)
def test_times_are_right_to_the_minute_around_every_clock_change(name: str, at: dt.datetime) -> None:
    zone, events, expected = ZoneInfo(name), [], []
    # Starts stated in UTC, on the local clock, and as a daily series since the month before.
    for n, minutes in enumerate(range(-180, 181, 15)):
        begin, end = at + dt.timedelta(minutes=minutes), at + dt.timedelta(minutes=minutes + 10)
        local = begin.astimezone(zone)
        expected.append((begin, end))
        events.append(f"UID:u{n}\nDTSTART:{begin:%Y%m%dT%H%M%SZ}\nDTEND:{end:%Y%m%dT%H%M%SZ}")
        if local.fold == 0:
            month = dt.timedelta(days=28)
            before = local.replace(tzinfo=None) - month
            events.append(f"UID:l{n}\nDTSTART;TZID={name}:{local:%Y%m%dT%H%M%S}\nDURATION:PT10M")
            rule = "RRULE:FREQ=DAILY;INTERVAL=28"
            events.append(f"UID:s{n}\nDTSTART;TZID={name}:{before:%Y%m%dT%H%M%S}\nDURATION:PT10M\n{rule}")
            events.append(f"UID:r{n}\nDTSTART:{local:%Y%m%dT%H%M%S}\nDURATION:PT10M\nRDATE:20250101T000000")
    text = "".join(f"BEGIN:VEVENT\n{event}\nEND:VEVENT\n" for event in events)
    data = f"BEGIN:VCALENDAR\n{text}END:VCALENDAR\n".encode()
    window = (at - 6 * HOUR, at + 6 * HOUR)
    rows, warnings = busy_times(data, "x.ics", "", zone, *window, Reading())
    assert [(row.start, row.end) for row in rows] == expected and not warnings


@pytest.mark.parametrize(
    ("name", "at"), CHANGES, ids=lambda value: f"{value:%Y%m%d}" if isinstance(value, dt.datetime) else value
)
def test_a_skipped_time_counts_with_the_offset_before_the_gap_and_a_repeated_one_is_the_first(
    name: str, at: dt.datetime
) -> None:
    zone = ZoneInfo(name)
    before, after = ((at + dt.timedelta(minutes=n)).astimezone(zone).utcoffset() for n in (-1, 1))
    assert before is not None and after is not None
    inside = (at.astimezone(dt.UTC) + max(before, after)).replace(tzinfo=None) - dt.timedelta(minutes=7)
    assert instant_of(inside, zone) == (inside - before).replace(tzinfo=dt.UTC)


@st.composite
def rules(draw: st.DrawFn) -> str:
    frequency = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts = [f"FREQ={frequency}"]
    if draw(st.booleans()):
        parts.append(f"INTERVAL={draw(st.integers(1, 5))}")
    if draw(st.integers(0, 2)) == 0:
        days = st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"])
        if frequency in ("MONTHLY", "YEARLY"):
            days = st.builds("{}{}".format, st.sampled_from(["", "1", "2", "-1"]), days)
        parts.append("BYDAY=" + ",".join(draw(st.lists(days, min_size=1, max_size=3, unique=True))))
    if draw(st.integers(0, 3)) == 0:
        parts.append(f"BYMONTH={draw(st.integers(1, 12))}")
    if draw(st.integers(0, 3)) == 0 and frequency != "WEEKLY":
        parts.append(f"BYMONTHDAY={draw(st.sampled_from([1, 15, 28, 29, 31, -1]))}")
    if draw(st.integers(0, 3)) == 0:
        parts.append(f"WKST={draw(st.sampled_from(['SU', 'MO', 'WE']))}")
    ending = draw(st.integers(0, 3))
    if ending == 1:
        parts.append(f"COUNT={draw(st.integers(1, 400))}")
    if ending == 2:
        day = draw(st.dates(dt.date(2025, 6, 1), dt.date(2027, 6, 1)))
        parts.append(f"UNTIL={day:%Y%m%d}{draw(st.sampled_from(['', 'T090000Z', 'T090000']))}")
    return ";".join(parts)


@st.composite
def events(draw: st.DrawFn) -> str:
    day = draw(st.dates(dt.date(2024, 1, 1), dt.date(2026, 12, 31)))
    lines = ["BEGIN:VEVENT", "UID:a"]
    if draw(st.integers(0, 3)) == 0:
        lines.append(f"DTSTART;VALUE=DATE:{day:%Y%m%d}")
        lines += draw(st.sampled_from([[], [f"DTEND;VALUE=DATE:{day + dt.timedelta(days=3):%Y%m%d}"]]))
        lines += [
            f"EXDATE;VALUE=DATE:{day + dt.timedelta(days=n):%Y%m%d}"
            for n in draw(st.lists(st.integers(0, 60), max_size=2))
        ]
    else:
        zone = draw(st.sampled_from(["", "Z", *(f";TZID={name}" for name in ZONES), ";TZID=Made Up"]))
        start = dt.datetime.combine(day, dt.time(draw(st.integers(0, 23)), draw(st.sampled_from([0, 15, 30]))))
        head, tail = ("", "Z") if zone == "Z" else (zone, "")
        lines.append(f"DTSTART{head}:{start:%Y%m%dT%H%M%S}{tail}")
        end = start + dt.timedelta(minutes=draw(st.sampled_from([0, 30, 90, 1500])))
        lines += draw(
            st.sampled_from([[], [f"DTEND{head}:{end:%Y%m%dT%H%M%S}{tail}"], ["DURATION:P1DT2H"], ["DURATION:PT45M"]])
        )
        for n in draw(st.lists(st.integers(0, 60), max_size=2)):
            lines.append(f"EXDATE{head}:{start + dt.timedelta(days=n):%Y%m%dT%H%M%S}{tail}")
    if draw(st.integers(0, 4)):
        lines.append("RRULE:" + draw(rules()))
    return "\n".join([*lines, "END:VEVENT"])


MADE_UP = """BEGIN:VTIMEZONE
TZID:Made Up
BEGIN:DAYLIGHT
DTSTART:20070311T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0330
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20071104T020000
RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU
TZOFFSETFROM:+0330
TZOFFSETTO:+0200
END:STANDARD
END:VTIMEZONE"""


@settings(max_examples=150, deadline=None)
@given(events(), st.sampled_from(ZONES), st.sampled_from([at for _, at in CHANGES[::5]]))
@example("BEGIN:VEVENT\nUID:a\nDTSTART;VALUE=DATE:20240229\nRRULE:FREQ=YEARLY\nEND:VEVENT", ZONES[0], CHANGES[0][1])
@example(
    "BEGIN:VEVENT\nUID:a\nDTSTART:20240101T000000\nDURATION:P1DT2H\nRRULE:FREQ=DAILY;BYDAY=SA\nEND:VEVENT",
    "America/Santiago",
    dt.datetime(2026, 9, 6, 4, tzinfo=dt.UTC),
)
@example("BEGIN:VEVENT\nUID:a\nDTSTART:20240131T090000\nRRULE:FREQ=MONTHLY\nEND:VEVENT", ZONES[0], CHANGES[0][1])
def test_the_quick_expansion_and_the_libraries_agree(event: str, person: str, at: dt.datetime) -> None:
    (parts,), _ = calendar_parts(f"BEGIN:VCALENDAR\n{MADE_UP}\n{event}\nEND:VCALENDAR\n".encode(), "x.ics")
    zones, window = CalendarZones("x.ics", ZoneInfo(person)), (at - 80 * HOUR, at + 88 * HOUR)
    zones.learn(parts)
    series = series_of(parts.events[0], zones)
    assert series is not None or ("COUNT" in event and "BYMONTHDAY" in event)
    assume(series is not None)
    assert series is not None
    calendar = parsed(parts.events, (), zones, window[1] + BEYOND)
    slow = {
        (a, b)
        for a, b in spans(calendar, zones.person, *window, Reading())
        if a < b and a < window[1] and b > window[0]
    }
    assert set(spans_of(series, zones.person, *window)) == slow


@pytest.mark.parametrize(
    ("text", "hours"), [("PT1H", 1), ("P1D", 24), ("P1W", 168), ("P1DT1H", 25), ("-PT1H", -1), ("+PT90M", 1.5)]
)
def test_durations_are_read(text: str, hours: float) -> None:
    assert sum(duration_of(text) or (), dt.timedelta(0)) == dt.timedelta(hours=hours)


@pytest.mark.parametrize("text", ["", "P", "PT", "1H", "P1H", "PT1D", "P-1D", "PT1H30", "P1DT"])
def test_durations_that_are_none_are_not_read(text: str) -> None:
    assert duration_of(text) is None
