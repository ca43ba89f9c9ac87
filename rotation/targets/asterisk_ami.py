"""Actions for Asterisk's manager interface: a script to look at or to send; `rotation switch run` sends its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from rotation.routing import RoutingBook, RoutingChange
from rotation.targets._asterisk_common import LIMITS, NAME_LIMIT, member_name, refusals
from rotation.targets._moments import Moment
from rotation.targets._target import Target

END = "\r\n"


def snapshot(book: RoutingBook, at: dt.datetime) -> dict[str, bytes]:
    """Adds for everybody who answers at an instant."""
    steps = [RoutingChange(at, "add", row) for row in book.at(at)]
    return {"actions.ami": _script(steps).encode("utf-8")}


def steps(book: RoutingBook, moment: Moment) -> str:  # noqa: ARG001
    """One action for each step."""
    return _script(moment.steps)


def _script(steps: Iterable[RoutingChange]) -> str:
    return "".join(
        END.join(f"{key}: {value}" for key, value in _fields(step, number).items()) + END + END
        for number, step in enumerate(steps, 1)
    )


def _fields(step: RoutingChange, number: int) -> dict[str, object]:
    row = step.row
    head: dict[str, object] = {"ActionID": f"rotation-{step.at:%Y%m%dT%H%M%SZ}-{number}"}
    place: dict[str, object] = {"Queue": row.queue_id, "Interface": row.endpoint}
    if step.action == "add":
        more = {"Penalty": row.penalty, "MemberName": member_name(row), "StateInterface": row.endpoint}
        return {"Action": "QueueAdd", **head, **place, **more, "Paused": "false"}
    if step.action == "set":
        return {"Action": "QueuePenalty", **head, **place, "Penalty": row.penalty}
    return {"Action": "QueueRemove", **head, **place}


TARGET = Target(
    "a script of manager actions (Asterisk 16 and later)", (*LIMITS, NAME_LIMIT), refusals, snapshot, steps, ".ami"
)
