"""Who was a member of which queue, read off Asterisk's queue_log: from ADDMEMBER to REMOVEMEMBER.

Members are known by their name, endpoint or employee id. Calls are not looked at: who is a member without calls serves.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from rotation.company import Company
from rotation.errors import InputFault
from rotation.intake.attendance import Served
from rotation.intake.findings import Findings
from rotation.intake.folder import read_bytes
from rotation.intake.queue_log import Kind, QueueEvent, read_queue_log

JOINS, LEAVES = (Kind.ADD_MEMBER,), (Kind.REMOVE_MEMBER,)


def is_queue_log(path: Path) -> bool:
    """Whether a file looks like a queue_log rather than a table: fields between bars."""
    try:
        with path.open("rb") as stream:
            return stream.readline(4096).count(b"|") >= 4
    except OSError:
        return False


def read_attendance_log(path: Path, company: Company) -> tuple[tuple[Served, ...], tuple[InputFault, ...]]:
    """Read who served from a queue_log.

    Args:
        path: the log.
        company: whose people and queues are known.

    Returns:
        The stretches in order of time, and warnings: lines and members that were left out.

    Raises:
        InputFaults: with every line that cannot be read.
    """
    found = Findings()
    data = read_bytes(path, path.name, found)
    events = () if data is None else read_queue_log(data, path.name, found, ZoneInfo(company.policy.site.timezone))
    found.raise_faults()
    people = _people(company)
    strangers = sorted({e.agent for e in events if e.kind in JOINS and e.agent not in people})
    for name in strangers:
        found.warn(path.name, 0, "agent", name, "is nobody of employees.csv and was left out", "a name or an endpoint")
    if not any(event.kind in JOINS + LEAVES for event in events):
        found.fault(path.name, 0, "", "", "tells of nobody who joined or left a queue", "ADDMEMBER and REMOVEMEMBER")
        found.raise_faults()
    return tuple(sorted(_stretches(events, people, set(company.queue)))), tuple(found.warnings)


def _people(company: Company) -> dict[str, str]:
    """Employee ids by everything that a switch may call somebody; names that two people share are left out."""
    names: dict[str, set[str]] = {}
    for row in company.employees:
        for name in (row.employee_id, row.name, row.endpoint):
            if name:
                names.setdefault(name, set()).add(row.employee_id)
    return {name: next(iter(ids)) for name, ids in names.items() if len(ids) == 1}


def _stretches(events: Sequence[QueueEvent], people: dict[str, str], queues: set[str]) -> list[Served]:
    """From joining to leaving; who was there before the log began is there from its start, and so at its end."""
    begins, ends = events[0].at, events[-1].at
    since: dict[tuple[str, str], dt.datetime] = {}
    seen: set[tuple[str, str]] = set()
    found = []
    for event in events:
        key = people.get(event.agent, ""), event.queue
        if event.kind not in JOINS + LEAVES or not key[0] or event.queue not in queues:
            continue
        if event.kind in JOINS:
            since.setdefault(key, event.at)
        elif (start := since.pop(key, None if key in seen else begins)) and start < event.at:
            found.append(Served(start, event.at, *key))
        seen.add(key)
    return found + [Served(start, ends, *key) for key, start in since.items() if start < ends]
