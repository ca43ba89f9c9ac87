"""The family of changes: what each proposes, and that it loosens and never tightens."""

from __future__ import annotations

import numpy as np
import pytest

from rotation.solve.explain.binding import Binding
from rotation.solve.explain.relaxations import Relaxation, Shortfall, relaxations
from rotation.solve.explain.shortage import short_stretches
from tests.solve.explain.test_shortages import prepared


def proposals(kind: str) -> list[Relaxation]:
    week = prepared(kind)
    binding = Binding(week)
    (span,) = short_stretches(week)
    short = Shortfall(week, span, binding.count(span)[1], binding)
    return [change for member in relaxations().values() for change in member.propose(short)]


@pytest.mark.parametrize("kind", sorted(relaxations()))
def test_every_member_says_what_it_loosens_and_proposes_where_it_binds(kind: str) -> None:
    assert relaxations()[kind].summary
    found = proposals(kind)
    assert kind in {change.kind for change in found}
    assert all(change.change and change.how for change in found)
    assert len({change.change for change in found}) == len(found)


@pytest.mark.parametrize("kind", sorted(relaxations()))
def test_a_change_leaves_the_plan_as_clean_as_it_was(kind: str) -> None:
    week = prepared(kind)
    for change in proposals(kind):
        loosened = change.apply(week.world)
        assert loosened.judge(week.plan).clashes == ()
        before, after = week.instance.week, loosened.instance.week
        assert np.all(after.available | ~before.available)
        assert np.all(after.serve_last - after.serve_first >= before.serve_last - before.serve_first)


def test_changes_can_be_put_on_top_of_each_other() -> None:
    week = prepared("band")
    exceptions = [change for change in proposals("band") if "beyond the band" in change.change]
    world = exceptions[0].apply(exceptions[0].apply(week.world))
    assert world.beyond_band == {"A": 240}
    assert world.instance.week.served_points.shape[1] == week.instance.week.served_points.shape[1] + 8
