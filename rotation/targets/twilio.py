"""Twilio TaskRouter: workers with their attributes, task queues, a workflow; changes as worker updates.

A worker is called by the employee's id. The attribute ``rings`` holds ``QUEUE:PENALTY`` for every queue of the moment,
and the workflow asks for it step by step, lowest penalty first.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator, Sequence

from rotation.errors import InputFault
from rotation.exporters._writing import json_bytes
from rotation.routing import RoutingBook, RoutingRow
from rotation.targets._limits import agent_ids, endpoints, label, queue_names
from rotation.targets._moments import Moment, by_employee
from rotation.targets._requests import lines
from rotation.targets._target import Refusal, Target

NAME = re.compile(r"[^\s\"'\\\x00-\x1f\x7f-\x9f]{1,64}")
NAME_IN_WORDS = "1 to 64 signs, no blanks, quotes or backslashes, unique whatever the case"
RING_S = 15
ATTRIBUTES_OCTETS = 4096
ON, OFF = "Available", "Offline"


def _fits(name: str) -> bool:
    return bool(NAME.fullmatch(name))


def attributes(rows: Sequence[RoutingRow]) -> str:
    """A worker's attributes as the JSON string that Twilio asks for.

    Args:
        rows: the person's rows of the moment, at least one.
    """
    one = rows[0]
    document = {
        "contact_uri": one.endpoint,
        "name": label(one.agent_name, one.employee_id, 200),
        "queues": sorted({row.queue_id for row in rows}),
        "rings": sorted({f"{row.queue_id}:{row.penalty}" for row in rows}),
    }
    return json.dumps(document, ensure_ascii=False, sort_keys=True)


def off_duty(row: RoutingRow) -> str:
    """The attributes of a worker without a shift."""
    name = label(row.agent_name, row.employee_id, 200)
    document = {"contact_uri": row.endpoint, "name": name, "queues": [], "rings": []}
    return json.dumps(document, ensure_ascii=False, sort_keys=True)


def refusals(book: RoutingBook) -> Iterator[Refusal]:
    """What TaskRouter cannot hold."""
    for fault, queue_id in queue_names(book, _fits, NAME_IN_WORDS):
        yield Refusal(fault, tuple(book.by_queue.get(queue_id, ())))
    for fault, rows in agent_ids(book, _fits, NAME_IN_WORDS):
        yield Refusal(fault, rows)
    for fault, rows in endpoints(book, bool, "what Twilio dials, such as client:jane or +15551234567"):
        yield Refusal(fault, rows)
    for employee_id, all_rows in by_employee(book.rows).items():
        if len(attributes(all_rows).encode()) > ATTRIBUTES_OCTETS:
            allowed = f"attributes of at most {ATTRIBUTES_OCTETS:,} octets"
            yield Refusal(
                InputFault("skills.csv", 0, "employee_id", employee_id, "has too many queues", allowed), tuple(all_rows)
            )


def workflow(book: RoutingBook) -> dict[str, object]:
    """The workflow's configuration; the same all week, so that it need not change with the shifts."""
    filters = []
    for queue_id in filter(_fits, book.queues):
        penalties = sorted({row.penalty for row in book.by_queue.get(queue_id, ())}) or [0]
        targets = [
            {
                "queue": queue_id,
                "expression": " OR ".join(f'worker.rings HAS "{queue_id}:{one}"' for one in penalties[: number + 1]),
                "timeout": RING_S,
                # The next penalty at once when nobody of this one is free, as the switch of the office does.
                "skip_if": "1==1",
            }
            for number in range(len(penalties))
        ]
        del targets[-1]["timeout"], targets[-1]["skip_if"]
        expression = f'task.queue == "{queue_id}"'
        filters.append({"filter_friendly_name": queue_id, "expression": expression, "targets": targets})
    first = next(filter(_fits, book.queues), "")
    return {"task_routing": {"filters": filters, "default_filter": {"queue": first}}}


def task_queues(book: RoutingBook) -> list[dict[str, object]]:
    """A task queue for each queue; its workers are those who have it among their queues."""
    return [
        {"FriendlyName": queue_id, "TargetWorkers": f'queues HAS "{queue_id}"', "MaxReservedWorkers": 1}
        for queue_id in filter(_fits, book.queues)
    ]


def snapshot(book: RoutingBook, at: dt.datetime) -> dict[str, bytes]:
    """Everybody with a shift that week as a worker; those on shift now are available."""
    held, last = by_employee(book.at(at)), {row.employee_id: row for row in book.rows}
    workers = [_worker(last[key], held.get(key, ())) for key in sorted(last)]
    return {
        "task_queues.json": json_bytes(task_queues(book)),
        "workers.json": json_bytes(workers),
        "workflow.json": json_bytes(workflow(book)),
    }


def _worker(row: RoutingRow, rows: Sequence[RoutingRow]) -> dict[str, object]:
    return {
        "FriendlyName": row.employee_id,
        "ActivityName": ON if rows else OFF,
        "Attributes": attributes(rows) if rows else off_duty(row),
    }


def steps(book: RoutingBook, moment: Moment) -> str:  # noqa: ARG001
    """An update of each worker whom the moment concerns: comers first, then movers, then leavers.

    Send each with ``If-Match``, the ETag of the worker as it was read: two writers then cannot overwrite one another.
    """
    before, after = by_employee(moment.before), by_employee(moment.after)
    return lines(_updates(moment.touched, before, after))


def _updates(
    touched: Iterable[str], before: dict[str, list[RoutingRow]], after: dict[str, list[RoutingRow]]
) -> Iterator[dict[str, object]]:
    for leaving in (False, True):
        for key in touched:
            if (key not in after) == leaving:
                rows = after.get(key, [])
                yield {
                    "method": "POST",
                    "path": "Workers/{sid}",
                    "headers": {"If-Match": "{etag}"},
                    "worker": key,
                    "form": _worker((rows or before[key])[0], rows),
                }


TARGET = Target(
    "workers, task queues and a workflow, and worker updates for the changes (Twilio TaskRouter)",
    (
        f"queue ids and employee ids: {NAME_IN_WORDS}",
        "an endpoint for everybody with a shift",
        f"attributes of a worker: {ATTRIBUTES_OCTETS:,} octets",
    ),
    refusals,
    snapshot,
    steps,
    ".jsonl",
)
