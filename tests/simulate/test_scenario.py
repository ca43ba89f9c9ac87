"""From a company's routing table and demand to the event loop, and the variations of a plan."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from rotation.company import Company, Policy, Queue, Skill
from rotation.errors import UsageFault
from rotation.simulate.calibrate import calibrated, missed, seats
from rotation.simulate.duties import Duty, core_duties
from rotation.simulate.formula import disagreements, formula_levels
from rotation.simulate.run import Trial, simulate
from rotation.simulate.scenario import Traffic, scenario_of
from rotation.simulate.what_if import Setting, varied
from rotation.timegrid import Horizon, IsoWeek

WEEK = Horizon(IsoWeek(2026, 49), "America/Los_Angeles", 30)
QUEUES = (
    Queue("a", "A", 240.0, 80.0, 20.0, 180.0, 0.0, 90.0, 1, 1),
    Queue("b", "B", 300.0, 80.0, 20.0, None, 5.0, 90.0, 1, 2),
)
SKILLS = (Skill("E1", "a", 3), Skill("E1", "b", 2), Skill("E2", "b", 5))


def company(**sections: object) -> Company:
    policy = Policy.model_validate(sections)
    return Company(policy, (), (), {}, QUEUES, (), SKILLS)


def traffic(calls: float = 6.0) -> Traffic:
    """Both queues open from 8 to 12 every day."""
    is_open = np.array([[8 <= WEEK.local(n).hour < 12 for n in range(WEEK.intervals)]] * 2)
    table = np.where(is_open, calls, 0.0)
    return Traffic(
        table, np.where(np.array([[1], [0]]), 240.0, 300.0) * np.ones_like(table), np.zeros_like(table), is_open
    )


def duty(agent: str, queue: str, first: int, after: int, key: str, **changed: object) -> Duty:
    fields = {"level": 3, "penalty": 2, "position": 1} | changed
    return Duty(agent, queue, WEEK.instant(first), WEEK.instant(after), key=key, **fields)  # type: ignore[arg-type]


def test_core_staff_become_seats_that_last_as_long_as_they_are_there() -> None:
    core = np.zeros((2, WEEK.intervals), dtype=np.int32)
    core[0, 16:20], core[0, 18:24] = 1, 2
    found = core_duties(company(), WEEK, core)
    spans = [(WEEK.floor(each.start), WEEK.floor(each.end)) for each in found]
    assert spans == [(16, 24), (18, 24)]
    assert all(not each.can_miss and each.penalty == 1 for each in found)


def test_history_counts_those_who_call_again_so_the_volume_stays() -> None:
    plan = [duty(f"E{n}", queue, 0, WEEK.intervals, f"{n}{queue}", level=3) for n in range(12) for queue in "ab"]
    one = scenario_of(company(levels={"novice_resolves_pct": 80, "expert_resolves_pct": 80}), WEEK, traffic(), plan)
    found = simulate(one, Trial(60, 1))
    # Returns of the last hours fall outside; the volume is that of the demand within two per cent.
    assert found.calls().sum() == pytest.approx(traffic().calls.sum(), rel=0.04)


def test_a_row_before_and_after_the_week_is_cut_and_strange_queues_are_left_out() -> None:
    rows = [
        Duty("E1", "a", WEEK.start - dt.timedelta(hours=5), WEEK.start + dt.timedelta(hours=1), 3, 0, 1, "x"),
        Duty("E1", "zzz", WEEK.start, WEEK.end, 3, 0, 1, "y"),
    ]
    found = scenario_of(company(simulation={"warm_in_min": 0}), WEEK, traffic(), rows).week
    assert found.start_s.tolist() == [0.0] and found.end_s.tolist() == [3600.0]


def test_nobody_on_duty_answers_nobody() -> None:
    found = simulate(scenario_of(company(), WEEK, traffic(), []), Trial(5, 1))
    assert found.overall("service_level")[0] == 0.0
    assert found.overall("abandonment")[0] == 1.0


def test_the_week_begins_as_it_ends_and_not_empty() -> None:
    always = np.ones((2, WEEK.intervals), dtype=bool)
    busy = Traffic(np.full(always.shape, 20.0), np.full(always.shape, 240.0), np.zeros(always.shape), always)
    plan = [duty(f"E{n}", queue, 0, WEEK.intervals, f"{n}{queue}") for n in range(4) for queue in "ab"]
    warm, cold = (
        simulate(scenario_of(company(simulation={"warm_in_min": minutes}), WEEK, busy, plan), Trial(40, 1))
        for minutes in (240, 0)
    )
    first = [found.by_interval("service_level")[0, 0] for found in (warm, cold)]
    later = warm.by_interval("service_level")[0, 20:60].mean()
    assert abs(first[0] - later) < 0.08 < first[1] - later


@pytest.mark.parametrize(
    "spec", ["agents=x", "agents:zzz=1", "agents=1.5", "routing=odd", "lunch=1", "no-show=101", ""]
)
def test_an_unknown_variation_is_refused_with_what_is_allowed(spec: str) -> None:
    plain = Setting(company(), WEEK, traffic(), (), 0.0)
    with pytest.raises(UsageFault, match="--what-if"):
        varied(plain, spec)


def test_variations_change_what_they_say_and_nothing_else() -> None:
    plan = (duty("E1", "a", 16, 20, "s1"), duty("E2", "b", 16, 24, "s2", penalty=0), duty("E3", "a", 18, 22, "s3"))
    plain = Setting(company(), WEEK, traffic(), plan, 0.0)
    more = varied(plain, "agents:a=+2").duties
    assert len(more) == 3 + 2 * 7 and all(each.queue_id == "a" for each in more[3:])
    fewer = [each for each in varied(plain, "agents:a=-1").duties if each.queue_id == "a"]
    cells = sorted((WEEK.floor(each.start), WEEK.floor(each.end), each.key) for each in fewer)
    assert cells == [(18, 20, "s1")]
    assert {each.penalty for each in varied(plain, "routing=equal").duties} == {0}
    assert [each.penalty for each in varied(plain, "routing=reverse").duties] == [0, 2, 0]
    second = varied(plain, "routing=overflow").duties[3:]
    assert [(each.agent_id, each.queue_id, each.penalty) for each in second] == [("E1", "b", 13)]
    assert varied(plain, "no-show=5").no_show == 0.05
    assert varied(plain, "calls=110").traffic.calls.sum() == pytest.approx(1.1 * plain.traffic.calls.sum())


def test_calibration_raises_the_requirement_until_it_holds() -> None:
    house, load = company(simulation={"warm_in_min": 0}), traffic(10.0)
    start = np.where(load.is_open, 1, 0).astype(np.int32)
    none = np.zeros_like(start)
    rounds: list[int] = []
    found = calibrated(house, WEEK, load, start, none, Trial(60, 1), lambda _n, short: rounds.append(short))
    assert rounds[0] > 0 and rounds[-1] == 0
    assert (found >= start).all()
    again = simulate(scenario_of(house, WEEK, load, seats(house, WEEK, found)), Trial(200, 77))
    assert missed(house, load, again).sum() <= 0.1 * load.is_open.sum()


def test_formula_and_simulation_agree_where_the_formula_is_right() -> None:
    neutral = company(levels={"novice_resolves_pct": 100, "expert_resolves_pct": 100}, simulation={"warm_in_min": 240})
    always = np.ones((2, WEEK.intervals), dtype=bool)
    steady = Traffic(np.full(always.shape, 12.0), np.full(always.shape, 240.0), np.zeros(always.shape), always)
    plan = [duty(f"E{n}{queue}", queue, 0, WEEK.intervals, f"{n}{queue}") for n in range(3) for queue in "ab"]
    found = simulate(scenario_of(neutral, WEEK, steady, plan), Trial(200, 3))
    agents = np.full(always.shape, 3)
    promised = formula_levels(neutral, steady, agents, 1800.0)
    level = found.by_queue("service_level")[0]
    assert level[0] == pytest.approx(promised[0, 0], abs=0.01)
    # With 5 % shrinkage three agents are 2.85: the formula interpolates between whole agents.
    assert level[1] == pytest.approx(promised[1, 0], abs=0.05)
    assert disagreements(found, promised)[0].mean() < 0.05


def test_an_uncertain_rate_makes_weeks_differ_and_keeps_the_mean() -> None:
    swinging = replace(traffic(), rate_cv=np.full((2, WEEK.intervals), 0.5))
    plan = [duty(f"E{n}", queue, 0, WEEK.intervals, f"{n}{queue}") for n in range(9) for queue in "ab"]
    one = scenario_of(company(), WEEK, swinging, plan)
    calm, wild = (simulate(one, Trial(200, 1, uncertain)) for uncertain in (False, True))
    spread = [found.totals[:, 0, 0].std() for found in (calm, wild)]
    assert spread[1] > 1.5 * spread[0]
    assert wild.calls().sum() == pytest.approx(calm.calls().sum(), rel=0.06)


def test_mixed_speeds_of_a_small_group_are_the_harmonic_mean() -> None:
    levels = {"novice_handle_time_pct": 160, "expert_handle_time_pct": 80,
              "novice_resolves_pct": 100, "expert_resolves_pct": 100}  # fmt: skip
    house = replace(company(levels=levels), skills=(Skill("E1", "a", 1), Skill("E2", "a", 5)), queues=QUEUES[:1])
    always = np.ones((1, WEEK.intervals), dtype=bool)
    steady = Traffic(np.full(always.shape, 9.0), np.full(always.shape, 240.0), np.zeros(always.shape), always)
    plan = [duty("E1", "a", 0, WEEK.intervals, "1", level=1), duty("E2", "a", 0, WEEK.intervals, "2", level=5)]
    found = simulate(scenario_of(house, WEEK, steady, plan), Trial(200, 1))
    promised = formula_levels(house, steady, np.full(always.shape, 2), 1800.0)[0, 0]
    slower = replace(steady, aht_s=steady.aht_s * 1.2)
    plain = replace(company(), queues=QUEUES[:1], skills=())
    arithmetic = formula_levels(plain, slower, np.full(always.shape, 2), 1800.0)[0, 0]
    level = found.by_queue("service_level")[0][0]
    assert abs(level - promised) < 0.03 < abs(level - arithmetic)
