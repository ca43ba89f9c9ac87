from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console, RenderableType

from rotation.errors import UsageFault
from rotation.exporters import coverage_csv, participation_csv, plan_csv, plan_json
from rotation.report.folder import WrittenPlan, read_folder
from rotation.report.terminal import coverage_table, summary_table, week_of
from rotation.report.terminal.strip import heat_strip, hour_columns, hour_scale
from tests.report.autumn_week import BERLIN, NASTY, edition


def shown(table: RenderableType, width: int = 100, colour: bool = False) -> str:
    console = Console(
        width=width, file=io.StringIO(), force_terminal=colour, color_system="truecolor" if colour else None
    )
    console.print(table)
    return console.file.getvalue()  # type: ignore[attr-defined, no-any-return]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> WrittenPlan:
    folder: Path = tmp_path_factory.mktemp("out")
    for module in (coverage_csv, participation_csv, plan_csv, plan_json):
        for name, content in module.EXPORTER.render(edition()).items():
            (folder / name).write_bytes(content)
    return read_folder(folder)


def test_coverage_is_the_same_from_an_edition_and_from_a_folder(written: WrittenPlan) -> None:
    assert shown(coverage_table(edition())) == shown(coverage_table(written))


def test_coverage_tells_hours_and_the_worst_interval(written: WrittenPlan) -> None:
    lines = shown(coverage_table(written), 80).splitlines()
    wednesday = next(line for line in lines[lines.index(next(x for x in lines if "desk" in x)) :] if "Wed 28" in line)
    assert wednesday.split()[2:7] == ["16", "0", "16", "09:00", "−2"]
    assert "22222222" in wednesday
    assert not any("Sat 31" in line for line in lines[lines.index(next(x for x in lines if "desk" in x)) :])


def test_the_strip_says_everything_without_colour_and_repeats_the_hour(written: WrittenPlan) -> None:
    rows = [row for row in written.coverage if row.queue_id == "night"]
    columns = hour_columns(rows)
    assert hour_scale(columns).startswith("00² 03")
    sunday = [row for row in rows if row.start.day == 1]
    assert heat_strip(sunday, columns).plain.startswith("1·+1")
    monday = [row for row in rows if row.start.day == 26]
    assert heat_strip(monday, columns).plain == "·· " + "·" * 22
    assert len(heat_strip(sunday, columns)) == 25


def test_one_queue_can_be_chosen(written: WrittenPlan) -> None:
    assert "night" not in shown(coverage_table(written, "desk"))


def test_a_week_is_told_on_the_persons_own_clock_with_the_others(written: WrittenPlan) -> None:
    text = shown(week_of(written, "E3", BERLIN))
    for expected in ("Europe/Berlin", "18:00–20:30", "10:00–12:30", "desk", "E1, E2", "Mon 26 Oct"):
        assert expected in text


def test_a_repeated_hour_is_told_with_offsets(written: WrittenPlan) -> None:
    text = shown(week_of(written, "E5"), 120)
    assert "01:00–02:00 (UTC−08:00)" in text
    assert "00:30 (UTC−07:00) – 02:00 (UTC−08:00)" in shown(week_of(written, "E1"), 120)


def test_whoever_has_no_shift_is_told_so_and_nobody_is_refused_with_a_hint(written: WrittenPlan) -> None:
    text = shown(week_of(written, "E4"))
    assert "no shifts" in text
    assert "exempt" in text
    with pytest.raises(UsageFault, match="did you mean"):
        week_of(written, "E11")


def test_names_cannot_style_or_steer_the_terminal(written: WrittenPlan) -> None:
    names = {"E1": "[red]Ann[/red] \x1b[31m", "E2": NASTY}
    text = shown(week_of(written, "E1", names=names), colour=True)
    assert "[red]Ann[/red] \ufffd[31m" in text


def test_the_summary_tells_status_terms_bound_missing_and_band(written: WrittenPlan) -> None:
    text = shown(summary_table(edition()))
    assert text == shown(summary_table(written))
    made = edition()
    missing = made.coverage.shortage.sum() / 2
    for expected in (
        "Clash",
        "777 points",
        "bound 700",
        "9.91",
        "missing_agent",
        f"{missing:g}\u00a0agent-hours",
        "of 4 people",
    ):
        assert expected in text
    assert "a_new_term" not in text
