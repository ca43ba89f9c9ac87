"""routing/asterisk/YYYYMMDDTHHMMZ-queues.conf, one for each instant at which the routing table changes, and index.csv.

Each of these files is whole: the switch that loads it serves exactly the people of that time. Its members are static,
so steps at shift changes cannot take them out; for these there is dynamic-queues.conf, the queues without members.
People whose endpoint Asterisk cannot ring are left out, named in the file and by ``check``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from rotation.company import Queue
from rotation.errors import InputFault
from rotation.exporters._asterisk import (
    RULE,
    agent_label,
    argument,
    comment,
    interface_fault,
    queuerules_conf,
    section_faults,
    shared_phone_faults,
)
from rotation.exporters._exporter import Format
from rotation.exporters._writing import csv_bytes, iso
from rotation.plan import Edition
from rotation.routing import RoutingRow, routing_table, snapshots, who

FOLDER = "routing/asterisk"
INDEX_COLUMNS = ("file", "valid_from", "valid_to", "members")


@dataclass(frozen=True, slots=True)
class QueueSettings:
    """What every queue gets.

    Args:
        strategy: who rings among people of one penalty; Asterisk's names.
        timeout_s: how long one phone rings, seconds.
        retry_s: pause before the next one rings, seconds.
        wrapuptime_s: rest after a call, seconds.
        default_rule: name of a rule of queuerules.conf; empty for none.
    """

    strategy: str = "leastrecent"
    timeout_s: int = 15
    retry_s: int = 1
    wrapuptime_s: int = 15
    default_rule: str = ""


def members(rows: Sequence[RoutingRow], queue_id: str, at: dt.datetime) -> tuple[list[RoutingRow], list[RoutingRow]]:
    """Who can be a member of a queue at an instant, in ringing order, and who must be left out."""
    kept: list[RoutingRow] = []
    left: list[RoutingRow] = []
    phones: set[str] = set()
    for row in who(rows, queue_id, at):
        phone = row.endpoint.casefold()
        if interface_fault(row.employee_id, row.endpoint) or phone in phones:
            left.append(row)
        else:
            kept.append(row)
            phones.add(phone)
    return kept, left


def queues_conf(
    rows: Sequence[RoutingRow], queues: Sequence[Queue], at: dt.datetime, settings: QueueSettings | None = None
) -> bytes:
    """A whole queues.conf for one instant.

    Args:
        rows: routing rows in any order.
        queues: all queues of the company; each becomes a section, with or without members.
        at: the instant, aware.
        settings: strategy and times of all queues.
    """
    faults = section_faults(queues)
    release = max((row.release for row in rows), default=0)
    lines = [
        comment(
            f"queues.conf of {at.astimezone(dt.UTC):%Y-%m-%d %H:%M} UTC, release {release}, for Asterisk 16 and later"
        ),
        comment("Load it while nobody talks: a reload during calls forgets wrap-up times and call counts."),
        comment("Its members are static: load the next file at the next change, or load dynamic-queues.conf once")
        if rows
        else comment("Without members: they come and go by the steps of routing/changes.csv."),
        *([comment("and take the steps of routing/changes.csv at shift changes.")] if rows else []),
        "[general]",
        "persistentmembers=yes",
        "shared_lastcall=yes",
        "autofill=yes",
    ]
    by_queue: dict[str, list[RoutingRow]] = {}
    for row in rows:
        by_queue.setdefault(row.queue_id, []).append(row)
    for queue in queues:
        lines.append("")
        if queue.queue_id in faults:
            lines.append(comment(f"left out: queue {queue.queue_id}, which cannot be a section"))
        else:
            lines += _section(by_queue.get(queue.queue_id, ()), queue, at, settings or QueueSettings())
    return ("\n".join(lines) + "\n").encode("utf-8")


def _section(rows: Sequence[RoutingRow], queue: Queue, at: dt.datetime, settings: QueueSettings) -> list[str]:
    kept, left = members(rows, queue.queue_id, at)
    return [
        comment(queue.name),
        f"[{queue.queue_id}]",
        f"strategy={settings.strategy}",
        f"timeout={settings.timeout_s}",
        f"retry={settings.retry_s}",
        f"wrapuptime={settings.wrapuptime_s}",
        # Asterisk's default rings phones that are in use and gave agents two calls at once.
        "ringinuse=no",
        *([f"defaultrule={settings.default_rule}"] if settings.default_rule else []),
        *(
            f"member => {row.endpoint},{row.penalty},{argument(agent_label(row.agent_name, row.employee_id))},,no"
            for row in kept
        ),
        *(comment(f"left out: {row.employee_id}, endpoint {row.endpoint or 'missing'}") for row in left),
    ]


def render(edition: Edition) -> dict[str, bytes]:
    """A file for each stretch of time without a change, and which one holds when (site's zone)."""
    table, horizon = routing_table(edition), edition.case.horizon
    overflow = any(not row.primary for row in table)
    settings = QueueSettings(default_rule=RULE if overflow else "")
    start = min([horizon.start, *(row.valid_from for row in table)])
    end = max([horizon.end, *(row.valid_to for row in table)])
    files: dict[str, bytes] = {}
    index: list[tuple[str, str, str, int]] = []
    for cut in snapshots(table, start, end):
        name = f"{cut.start:%Y%m%dT%H%MZ}-queues.conf"
        content = queues_conf(cut.rows, edition.case.company.queues, cut.start, settings)
        files[f"{FOLDER}/{name}"] = content
        count = content.count(b"\nmember => ")
        index.append((name, iso(cut.start, horizon.zone), iso(cut.end, horizon.zone), count))
    files[f"{FOLDER}/dynamic-queues.conf"] = queues_conf((), edition.case.company.queues, start, settings)
    if overflow:
        files[f"{FOLDER}/queuerules.conf"] = queuerules_conf()
    return files | {f"{FOLDER}/index.csv": csv_bytes(INDEX_COLUMNS, index)}


def check(edition: Edition) -> tuple[InputFault, ...]:
    """Endpoints that Asterisk cannot ring, phones shared at one time, queue ids that cannot be sections."""
    table = routing_table(edition)
    endpoints = (interface_fault(row.employee_id, row.endpoint) for row in table)
    faults = [fault for fault in endpoints if fault]
    faults += shared_phone_faults(table)
    faults += section_faults(edition.case.company.queues).values()
    return tuple(faults)


EXPORTER = Format(
    "asterisk_queues", "routing/asterisk/*: a queues.conf for each shift change, and an index", render, check
)
