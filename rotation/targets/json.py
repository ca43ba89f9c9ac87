"""JSON by docs/routing.schema.json: who answers at an instant, and the steps at the changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from rotation.exporters._writing import json_bytes
from rotation.routing import RoutingBook
from rotation.routing.document import change_part, document_of
from rotation.targets._moments import Moment
from rotation.targets._target import Refusal, Target


def refusals(book: RoutingBook) -> Iterator[Refusal]:  # noqa: ARG001
    """Nothing: a JSON document holds any text."""
    return iter(())


def snapshot(book: RoutingBook, at: dt.datetime) -> dict[str, bytes]:
    """The routing document with the rows that hold at an instant, without changes."""
    rows = book.at(at)
    people = {row.employee_id for row in rows}
    agents = {key: agent for key, agent in book.agents.items() if key in people}
    document = document_of(replace(book, rows=rows, agents=agents)) | {"changes": []}
    return {"who.json": json_bytes(document)}


def steps(book: RoutingBook, moment: Moment) -> str:
    """A list of changes as in the routing document."""
    return json_bytes([change_part(step, book.zone) for step in moment.steps]).decode("utf-8")


TARGET = Target("who answers, and the changes, as JSON with a published schema", (), refusals, snapshot, steps, ".json")
