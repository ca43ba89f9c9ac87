"""The requirement when the rate is uncertain, when people are of unequal speed, and when queues share them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import gamma

from rotation.company import Company, Policy, Queue, Skill
from rotation.demand import erlang_a, erlang_c
from rotation.demand.requirement import Basis, agents_for, rounded_once
from rotation.demand.speeds import handle_time_factors, harmonic_factor, resolved_shares, speed_factors
from rotation.demand.staffing import requirement
from rotation.demand.uncertainty import rate_quantile

PATIENT = Queue("p", "P", 240.0, 80.0, 20.0, 180.0, 0.0, 100.0, 0)
ENDLESS = Queue("e", "E", 240.0, 80.0, 20.0, None, 0.0, 100.0, 0)
OPEN = np.full((1, 1), 1800.0)


def one(queue: Queue, calls: float, cv: float, basis: Basis) -> int:
    table = np.full((1, 1), float(calls))
    return int(agents_for([queue], table, np.full((1, 1), cv), OPEN, np.full((1, 1), queue.aht_s), basis)[0, 0])


def test_a_certain_rate_is_staffed_as_ever_on_any_basis() -> None:
    table = np.array([[3.0, 12.0, 50.0]])
    usual = requirement(table, 1800.0, 240.0, service_level_pct=80, service_level_s=20, patience_s=180.0)
    for kind in ("mean", "quantile", "average"):
        found = agents_for(
            [PATIENT], table, np.zeros((1, 3)), np.full((1, 3), 1800.0), np.full((1, 3), 240.0), Basis(kind)
        )
        assert found.tolist() == usual.tolist()


@pytest.mark.parametrize("queue", [PATIENT, ENDLESS])
@pytest.mark.parametrize("cv", [0.1, 0.3, 0.6])
def test_the_averaged_level_reaches_the_target_and_one_agent_fewer_does_not(queue: Queue, cv: float) -> None:
    calls = 40.0
    agents = one(queue, calls, cv, Basis("average"))
    chance = (np.arange(4000) + 0.5) / 4000
    factor = gamma.ppf(chance, 1 / cv**2, scale=cv**2)
    loads = calls * factor * 240 / 1800

    def level(n: int) -> float:
        if queue.patience_s is None:
            each = erlang_c.service_level(loads, n, 20.0, 240.0)
        else:
            each = erlang_a.service_level(loads, n, 20.0, 240.0, queue.patience_s)
        return float((each * factor).sum() / factor.sum())

    assert level(agents) >= 0.8 - 0.004
    assert level(agents - 1) < 0.8 + 0.004


def test_a_quantile_staffs_the_rate_at_that_quantile() -> None:
    calls, cv = 40.0, 0.3
    assert one(PATIENT, calls, cv, Basis("quantile", 0.9)) == one(
        PATIENT, float(rate_quantile(calls, cv, 0.9)), 0.0, Basis()
    )
    assert one(PATIENT, calls, cv, Basis("quantile", 0.9)) > one(PATIENT, calls, cv, Basis("quantile", 0.6))


def test_missing_calls_of_an_open_interval_are_refused_and_closed_ones_need_nobody() -> None:
    lost = np.array([[np.nan]])
    with pytest.raises(ValueError, match="missing is not zero"):
        agents_for([PATIENT], lost, np.zeros((1, 1)), OPEN, np.full((1, 1), 240.0), Basis())
    assert agents_for([PATIENT], lost, np.zeros((1, 1)), np.zeros((1, 1)), np.full((1, 1), 240.0), Basis())[0, 0] == 0


def test_queues_of_one_pool_are_rounded_up_once() -> None:
    queues = [replace(PATIENT, queue_id=str(n), shrinkage_pct=25.0) for n in range(3)]
    calls, cv, hours = np.full((3, 1), 100.0), np.zeros((3, 1)), np.full((3, 1), 1800.0)
    alone = agents_for(queues, calls, cv, hours, np.full((3, 1), 240.0), Basis())
    together = agents_for([replace(q, pool="x") for q in queues], calls, cv, hours, np.full((3, 1), 240.0), Basis())
    net = requirement(100.0, 1800.0, 240.0, service_level_pct=80, service_level_s=20, patience_s=180.0)
    assert together.sum() == -(-3 * int(net) * 100 // 75) < alone.sum()


@given(st.lists(st.fractions(0, 50, max_denominator=97), min_size=1, max_size=6))
def test_rounding_once_keeps_the_sum_and_moves_nobody_by_more_than_one(exact: list[Fraction]) -> None:
    found = rounded_once(exact)
    assert sum(found) == -int(-sum(exact) // 1)
    assert all(value - 1 < whole < value + 1 for whole, value in zip(found, exact, strict=True))


def test_a_mixed_group_is_as_fast_as_its_harmonic_mean() -> None:
    policy = Policy.model_validate({"levels": {"novice_handle_time_pct": 200, "expert_handle_time_pct": 100}})
    factors = handle_time_factors(policy.levels)
    assert factors.tolist() == [2.0, 2.0, 1.75, 1.5, 1.25, 1.0]
    assert harmonic_factor([1, 5], factors) == pytest.approx(4 / 3)
    assert harmonic_factor([], factors) == 1.0
    skills = (Skill("a", "p", 1), Skill("b", "p", 5))
    company = Company(policy, (), (), {}, (PATIENT, ENDLESS), (), skills)
    assert speed_factors(company).tolist() == pytest.approx([4 / 3, 1.0])


def test_experts_resolve_what_novices_do_and_more() -> None:
    shares = resolved_shares(Policy().levels)
    assert shares[0] == shares[1] and (np.diff(shares) >= 0).all()
