"""Every routing format gives the answer of ``who`` at any instant."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from rotation.exporters import exporters
from rotation.exporters._asterisk import agent_label
from rotation.plan import Edition, Plan
from rotation.routing import RoutingRow, routing_table, who

from .asterisk_reader import read
from .edition_sample import EMPLOYEES, QUEUES, clock, company, edition_of

WEEK = clock("2026-10-26T00:00")
HALF_HOURS = 338
Answer = list[tuple[str, str, str, int, int]]


@st.composite
def editions(draw: st.DrawFn) -> Edition:
    """Plans in which nobody has two shifts at a time; back-to-back shifts are frequent."""
    names = draw(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=30), min_size=5, max_size=5))
    people = [
        replace(one, name=name, endpoint=f"PJSIP/{one.employee_id}") for one, name in zip(EMPLOYEES, names, strict=True)
    ]
    duties = []
    for one in people:
        at = draw(st.integers(0, 300))
        for _ in range(draw(st.integers(0, 3))):
            length = draw(st.integers(1, 6))
            queue = draw(st.sampled_from(QUEUES[:2])).queue_id
            start = WEEK + at * dt.timedelta(minutes=30)
            duties.append((one.employee_id, queue, start, start + length * dt.timedelta(minutes=30)))
            at += length + draw(st.sampled_from([0, 0, 1, 3]))
    return edition_of(company(people), "2026-W44", Plan.of(duties).shifts)


def expected(table: tuple[RoutingRow, ...], queue_id: str, at: dt.datetime) -> Answer:
    rows = who(table, queue_id, at)
    return [(row.employee_id, row.agent_name, row.endpoint, row.penalty, row.position) for row in rows]


def asked(rows: list[dict[str, str]], queue_id: str, at: dt.datetime) -> Answer:
    """The answer of a table that was read back."""
    held = [
        (row["employee_id"], row["agent_name"], row["endpoint"], int(row["penalty"]), int(row["position"]))
        for row in rows
        if row["queue_id"] == queue_id
        and dt.datetime.fromisoformat(row["valid_from"]) <= at < dt.datetime.fromisoformat(row["valid_to"])
    ]
    return sorted(held, key=lambda one: (one[3], one[4], one[0]))


def replayed(steps: list[dict[str, str]], queue_id: str, at: dt.datetime) -> Answer:
    """The answer of somebody who starts with nobody and takes every step up to an instant."""
    on: dict[str, tuple[str, str, str, int, int]] = {}
    for step in steps:
        if step["queue_id"] == queue_id and dt.datetime.fromisoformat(step["at"]) <= at:
            if step["action"] == "remove":
                del on[step["employee_id"]]
            else:
                key, numbers = step["employee_id"], (int(step["penalty"]), int(step["position"]))
                assert (step["action"] == "add") == (key not in on)
                on[key] = (key, step["agent_name"], step["endpoint"], *numbers)
    return sorted(on.values(), key=lambda one: (one[3], one[4], one[0]))


@settings(max_examples=40, deadline=None)
@given(editions(), st.lists(st.integers(-2, 2 * HALF_HOURS + 2), min_size=1, max_size=12))
def test_csv_json_changes_and_queues_conf_agree_with_the_table(edition: Edition, quarters: list[int]) -> None:
    table, family = routing_table(edition), exporters()
    files = {**family["routing_csv"].render(edition), **family["routing_json"].render(edition)}
    files |= family["asterisk_queues"].render(edition)

    def rows(path: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(files[path].decode(), newline="")))

    from_json = json.loads(files["routing/routing.json"])
    index = rows("routing/asterisk/index.csv")
    edges = [row.valid_from for row in table] + [row.valid_to for row in table]
    for at in [WEEK + quarter * dt.timedelta(minutes=15) for quarter in quarters] + edges[:6]:
        for queue in QUEUES:
            answer = expected(table, queue.queue_id, at)
            assert asked(rows("routing/routing.csv"), queue.queue_id, at) == answer
            assert asked(from_json["rows"], queue.queue_id, at) == answer
            assert replayed(rows("routing/changes.csv"), queue.queue_id, at) == answer
            valid = [
                line["file"]
                for line in index
                if dt.datetime.fromisoformat(line["valid_from"]) <= at < dt.datetime.fromisoformat(line["valid_to"])
            ]
            if not WEEK <= at < WEEK + HALF_HOURS * dt.timedelta(minutes=30):
                continue
            members = read(files[f"routing/asterisk/{valid[0]}"])[queue.queue_id].members.values()
            shown = [(one.interface, one.penalty, one.name) for one in members]
            assert shown == [(one[2], one[3], agent_label(one[1], one[0])) for one in answer]
            assert len(valid) == 1
