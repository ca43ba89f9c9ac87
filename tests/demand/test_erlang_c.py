"""Erlang C against a birth-death chain summed with 60 digits."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rotation.demand import erlang_b, erlang_c

from . import birth_death
from .closeness import assert_close

AHT_S = 240.0
SHARES = [1e-9, 0.01, 0.3, 0.8, 0.95, 1 - 1e-6, 1 - 1e-12, 1.0, 1 + 1e-6, 1.5]
LOADS = [(share * n, n) for n in (1, 2, 3, 10, 70, 810, 5000) for share in SHARES]

loads = st.floats(0.0, 300.0)
sizes = st.integers(1, 320)


@pytest.mark.parametrize(("load", "agents"), LOADS)
def test_agrees_with_the_chain_to_nine_digits(load: float, agents: int) -> None:
    for target_s in (0.0, 0.5, 20.0, 600.0):
        truth = birth_death.erlang_c(load, agents, target_s, AHT_S)
        assert_close(erlang_c.service_level(load, agents, target_s, AHT_S), truth.level)
    assert_close(erlang_c.delay_probability(load, agents), truth.waits)
    assert_close(erlang_c.average_speed_of_answer(load, agents, AHT_S), truth.mean_wait)
    assert_close(erlang_c.occupancy(load, agents), truth.occupancy)


@pytest.mark.parametrize("agents", [0, 1, 5000])
def test_no_calls_means_nobody_waits(agents: int) -> None:
    assert erlang_c.delay_probability(0.0, agents) == 0.0
    assert erlang_c.service_level(0.0, agents, 0.0, AHT_S) == 1.0
    assert erlang_c.average_speed_of_answer(0.0, agents, AHT_S) == 0.0
    assert erlang_c.occupancy(0.0, agents) == 0.0


@pytest.mark.parametrize(("load", "agents"), [(3.0, 0), (3.0, 3), (3.0, 2), (5000.0, 5000), (1e-9, 0)])
def test_an_unstable_queue_answers_nobody_in_time(load: float, agents: int) -> None:
    assert erlang_c.delay_probability(load, agents) == 1.0
    assert erlang_c.service_level(load, agents, 1e9, AHT_S) == 0.0
    assert erlang_c.average_speed_of_answer(load, agents, AHT_S) == np.inf
    assert erlang_c.occupancy(load, agents) == 1.0


def test_one_agent_waits_as_often_as_the_agent_is_busy() -> None:
    share = np.array([0.1, 0.5, 0.99])
    assert erlang_c.delay_probability(share, 1) == pytest.approx(share, rel=1e-13)


@given(load=loads, agents=st.integers(1, 200))
def test_blocking_agrees_with_the_forward_recursion(load: float, agents: int) -> None:
    blocked = 1.0
    for n in range(1, agents + 1):
        blocked = load * blocked / (n + load * blocked)
    assert float(erlang_b.blocking_probability(load, agents)) == pytest.approx(blocked, rel=1e-11, abs=1e-290)


@given(load=loads, agents=sizes, target_s=st.floats(0.0, 1000.0))
def test_one_more_agent_never_serves_worse(load: float, agents: int, target_s: float) -> None:
    pair = np.array([agents, agents + 1])
    level = erlang_c.service_level(load, pair, target_s, AHT_S)
    assert level[1] >= level[0] - 1e-14
    assert 0.0 <= level[0] <= level[1] + 1e-14 <= 1.0 + 2e-14
    assert np.diff(erlang_c.delay_probability(load, pair))[0] <= 1e-14


@pytest.mark.parametrize("load", [5e-324, 1e-300, 1e-20])
def test_almost_no_load_neither_overflows_nor_underflows(load: float) -> None:
    with np.errstate(all="raise", under="ignore"):
        assert erlang_c.service_level(load, [1, 7, 5000], 0.0, AHT_S) == pytest.approx(1.0)


def test_arguments_broadcast_to_one_table() -> None:
    level = erlang_c.service_level(np.ones((3, 1)), np.arange(1, 5), 20.0, AHT_S)
    assert level.shape == (3, 4)
    assert erlang_c.service_level(np.zeros(0), 1, 20.0, AHT_S).shape == (0,)


@pytest.mark.parametrize(
    ("load", "agents", "target_s", "aht_s"),
    [
        (-1.0, 1, 0, 1),
        (np.nan, 1, 0, 1),
        (np.inf, 1, 0, 1),
        (1.0, -1, 0, 1),
        (1.0, 1.5, 0, 1),
        (1.0, 1, -1, 1),
        (1.0, 1, 0, 0),
    ],
)
def test_impossible_arguments_are_refused(load: float, agents: int, target_s: float, aht_s: float) -> None:
    with pytest.raises(ValueError, match="must be"):
        erlang_c.service_level(load, agents, target_s, aht_s)
