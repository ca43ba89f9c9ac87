"""The manual is true: commands and options exist, links resolve, files are there, rules and columns are the code's."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import click
import pytest
from pydantic_core import PydanticUndefined

from rotation.cli.main import main
from rotation.declaration import Statement
from rotation.exporters import asterisk_queues, coverage_csv, participation_csv, plan_csv, routing_csv
from rotation.intake.folder import DEMAND, NEEDED, OPTIONAL
from rotation.intake.schemas.attendance import AttendanceRow
from rotation.intake.schemas.row import Row
from rotation.report import service
from rotation.rules import rules

ROOT = Path(__file__).parents[2]
FILES = (ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md")))
PAGES = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in FILES}
COMMANDS = sorted(main.list_commands(click.Context(main)))
OURS = {"plan.csv", "coverage.csv", "participation.csv", "plan.json", "report.html", "index.csv", "queues.conf"}
OURS |= {"dynamic-queues.conf"}
OURS |= {"routing.csv", "changes.csv", "routing.json", "YYYYMMDDTHHMMZ-queues.conf"}
OURS |= {"service.csv", "simulation.html", "forecast.csv", "backtest.csv", "forecast.html"}
OURS |= {
    "queuerules.conf",
    "manager.conf",
    "extconfig.conf",
    "callcenter.conf",
    "event_socket.conf",
    "export.json",
    "workflow.json",
    "task_queues.json",
}
OURS |= {"absence.csv"}  # misspelt on purpose
FENCE = re.compile(r"^```(\S*)[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)


def shown_commands() -> Iterator[tuple[str, str]]:
    """Every line of a fenced block that calls the program, with its page."""
    for page, text in PAGES.items():
        for _, block in FENCE.findall(text):
            for line in block.splitlines():
                if line.removeprefix("$ ").startswith("rotation "):
                    yield page, line.removeprefix("$ ")


def every_command() -> Iterator[click.Command]:
    """Commands and the commands of groups."""
    for name in COMMANDS:
        command = main.get_command(click.Context(main), name)
        assert command is not None
        yield command
        if isinstance(command, click.Group):
            yield from command.commands.values()


def prose(page: str) -> str:
    """A page without its fenced blocks."""
    return FENCE.sub("", PAGES[page])


def anchors(text: str) -> set[str]:
    """The anchors that GitHub gives to headings."""
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", text), re.MULTILINE)
    plain = [re.sub(r"[^\w\- ]", "", heading.casefold()).replace(" ", "-") for heading in headings]
    return set(plain)


@pytest.mark.parametrize(("page", "line"), list(shown_commands()))
def test_every_shown_command_exists_with_its_options(page: str, line: str) -> None:
    name, *arguments = shlex.split(line)[1:]
    command = main.get_command(click.Context(main), name)
    assert command is not None, line
    if isinstance(command, click.Group):
        name, *arguments = arguments
        command = command.commands[name]
    command.make_context(name, arguments)


def test_every_command_and_every_option_of_the_prose_exists() -> None:
    options = {option for command in every_command() for parameter in command.params for option in parameter.opts}
    for page in PAGES:
        assert set(re.findall(r"`rotation (\w+)", prose(page))) <= set(COMMANDS), page
        assert set(re.findall(r"`(--[\w-]+)", prose(page))) <= options, page
    assert re.findall(r"^\| `rotation (\w+)` \|", PAGES["README.md"], re.MULTILINE) != []
    assert set(re.findall(r"^\| `rotation (\w+)` \|", PAGES["README.md"], re.MULTILINE)) == set(COMMANDS)


def test_the_front_page_first_runs_and_tests() -> None:
    run, test = (FENCE.findall(PAGES["README.md"].split(f"## {title}\n")[1])[0] for title in ("Run it", "Test it"))
    assert run[0] == test[0] == "sh"
    assert run[1].splitlines()[:3] == [
        "python -m pip install .",
        "rotation compile",
        "rotation plan --company data --config config/rotation.toml --week 2026-W49 --out out/2026-W49",
    ]
    assert test[1].splitlines() == ['python -m pip install -e ".[test]"', "python -m pytest -n auto"]


@pytest.mark.parametrize("page", PAGES)
def test_every_internal_link_resolves(page: str) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(page)):
        if target.startswith("https://"):
            continue
        file, _, anchor = target.partition("#")
        path = (ROOT / page).parent / file if file else ROOT / page
        assert path.exists(), f"{page}: {target}"
        assert not anchor or anchor in anchors(path.read_text("utf-8")), f"{page}: {target}"


def known(name: str) -> bool:
    """Whether a file of that name is a table, an output, or somewhere in the project."""
    if name in OURS or name in {schema.file for schema in (*NEEDED, *OPTIONAL, AttendanceRow)}:
        return True
    places = [ROOT / name, *(ROOT / folder for folder in ("rotation", "config", "data", "docs", "tests"))]
    return any(place.is_file() or any(place.glob(f"**/{name}")) for place in places)


@pytest.mark.parametrize("page", PAGES)
def test_every_file_that_is_named_exists_or_is_an_output(page: str) -> None:
    for name in re.findall(r"[\w-]+(?:\.schema)?\.(?:csv|json|html|conf|toml|py)\b", prose(page)):
        assert known(name), f"{page}: {name}"
    for name in re.findall(r"`((?:rotation|tests|docs|data|config)/[\w/.-]*)`", prose(page)):
        assert (ROOT / name).exists(), f"{page}: {name}"


def test_no_page_names_a_machine() -> None:
    for page, text in PAGES.items():
        assert not re.search(r"/(?:home|root|work|tmp|opt|usr)/", text), page


def test_the_model_page_has_every_rule_and_no_other() -> None:
    text = PAGES["docs/model.md"]
    hard = set(re.findall(r"^### (\w+)$", text.split("## Hard rules")[1].split("\n## ")[0], re.MULTILINE))
    objective = text.split("## Soft rules: the objective")[1].split("\n## ")[0]
    terms = re.findall(r"^\| \[(\w+)\]\(#\w+\) \| (\w+) \|", objective, re.MULTILINE)
    assert hard | {rule for _, rule in terms} == set(rules())
    for name, rule in rules().items():
        assert {term for term, owner in terms if owner == name} - {"pins"} == set(rule.weights), name
    assert {term for term, _ in terms} - {"pins"} == set(re.findall(r"^### (\w+)$", objective, re.MULTILINE))
    assert {name for name, rule in rules().items() if not rule.weights} <= hard


def test_the_architecture_page_has_every_folder_and_every_word_of_the_vocabulary() -> None:
    text = PAGES["docs/architecture.md"]
    parts = {path.stem for path in (ROOT / "rotation").iterdir() if (path / "__init__.py").exists()}
    parts |= {path.name for path in (ROOT / "rotation").glob("[!_]*.py")}
    assert set(re.findall(r"^\| `rotation/([\w.]+)` \|", text, re.MULTILINE)) == parts
    section = text.split("## One declaration, two engines, one witness")[1].split("\n## ")[0]
    assert {kind.__name__ for kind in get_args(Statement)} == set(re.findall(r"`([A-Z]\w+)`", section))


def test_the_changelog_counts_the_rules() -> None:
    assert f"by {len(rules())} rules" in PAGES["CHANGELOG.md"]


def shown_default(value: Any) -> str:
    """A default as the page spells it."""
    if value is PydanticUndefined:
        return "required"
    if value is None or value == "":
        return "empty"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else f"{value:g}"


@pytest.mark.parametrize("schema", (*NEEDED, *OPTIONAL), ids=lambda schema: schema.file)
def test_every_table_of_the_data_page_is_the_schemas(schema: type[Row]) -> None:
    section = PAGES["docs/data.md"].split(f"\n## {schema.file}\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (\w+) \| [^|]+ \| ([^|]+) \|", section, re.MULTILINE)
    fields = [(name, shown_default(field.default)) for name, field in schema.model_fields.items()]
    assert [row for row in rows if row[0] != "Column"] == fields
    example = re.search(r"```csv\n(.*?)```", section, re.DOTALL)
    assert example is not None
    header, *lines = example[1].splitlines()
    assert set(schema.required()) <= set(header.split(",")) <= set(schema.columns())
    assert lines
    assert all(line.count(",") == header.count(",") for line in lines)


def test_the_data_page_knows_which_files_must_be_there() -> None:
    text = " ".join(prose("docs/data.md").split())
    needed = sorted(schema.file for schema in NEEDED)
    stated = text.split("Six files must be there: ")[1].split(", and at least one of ")
    assert sorted(re.findall(r"\w+\.csv", stated[0])) == needed
    assert sorted(re.findall(r"\w+\.csv", stated[1].split(".csv. ")[0] + ".csv")) == sorted({s.file for s in DEMAND})


@pytest.mark.parametrize(
    ("heading", "columns"),
    [
        ("plan.csv", plan_csv.COLUMNS),
        ("coverage.csv", coverage_csv.COLUMNS),
        ("participation.csv", participation_csv.COLUMNS),
        ("service.csv", service.COLUMNS),
    ],
)
def test_every_column_of_the_output_is_described(heading: str, columns: tuple[str, ...]) -> None:
    section = PAGES["docs/data.md"].split(f"\n### {heading}\n")[1].split("\n### ")[0]
    assert tuple(re.findall(r"^\| (\w+) \|", section, re.MULTILINE))[1:] == columns


def test_every_column_of_the_routing_tables_is_described() -> None:
    section = PAGES["docs/data.md"].split("\n### routing\n")[1].split("\n### ")[0]
    for file, columns in (
        ("routing.csv", routing_csv.COLUMNS),
        ("changes.csv", routing_csv.CHANGE_COLUMNS),
        ("index.csv", asterisk_queues.INDEX_COLUMNS),
    ):
        rows = re.search(rf"^\| {file} \|[^\n]*\n\| ---[^\n]*\n(.*?)(?:\n\n|\Z)", section, re.MULTILINE | re.DOTALL)
        assert rows is not None, file
        cells = [name for row in rows[1].splitlines() for name in row.split("|")[1].strip().split(", ")]
        assert tuple(cells) == columns, file
