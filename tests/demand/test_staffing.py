"""The least number of agents, and what is put on the rota for it."""

from fractions import Fraction
from math import ceil

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mpmath import mpf

from rotation.demand import staffing

from . import birth_death

AHT_S = 300.0
TARGETS = [(80.0, 20.0, 100.0), (95.0, 0.0, 100.0), (50.0, 60.0, 85.0), (99.9, 10.0, 70.0), (0.0, 20.0, 100.0)]
PATIENCES = [None, 1.0, 60.0, 600.0]


def adequate(
    load: float, agents: int, level_pct: float, within_s: float, cap_pct: float, patience_s: float | None
) -> bool:
    if patience_s is None:
        truth = birth_death.erlang_c(load, agents, within_s, AHT_S)
        stable = load < agents
    else:
        truth = birth_death.erlang_a(load, agents, within_s, AHT_S, patience_s)
        stable = True
    boundary = mpf(10) ** -12  # a decimal load met exactly must not fail by the last binary digit
    reaches = truth.level >= mpf(level_pct) / 100 * (1 - boundary)
    return stable and bool(reaches and truth.occupancy <= mpf(cap_pct) / 100 * (1 + boundary))


@pytest.mark.parametrize("patience_s", PATIENCES)
@pytest.mark.parametrize(("level_pct", "within_s", "cap_pct"), TARGETS)
def test_small_queues_need_what_a_walk_up_from_one_agent_finds(
    patience_s: float | None, level_pct: float, within_s: float, cap_pct: float
) -> None:
    loads = [1e-9, 0.05, 0.999999, 1.0, 1.000001, 3.3, 7.0, 12.9]
    found = staffing.minimum_agents(
        loads,
        AHT_S,
        service_level_pct=level_pct,
        service_level_s=within_s,
        max_occupancy_pct=cap_pct,
        patience_s=patience_s,
    )
    for load, agents in zip(loads, found.tolist(), strict=True):
        walked = 1
        while not adequate(load, walked, level_pct, within_s, cap_pct, patience_s):
            walked += 1
        assert agents == walked, load


@pytest.mark.parametrize("patience_s", [None, 60.0])
@pytest.mark.parametrize("load", [150.0, 1499.0, 4850.0])
def test_large_queues_need_exactly_the_last_agent(load: float, patience_s: float | None) -> None:
    for target in [(80.0, 20.0, 100.0), (95.0, 0.0, 95.0)]:
        level_pct, within_s, cap_pct = target
        agents = int(
            staffing.minimum_agents(
                load,
                AHT_S,
                service_level_pct=level_pct,
                service_level_s=within_s,
                max_occupancy_pct=cap_pct,
                patience_s=patience_s,
            )
        )
        assert adequate(load, agents, *target, patience_s)
        assert not adequate(load, agents - 1, *target, patience_s)


@given(
    load=st.floats(0.0, 500.0),
    more=st.floats(0.0, 20.0),
    level_pct=st.floats(0.0, 99.9),
    patience_s=st.none() | st.floats(0.1, 1e5),
)
def test_more_load_never_needs_fewer_agents(
    load: float, more: float, level_pct: float, patience_s: float | None
) -> None:
    low, high = staffing.minimum_agents(
        [load, load + more], AHT_S, service_level_pct=level_pct, service_level_s=20.0, patience_s=patience_s
    )
    assert low <= high


def test_callers_who_never_leave_need_more_agents_than_erlangs() -> None:
    load = np.array([0.0, 0.5, 1.0, 17.0, 5000.0])
    agents = staffing.minimum_agents(load, AHT_S, service_level_pct=0, service_level_s=0)
    assert agents.tolist() == [0, 1, 2, 18, 5001]


def test_an_occupancy_met_to_the_last_digit_is_met() -> None:
    load = 0.1 * 3 * 100  # a hair above 30
    agents = staffing.minimum_agents(load, AHT_S, service_level_pct=1, service_level_s=600, max_occupancy_pct=75)
    assert load > 30.0
    assert agents == 40


@pytest.mark.parametrize(("load", "level_pct"), [(0.05, 95), (0.1, 90), (0.2, 80), (0.3, 70), (0.1 * 3, 70)])
def test_a_level_met_to_the_last_digit_is_met(load: float, level_pct: float) -> None:
    # With one agent and no waiting time the level is exactly 1 - load.
    assert staffing.minimum_agents(load, AHT_S, service_level_pct=level_pct, service_level_s=0) == 1


def test_queues_with_and_without_patience_go_in_one_table() -> None:
    mixed = staffing.minimum_agents(
        20.0, AHT_S, service_level_pct=80, service_level_s=20, patience_s=np.array([np.nan, np.inf, 60.0])
    )
    assert mixed[0] == mixed[1] == 25
    assert mixed[2] < 25


@given(agents=st.integers(0, 100_000), shrinkage=st.integers(0, 9999))
def test_shrinkage_rounds_up_once_and_exactly(agents: int, shrinkage: int) -> None:
    percent = Fraction(shrinkage, 100)
    exact = ceil(Fraction(agents) / (1 - percent / 100))
    assert int(staffing.with_shrinkage(agents, float(percent))) == exact


def test_twenty_one_agents_at_thirty_percent_shrinkage_are_thirty() -> None:
    assert staffing.with_shrinkage([21, 7, 0], 30).tolist() == [30, 10, 0]
    assert staffing.with_shrinkage([21, 2], [[30.0], [33.3]]).tolist() == [[30, 3], [32, 3]]


def test_requirement_knows_closed_quiet_and_partly_open_intervals() -> None:
    needed = staffing.requirement(
        calls=[0.0, 0.0, 60.0, 60.0, np.nan, 500.0],
        open_s=[1800, 0, 1800, 900, 0, 0],
        aht_s=AHT_S,
        service_level_pct=80,
        service_level_s=20,
        shrinkage_pct=30,
        min_agents=2,
    )
    bare = staffing.minimum_agents([10.0, 20.0], AHT_S, service_level_pct=80, service_level_s=20)
    rostered = staffing.with_shrinkage(bare, 30).tolist()
    assert needed.tolist() == [2, 0, rostered[0], rostered[1], 0, 0]


def test_missing_calls_are_not_zero_calls() -> None:
    with pytest.raises(ValueError, match="missing"):
        staffing.requirement([np.nan], 1800, AHT_S, service_level_pct=80, service_level_s=20)


def test_a_table_of_queues_gives_what_each_cell_gives_alone() -> None:
    calls = np.arange(12.0).reshape(3, 4) * 7
    aht_s, patience_s = np.array([[200.0], [300.0], [400.0]]), np.array([[30.0], [np.inf], [90.0]])
    table = staffing.requirement(
        calls, 1800, aht_s, service_level_pct=80, service_level_s=20, patience_s=patience_s, shrinkage_pct=12.5
    )
    for (row, column), value in np.ndenumerate(table):
        alone = staffing.requirement(
            calls[row, column],
            1800,
            aht_s[row, 0],
            service_level_pct=80,
            service_level_s=20,
            patience_s=patience_s[row, 0],
            shrinkage_pct=12.5,
        )
        assert alone == value


@pytest.mark.parametrize(
    "wrong",
    [
        {"service_level_pct": 100.0},
        {"service_level_pct": -1.0},
        {"service_level_pct": np.nan},
        {"service_level_s": -1.0},
        {"max_occupancy_pct": 0.0},
        {"max_occupancy_pct": 101.0},
        {"shrinkage_pct": 100.0},
        {"patience_s": 0.0},
        {"min_agents": -1},
        {"min_agents": 0.5},
        {"calls": -1.0},
        {"calls": np.inf},
        {"aht_s": 0.0},
        {"open_s": -1.0},
    ],
)
def test_impossible_arguments_are_refused(wrong: dict[str, float]) -> None:
    sound = {"calls": 10.0, "open_s": 1800.0, "aht_s": AHT_S, "service_level_pct": 80.0, "service_level_s": 20.0}
    with pytest.raises(ValueError, match="must be"):
        staffing.requirement(**(sound | wrong))  # type: ignore[arg-type]
