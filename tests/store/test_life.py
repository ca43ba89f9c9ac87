"""Weeks live through random sequences of everything that can happen to them; after each step the store is sound.

The model remembers every id, sequence and release that it was ever told, and adds up the ledger by itself.
"""

from __future__ import annotations

import datetime as dt
import os
import time
from collections import Counter
from itertools import islice

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from rotation.changes import Actor
from rotation.changes.absence import report_absence
from rotation.changes.offer import offer, offers, take, withdraw
from rotation.changes.repair import repair_week
from rotation.changes.rollback import roll_back
from rotation.changes.swap import swap
from rotation.company import Absence
from rotation.errors import ChangeRefused, InfeasiblePlan, UsageFault
from rotation.plan import Case, Edition, Plan, ReleasedShift, SearchRecord, participation_of
from rotation.release import Proposal, Release
from rotation.release.absent import Asked
from rotation.release.changing import planned_again
from rotation.release.trading import takers
from rotation.rules import rules
from rotation.solve.audit import audit
from rotation.solve.settings import Watch
from rotation.store import Store
from rotation.store.schema import audit_trail
from rotation.timegrid import IsoWeek
from tests.store.conftest import Places
from tests.store.weeks import BEFORE, WEEK, material

WEEKS = (WEEK, WEEK.following())
PEOPLE = [f"E{n}" for n in range(1, 7)]
REFUSED = (ChangeRefused, InfeasiblePlan, UsageFault)
HOUR = dt.timedelta(hours=1)
PLACES = [(queue, day, hour) for queue in ("q1", "q2") for day in range(5) for hour in (8, 10, 13, 15)]
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
"""A failing life is told as it was; making it shorter takes minutes, which Phase.shrink would do."""
EXAMPLES = int(os.environ.get("ROTATION_LIVES", "6"))


class Life(RuleBasedStateMachine):
    """Planner, employees and desk at work on one store."""

    def __init__(self, place: str) -> None:
        super().__init__()
        self.store, self.now = Store.open(place), BEFORE
        self.told: dict[int, tuple[ReleasedShift, ...]] = {}
        self.sequence: dict[str, int] = {}
        self.owner: dict[str, str] = {}
        self.dead: set[str] = set()

    def teardown(self) -> None:
        self.store.close()

    def actor(self) -> Actor:
        self.now += dt.timedelta(minutes=1)
        return Actor("desk", self.now, "because")

    def effective(self, week: IsoWeek) -> Release | None:
        return self.store.release(week) if self.store.current(week) else None

    def promised(self, data: st.DataObject) -> ReleasedShift | None:
        shifts = [shift for week in WEEKS if (found := self.effective(week)) for shift in found.shifts]
        return data.draw(st.sampled_from(shifts)) if shifts else None

    @initialize(data=st.data())
    def begin(self, data: st.DataObject) -> None:
        self.plan(data, WEEK)

    @rule(data=st.data(), week=st.sampled_from(WEEKS))
    def plan(self, data: st.DataObject, week: IsoWeek) -> None:
        """A draft that keeps what is frozen, and is otherwise drawn, becomes the release."""
        company, horizon, inputs = material(week)
        known = self.store.known(week, 26)
        case = Case.of(known.overlay.over(company), horizon, known.ledger(company))
        case = planned_again(case, known.promised, self.now, self.now + 48 * HOUR, rules())
        frozen = case.published.frozen if case.published else ()
        plan = Plan(tuple(frozen))
        drawn = st.tuples(st.sampled_from(PEOPLE), st.sampled_from(PLACES))
        for name, (queue, day, hour) in data.draw(st.lists(drawn, max_size=8)):
            start = horizon.start + dt.timedelta(days=day, hours=hour)
            more = Plan.of([*_duties(plan), (name, queue, start, start + 2 * HOUR)])
            if not audit(case, more, rules()).clashes:
                plan = more
        if known.number and not plan.shifts:
            return
        try:
            proposal = Proposal.judged(
                _edition(case, plan), rules(), inputs, parent=known.number, kind="plan", overlay=known.overlay
            )
        except InfeasiblePlan:
            return
        with self.store.writing() as transaction:
            transaction.release(proposal, "planner", self.actor().at)

    @rule(data=st.data(), who=st.sampled_from(PEOPLE), hours=st.integers(1, 40), people=st.integers(0, 3))
    def absent(self, data: st.DataObject, who: str, hours: int, people: int) -> None:
        start = self.now + data.draw(st.integers(-3, 300)) * HOUR
        actor = self.actor()
        try:
            absence = Absence(who, start, start + hours * HOUR, "ill")
            report_absence(self.store, absence, lambda _: self.asked(people), Watch(time.monotonic), actor)
        except REFUSED:
            return

    @rule(data=st.data(), who=st.sampled_from(PEOPLE))
    def give(self, data: st.DataObject, who: str) -> None:
        if shift := self.promised(data):
            self.attempt(lambda: swap(self.store, shift.shift_id, who, rules(), self.actor()))

    @rule(data=st.data())
    def give_legally(self, data: st.DataObject) -> None:
        """Whoever is named as a possible taker may take it."""
        shift = self.promised(data)
        if shift and shift.start > self.now + HOUR:
            week = IsoWeek.of(shift.start.date())
            for name in islice(takers(self.store.release(week), shift, rules()), 1):
                swap(self.store, shift.shift_id, name, rules(), self.actor())

    @rule(data=st.data())
    def exchange(self, data: st.DataObject) -> None:
        mine, other = self.promised(data), self.promised(data)
        if mine and other:
            self.attempt(lambda: swap(self.store, mine.shift_id, other.shift_id, rules(), self.actor()))

    @rule(data=st.data(), back=st.booleans())
    def put_on_offer(self, data: st.DataObject, back: bool) -> None:
        if shift := self.promised(data):
            deed = withdraw if back else offer
            self.attempt(lambda: deed(self.store, shift.shift_id, self.actor()))

    @precondition(lambda self: bool(offers(self.store)))
    @rule(data=st.data(), who=st.sampled_from(PEOPLE))
    def take(self, data: st.DataObject, who: str) -> None:
        found = data.draw(st.sampled_from(offers(self.store)))
        self.attempt(lambda: take(self.store, found.shift.shift_id, who, rules(), self.actor()))

    @rule(data=st.data(), week=st.sampled_from(WEEKS))
    def roll_back(self, data: st.DataObject, week: IsoWeek) -> None:
        notes = self.store.history(week)
        if notes:
            number = data.draw(st.sampled_from([note.number for note in notes]))
            self.attempt(lambda: roll_back(self.store, week, number, rules(), self.actor()))

    @rule(week=st.sampled_from(WEEKS), people=st.integers(1, 4))
    def repair(self, week: IsoWeek, people: int) -> None:
        if self.store.current(week):
            watch = Watch(time.monotonic)
            self.attempt(lambda: repair_week(self.store, week, self.asked(people), watch, self.actor()))

    @rule(hours=st.integers(1, 90))
    def time_passes(self, hours: int) -> None:
        self.now += hours * HOUR

    def asked(self, people: int) -> Asked:
        return Asked(self.now, rules(), people, 48, 3.0, 1)

    def attempt(self, deed: object) -> None:
        """Do it; a refusal leaves everything as it was."""
        before = len(self.store.history()), len(self.store.trail())
        try:
            deed()  # type: ignore[operator]
        except REFUSED:
            assert (len(self.store.history()), len(self.store.trail())) == before

    @invariant()
    def every_effective_week_is_clean(self) -> None:
        for week in WEEKS:
            release = self.effective(week)
            if release:
                found = audit(release.edition.case, release.edition.plan, rules())
                assert found.clashes == ()
                assert found.points == {**release.edition.points, "change": found.points["change"]}

    @invariant()
    def there_is_one_schedule_a_week_and_history_does_not_change(self) -> None:
        notes = self.store.history()
        assert [note.number for note in notes] == list(range(1, len(notes) + 1))
        for week in WEEKS:
            chain = [note for note in notes if note.week == week]
            assert [note.parent for note in chain] == [0, *(note.number for note in chain)][: len(chain)]
        for note in notes:
            shifts = self.told.setdefault(note.number, self.store.release(note.number).shifts)
            if note.number % 3 == 0:
                assert self.store.release(note.number).shifts == shifts

    @invariant()
    def ids_are_never_used_again_and_sequences_never_fall(self) -> None:
        for number in sorted(self.told):
            release = self.store.release(number) if number == max(self.told) else None
            for shift in (*self.told[number], *(release.cancelled if release else ())):
                assert self.owner.setdefault(shift.shift_id, shift.employee_id) == shift.employee_id
                if release:
                    assert shift.sequence >= self.sequence.get(shift.shift_id, 0)
                    self.sequence[shift.shift_id] = shift.sequence
                    assert shift.cancelled or shift.shift_id not in self.dead
                    if shift.cancelled:
                        self.dead.add(shift.shift_id)
            ids = Counter(shift.shift_id for shift in self.told[number])
            assert max(ids.values(), default=1) == 1

    @invariant()
    def the_ledger_adds_up(self) -> None:
        served: Counter[str] = Counter()
        for week in WEEKS:
            if release := self.effective(week):
                for shift in release.edition.plan.shifts:
                    served[shift.employee_id] += shift.minutes
        accounts = self.store.accounts(None, 26)
        assert {name: row.minutes for name, row in accounts.items() if row.minutes} == dict(served)
        for row in accounts.values():
            # The band is a dead zone: debt and credit are what lies outside it, and cannot exceed that in sum.
            assert row.debt_minutes <= row.owed_min and row.debt_minutes >= min(0, row.owed_max - row.minutes) - 1

    @invariant()
    def the_trail_tells_of_every_release(self) -> None:
        with self.store.reading() as connection:
            numbers = list(
                connection.scalars(select(audit_trail.c.release).where(audit_trail.c.what.startswith("release")))
            )
        assert numbers == [note.number for note in self.store.history()]


def _duties(plan: Plan) -> list[tuple[str, str, dt.datetime, dt.datetime]]:
    return [(s.employee_id, s.queue_id, s.start, s.end) for s in plan.shifts]


def _edition(case: Case, plan: Plan) -> Edition:
    judged = audit(case, plan, rules())
    search = SearchRecord("feasible", judged.objective, 0, 0.0, 1, "drawn")
    people = participation_of(case, plan)
    return Edition(case, plan, people, judged.points, judged.clashes, (), search, case.horizon.start)


@pytest.mark.slow
def test_a_store_is_sound_whatever_happens_to_its_weeks(places: Places) -> None:
    few = settings(
        max_examples=EXAMPLES,
        stateful_step_count=14,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=PHASES,
        print_blob=True,
    )
    run_state_machine_as_test(lambda: Life(places()), settings=few)  # type: ignore[no-untyped-call]
