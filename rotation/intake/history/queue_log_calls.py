"""Events of a queue_log -> one row a call: when it entered which queue, what became of it, and how long it took."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from rotation.intake.queue_log import Kind, QueueEvent

ENDED = {
    Kind.ABANDON: "ABANDONED",
    Kind.EXIT_TIMEOUT: "ABANDONED",
    Kind.EXIT_KEY: "ABANDONED",
    Kind.EXIT_EMPTY: "ABANDONED",
    Kind.AGENT_DUMP: "PHANTOM",
    Kind.SYSTEM_COMPATIBILITY: "PHANTOM",
}
TALKED = frozenset(
    {Kind.COMPLETE_AGENT, Kind.COMPLETE_CALLER, Kind.BLIND_TRANSFER, Kind.ATTENDED_TRANSFER, Kind.TRANSFER}
)
COLUMNS = ("queue_id", "start", "outcome", "wait_s", "handle_s", "row")


@dataclass
class _Call:
    queue_id: str
    start: dt.datetime
    row: int
    outcome: str = ""
    wait_s: float | None = None
    handle_s: float | None = None


def calls_of(events: Iterable[QueueEvent], wrapup_s: float = 0.0) -> pd.DataFrame:
    """Put the events of each call together.

    Args:
        events: in the order of the log.
        wrapup_s: seconds of wrap-up that the switch gives after each call, added to the handle time; the log has none.

    Returns:
        One row for each time a call entered a queue: queue_id, start, outcome (``ANSWERED``, ``ABANDONED``,
        ``PHANTOM``, or empty when the log ends before the call does), wait_s, handle_s, row. A call that is passed to
        another queue is a call of both.
    """
    calls: list[_Call] = []
    pending: dict[tuple[str, str], _Call] = {}
    for event in events:
        place = (event.call_id, event.queue)
        if event.kind is Kind.ENTER:
            pending[place] = _Call(event.queue, event.at, event.row)
            calls.append(pending[place])
        elif call := pending.get(place):
            _tell(call, event, wrapup_s)
    rows = [(c.queue_id, c.start, c.outcome, c.wait_s, c.handle_s, c.row) for c in calls]
    frame = pd.DataFrame(rows, columns=list(COLUMNS)).set_index("row")
    frame["start"] = pd.to_datetime(frame["start"], utc=True).dt.as_unit("us")
    return frame.astype({"wait_s": float, "handle_s": float})


def _tell(call: _Call, event: QueueEvent, wrapup_s: float) -> None:
    if event.kind is Kind.CONNECT:
        call.outcome, call.wait_s = "ANSWERED", event.wait_s
    elif event.kind in TALKED:
        call.outcome, call.wait_s = "ANSWERED", event.wait_s if call.wait_s is None else call.wait_s
        call.handle_s = (event.talk_s or 0.0) + wrapup_s
    elif event.kind in ENDED and not call.outcome:
        call.outcome = ENDED[event.kind]
        call.wait_s = event.wait_s
        if call.wait_s is None:
            call.wait_s = (event.at - call.start).total_seconds()
