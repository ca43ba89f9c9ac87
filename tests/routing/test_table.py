"""The routing table of a plan, and the rule behind its ringing order."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given

from rotation.company import Company, Department, Employee, Policy, Queue, Skill, WorkPattern
from rotation.errors import UsageFault
from rotation.plan import Case, Edition, Plan, SearchRecord
from rotation.routing import RoutingRow, is_mentor, is_novice, routing_table, standing_of, who
from rotation.timegrid import Horizon, IsoWeek

from .tables import HALF_HOUR, NOON, row, tables

LEVELS = {"E1": 5, "E2": 5, "E3": 4, "E4": 3, "E5": 1}


def company() -> Company:
    people = tuple(
        Employee(key, f"Name {key}", "x@example.com", "D", 40, "W", "UTC", f"PJSIP/{key}", mentor=key in ("E1", "E4"))
        for key in (*LEVELS, "E6")
    )
    return Company(
        policy=Policy.model_validate({"site": {"timezone": "UTC"}}),
        departments=(Department("D", "D"),),
        employees=people,
        work_patterns={"W": WorkPattern("W", ())},
        queues=(Queue("q", "Queue", 300),),
        opening_hours=(),
        skills=tuple(Skill(key, "q", level) for key, level in LEVELS.items()),
    )


def edition(*duties: tuple[str, str, dt.datetime, dt.datetime]) -> Edition:
    horizon, shape = Horizon(IsoWeek(2026, 44), "UTC", 30), (1, 336)
    zero = np.zeros(shape, np.int32)
    case = Case(company(), horizon, zero, zero, np.ones(shape, np.bool_))
    search = SearchRecord("optimal", 0, 0, 0.0, 1, "none")
    return Edition(case, Plan.of(duties), (), {}, (), (), search, NOON, release=4)


def test_experts_ring_first_mentors_last_among_equals_and_the_uncertified_at_the_end() -> None:
    duties = [(key, "q", NOON, NOON + HALF_HOUR) for key in ("E6", "E5", "E4", "E3", "E2", "E1")]
    rows = who(routing_table(edition(*duties)), "q", NOON)
    assert [one.employee_id for one in rows] == ["E2", "E1", "E3", "E4", "E5", "E6"]
    assert [(one.level, one.penalty) for one in rows] == [(5, 0), (5, 0), (4, 1), (3, 2), (1, 4), (0, 5)]


def test_a_mentor_needs_the_policys_level_in_the_queue() -> None:
    assert is_mentor(company(), "E1", "q")
    assert not is_mentor(company(), "E4", "q")
    assert not is_mentor(company(), "E2", "q")
    assert not is_mentor(company(), "nobody", "q")
    assert standing_of(company(), "E4", "q").position == 1


def test_novices_are_those_up_to_the_policys_level() -> None:
    assert [key for key in LEVELS if is_novice(company(), key, "q")] == ["E5"]


def test_each_shift_is_one_row_with_name_endpoint_and_release() -> None:
    (one,) = routing_table(edition(("E1", "q", NOON, NOON + HALF_HOUR)))
    assert one == RoutingRow("q", "E1", "Name E1", "PJSIP/E1", 5, 0, 2, NOON, NOON + HALF_HOUR, "E1-20261026T1200Z", 4)


def test_a_row_holds_from_its_first_instant_up_to_not_including_its_end() -> None:
    table = [row("A", 0, 1)]
    assert [len(who(table, "q", NOON + n * dt.timedelta(minutes=15))) for n in (-1, 0, 1, 2)] == [0, 1, 1, 0]


def test_unknown_people_and_queues_are_named_together() -> None:
    with pytest.raises(UsageFault, match="employee X, queue y"):
        routing_table(edition(("X", "q", NOON, NOON + HALF_HOUR), ("E1", "y", NOON, NOON + HALF_HOUR)))


@given(tables())
def test_the_order_of_the_rows_does_not_change_the_answer(table: list[RoutingRow]) -> None:
    for n in range(20):
        at = NOON + n * HALF_HOUR
        assert who(table, "q", at) == who(table[::-1], "q", at)
