"""queues.conf as Asterisk reads it, nasty names and endpoints included."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from asterisklint import FileConfigParser
from asterisklint.defines import MessageDefManager
from hypothesis import given
from hypothesis import strategies as st

from rotation.company import Queue
from rotation.exporters._asterisk import agent_label, argument, comment
from rotation.exporters.asterisk_queues import EXPORTER, queues_conf
from rotation.plan import Edition, Plan
from rotation.routing import RoutingRow, routing_table

from .asterisk_reader import arguments, read, without_comment
from .edition_sample import EMPLOYEES, clock, company, edition_of

GOLDEN = Path(__file__).parent.parent / "golden" / "asterisk_queues" / "routing" / "asterisk"
START, END = clock("2026-10-26T09:00"), clock("2026-10-26T10:00")
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=120)
NASTY = st.text(st.sampled_from(list('a,;"\\()[] =>|-é👩\n\t')), max_size=60)


def row(name: str, endpoint: str = "PJSIP/1", employee_id: str = "E1", penalty: int = 0) -> RoutingRow:
    return RoutingRow("q", employee_id, name, endpoint, 5 - penalty, penalty, 1, START, END, f"{employee_id}-s", 0)


def conf(*rows: RoutingRow, queues: tuple[Queue, ...] = (Queue("q", "Queue", 300),)) -> bytes:
    return queues_conf(rows, queues, START)


@given(TEXT | NASTY)
def test_any_name_comes_back_whole_or_cut_between_characters(name: str) -> None:
    members = read(conf(row(name)))["q"].members
    label = agent_label(name, "E1")
    assert [(one.interface, one.penalty, one.name, one.ringinuse) for one in members.values()] == [
        ("PJSIP/1", 0, label, False)
    ]
    assert 0 < len(label.encode()) <= 79
    assert "|" not in label


@given(TEXT | NASTY)
def test_an_argument_survives_both_parsers(text: str) -> None:
    text = " ".join(text.split()).replace("\x00", "")
    assert arguments(without_comment(argument(text) + ",x")) == [text, "x"]


@given(TEXT | NASTY)
def test_a_comment_never_opens_a_block_or_a_second_line(text: str) -> None:
    assert without_comment(comment(text)) == ""
    assert "\n" not in comment(text)


def test_every_snapshot_has_the_settings_that_lose_no_calls() -> None:
    for path in GOLDEN.glob("*.conf"):
        sections = read(path.read_bytes())
        assert sections.pop("general").options == {
            "persistentmembers": "yes",
            "shared_lastcall": "yes",
            "autofill": "yes",
        }
        assert list(sections) == ["support", "sales", "billing.eu"]
        assert all(section.options["ringinuse"] == "no" for section in sections.values())
        assert all(section.options["wrapuptime"] == "15" for section in sections.values())


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.conf")), ids=lambda path: path.stem)
def test_asterisklint_finds_the_same_sections_and_nothing_to_complain_of(path: Path) -> None:
    MessageDefManager.reset()
    parser = FileConfigParser()
    parser.include(str(path))
    assert [section.name for section in parser] == ["general", "support", "sales", "billing.eu"]
    assert dict(MessageDefManager.raised) == {}


def test_the_index_covers_the_week_without_gap_and_counts_members(edition: Edition) -> None:
    files = EXPORTER.render(edition)
    index = list(csv.DictReader(io.StringIO(files["routing/asterisk/index.csv"].decode())))
    assert [line["valid_from"] for line in index[1:]] == [line["valid_to"] for line in index[:-1]]
    assert index[0]["valid_from"] == "2026-10-26T00:00:00-07:00"
    assert index[-1]["valid_to"] == "2026-11-02T00:00:00-08:00"
    for line in index:
        sections = read(files[f"routing/asterisk/{line['file']}"])
        assert sum(len(section.members) for section in sections.values()) == int(line["members"])
    assert len(files) == len(index) + 2


def test_the_file_for_live_steps_has_every_queue_and_no_member(edition: Edition) -> None:
    sections = read(EXPORTER.render(edition)["routing/asterisk/dynamic-queues.conf"])
    assert {name for name in sections if name != "general"} == {queue.queue_id for queue in edition.case.company.queues}
    assert not any(section.members for section in sections.values())


def test_someone_who_goes_on_back_to_back_gets_no_file(edition: Edition) -> None:
    assert "routing/asterisk/20261026T1730Z-queues.conf" not in EXPORTER.render(edition)


def test_a_missing_endpoint_is_named_and_left_out(edition: Edition) -> None:
    faults = EXPORTER.check(edition)
    assert [(fault.file, fault.column, fault.value) for fault in faults] == [("employees.csv", "endpoint", "")]
    assert "E4" in faults[0].message
    text = queues_conf(routing_table(edition), edition.case.company.queues, clock("2026-10-26T10:00"))
    assert b"; left out: E4, endpoint missing" in text
    assert len(read(text)["support"].members) == 3


@pytest.mark.parametrize(
    "endpoint",
    ["1001", "PJSIP/", "PJSIP/a b", "PJSIP/a,b", "PJSIP/a;b", 'PJSIP/"a"', "PJSIP/a\nb", "PJSIP/a&b", "PJSIP/é"]
    + ["PJSIP/" + "9" * 74, " PJSIP/1", "PJSIP/1\\", "PJSIP/(1", "PJSIP/a|b", "/1"],
)
def test_an_endpoint_that_asterisk_would_misread_is_left_out_and_named(endpoint: str) -> None:
    who = company([replace(EMPLOYEES[0], endpoint=endpoint), *EMPLOYEES[1:]])
    edition = edition_of(who, "2026-W44", Plan.of([("E1", "support", START, END)]).shifts)
    assert [fault.value for fault in EXPORTER.check(edition)] == [endpoint]
    files = EXPORTER.render(edition)
    assert all(not read(files[path])["support"].members for path in files if path.endswith(".conf"))


def test_one_phone_for_two_people_at_one_time_is_named_and_the_first_in_ringing_order_stays() -> None:
    text = conf(row("Ann", "PJSIP/7", "E1", 1), row("Bob", "pjsip/7", "E2", 0))
    assert [one.name for one in read(text)["q"].members.values()] == ["Bob"]
    shared = [replace(EMPLOYEES[0], endpoint="PJSIP/7"), replace(EMPLOYEES[1], endpoint="pjsip/7")]
    duties = [("E1", "support", START, END), ("E2", "sales", START, END)]
    edition = edition_of(company(shared), "2026-W44", Plan.of(duties).shifts)
    assert ["E1 and E2" in fault.message for fault in EXPORTER.check(edition)] == [True]


def test_one_phone_for_two_people_one_after_the_other_is_fine() -> None:
    shared = [replace(EMPLOYEES[0], endpoint="PJSIP/7"), replace(EMPLOYEES[1], endpoint="PJSIP/7")]
    duties = [("E1", "support", START, END), ("E2", "support", END, clock("2026-10-26T11:00"))]
    assert EXPORTER.check(edition_of(company(shared), "2026-W44", Plan.of(duties).shifts)) == ()


@pytest.mark.parametrize("name", ["general", "General", "a]b", "a;b", "a,b", " a", "a  b", "", "é" * 40, "a\nb", "Q"])
def test_a_queue_that_cannot_be_a_section_is_left_out_and_named(name: str) -> None:
    queues = (Queue("q", "Queue", 300), Queue(name, "Bad\n[evil]", 300))
    assert list(read(conf(queues=queues))) == ["general", "q"]
    assert [fault.value for fault in EXPORTER.check(edition_of(company(queues=queues), "2026-W44", ()))] == [name]
