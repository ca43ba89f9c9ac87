"""Ids and sequences through any number of releases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from rotation.plan import Plan, ReleasedShift
from rotation.release import Lineage
from rotation.release.difference import changes_between

ZONE, AT = ZoneInfo("America/Los_Angeles"), dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
DUTIES = st.tuples(
    st.sampled_from("AB"), st.sampled_from("QR"), st.integers(0, 6), st.integers(8, 18), st.integers(1, 3)
)


def plan_of(drawn: Sequence[tuple[str, str, int, int, int]]) -> Plan:
    """A plan in which nobody begins two shifts at once."""
    found = {}
    for name, queue, day, hour, length in drawn:
        start = dt.datetime(2026, 6, 8 + day, hour, tzinfo=ZONE).astimezone(dt.UTC)
        found[name, start] = (name, queue, start, start + dt.timedelta(hours=length))
    return Plan.of(found.values())


@given(st.lists(st.lists(DUTIES, max_size=8), min_size=1, max_size=5))
def test_ids_are_unique_sequences_rise_with_every_change_and_the_fold_is_the_plan(
    drawn: list[list[tuple[str, str, int, int, int]]],
) -> None:
    known: dict[str, ReleasedShift] = {}
    for number, duties in enumerate(drawn):
        plan, at = plan_of(duties), AT + dt.timedelta(hours=number)
        before = [shift for shift in known.values() if not shift.cancelled]
        lineage = Lineage.of(before, known.keys(), plan, ZONE, at)
        for shift in lineage.changed:
            old = known.get(shift.shift_id)
            assert shift.changed_at == at
            assert old is None or (shift.sequence == old.sequence + 1 and not old.cancelled)
            assert old is None or (shift.employee_id, shift.queue_id) == (old.employee_id, old.queue_id)
            known[shift.shift_id] = shift
        promised = [shift for shift in known.values() if not shift.cancelled]
        assert sorted(promised, key=lambda s: s.as_shift()) == list(lineage.shifts)
        spans = sorted((s.employee_id, s.queue_id, s.start, s.end) for s in promised)
        assert spans == sorted((s.employee_id, s.queue_id, s.start, s.end) for s in plan.shifts)
        told = changes_between(before, plan, ZONE)
        assert len(told) == len(lineage.changed)


@given(st.lists(DUTIES, max_size=10))
def test_the_same_plan_again_changes_nothing(drawn: list[tuple[str, str, int, int, int]]) -> None:
    plan = plan_of(drawn)
    first = Lineage.of((), (), plan, ZONE, AT)
    again = Lineage.of(first.shifts, [s.shift_id for s in first.shifts], plan, ZONE, AT + dt.timedelta(hours=1))
    assert (again.shifts, again.changed) == (first.shifts, ())
    assert [s.shift_id for s in first.shifts] == [s.shift_id for s in plan.shifts]
