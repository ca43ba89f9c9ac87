"""A queue is served only while it is open: the rule alone."""

from __future__ import annotations

import datetime as dt

import pytest

from rotation.company import OpeningHours, Queue, RequiredAgents
from rotation.plan import Case
from rotation.rules import rules
from rotation.timegrid import Horizon, IsoWeek
from tests.tiny import AUTUMN, DENVER, SITE, SPRING, WEEK, person, policy, tiny_case, tiny_company, tiny_plan

RULE = rules()["opening_hours"]
QUEUES = (Queue("Q", "Q", 300), Queue("R", "R", 300))
HOURS = (OpeningHours("Q", 0, 480, 1080), OpeningHours("Q", 1, 1200, 1440), OpeningHours("Q", 2, 0, 60))


def case(week: str = WEEK, hours: tuple[OpeningHours, ...] = HOURS) -> Case:
    return tiny_case(tiny_company(person("A", timezone=DENVER), queues=QUEUES, opening_hours=hours), week)


@pytest.mark.parametrize(
    ("shift", "clashes"),
    [
        ("A Q mon 08:00-10:00", 0),
        ("A Q mon 16:00-18:00", 0),
        ("A Q mon 07:30-08:30", 1),
        ("A Q mon 17:30-18:30", 1),
        ("A Q tue 23:00+120", 0),
        ("A Q wed 00:30-01:30", 1),
        ("A Q sun 10:00-11:00", 1),
        ("A R mon 10:00-11:00", 1),
    ],
)
def test_edges_of_the_opening_hours_on_the_sites_clock(shift: str, clashes: int) -> None:
    week = case()
    assert len(RULE.judge(week, tiny_plan(week, shift)).clashes) == clashes


def test_the_message() -> None:
    week = case()
    (clash,) = RULE.judge(week, tiny_plan(week, "A Q mon 07:30-08:30")).clashes
    assert clash.message == "A Mon 2026-06-08 07:30-08:30 -07:00: Q is closed"


def test_opening_hours_over_clock_changes() -> None:
    night = (OpeningHours("Q", 6, 60, 180),)
    autumn, spring = case(AUTUMN, night), case(SPRING, night)
    assert not RULE.judge(autumn, tiny_plan(autumn, "A Q sun 01:00+180")).clashes
    assert len(RULE.judge(autumn, tiny_plan(autumn, "A Q sun 00:30+180")).clashes) == 1
    assert not RULE.judge(spring, tiny_plan(spring, "A Q sun 01:00+60")).clashes
    assert len(RULE.judge(spring, tiny_plan(spring, "A Q sun 01:00+90")).clashes) == 1


def test_a_shift_outside_the_week_is_not_served_in_opening_hours() -> None:
    week = case()
    assert len(RULE.judge(week, tiny_plan(week, "A Q mon-7 10:00-11:00")).clashes) == 1


def test_nobody_and_nothing() -> None:
    week = tiny_case(tiny_company())
    assert RULE.judge(week, tiny_plan(week)).clashes == ()


def test_only_whole_intervals_count_as_open_for_the_witness_too() -> None:
    week = case(hours=(OpeningHours("Q", 0, 490, 730),))
    assert week.is_open[0].nonzero()[0].tolist() == list(range(17, 24))
    assert not RULE.judge(week, tiny_plan(week, "A Q mon 08:30-12:00")).clashes
    assert len(RULE.judge(week, tiny_plan(week, "A Q mon 08:00-09:00")).clashes) == 1
    assert len(RULE.judge(week, tiny_plan(week, "A Q mon 11:30-12:30")).clashes) == 1


def holiday_week(*rows: RequiredAgents) -> Case:
    company = tiny_company(
        person("A", timezone=DENVER, region="US-CO"),
        opening_hours=(OpeningHours("Q", 0, 480, 540),),
        required=rows,
        policy=policy(site={"region": "US"}),
        holidays={"US": {dt.date(2026, 6, 8): "Founders' Day"}},
    )
    return Case.of(company, Horizon(IsoWeek.parse(WEEK), SITE, 30))


def test_a_queue_without_rows_is_closed_on_a_public_holiday_for_the_witness_too() -> None:
    week = holiday_week()
    assert not week.is_open.any()
    assert len(RULE.judge(week, tiny_plan(week, "A Q mon 08:00-09:00")).clashes) == 1


def test_a_queue_with_rows_of_its_own_is_open_on_a_public_holiday() -> None:
    starts = (dt.datetime(2026, 6, 8, 15, minute, tzinfo=dt.UTC) for minute in (0, 30))
    week = holiday_week(*(RequiredAgents("Q", start, 1) for start in starts))
    assert week.is_open.sum() == 2
    assert not RULE.judge(week, tiny_plan(week, "A Q mon 08:00-09:00")).clashes
