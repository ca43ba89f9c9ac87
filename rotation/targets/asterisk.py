"""queues.conf and queuerules.conf for Asterisk 16 and later; steps as commands for its console.

The snapshot's members are static and the steps' are dynamic, which do not mix: load the snapshot while nobody talks, or
a snapshot without members once and then the steps.
"""

from __future__ import annotations

import datetime as dt

from rotation.company import Queue
from rotation.exporters._asterisk import RULE, queuerules_conf
from rotation.exporters.asterisk_queues import QueueSettings, queues_conf
from rotation.routing import RoutingBook, RoutingChange
from rotation.targets._asterisk_common import LIMITS, NAME_LIMIT, member_name, refusals
from rotation.targets._moments import Moment
from rotation.targets._target import Target


def snapshot(book: RoutingBook, at: dt.datetime) -> dict[str, bytes]:
    """A whole queues.conf of an instant, the same without members, and queuerules.conf."""
    queues = [Queue(queue_id, name, 1.0) for queue_id, name in book.queues.items()]
    rule = "" if all(row.primary for row in book.rows) else RULE
    settings = QueueSettings(default_rule=rule)
    return {
        "dynamic-queues.conf": queues_conf((), queues, at, settings),
        "queuerules.conf": queuerules_conf(),
        "queues.conf": queues_conf(book.at(at), queues, at, settings),
    }


def steps(book: RoutingBook, moment: Moment) -> str:  # noqa: ARG001
    """Console commands, one a line, for ``asterisk -rx``."""
    return "".join(f"{_command(step)}\n" for step in moment.steps)


def _command(step: RoutingChange) -> str:
    row = step.row
    queue, phone = _word(row.queue_id), _word(row.endpoint)
    if step.action == "add":
        name = _word(member_name(row))
        return f"queue add member {phone} to {queue} penalty {row.penalty} as {name} state_interface {phone}"
    if step.action == "set":
        return f"queue set penalty {row.penalty} on {phone} in {queue}"
    return f"queue remove member {phone} from {queue}"


def _word(text: str) -> str:
    """A word of the console: quoted where it holds more than plain signs; a backslash keeps the next sign."""
    if text.replace("/", "").replace("@", "").replace("-", "").replace(".", "").replace("_", "").isalnum():
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


TARGET = Target(
    "queues.conf and queuerules.conf, and console commands for the changes (Asterisk 16 and later)",
    (*LIMITS, NAME_LIMIT),
    refusals,
    snapshot,
    steps,
    ".cli",
)
