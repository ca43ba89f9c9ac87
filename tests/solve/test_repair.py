"""Repairs of a released week: the least change, confirmed by a search with everybody free."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rotation.company import Absence, Queue, Skill
from rotation.plan import Case, Plan, Published
from rotation.release.absent import shortage
from rotation.rules import rules
from rotation.solve.audit import audit
from rotation.solve.repair import Repaired, repair
from rotation.solve.repairmodel import RepairLimits
from rotation.solve.settings import Watch
from tests.solve.exhaustive_repair import better_exists, missing_of
from tests.tiny import OFFICE, at, person, policy, stretch, tiny_case, tiny_company, tiny_plan

SETTING = policy(site={"interval_min": 60}, shifts={"start_grid_min": 60}, departments={"max_away_pct": 100})
NOW = at("2026-06-05T09:00")
QUEUES = (Queue("Q", "Q", 300, min_agents=0), Queue("R", "R", 300, min_agents=0))


def case(people: str, required: Mapping[str, int], skills: str = "") -> Case:
    """People of one department in office hours; ``skills`` such as ``A:Q B:QR``, all for everybody otherwise."""
    found = [Skill(name, queue) for name, queues in (word.split(":") for word in skills.split()) for queue in queues]
    staff = [person(name, work_pattern_id="office") for name in people]
    return tiny_case(
        tiny_company(*staff, queues=QUEUES, skills=found or None, policy=SETTING, work_patterns={"office": OFFICE}),
        required=required,
    )


def mended(week: Case, before: Plan, away: str, people: int = 3, fixed_until: int = 0) -> tuple[Repaired, Case, Plan]:
    """The repair after somebody is away for the whole week."""
    start, end = stretch(week.horizon, "mon 00:00-24:00")[0], week.horizon.end
    absence = Absence(away, start, end, "ill", late=True)
    kept = Plan(tuple(shift for shift in before.shifts if shift.employee_id != away))
    company = replace(week.company, absences=(absence,))
    now = replace(week, company=company, published=Published.at(kept.shifts, NOW, 0))
    allowed = shortage(week, before)
    limits = RepairLimits(people, fixed_until, 20.0, 2)
    return repair(now, kept, allowed, rules(), limits, Watch(time.monotonic)), now, kept


def told(plan: Plan, before: Plan) -> set[str]:
    """Whose week is not as it was."""
    key = lambda s: (s.employee_id, s.queue_id, s.start, s.end)  # noqa: E731
    return {k[0] for k in {key(s) for s in plan.shifts} ^ {key(s) for s in before.shifts}}


def test_one_colleague_takes_the_whole_shift_and_nobody_else_is_touched() -> None:
    week = case("ABCD", {"Q mon 10:00-12:00": 1, "Q tue 10:00-12:00": 1})
    before = tiny_plan(week, "A Q mon 10:00-12:00", "B Q tue 10:00-12:00")
    found, now, kept = mended(week, before, "A")
    assert (found.missing, found.changes, len(found.people), found.proven) == (0, 1, 1, True)
    assert audit(now, found.plan, rules()).clashes == () and told(found.plan, kept) == set(found.people)


def test_what_the_release_itself_lacked_is_not_repaired() -> None:
    week = case("ABC", {"Q mon 10:00-12:00": 3})
    found, _, kept = mended(week, tiny_plan(week, "A Q mon 10:00-12:00"), "A")
    assert (found.missing, found.changes) == (0, 1)
    surplus = case("ABC", {"Q mon 10:00-12:00": 1})
    before = tiny_plan(surplus, "A Q mon 10:00-12:00", "B Q mon 10:00-12:00")
    found, _, kept = mended(surplus, before, "A")
    assert (found.missing, found.changes, found.plan) == (0, 0, kept)


def test_whoever_leaves_a_shift_to_fill_the_gap_is_followed_by_another() -> None:
    required = {"Q mon 10:00-12:00": 1, "R mon 10:00-12:00": 1}
    week = case("ABC", required, "A:Q B:QR C:R")
    before = tiny_plan(week, "A Q mon 10:00-12:00", "B R mon 10:00-12:00")
    found, now, _ = mended(week, before, "A")
    assert (found.missing, set(found.people)) == (0, {"B", "C"})
    assert audit(now, found.plan, rules()).clashes == ()
    alone, _, _ = mended(week, before, "A", people=1)
    assert (alone.missing, alone.changes) == (2, 0)


def test_inside_the_freeze_window_nobody_leaves_a_shift() -> None:
    required = {"Q mon 10:00-12:00": 1, "R mon 10:00-12:00": 1}
    week = case("ABC", required, "A:Q B:QR C:R")
    before = tiny_plan(week, "A Q mon 10:00-12:00", "B R mon 10:00-12:00")
    found, _, kept = mended(week, before, "A", fixed_until=week.horizon.intervals)
    assert (found.missing, found.plan) == (2, kept)


def test_a_novice_whose_mentor_is_absent_gets_another_mentor_or_is_called_off() -> None:
    week = case("ABN", {"Q mon 10:00-12:00": 2})
    skills = (Skill("A", "Q", 5), Skill("B", "Q", 5), Skill("N", "Q", 1))
    people = tuple(replace(row, mentor=row.employee_id != "N") for row in week.company.employees)
    week = replace(week, company=replace(week.company, skills=skills, employees=people))
    before = tiny_plan(week, "A Q mon 10:00-12:00", "N Q mon 10:00-12:00")
    assert audit(week, before, rules()).clashes == ()
    found, now, _ = mended(week, before, "A")
    assert (found.people, found.broken) == (("B",), 0) and audit(now, found.plan, rules()).clashes == ()
    fewer = replace(week, company=replace(week.company, skills=(skills[0], skills[2])))
    found, now, _ = mended(fewer, before, "A")
    assert found.plan.shifts == () and found.broken == 0


def test_nobody_is_asked_when_nobody_may_be() -> None:
    week = case("AB", {"Q mon 10:00-12:00": 1})
    found, _, kept = mended(week, tiny_plan(week, "A Q mon 10:00-12:00"), "A", people=0)
    assert (found.plan, found.missing) == (kept, 2)


@pytest.mark.slow
@settings(max_examples=40, deadline=None, derandomize=True)
@given(data=st.data())
def test_no_plan_at_all_is_better_than_a_repair(data: st.DataObject) -> None:
    """Everybody free for every legal shift finds nothing with fewer missing, or as few with fewer changes."""
    people = "ABCDEF"
    hours = [(8, 10), (10, 12), (9, 12), (14, 16), (15, 17)]
    texts = [f"{q} {day} {a:02}:00-{b:02}:00" for q in "QR" for day in ("mon", "tue") for a, b in hours]
    required = {text: data.draw(st.integers(0, 2)) for text in data.draw(st.lists(st.sampled_from(texts), max_size=5))}
    skills = " ".join(f"{name}:{data.draw(st.sampled_from(['Q', 'R', 'QR']))}" for name in people)
    week = case(people, required, skills)
    before = tiny_plan(week)
    for text in data.draw(st.lists(st.sampled_from(texts), min_size=2, max_size=8)):
        more = tiny_plan_with(week, before, f"{data.draw(st.sampled_from(people))} {text}")
        before = before if audit(week, more, rules()).clashes else more
    if not before.shifts:
        return
    away = data.draw(st.sampled_from(sorted(before.by_employee)))
    limit = data.draw(st.integers(1, 3))
    found, now, kept = mended(week, before, away, people=limit)
    allowed = shortage(week, before)
    assert audit(now, found.plan, rules()).clashes == () and len(found.people) <= limit
    assert found.proven and missing_of(now, found.plan, allowed) == found.missing
    assert better_exists(now, kept, allowed, limit, 0, (found.missing, found.changes), 30.0) is False


def tiny_plan_with(week: Case, plan: Plan, text: str) -> Plan:
    """A plan with one more shift."""
    more = tiny_plan(week, text).shifts
    return Plan.of((s.employee_id, s.queue_id, s.start, s.end) for s in (*plan.shifts, *more))
