"""Cisco UCCX: resources with their skills and competence, 1 to 10, as the administration API's XML.

A skill is called as the queue, and a resource by the employee's id. Competence 10 rings first: it is 10 - penalty.
"""

from __future__ import annotations

import datetime as dt
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence

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


def _resources(rows_of: dict[str, Sequence[RoutingRow]] | dict[str, list[RoutingRow]]) -> str:
    root = ET.Element("resources")
    for key, rows in rows_of.items():
        resource = ET.SubElement(root, "resource")
        ET.SubElement(resource, "userID").text = key
        skills = ET.SubElement(resource, "skillMap")
        for row in rows:
            one = ET.SubElement(skills, "skillCompetency")
            ET.SubElement(one, "competencelevel").text = str(competence(row))
            ET.SubElement(one, "skillNameUriPair", name=row.queue_id)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode") + "\n"


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
