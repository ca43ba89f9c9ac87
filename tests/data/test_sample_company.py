"""The sample company in data/ agrees with itself: plain pandas, none of the project's own code."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import holidays
import icalendar
import pandas as pd
import pytest

DATA = Path(__file__).parents[2] / "data"
SITE = ZoneInfo("America/Los_Angeles")
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKS = [(2026, 10), (2026, 44), (2026, 48), (2026, 49), (2026, 50), (2026, 51), (2026, 52), (2027, 10), (2027, 44)]
COLUMNS = {
    "departments": "department_id name max_away_pct min_present",
    "employees": "employee_id name email department_id weekly_hours work_pattern_id timezone endpoint mentor "
    "starts_on ends_on",
    "work_patterns": "work_pattern_id weekday start end",
    "queues": "queue_id name aht_s service_level_pct service_level_s patience_s shrinkage_pct max_occupancy_pct "
    "min_agents priority extension",
    "opening_hours": "queue_id weekday open close",
    "skills": "employee_id queue_id level certified_on expires_on",
    "demand": "queue_id start calls",
    "core_staff": "queue_id start agents",
    "absences": "employee_id start end reason",
    "preferences": "employee_id weekday start end weight",
    "pins": "employee_id queue_id start end",
    "exemptions": "employee_id reason approved_by until",
}


def table(name: str) -> pd.DataFrame:
    """A table of the sample company, every value as text."""
    return pd.read_csv(DATA / f"{name}.csv", dtype=str, keep_default_na=False)


def minutes(clock: str) -> int:
    """HH:MM as minutes after midnight, 24:00 included."""
    return int(clock[:2]) * 60 + int(clock[3:])


def open_intervals(day: date) -> set[tuple[str, str]]:
    """Every (queue, half-hour start with offset) open on a site day, built by counting real time in UTC."""
    closed = day in holidays.country_holidays("US", years=day.year)
    hours = table("opening_hours")
    hours = hours[hours.weekday == WEEKDAYS[day.weekday()]]
    instant = datetime.combine(day, time(), SITE).astimezone(UTC)
    found = set()
    while (local := instant.astimezone(SITE)).date() == day:
        minute = local.hour * 60 + local.minute
        for row in hours.itertuples():
            if minutes(row.open) <= minute < minutes(row.close) and (row.queue_id == "repair" or not closed):
                found.add((row.queue_id, local.isoformat(timespec="minutes")))
        instant += timedelta(minutes=30)
    return found


@pytest.mark.parametrize("name", COLUMNS)
def test_tables_have_the_columns_of_the_data_contract_in_plain_utf8(name: str) -> None:
    raw = (DATA / f"{name}.csv").read_bytes()
    assert raw.decode("utf-8").splitlines()[0].split(",") == COLUMNS[name].split()
    assert b"\r" not in raw and not raw.startswith(b"\xef\xbb\xbf")
    assert not table(name).duplicated().any()


@pytest.mark.parametrize(
    ("name", "column", "home"),
    [
        ("employees", "department_id", "departments"),
        ("employees", "work_pattern_id", "work_patterns"),
        *[(name, "employee_id", "employees") for name in ("skills", "absences", "preferences", "pins", "exemptions")],
        *[(name, "queue_id", "queues") for name in ("skills", "opening_hours", "demand", "core_staff", "pins")],
    ],
)
def test_ids_resolve(name: str, column: str, home: str) -> None:
    assert set(table(name)[column]) <= set(table(home)[column])


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("departments", ["department_id"]),
        ("employees", ["employee_id"]),
        ("employees", ["email"]),
        ("employees", ["name"]),
        ("employees", ["endpoint"]),
        ("queues", ["queue_id"]),
        ("queues", ["extension"]),
        ("skills", ["employee_id", "queue_id"]),
        ("demand", ["queue_id", "start"]),
        ("core_staff", ["queue_id", "start"]),
        ("exemptions", ["employee_id"]),
        ("preferences", ["employee_id", "weekday"]),
    ],
)
def test_keys_are_unique(name: str, key: list[str]) -> None:
    assert not table(name).duplicated(subset=key).any()


def test_there_are_160_people_in_12_departments_and_two_zones() -> None:
    people = table("employees")
    assert list(people.employee_id) == [f"E{number:03d}" for number in range(1, 161)]
    assert len(table("departments")) == 12 and set(people.department_id) == set(table("departments").department_id)
    assert set(people.timezone) == {"", "America/Denver"}
    assert people.email.str.fullmatch(r"[a-z.-]+@example\.com").all()
    assert people.endpoint.str.fullmatch(r"PJSIP/1\d{3}|Local/5\d{3}@home").all()
    assert not people.name.str.contains(",").any()


def test_weekly_hours_are_what_the_work_pattern_holds() -> None:
    spans = table("work_patterns")
    held = (spans.end.map(minutes) - spans.start.map(minutes)).groupby(spans.work_pattern_id).sum() / 60
    people = table("employees")
    assert (people.weekly_hours.astype(float) == people.work_pattern_id.map(held)).all()
    assert {5.0, 20.0, 24.0, 30.0, 40.0} == set(people.weekly_hours.astype(float))


@pytest.mark.parametrize(
    ("name", "owner", "start", "end"),
    [("work_patterns", "work_pattern_id", "start", "end"), ("opening_hours", "queue_id", "open", "close")],
)
def test_spans_of_a_weekday_run_forward_and_do_not_overlap(name: str, owner: str, start: str, end: str) -> None:
    spans = table(name)
    assert set(spans.weekday) <= set(WEEKDAYS)
    for _, day in spans.groupby([owner, "weekday"]):
        edges = [(minutes(row[start]), minutes(row[end])) for _, row in day.sort_values(start).iterrows()]
        assert all(begin < finish <= 1440 for begin, finish in edges)
        assert all(earlier[1] <= later[0] for earlier, later in pairwise(edges))


def test_every_queue_has_certified_people_and_mentors_and_somebody_waits_for_training() -> None:
    skills, people = table("skills"), table("employees")
    mentors = set(people[people.mentor == "yes"].employee_id)
    expert = skills[skills.employee_id.isin(mentors) & (skills.level.astype(int) >= 4)]
    assert (expert.groupby("queue_id").employee_id.nunique() >= 4).all()
    assert set(expert.queue_id) == set(table("queues").queue_id)
    certified = skills.groupby("queue_id").employee_id.nunique()
    assert 25 <= certified["spanish"] <= 30 and 25 <= certified["business"] <= 30
    assert skills.groupby("employee_id").size().isin([1, 2, 3]).all()
    assert len(set(people.employee_id) - set(skills.employee_id)) == 3
    assert 0.09 < (skills.level == "1").mean() < 0.15


def test_one_certificate_has_expired_and_one_expires_in_the_middle_of_a_sample_week() -> None:
    ends = sorted(table("skills").query("expires_on != ''").expires_on)
    assert [end for end in ends if end < "2026-03-02"] == ["2026-02-15"]
    assert date.fromisoformat("2026-12-02").isocalendar()[:2] == (2026, 49) and "2026-12-02" in ends


def test_demand_has_every_open_interval_of_the_sample_weeks_and_no_other() -> None:
    expected: set[tuple[str, str]] = set()
    for year, week in WEEKS:
        for weekday in range(1, 8):
            expected |= open_intervals(date.fromisocalendar(year, week, weekday))
    demand = table("demand")
    assert set(zip(demand.queue_id, demand.start, strict=True)) == expected
    assert demand.calls.str.fullmatch(r"\d+").all()


def test_the_hour_that_is_skipped_is_absent_and_the_hour_that_comes_twice_is_there_twice() -> None:
    repair = set(table("demand").query("queue_id == 'repair'").start)
    for day in ("2026-03-08", "2027-03-14"):
        starts = {start for start in repair if start.startswith(day)}
        assert len(starts) == 46 and not any(start.startswith(f"{day}T02") for start in starts)
    for day in ("2026-11-01", "2027-11-07"):
        starts = {start for start in repair if start.startswith(day)}
        assert len(starts) == 50
        assert {f"{day}T01:{half}-{offset}" for half in ("00", "30") for offset in ("07:00", "08:00")} <= starts


def test_core_staff_sits_only_in_intervals_with_an_open_queue() -> None:
    core, demand = table("core_staff"), table("demand")
    assert set(zip(core.queue_id, core.start, strict=True)) <= set(zip(demand.queue_id, demand.start, strict=True))
    assert (core.agents.astype(int) > 0).all()


def test_absences_run_forward_and_are_dates_or_instants_with_an_offset() -> None:
    people = table("employees").set_index("employee_id")
    for row in table("absences").itertuples():
        whole_days = len(row.start) == 10
        assert whole_days == (len(row.end) == 10) and row.reason
        start, end = datetime.fromisoformat(row.start), datetime.fromisoformat(row.end)
        assert start <= end if whole_days else start < end
        assert people.starts_on[row.employee_id] <= row.start[:10]
        if not whole_days:
            zone = ZoneInfo(people.timezone[row.employee_id] or str(SITE))
            assert start.utcoffset() == start.astimezone(zone).utcoffset()


def test_preferences_weigh_from_minus_three_to_three_and_some_refuse_friday_evenings() -> None:
    wishes = table("preferences")
    assert wishes.weight.astype(int).between(-3, 3).all()
    assert (wishes.start.map(minutes) < wishes.end.map(minutes)).all() and set(wishes.weekday) <= set(WEEKDAYS)
    assert 70 <= wishes.employee_id.nunique() <= 90
    assert len(wishes.query("weekday == 'fri' and weight == '-3'")) >= 5


def test_the_pinned_shift_is_legal() -> None:
    (pin,) = table("pins").itertuples()
    start, end = datetime.fromisoformat(pin.start), datetime.fromisoformat(pin.end)
    assert start.isocalendar()[:2] == (2026, 49) and start.minute % 30 == end.minute % 30 == 0
    assert timedelta(minutes=60) <= end - start <= timedelta(minutes=180)
    half_hours = int((end - start) / timedelta(minutes=30))
    starts = [(start + timedelta(minutes=30 * nth)).isoformat(timespec="minutes") for nth in range(half_hours)]
    assert set(starts) <= set(table("demand").query("queue_id == @pin.queue_id").start)
    (skill,) = table("skills").query("employee_id == @pin.employee_id and queue_id == @pin.queue_id").itertuples()
    assert int(skill.level) >= 2 and skill.certified_on <= pin.start[:10] <= (skill.expires_on or "9999")
    person = table("employees").set_index("employee_id").loc[pin.employee_id]
    spans = table("work_patterns").query("work_pattern_id == @person.work_pattern_id")
    spans = spans[spans.weekday == WEEKDAYS[start.weekday()]]
    assert person.timezone == ""
    assert any(span.start <= f"{start:%H:%M}" and f"{end:%H:%M}" <= span.end for span in spans.itertuples())
    absent = table("absences").query("employee_id == @pin.employee_id")
    assert not any(row.start[:10] <= pin.start[:10] <= row.end[:10] for row in absent.itertuples())


def test_exemptions_name_a_reason_an_approver_and_an_end() -> None:
    exempt = table("exemptions")
    assert (exempt.reason != "").all() and (exempt.approved_by != "").all()
    assert sorted(exempt.until) == ["2026-12-16", "2027-01-31"]


@pytest.mark.parametrize("path", sorted((DATA / "calendars").glob("*.ics")), ids=lambda path: path.stem)
def test_calendars_are_well_formed(path: Path) -> None:
    raw = path.read_bytes()
    assert path.stem in set(table("employees").employee_id)
    assert raw.count(b"\n") == raw.count(b"\r\n") == raw.count(b"\r")
    assert all(len(line) <= 75 and line.decode("utf-8") for line in raw.split(b"\r\n")[:-1])
    calendar = icalendar.Calendar.from_ical(raw)
    events = calendar.walk("VEVENT")
    assert events and not any(component.errors for component in calendar.walk())
    assert all(event["DTSTART"].dt < event["DTEND"].dt for event in events)
    keys = [(str(event["UID"]), str(event.get("RECURRENCE-ID") and event["RECURRENCE-ID"].dt)) for event in events]
    assert len(set(keys)) == len(keys)


def test_calendars_show_a_whole_day_a_cancelled_a_moved_and_a_skipped_instance() -> None:
    text = "".join(path.read_bytes().decode() for path in sorted((DATA / "calendars").glob("*.ics")))
    assert len(list((DATA / "calendars").glob("*.ics"))) == 12
    for line in (
        "DTSTART;VALUE=DATE:",
        "STATUS:CANCELLED",
        "RECURRENCE-ID;TZID=",
        "EXDATE;TZID=",
        "TRANSP:TRANSPARENT",
    ):
        assert line in text
