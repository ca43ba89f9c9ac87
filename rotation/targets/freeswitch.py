"""callcenter.conf.xml for FreeSWITCH's mod_callcenter; steps as `callcenter_config` commands.

An agent is called by the employee's id. The status in the file would be forced at every load, so it is left out; the
commands set it. Old tiers survive reloads and restarts, so leaving is a command, never a missing line.
"""

from __future__ import annotations

import datetime as dt
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator

from rotation.routing import RoutingBook, RoutingRow
from rotation.targets._limits import agent_ids, endpoints, queue_names, shared_endpoints
from rotation.targets._moments import Moment, by_employee
from rotation.targets._target import Refusal, Target

WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@+-]{0,127}")
WORD_IN_WORDS = "1 to 128 letters, digits and . _ - @ +, a letter or digit first, unique whatever the case"
PLAIN = re.compile(r"(?:PJSIP|SIP)/([A-Za-z0-9._+-]+)(@[A-Za-z0-9.:-]+)?", re.IGNORECASE)
LOCAL = re.compile(r"Local/([A-Za-z0-9._+-]+)@([A-Za-z0-9._-]+)", re.IGNORECASE)
CONTACT = re.compile(r"(?:user|sofia|verto|verto.rtc|loopback|group)/[A-Za-z0-9][A-Za-z0-9._@+:/-]{0,200}")
CONTACT_IN_WORDS = "user/1001, sofia/profile/1001@host, verto.rtc/1001, loopback/1001, PJSIP/1001 or Local/1001@context"
AGENT = {
    "type": "callback",
    "max-no-answer": "3",
    "wrap-up-time": "15",
    "reject-delay-time": "10",
    "busy-delay-time": "10",
    "no-answer-delay-time": "10",
}
QUEUE = {
    "strategy": "longest-idle-agent",
    "moh-sound": "$${hold_music}",
    "time-base-score": "queue",
    "tier-rules-apply": "false",
    "discard-abandoned-after": "60",
    "abandoned-resume-allowed": "false",
}


def contact(endpoint: str) -> str:
    """What FreeSWITCH dials for an endpoint; empty when it cannot."""
    if plain := PLAIN.fullmatch(endpoint):
        return f"user/{plain[1]}{plain[2] or ''}"
    if local := LOCAL.fullmatch(endpoint):
        return f"loopback/{local[1]}/{local[2]}"
    return endpoint if CONTACT.fullmatch(endpoint) else ""


def is_word(text: str) -> bool:
    """Whether a text is one word of a command, and a name that mod_callcenter keeps whole."""
    return bool(WORD.fullmatch(text))


def refusals(book: RoutingBook) -> Iterator[Refusal]:
    """What mod_callcenter cannot hold, or drops in silence."""
    for fault, queue_id in queue_names(book, is_word, WORD_IN_WORDS):
        yield Refusal(fault, tuple(book.by_queue.get(queue_id, ())))
    for fault, rows in agent_ids(book, is_word, WORD_IN_WORDS):
        yield Refusal(fault, rows)
    for fault, rows in endpoints(book, lambda endpoint: bool(contact(endpoint)), CONTACT_IN_WORDS):
        yield Refusal(fault, rows)
    for fault, rows in shared_endpoints(book):
        yield Refusal(fault, rows)


def snapshot(book: RoutingBook, at: dt.datetime) -> dict[str, bytes]:
    """A whole callcenter.conf.xml of an instant, and the commands that bring the same about in a running switch."""
    root = ET.Element("configuration", name="callcenter.conf", description="queues, agents and tiers of rotation")
    ET.SubElement(root, "settings")
    queues, agents, tiers = (ET.SubElement(root, name) for name in ("queues", "agents", "tiers"))
    for queue_id in filter(is_word, book.queues):
        queue = ET.SubElement(queues, "queue", name=queue_id)
        for name, value in QUEUE.items():
            ET.SubElement(queue, "param", name=name, value=value)
    held = book.at(at)
    for employee_id, rows in by_employee(held).items():
        ET.SubElement(agents, "agent", {"name": employee_id, "contact": contact(rows[0].endpoint)} | AGENT)
    for row in held:
        places = {"level": str(row.penalty + 1), "position": str(row.position)}
        ET.SubElement(tiers, "tier", {"agent": row.employee_id, "queue": row.queue_id} | places)
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode") + "\n"
    commands = [line for rows in by_employee(held).values() for line in (*_enter(rows[0]), *map(_tier, rows))]
    return {"callcenter.conf.xml": text.encode("utf-8"), "start.fs": "".join(f"{line}\n" for line in commands).encode()}


def steps(book: RoutingBook, moment: Moment) -> str:  # noqa: ARG001
    """Commands, one a line, for ``fs_cli -x``: who comes is made an agent, who leaves every queue is logged out."""
    before, after = by_employee(moment.before), by_employee(moment.after)
    lines: list[str] = []
    for step in moment.steps:
        row = step.row
        if step.action == "add":
            moved = bool(before.get(row.employee_id)) and before[row.employee_id][0].endpoint == row.endpoint
            lines += [*(() if moved else _enter(row)), _tier(row)]
        elif step.action == "set":
            lines += [
                f"callcenter_config tier set {key} {row.queue_id} {row.employee_id} {value}"
                for key, value in _rank(row)
            ]
        elif not any(other.queue_id == row.queue_id for other in after.get(row.employee_id, ())):
            lines.append(f"callcenter_config tier del {row.queue_id} {row.employee_id}")
    for employee_id in moment.touched:
        if employee_id in before and employee_id not in after:
            lines.append(f"callcenter_config agent set status {employee_id} 'Logged Out'")
    return "".join(f"{line}\n" for line in dict.fromkeys(lines))


def _enter(row: RoutingRow) -> list[str]:
    """The commands that make somebody an agent who takes calls; without a type an agent is dropped in silence."""
    name = row.employee_id
    sets = {"contact": contact(row.endpoint), **{key.replace("-", "_"): value for key, value in AGENT.items()}}
    return [
        f"callcenter_config agent add {name} callback",
        *(f"callcenter_config agent set {key} {name} {value}" for key, value in sets.items() if key != "type"),
        f"callcenter_config agent set status {name} 'Available'",
    ]


def _rank(row: RoutingRow) -> tuple[tuple[str, int], tuple[str, int]]:
    return (("level", row.penalty + 1), ("position", row.position))


def _tier(row: RoutingRow) -> str:
    return f"callcenter_config tier add {row.queue_id} {row.employee_id} {row.penalty + 1} {row.position}"


TARGET = Target(
    "callcenter.conf.xml, and callcenter_config commands for the changes (FreeSWITCH mod_callcenter)",
    (
        f"queue ids and employee ids: {WORD_IN_WORDS}",
        f"endpoints: {CONTACT_IN_WORDS}",
        "one endpoint for one person at a time",
        "levels and positions from 1: level is penalty + 1",
    ),
    refusals,
    snapshot,
    steps,
    ".fs",
)
