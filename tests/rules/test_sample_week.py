"""All rules together on random plans of the sample company: declarations and witnesses agree, clock change included."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

import pytest

from rotation.intake.company import read_all
from rotation.plan import Case, Ledger, Plan
from rotation.rules import rules
from rotation.solve.instance import Instance, compile_instance
from rotation.solve.roster import Roster
from rotation.timegrid import Horizon, IsoWeek
from tests.rules.declared import Taken, points_of, rows_allowed, week_allowed
from tests.rules.test_family import verdict_of

ROOT = Path(__file__).parents[2]
SEEDS = range(2)


@cache
def sample_week(week: str) -> tuple[Case, Instance]:
    policy_file = ROOT / "config/rotation.toml"
    horizon = Horizon(IsoWeek.parse(week), "America/Los_Angeles", 30)
    company = read_all(ROOT / "data", policy_file, window=(horizon.start, horizon.end)).company
    rng = random.Random(week)
    ledger = {
        row.employee_id: Ledger(rng.randrange(-240, 240), rng.randrange(0, 900))
        for row in company.employees
        if rng.random() < 0.5
    }
    case = Case.of(company, horizon, ledger)
    return case, compile_instance(case, rules())


def random_shift(rng: random.Random, case: Case, instance: Instance, e: int) -> Taken:
    """A shift anywhere, mostly where the person is free."""
    free = instance.week.available[e].nonzero()[0]
    start = int(rng.choice(free)) if len(free) and rng.random() < 0.95 else rng.randrange(instance.intervals)
    employee_id = case.company.employees[e].employee_id
    skills = [skill.queue_id for skill in case.company.skills if skill.employee_id == employee_id]
    queue = case.queue_index[rng.choice(skills)] if skills else rng.randrange(len(case.company.queues))
    return queue, start, min(rng.randint(2, 6), instance.intervals - start)


def random_roster(rng: random.Random, case: Case, instance: Instance, attempts: int) -> Roster:
    """Shifts put one by one where they break nothing: first for those whom novices need beside them."""
    roster = Roster.empty(instance)
    for _ in range(attempts):
        e = rng.randrange(instance.employees)
        count = int(roster.counts[e])
        shift = random_shift(rng, case, instance, e)
        mine = [tuple(map(int, row)) for row in roster.shifts[e, :count]]
        if not week_allowed(instance, e, [*mine, shift]):
            continue
        roster.shifts[e, count], roster.counts[e] = shift, count + 1
        if not rows_allowed(instance, roster):
            roster.counts[e] = count
    return roster


@pytest.mark.parametrize("week", ["2026-W49", "2026-W44"])
@pytest.mark.parametrize("seed", SEEDS)
def test_random_plans_of_the_sample_company(week: str, seed: int) -> None:
    case, instance = sample_week(week)
    rng = random.Random(seed)
    plan = random_roster(rng, case, instance, 400).plan(case)
    assert len(plan.shifts) > 40
    family = rules()
    assert verdict_of(case, plan, family) == (False, points_of(case, instance, plan))
    # One shift more, wherever it falls: both witnesses see the same.
    forbidden = 0
    for _ in range(8):
        e = rng.randrange(instance.employees)
        queue, first, length = random_shift(rng, case, instance, e)
        one_more = (
            case.company.employees[e].employee_id,
            case.company.queues[queue].queue_id,
            case.horizon.instant(first),
            case.horizon.instant(first + length),
        )
        longer = Plan.of([(s.employee_id, s.queue_id, s.start, s.end) for s in plan.shifts] + [one_more])
        declared = points_of(case, instance, longer)
        clashes, points = verdict_of(case, longer, family)
        assert clashes == (declared is None), one_more
        assert clashes or declared == points
        forbidden += clashes
    assert forbidden
