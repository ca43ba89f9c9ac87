"""Cisco UCCX: resources with their skills and competence, 1 to 10, as the administration API's XML.

A skill is called as the queue, and a resource by the employee's id. Competence 10 rings first: it is 10 - penalty.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from rotation.routing import RoutingBook, RoutingRow
from rotation.targets._limits import agent_ids, queue_names, queues_of_an_agent
from rotation.targets._moments import Moment, by_employee
from rotation.targets._target import Refusal, Target

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._@+-]{0,49}")
NAME_IN_WORDS = "1 to 50 letters, digits, blanks and . _ - @ +, a letter or digit first, unique whatever the case"
MOST_SKILLS = 50
HIGHEST = 10


def _fits(name: str) -> bool:
    return bool(NAME.fullmatch(name)) and name == name.strip()


def refusals(book: RoutingBook) -> Iterator[Refusal]:
    """What UCCX cannot hold."""
    for fault, queue_id in queue_names(book, _fits, NAME_IN_WORDS):
        yield Refusal(fault, tuple(book.by_queue.get(queue_id, ())))
    for fault, rows in agent_ids(book, _fits, NAME_IN_WORDS):
        yield Refusal(fault, rows)
    for fault, rows in queues_of_an_agent(book, MOST_SKILLS):
        yield Refusal(fault, rows)


def competence(row: RoutingRow) -> int:
    """10 rings first, 1 last."""
    return max(1, HIGHEST - row.penalty)


def snapshot(book: RoutingBook, at: dt.datetime) -> dict[str, bytes]:
    """Every resource with a shift that week; those off duty have no skill."""
    held = by_employee(book.at(at))
    return {"resources.xml": _resources({key: held.get(key, []) for key in sorted(book.agents)}).encode("utf-8")}


def steps(book: RoutingBook, moment: Moment) -> str:  # noqa: ARG001
    """The resources whom the moment concerns, with the skills that they have from then on."""
    after = by_employee(moment.after)
    order = sorted(moment.touched, key=lambda key: (key not in after, key))
    return _resources({key: after.get(key, []) for key in order})


def _resources(rows_of: Mapping[str, Sequence[RoutingRow]]) -> str:
    return "<resources>\n" + "".join(_resource(key, rows) for key, rows in rows_of.items()) + "</resources>\n"


def _resource(key: str, rows: Sequence[RoutingRow]) -> str:
    skills = "".join(
        f"      <skillCompetency>\n        <competencelevel>{competence(row)}</competencelevel>\n"
        f"        <skillNameUriPair name={quoteattr(row.queue_id)} />\n      </skillCompetency>\n"
        for row in rows
    )
    inner = f"    <skillMap>\n{skills}    </skillMap>\n" if skills else "    <skillMap />\n"
    return f"  <resource>\n    <userID>{escape(key)}</userID>\n{inner}  </resource>\n"


TARGET = Target(
    "resources with skills and competence as XML (Cisco UCCX)",
    (
        f"queue ids and employee ids: {NAME_IN_WORDS}",
        f"skills of one resource: {MOST_SKILLS}",
        "competence is 10 - penalty",
    ),
    refusals,
    snapshot,
    steps,
    ".xml",
)
