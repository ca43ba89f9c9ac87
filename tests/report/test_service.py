"""The expected service in rows, words and pictures."""

from __future__ import annotations

import csv
import io
import json

import numpy as np
import pytest

from rotation.cli.simulating import service_csv
from rotation.report.service import COLUMNS, Service, service_pictures
from rotation.report.service_words import missed_rows, service_days, service_words
from rotation.report.simulation_page import simulation_page
from rotation.simulate.formula import formula_levels
from rotation.simulate.present import agents_present
from rotation.simulate.run import Trial, simulate
from rotation.simulate.scenario import scenario_of
from tests.simulate.test_scenario import WEEK, company, duty, traffic


@pytest.fixture(scope="module")
def service() -> Service:
    """Two queues that are open in the morning; nobody on duty on Tuesday, five elsewhere."""
    plan = [
        duty(f"E{n}{queue}", queue, first, after, f"{n}{queue}{first}")
        for n in range(5)
        for queue in "ab"
        for first, after in ((0, 48), (96, WEEK.intervals))
    ]
    load, house = traffic(), company()
    outcome = simulate(scenario_of(house, WEEK, load, plan), Trial(40, 1))
    agents = agents_present(house, WEEK, plan)
    formula = formula_levels(house, load, agents, 1800.0)
    return Service(house, WEEK, load, agents, outcome, formula, np.full(agents.shape, 5))


def test_every_open_interval_has_a_row_of_shares(service: Service) -> None:
    rows = list(csv.DictReader(io.StringIO(service_csv(service).decode())))
    assert len(rows) == 2 * 7 * 8 and tuple(rows[0]) == COLUMNS
    tuesday = [row for row in rows if row["start"].startswith("2026-12-01")]
    assert {row["agents"] for row in tuesday} == {"0"}
    assert {float(row["service_level"]) for row in tuesday} == {0.0}
    assert {row["start"][-6:] for row in rows} == {"-08:00"}


def test_a_picture_shows_the_level_of_each_interval_and_nothing_where_closed(service: Service) -> None:
    picture = service_pictures(service)[0]
    figure = json.loads(json.dumps(picture.figure, allow_nan=False))
    cells = [value for row in figure["data"][0]["z"] for value in row]
    assert len(cells) == 7 * 8
    assert figure["data"][0]["z"][1] == [0.0] * 8
    scale = figure["layout"]["coloraxis"]
    middle = scale["cmin"] + (scale["cmax"] - scale["cmin"]) * 3 / 7
    assert middle == pytest.approx(0.8)
    assert "target 80" in picture.caption


def test_days_and_words_say_the_same_without_colours(service: Service) -> None:
    days = service_days(service)
    assert len(days) == 14
    short = [row.day for row in days if row.is_short]
    assert short.count("Tue 1 Dec") == 2 and len(short) == 2
    assert "40 simulated weeks" in service_words(service)
    assert "Where people suffice" in service_words(service)


def test_intervals_without_the_required_agents_are_not_blamed_on_the_requirement(service: Service) -> None:
    assert not any("1 Dec" in row[1] for row in missed_rows(service))
    assert not service.suffices()[:, 48:96].any()


def test_the_page_needs_no_network_and_repeats_itself(service: Service) -> None:
    page = simulation_page(service, {"agents=+1": service.outcome})
    assert page == simulation_page(service, {"agents=+1": service.outcome})
    assert b"What if" in page and b"+0.00" in page
    assert b"default-src 'none'" in page
