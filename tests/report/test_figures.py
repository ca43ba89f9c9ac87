from __future__ import annotations

import dataclasses
from itertools import pairwise

import numpy as np
import pytest

from rotation.plan import Edition, coverage_of
from rotation.report.figures.coverage import coverage_pictures
from rotation.report.figures.fairness import fairness_picture
from rotation.report.figures.gantt import gantt_pictures
from rotation.report.figures.participation import participation_picture
from rotation.report.figures.picture import Picture, label
from rotation.report.figures.trace import trace_picture
from rotation.report.figures.week_axis import WeekAxis
from tests.report.autumn_week import case, edition, local


@pytest.fixture(scope="module")
def made() -> Edition:
    return edition()


def heat(picture: Picture) -> dict[str, object]:
    return dict(picture.figure["data"][0])


def test_coverage_shows_every_open_interval_once_and_no_closed_one(made: Edition) -> None:
    for number, picture in enumerate(coverage_pictures(made)):
        trace = picture.figure["data"][0]
        cells = [cell for row in trace["customdata"] for cell in row if cell is not None]
        balances = [value for row in trace["z"] for value in row if value is not None]
        is_open = made.case.is_open[number]
        assert len(cells) == len(balances) == is_open.sum()
        for place, array in enumerate((made.coverage.required, made.coverage.core, made.coverage.assigned)):
            assert [cell[place] for cell in cells] == array[number, is_open].tolist()
        expected = made.coverage.surplus[number, is_open] - made.coverage.shortage[number, is_open]
        assert balances == expected.tolist()
        shown = [text for row in trace["text"] for text in row if text]
        assert len(shown) == np.count_nonzero(expected)


def test_a_long_day_repeats_its_hour_with_the_offset(made: Edition) -> None:
    trace = heat(coverage_pictures(made)[0])
    columns = list(trace["x"])  # type: ignore[call-overload]
    assert columns[2:6] == ["01:00", "01:30", "01:00 −08:00", "01:30 −08:00"]
    assert len(columns) == 50
    rows = trace["z"]
    assert rows[6].count(None) == 0  # type: ignore[index]
    assert all(row[4:6] == [None, None] for row in rows[:6])  # type: ignore[index]
    sunday = trace["customdata"][6]  # type: ignore[index]
    assert [cell[3] for cell in sunday[2:5]] == ["01:00 (UTC−07:00)", "01:30 (UTC−07:00)", "01:00 (UTC−08:00)"]


def test_a_short_day_leaves_its_hour_blank(made: Edition) -> None:
    spring = case("2026-W10")
    trace = heat(coverage_pictures(dataclasses.replace(made, case=spring))[0])
    columns = list(trace["x"])  # type: ignore[call-overload]
    assert len(columns) == 48
    blank = [columns[n] for n, value in enumerate(trace["z"][6]) if value is None]  # type: ignore[index]
    assert blank == ["02:00", "02:30"]


def test_every_shift_is_one_bar_of_its_length(made: Edition) -> None:
    bars: dict[str, float] = {}
    for picture in gantt_pictures(made):
        for trace in picture.figure["data"]:
            bars |= dict(zip(trace["customdata"], trace["x"], strict=True))
    assert bars == {shift.shift_id: shift.minutes / 60 for shift in made.plan.shifts}
    assert bars["E1-20261101T0730Z"] == 2.5


def test_hover_tells_both_zones_when_they_differ(made: Edition) -> None:
    lab = gantt_pictures(made)[1].figure["data"]
    texts = [text for trace in lab for text in trace["hovertext"]]
    abroad = next(text for text in texts if "(E3)" in text)
    assert "Mon 26 Oct 10:00–12:30 (UTC−07:00) America/Los_Angeles" in abroad
    assert "Mon 26 Oct 18:00–20:30 (UTC+01:00) Europe/Berlin" in abroad
    assert next(text for text in texts if "(E5)" in text).count("UTC") == 1


def test_departments_without_people_have_no_chart_and_ids_are_fixed(made: Edition) -> None:
    assert [picture.picture_id for picture in gantt_pictures(made)] == ["gantt-0", "gantt-1"]


def test_very_many_people_give_a_density_of_departments(made: Edition) -> None:
    (picture,) = gantt_pictures(made, many=5)
    assert "too many for a row each" in picture.caption
    minutes = sum(sum(row) for row in picture.figure["data"][0]["z"]) * 30
    assert minutes == sum(shift.minutes for shift in made.plan.shifts)


def test_participation_marks_everybody_once_with_the_plans_minutes(made: Edition) -> None:
    marks = [mark for trace in participation_picture(made).figure["data"] for mark in trace.get("customdata", [])]
    assert sorted(marks) == sorted([row.employee_id, row.minutes] for row in made.participation)
    bands = participation_picture(made).figure["data"][0]["x"]
    eligible = [row for row in made.participation if row.band.eligible]
    assert len(bands) == 3 * len(eligible)


def test_many_people_are_counted_by_status(made: Edition) -> None:
    picture = participation_picture(made, many=5)
    assert "Too many people" in picture.caption
    assert sum(sum(trace["x"]) for trace in picture.figure["data"]) == len(made.participation)


@pytest.mark.parametrize("many", [2000, 1])
def test_fairness_shows_unpleasant_hours_of_week_and_ledger(made: Edition, many: int) -> None:
    picture = fairness_picture(made, many)
    total = sum(row.unpleasant_minutes for row in made.participation)
    assert total > 0
    assert f"{total / 60:g}\u00a0h in unpleasant hours" in picture.caption
    if many > 1:
        shown = [x for trace in picture.figure["data"] if trace["xaxis"] == "x" for x in trace["x"]]
        assert sum(shown) * 60 == total
        ledger = [x for trace in picture.figure["data"] if trace["xaxis"] == "x2" for x in trace["x"]]
        assert sum(ledger) * 60 == sum(row.total_unpleasant_minutes for row in made.participation)


def test_the_trace_shows_bound_and_plan_and_steps_when_reproducible(made: Edition) -> None:
    picture = trace_picture(made)
    assert picture is not None
    best, bound = picture.figure["data"]
    assert (best["x"], best["y"]) == ([1.5, 3.0], [900, 777])
    assert bound["y"] == [10, 400, 700]
    still = tuple(dataclasses.replace(point, seconds=0.0) for point in made.search.trace)
    steps = trace_picture(dataclasses.replace(made, search=dataclasses.replace(made.search, trace=still)))
    assert steps is not None
    assert steps.figure["data"][1]["x"] == [1, 2, 3]


def test_the_week_axis_never_goes_back_and_keeps_both_repeated_hours(made: Edition) -> None:
    axis = WeekAxis(made)
    places = [axis.position(made.case.horizon.instant(n)) for n in range(made.case.horizon.intervals + 1)]
    assert all(after >= before for before, after in pairwise(places))
    assert axis.position(local(1, 2, month=11)) - axis.position(local(1, 1, month=11)) == 2.0
    assert places[-1] == axis.length


def test_hours_that_nobody_is_asked_for_are_left_out(made: Edition) -> None:
    office = dataclasses.replace(made.case, core=np.maximum(made.case.core, made.case.required * [[1], [0]]))
    plan = dataclasses.replace(made.plan, shifts=tuple(row for row in made.plan.shifts if row.queue_id == "desk"))
    axis = WeekAxis(dataclasses.replace(made, case=office, plan=plan))
    assert axis.length == 7 * 8
    assert not axis.whole_days
    assert coverage_of(office, plan).assigned[0].sum() == 0


def test_labels_are_cut_and_escaped() -> None:
    assert label("a<b>\n&\x00") == "a&lt;b&gt; &amp;\ufffd"
    assert len(label("x" * 500)) == 60
