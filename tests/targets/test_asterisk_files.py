"""asterisklint reads our files without a complaint, and every queue has the settings that lose no calls."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from asterisklint import FileConfigParser
from asterisklint.defines import MessageDefManager

from rotation.targets import targets
from tests.exporters.asterisk_reader import read
from tests.routing.tables import NOON

from .books import NASTY, book_with
from .test_limits import row

TARGET = targets()["asterisk"]


@pytest.mark.parametrize("name", ["queues.conf", "dynamic-queues.conf", "queuerules.conf"])
def test_asterisklint_finds_nothing_to_complain_of(name: str, tmp_path: Path) -> None:
    rows = [row(who=f"E{number}", endpoint=f"PJSIP/{number}", name=name) for number, name in enumerate(NASTY)]
    (tmp_path / name).write_bytes(TARGET.snapshot(book_with(rows), NOON)[name])
    MessageDefManager.reset()
    parser = FileConfigParser()
    parser.include(str(tmp_path / name))
    sections = [section.name for section in parser]
    assert sections == (["rotation-overflow"] if name == "queuerules.conf" else ["general", "q", "r"])
    assert dict(MessageDefManager.raised) == {}


def test_second_skills_wait_for_the_rule_and_nobody_else_does() -> None:
    second = replace(row("r"), penalty=12, primary=False)
    with_second = read(TARGET.snapshot(book_with([row(), second]), NOON)["queues.conf"])
    assert {section.options.get("defaultrule") for name, section in with_second.items() if name != "general"} == {
        "rotation-overflow"
    }
    without = read(TARGET.snapshot(book_with([row()]), NOON)["queues.conf"])
    assert all("defaultrule" not in section.options for section in without.values())
