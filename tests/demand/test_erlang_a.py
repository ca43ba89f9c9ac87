"""Erlang A against a birth-death chain and hypoexponential waits summed with 60 digits."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rotation.demand import erlang_a, erlang_b, erlang_c

from . import birth_death
from .closeness import assert_close

AHT_S = 240.0
SHARES = [1e-6, 0.3, 0.9, 1 - 1e-9, 1.0, 1 + 1e-9, 1.1, 2.0]
SMALL = [
    (share * n, n, target_s, patience_s)
    for n in (1, 2, 10, 70)
    for share in SHARES
    for target_s, patience_s in [(0.0, 60.0), (20.0, 1e-3), (20.0, 5.0), (20.0, 240.0), (300.0, 90.0), (5.0, 30000.0)]
]
LARGE = [
    (share * n, n, target_s, patience_s)
    for n, patiences in ((810, [1e-3, 60.0, 900.0]), (5000, [1e-3, 60.0, 300.0]))
    for share in [*SHARES, 0.02, 0.98, 1.02]
    for patience_s in patiences
    for target_s in (0.0, 1.0, 20.0)
]


@pytest.mark.parametrize(("load", "agents", "target_s", "patience_s"), SMALL + LARGE)
def test_agrees_with_the_chain_to_nine_digits(load: float, agents: int, target_s: float, patience_s: float) -> None:
    truth = birth_death.erlang_a(load, agents, target_s, AHT_S, patience_s)
    queue = (load, agents, AHT_S, patience_s)
    assert_close(erlang_a.service_level(load, agents, target_s, AHT_S, patience_s), truth.level)
    assert_close(erlang_a.wait_probability(*queue), truth.waits)
    assert_close(erlang_a.abandonment_probability(*queue), truth.abandoned)
    assert_close(erlang_a.mean_wait(*queue), truth.mean_wait)
    assert_close(erlang_a.average_speed_of_answer(*queue), truth.speed_of_answer)
    assert_close(erlang_a.occupancy(*queue), truth.occupancy)


@pytest.mark.parametrize(("load", "agents"), [(0.5, 1), (9.0, 10), (65.0, 70), (4900.0, 5000)])
def test_endless_patience_is_erlang_c(load: float, agents: int) -> None:
    patience_s = 1e17
    with np.errstate(all="raise", under="ignore"):
        level = erlang_a.service_level(load, agents, 20.0, AHT_S, patience_s)
        assert_close(level, float(erlang_c.service_level(load, agents, 20.0, AHT_S)))
        wait = erlang_a.average_speed_of_answer(load, agents, AHT_S, patience_s)
        assert_close(wait, float(erlang_c.average_speed_of_answer(load, agents, AHT_S)))
        waits = erlang_a.wait_probability(load, agents, AHT_S, patience_s)
        assert_close(waits, float(erlang_c.delay_probability(load, agents)))


@pytest.mark.parametrize(("load", "agents"), [(0.5, 1), (20.0, 10), (70.0, 70), (5000.0, 5000), (10000.0, 5000)])
def test_no_patience_is_erlang_b(load: float, agents: int) -> None:
    with np.errstate(all="raise", under="ignore"):
        lost = erlang_a.abandonment_probability(load, agents, AHT_S, 1e-12)
    assert_close(lost, float(erlang_b.blocking_probability(load, agents)))


@pytest.mark.parametrize("patience_s", [1e-300, 1e-12, 1e12, 1e100])
@pytest.mark.parametrize("share", [1e-9, 0.5, 1.0, 2.0])
def test_extreme_patience_gives_probabilities(share: float, patience_s: float) -> None:
    agents = np.array([1, 50, 5000])
    load = share * agents
    with np.errstate(all="raise", under="ignore"):
        level = erlang_a.service_level(load, agents, [0.0, 20.0, 1e9], AHT_S, patience_s)
        lost = erlang_a.abandonment_probability(load, agents, AHT_S, patience_s)
        waits = erlang_a.wait_probability(load, agents, AHT_S, patience_s)
    for value in (level, lost, waits):
        assert np.all((value >= 0.0) & (value <= 1.0 + 1e-12))


@pytest.mark.parametrize("agents", [1, 40, 5000])
def test_overload_with_much_patience_loses_what_cannot_be_carried(agents: int) -> None:
    lost = erlang_a.abandonment_probability(2.0 * agents, agents, AHT_S, 1e9)
    assert float(lost) == pytest.approx(0.5, rel=1e-6)
    assert float(erlang_a.service_level(2.0 * agents, agents, 20.0, AHT_S, 1e9)) < 1e-3


def test_level_at_endless_target_is_the_answered_share() -> None:
    load, agents = np.array([1.0, 9.0, 12.0, 5100.0]), np.array([1, 10, 10, 5000])
    level = erlang_a.service_level(load, agents, np.inf, AHT_S, 60.0)
    assert level + erlang_a.abandonment_probability(load, agents, AHT_S, 60.0) == pytest.approx(1.0, rel=1e-12)


def test_no_calls_and_nobody_to_answer_follow_the_conventions() -> None:
    load, agents = np.array([0.0, 0.0, 3.0]), np.array([0, 4, 0])
    assert erlang_a.service_level(load, agents, 0.0, AHT_S, 60.0).tolist() == [1.0, 1.0, 0.0]
    assert erlang_a.wait_probability(load, agents, AHT_S, 60.0).tolist() == [0.0, 0.0, 1.0]
    assert erlang_a.abandonment_probability(load, agents, AHT_S, 60.0).tolist() == [0.0, 0.0, 1.0]
    assert erlang_a.mean_wait(load, agents, AHT_S, 60.0).tolist() == [0.0, 0.0, 60.0]
    assert erlang_a.average_speed_of_answer(load, agents, AHT_S, 60.0).tolist() == [0.0, 0.0, np.inf]
    assert erlang_a.occupancy(load, agents, AHT_S, 60.0).tolist() == [0.0, 0.0, 1.0]


@given(
    load=st.floats(0.0, 300.0),
    agents=st.integers(1, 320),
    target_s=st.floats(0.0, 1000.0),
    patience_s=st.floats(0.01, 1e6),
)
def test_one_more_agent_never_serves_worse(load: float, agents: int, target_s: float, patience_s: float) -> None:
    pair = np.array([agents, agents + 1])
    level = erlang_a.service_level(load, pair, target_s, AHT_S, patience_s)
    lost = erlang_a.abandonment_probability(load, pair, AHT_S, patience_s)
    busy = erlang_a.occupancy(load, pair, AHT_S, patience_s)
    assert level[1] >= level[0] * (1 - 1e-12)
    assert lost[1] <= lost[0] * (1 + 1e-12)
    assert busy[1] <= busy[0] * (1 + 1e-12)
    assert np.all((level >= 0.0) & (level <= 1.0))


@given(load=st.floats(1e-6, 300.0), agents=st.integers(1, 320), patience_s=st.floats(0.01, 1e6))
def test_a_longer_target_never_lowers_the_level(load: float, agents: int, patience_s: float) -> None:
    targets = np.array([0.0, 1e-6, 1.0, 20.0, 21.0, 1e3, 1e9])
    level = erlang_a.service_level(load, agents, targets, AHT_S, patience_s)
    assert np.all(np.diff(level) >= -1e-13)


@pytest.mark.parametrize("patience_s", [0.0, -1.0, np.nan, np.inf])
def test_impossible_patience_is_refused(patience_s: float) -> None:
    with pytest.raises(ValueError, match="must be"):
        erlang_a.service_level(1.0, 1, 20.0, AHT_S, patience_s)
