"""docs/policy.md and config/rotation.toml say exactly what the policy's model says: keys, defaults, ranges, units."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, get_args

import pytest
from annotated_types import Ge, Gt, Le, Lt
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from rotation.company import ClockSpan, Policy
from rotation.company.policy import HOURLY_WEIGHTS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "policy.md").read_text("utf-8")
CONFIG = (ROOT / "config" / "rotation.toml").read_text("utf-8")
SECTIONS: dict[str, type[BaseModel]] = {
    name: field.annotation
    for name, field in Policy.model_fields.items()
    if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel)
}
UNITS = {"_h": "hours", "_min": "minutes", "_pct": "per cent", "_s": "seconds"}
WORDS = {Ge: "from {}", Gt: "more than {}", Le: "up to {}", Lt: "less than {}"}
THE_SITES_OWN = {"region": "US"}


def as_toml(value: Any) -> str:
    """A value as the policy file spells it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{value}"'
    return f"{value:g}" if isinstance(value, float) else str(value)


def range_of(field: FieldInfo) -> str:
    """Choices or limits, in words."""
    if choices := get_args(field.annotation):
        return " or ".join(map(str, choices))
    if field.annotation is bool:
        return "true or false"
    limits = []
    for bound in field.metadata:
        for kind, words in WORDS.items():
            if isinstance(bound, kind):
                limits.append(words.format(f"{getattr(bound, kind.__name__.lower()):,}"))
    return " ".join(limits) or "text"


def unit_of(section: str, key: str) -> str:
    """The unit that the key's name or its section promises."""
    if section == "weights":
        return "points per hour" if key in HOURLY_WEIGHTS else "points each"
    return next((unit for suffix, unit in UNITS.items() if key.endswith(suffix)), "")


def row_of(section: str, key: str, field: FieldInfo) -> str:
    """The row of the page's table that the model asks for."""
    cells = (f"`{key}`", f"`{as_toml(field.default)}`", range_of(field), unit_of(section, key), field.description)
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def tables() -> dict[str, list[str]]:
    """The rows of the page's tables by section."""
    found: dict[str, list[str]] = {}
    section = ""
    for line in PAGE.splitlines():
        if heading := re.fullmatch(r"## `\[+(\w+)\]+`", line):
            section = heading[1]
        elif section and line.startswith("| `"):
            found.setdefault(section, []).append(line)
    return found


def test_the_page_has_a_table_for_every_section_and_no_other() -> None:
    assert list(tables()) == [*SECTIONS, "unpleasant"]
    assert set(Policy.model_fields) == {*SECTIONS, "unpleasant"}


@pytest.mark.parametrize("section", SECTIONS)
def test_every_row_of_the_page_is_the_models_word_for_word(section: str) -> None:
    wanted = [row_of(section, key, field) for key, field in SECTIONS[section].model_fields.items()]
    assert tables()[section] == wanted, "docs/policy.md must say:\n" + "\n".join(wanted)


def test_the_pages_unpleasant_hours_are_the_defaults() -> None:
    keys = [f"| `{key}` | {field.description} |" for key, field in ClockSpan.model_fields.items()]
    assert tables()["unpleasant"] == keys
    shown = re.search(r"```toml\n(\[\[unpleasant\]\].*?)```", PAGE, re.DOTALL)
    assert shown is not None
    assert Policy.model_validate(tomllib.loads(shown[1])).unpleasant == Policy().unpleasant


def test_the_sample_policy_states_every_key_with_its_default() -> None:
    stated = tomllib.loads(CONFIG)
    assert list(stated) == [*SECTIONS, "unpleasant"]
    for section, model in SECTIONS.items():
        defaults = {key: field.default for key, field in model.model_fields.items()}
        assert stated[section] == defaults | (THE_SITES_OWN if section == "site" else {}), section
        assert list(stated[section]) == list(defaults), section
    read = Policy.model_validate(stated)
    assert read == Policy(site=Policy().site.model_copy(update=THE_SITES_OWN))


@pytest.mark.parametrize("section", SECTIONS)
def test_every_comment_of_the_sample_policy_names_the_unit_and_the_range(section: str) -> None:
    text = re.search(rf"^\[{section}\]\n(.*?)(?=^\[|\Z)", CONFIG, re.DOTALL | re.MULTILINE)
    assert text is not None
    comments = dict(re.findall(r"^(\w+) = [^#\n]*#\s*(.+)$", text[1], re.MULTILINE))
    assert set(comments) == set(SECTIONS[section].model_fields)
    if section == "weights":
        return
    for key, field in SECTIONS[section].model_fields.items():
        numbers = re.findall(r"[\d,]+", range_of(field))
        assert all(number in comments[key] for number in numbers), f"{key}: {range_of(field)}"
        assert unit_of(section, key) in comments[key], key
