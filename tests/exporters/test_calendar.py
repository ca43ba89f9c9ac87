"""Calendars as three independent readers understand them: icalendar, vobject and libical."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
import vobject
from hypothesis import assume, example, given
from hypothesis import strategies as st
from icalendar import Calendar
from icalendar.prop import vText

from rotation.company import Policy
from rotation.exporters import exporters
from rotation.ical import Entry, feed, invitation, reminder, resource
from rotation.ical.spelling import clean, fold, one_line
from rotation.intake.calendar_reading import Reading
from rotation.intake.calendars import busy_times
from rotation.plan import Edition, Plan, ReleasedShift
from tests.intake.test_calendar_series import ZONES, changes

from .edition_sample import EMPLOYEES, SITE, STAMPED, clock, company, edition_of
from .libical_reader import Read, read_by_libical

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)
NASTY = st.text(st.sampled_from(list('\\;,:nN"\n\r\t é👩\u200d💻a=^')), max_size=200)
START = dt.datetime(2026, 10, 26, 16, tzinfo=dt.UTC)
NIGHTS = (
    ("America/Los_Angeles", "2026-11-01"),
    ("America/Los_Angeles", "2026-03-08"),
    ("America/St_Johns", "2026-11-01"),
    ("America/Sao_Paulo", "2018-11-04"),
    ("Europe/Berlin", "2026-10-25"),
    ("Europe/Berlin", "2026-03-29"),
    ("Europe/Dublin", "2026-10-25"),
    ("Africa/Casablanca", "2026-03-22"),
    ("Asia/Kolkata", "2026-10-25"),
    ("Asia/Kathmandu", "2026-10-25"),
    ("Australia/Lord_Howe", "2026-10-04"),
    ("Pacific/Chatham", "2026-04-05"),
)


def one_entry(text: str) -> bytes:
    return feed(text, [entry_of(text)], reminder(10, "soon"))


def entry_of(text: str) -> Entry:
    return Entry(clean(text) or "uid", START, START + dt.timedelta(hours=1), 3, STAMPED, text, text, True)


def lines_of(content: bytes) -> list[bytes]:
    """Physical lines; every one ends with CRLF and no CR or LF stands alone."""
    assert content.endswith(b"\r\n")
    lines = content[:-2].split(b"\r\n")
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    return lines


@given(TEXT | NASTY)
@example("C:\\New, folder; \\\\ \\n" * 9)
@example("é" * 37 + "\\" * 80)
def test_folding_keeps_to_75_octets_and_never_cuts_a_character_or_an_escape(text: str) -> None:
    for line in lines_of(one_entry(text)):
        assert len(line) <= 75
        line.decode("utf-8")
        assert (len(line) - len(line.rstrip(b"\\"))) % 2 == 0


@given(TEXT.map(lambda text: text.replace("\n", "").replace("\r", "")))
def test_unfolding_gives_the_line_back(line: str) -> None:
    assert fold(line).replace(b"\r\n ", b"").decode() == line


@given(TEXT | NASTY)
@example("\\N is not a line break, nor is \\n; a\r\nb is")
def test_any_text_comes_back_in_icalendar(text: str) -> None:
    calendar = Calendar.from_ical(one_entry(text))
    event = calendar.walk("VEVENT")[0]
    assert event.errors == []
    assert str(event.get("DESCRIPTION", "")) == clean(text)
    assert str(event.get("SUMMARY", "")) == one_line(text)


@given(TEXT | NASTY)
def test_both_names_of_a_calendar_come_back(text: str) -> None:
    # Readers differ on properties they do not know, so this one goes by the standard alone.
    lines = one_entry(text).replace(b"\r\n ", b"").decode().split("\r\n")
    for name in ("NAME:", "X-WR-CALNAME:"):
        (value,) = [line.removeprefix(name) for line in lines if line.startswith(name)]
        assert re.sub(r"\\(.)", r"\1", value) == one_line(text)
        assert not re.search(r"(?<!\\)(\\\\)*[;,]", value)


@given(TEXT | NASTY)
def test_any_text_comes_back_in_vobject(text: str) -> None:
    calendar = vobject.readOne(one_entry(text).decode())
    assert calendar.vevent.description.value == clean(text)
    assert calendar.vevent.summary.value == one_line(text)


@given(TEXT | NASTY)
@example("\\N; a\r\nb")
def test_any_text_comes_back_in_libical(text: str) -> None:
    assume(clean(text))
    (read,) = read_by_libical(one_entry(text))
    assert (read.summary, read.description) == (one_line(text), clean(text))
    assert (read.uid, read.start, read.sequence, read.status) == (clean(text) or "uid", START, 3, "CONFIRMED")


@given(TEXT | NASTY)
def test_a_line_is_spelt_as_the_icalendar_library_builds_it(text: str) -> None:
    # A backslash before N, and folding inside an escape, are where that library goes wrong.
    (line,) = [line for line in one_entry(text).replace(b"\r\n ", b"").split(b"\r\n") if line.startswith(b"SUMMARY:")]
    plain = one_line(text)
    if "\\N" not in plain and "\\n" not in plain:
        assert line == b"SUMMARY:" + vText(plain).to_ical()


@given(
    st.sampled_from(NIGHTS),
    st.integers(-8 * 60, 8 * 60),
    st.integers(1, 12 * 60),
)
def test_times_are_right_to_the_minute_around_clock_changes(night: tuple[str, str], offset: int, minutes: int) -> None:
    zone, day = night
    start = clock(f"{day}T02:00", zone) + dt.timedelta(minutes=offset)
    end = start + dt.timedelta(minutes=minutes)
    local = start.astimezone(clock(f"{day}T02:00", zone).tzinfo)
    content = feed("x", [Entry("u", local, end, 0, STAMPED, "s", "d", True)])
    read, other = Calendar.from_ical(content).walk("VEVENT")[0], vobject.readOne(content.decode()).vevent
    assert (read.start, read.end) == (start, end)
    assert (other.dtstart.value, other.dtend.value) == (start, end)
    assert [(one.start, one.end) for one in read_by_libical(content)] == [(start, end)]
    assert b"TZID" not in content


@pytest.mark.parametrize("name", ZONES)
def test_every_clock_change_of_three_years_is_written_and_read_to_the_minute(name: str) -> None:
    zone, entries = ZoneInfo(name), []
    for at in changes(name):
        for n, minutes in enumerate((-120, -60, -30, 0, 30, 60)):
            start = (at + dt.timedelta(minutes=minutes)).astimezone(zone)
            end = (start.astimezone(dt.UTC) + dt.timedelta(minutes=90)).astimezone(zone)
            entries.append(Entry(f"{at:%Y%m%d}-{n}@rotation", start, end, n, STAMPED, "s", "d", True))
    content = feed(name, entries)
    wanted = [(e.uid, e.start.astimezone(dt.UTC), e.end.astimezone(dt.UTC), "CONFIRMED", e.sequence) for e in entries]
    for reader in (read_by_icalendar, read_by_vobject, read_by_libical):
        found = reader(content)
        assert [(r.uid, r.start, r.end, r.status, r.sequence) for r in found] == wanted
    whole = (dt.datetime(2025, 12, 1, tzinfo=dt.UTC), dt.datetime(2029, 1, 31, tzinfo=dt.UTC))
    rows, _ = busy_times(content, "x.ics", "", zone, *whole, Reading())
    assert [(row.start, row.end) for row in rows] == sorted({(start, end) for _, start, end, _, _ in wanted})


def test_a_feed_says_what_clients_need(edition: Edition) -> None:
    for name in ("ical_employee", "ical_department", "ical_queue"):
        for content in exporters()[name].render(edition).values():
            lines = lines_of(content)
            assert lines[:2] == [b"BEGIN:VCALENDAR", b"VERSION:2.0"]
            assert b"METHOD:PUBLISH" in lines
            assert b"REFRESH-INTERVAL;VALUE=DURATION:PT1H" in lines
            assert b"X-PUBLISHED-TTL:PT1H" in lines
            assert not any(line.startswith((b"ATTENDEE", b"ORGANIZER", b"RRULE", b"RDATE")) for line in lines)
            assert Calendar.from_ical(content).errors == []


def read_by_icalendar(content: bytes) -> list[Read]:
    return [
        Read(e["UID"], e.start, e.end, e["STATUS"], int(e["SEQUENCE"]), e["SUMMARY"], e["DESCRIPTION"])
        for e in Calendar.from_ical(content).walk("VEVENT")
    ]


def read_by_vobject(content: bytes) -> list[Read]:
    return [
        Read(
            *(e.uid.value, e.dtstart.value, e.dtend.value, e.status.value),
            *(int(e.sequence.value), e.summary.value, e.description.value),
        )
        for e in vobject.readOne(content.decode()).contents.get("vevent", ())
    ]


def with_a_cancelled_shift(edition: Edition) -> Edition:
    start = clock("2026-10-27T09:00")
    gone = ReleasedShift("E2-x", "E2", "support", start, start + dt.timedelta(hours=2), 4, "cancelled", STAMPED)
    return replace(edition, cancelled=(gone,))


@pytest.mark.parametrize("name", ["ical_employee", "ical_department", "ical_queue"])
def test_three_readers_agree_on_every_calendar(name: str, edition: Edition) -> None:
    events = 0
    for content in exporters()[name].render(with_a_cancelled_shift(edition)).values():
        found = read_by_icalendar(content)
        assert found == read_by_vobject(content) == read_by_libical(content)
        events += len(found)
    assert events == len(edition.plan.shifts) + 1


def test_a_cancelled_shift_stays_free_and_without_reminder(edition: Edition) -> None:
    content = exporters()["ical_employee"].render(with_a_cancelled_shift(edition))["ical/employees/E2.ics"]
    (gone,) = [e for e in Calendar.from_ical(content).walk("VEVENT") if e["UID"] == "E2-x@rotation"]
    assert (gone["STATUS"], gone["TRANSP"], gone["SEQUENCE"]) == ("CANCELLED", "TRANSPARENT", 4)
    assert gone.walk("VALARM") == [] and str(gone["SUMMARY"]).startswith("Cancelled: ")


def test_an_event_is_stamped_with_its_own_last_change(edition: Edition) -> None:
    first, other = edition.plan.by_employee["E1"][:2]
    at = STAMPED - dt.timedelta(days=3)
    files = exporters()["ical_employee"].render(replace(edition, changed_at={first.shift_id: at}))
    content = files["ical/employees/E1.ics"]
    stamps = {str(e["UID"]): e["DTSTAMP"].dt for e in Calendar.from_ical(content).walk("VEVENT")}
    assert stamps[f"{first.shift_id}@rotation"] == at.replace(microsecond=0)
    assert stamps[f"{other.shift_id}@rotation"] == STAMPED.replace(microsecond=0)


def test_contacts_and_the_way_to_swap_are_said_where_the_policy_names_them() -> None:
    texts = {"ill_contact": "Ann, +1 555 0100", "swap_url": "https://example.com/swap/{shift_id}", "reminder_min": 0}
    who = replace(company(), policy=Policy.model_validate({"site": {"timezone": SITE}, "calendars": texts}))
    start = clock("2026-10-26T09:00")
    duties = Plan.of([("E1", "support", start, start + dt.timedelta(hours=1))]).shifts
    content = exporters()["ical_employee"].render(edition_of(who, "2026-W44", duties))["ical/employees/E1.ics"]
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    address = "https://example.com/swap/E1-20261026T1600Z"
    assert f"If you are ill: Ann, +1 555 0100\nTo swap: {address}" in str(event["DESCRIPTION"])
    assert str(event["URL"]) == address and event.walk("VALARM") == []


@given(TEXT | NASTY, st.booleans())
def test_a_message_names_one_organizer_and_one_attendee(text: str, cancelled: bool) -> None:
    assume(clean(text))
    entry = replace(entry_of(text), cancelled=cancelled)
    content = invitation(entry, (text, "plan@example.com"), ('Ann; "A"', "ann@example.com"))
    calendar = Calendar.from_ical(content)
    (event,) = calendar.walk("VEVENT")
    assert str(calendar["METHOD"]) == ("CANCEL" if cancelled else "REQUEST")
    assert (str(event["ORGANIZER"]), str(event["ATTENDEE"])) == ("mailto:plan@example.com", "mailto:ann@example.com")
    if "\\" not in text:  # the library takes a backslash out of a quoted parameter, where the standard has no escape
        assert event["ORGANIZER"].params["CN"] == one_line(text)
    assert all(len(line) <= 75 for line in lines_of(content))
    assert read_by_libical(content)[0].uid == entry.uid == read_by_libical(resource(entry))[0].uid
    assert "METHOD" not in Calendar.from_ical(resource(entry))


def test_names_are_escaped_in_both_calendar_names(edition: Edition) -> None:
    content = exporters()["ical_employee"].render(edition)["ical/employees/E1.ics"]
    assert b'\r\nNAME:Customer service: May\\, Jane\\; "JJ"\r\n' in content
    assert b'\r\nX-WR-CALNAME:Customer service: May\\, Jane\\; "JJ"\r\n' in content


def test_every_employee_has_a_calendar_and_every_shift_one_event(edition: Edition) -> None:
    files = exporters()["ical_employee"].render(edition)
    assert set(files) == {f"ical/employees/E{n}.ics" for n in range(1, 6)}
    found = {
        (str(event["UID"]), event.start, event.end, int(event["SEQUENCE"]), str(event["TRANSP"]))
        for content in files.values()
        for event in Calendar.from_ical(content).walk("VEVENT")
    }
    assert found == {
        (f"{one.shift_id}@rotation", one.start, one.end, edition.sequences.get(one.shift_id, 0), "OPAQUE")
        for one in edition.plan.shifts
    }


def test_stamps_are_those_of_the_edition_in_whole_seconds(edition: Edition) -> None:
    for event in Calendar.from_ical(exporters()["ical_employee"].render(edition)["ical/employees/E1.ics"]).walk(
        "VEVENT"
    ):
        assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt == STAMPED.replace(microsecond=0)


def test_a_calendar_without_shifts_is_valid_and_empty(edition: Edition) -> None:
    content = exporters()["ical_employee"].render(edition)["ical/employees/E5.ics"]
    assert Calendar.from_ical(content).walk("VEVENT") == []
    assert vobject.readOne(content.decode()).contents["vtimezone"]


def test_each_shift_says_how_to_sign_in_what_to_ask_and_who_is_there(edition: Edition) -> None:
    content = exporters()["ical_employee"].render(edition)["ical/employees/E2.ics"]
    first, night = (str(event["DESCRIPTION"]) for event in Calendar.from_ical(content).walk("VEVENT"))
    assert "Before the shift, sign in with: PJSIP/1002" in first
    assert "Queue: Support; first, line (support), dialled as 4001" in first
    assert 'Mentor: May, Jane; "JJ"\n' in first
    assert first.count('May, Jane; "JJ"') == 2
    assert "(from 18:00 CET)" in first
    assert "Mentor: none on this shift" in night
    for line in ("ask for name, number and e-mail", "note the product", "hand a lead to sales"):
        assert line in first


def test_a_reminder_comes_ten_minutes_before(edition: Edition) -> None:
    content = exporters()["ical_employee"].render(edition)["ical/employees/E4.ics"]
    alarms = [event.walk("VALARM") for event in Calendar.from_ical(content).walk("VEVENT")]
    assert [one.TRIGGER for (one,) in alarms] == [-dt.timedelta(minutes=10)] * 2


def test_the_lead_sees_who_is_away_and_stays_free(edition: Edition) -> None:
    events = Calendar.from_ical(exporters()["ical_department"].render(edition)["ical/departments/D2.ics"]).walk(
        "VEVENT"
    )
    assert {str(event["TRANSP"]) for event in events} == {"TRANSPARENT"}
    assert len(events) == 5
    assert "Also away then: Back\\slash\\New (half [open (from 10:00 PDT)" in str(events[0]["DESCRIPTION"])
    assert all(str(event["UID"]).endswith("@department.rotation") for event in events)


@pytest.mark.parametrize("identifier", ["../../etc/x", "a/b", ".", "..", "C:\\x", "é", "a b"])
def test_no_id_leads_out_of_the_folder(identifier: str) -> None:
    who = company([replace(EMPLOYEES[0], employee_id=identifier)])
    start = clock("2026-10-26T09:00", SITE)
    duties = Plan.of([(identifier, "support", start, start + dt.timedelta(hours=1))]).shifts
    (path,) = exporters()["ical_employee"].render(edition_of(who, "2026-W44", duties))
    assert path.count("/") == 2
    assert "\\" not in path
    assert not path.split("/")[2].startswith(".")
