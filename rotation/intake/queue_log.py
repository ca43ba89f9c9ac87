"""Asterisk's queue_log -> typed events: calls that enter, are answered or lost, and members who come, go and pause.

One line is ``time|call|queue|agent|event|parameters``, the events those of
https://docs.asterisk.org/Operation/Logging/Queue-Logs/. Lines that cannot be read are faults with their row, all
together; events of other applications (QueueLog writes any word) are left out with one warning a word. May know
nothing of companies or intervals.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from rotation.intake.closest import Closest
from rotation.intake.decoding import text_of
from rotation.intake.findings import Findings
from rotation.timegrid import UTC

NOBODY = frozenset({"", "NONE", "MANAGER", "REALTIME"})
LINE_ALLOWED = "time|call|queue|agent|event and the event's parameters"
TIME_ALLOWED = "seconds since 1970, or YYYY-MM-DD HH:MM:SS on the switch's clock"
_EPOCH = re.compile(r"\d{1,11}(\.\d{1,6})?")
_CLOCK = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d{1,6})?")


class Kind(StrEnum):
    """The events of app_queue and of the agents that matter here, by their name in the log."""

    ENTER = "ENTERQUEUE"
    CONNECT = "CONNECT"
    COMPLETE_AGENT = "COMPLETEAGENT"
    COMPLETE_CALLER = "COMPLETECALLER"
    BLIND_TRANSFER = "BLINDTRANSFER"
    ATTENDED_TRANSFER = "ATTENDEDTRANSFER"
    TRANSFER = "TRANSFER"
    ABANDON = "ABANDON"
    EXIT_TIMEOUT = "EXITWITHTIMEOUT"
    EXIT_KEY = "EXITWITHKEY"
    EXIT_EMPTY = "EXITEMPTY"
    AGENT_DUMP = "AGENTDUMP"
    SYSTEM_COMPATIBILITY = "SYSCOMPAT"
    RING_NO_ANSWER = "RINGNOANSWER"
    RING_CANCELED = "RINGCANCELED"
    ADD_MEMBER = "ADDMEMBER"
    REMOVE_MEMBER = "REMOVEMEMBER"
    PAUSE = "PAUSE"
    PAUSE_ALL = "PAUSEALL"
    UNPAUSE = "UNPAUSE"
    UNPAUSE_ALL = "UNPAUSEALL"
    LOG_IN = "AGENTLOGIN"
    LOG_OFF = "AGENTLOGOFF"
    CALLBACK_LOG_IN = "AGENTCALLBACKLOGIN"
    CALLBACK_LOG_OFF = "AGENTCALLBACKLOGOFF"


_KINDS = {kind.value: kind for kind in Kind}
# Where an event keeps its numbers among its parameters: wait, talk and ring in seconds, counted from the front, or from
# the back (negative) where optional parameters stand before them. RINGNOANSWER alone counts milliseconds.
_WAIT = {
    Kind.CONNECT: 0,
    Kind.COMPLETE_AGENT: 0,
    Kind.COMPLETE_CALLER: 0,
    Kind.BLIND_TRANSFER: -3,
    Kind.ATTENDED_TRANSFER: -3,
    Kind.TRANSFER: -3,
    Kind.ABANDON: 2,
    Kind.EXIT_TIMEOUT: 2,
    Kind.EXIT_EMPTY: 2,
    Kind.EXIT_KEY: 3,
}
_TALK = {
    Kind.COMPLETE_AGENT: 1,
    Kind.COMPLETE_CALLER: 1,
    Kind.BLIND_TRANSFER: -2,
    Kind.ATTENDED_TRANSFER: -2,
    Kind.TRANSFER: -2,
}
_RING = {Kind.CONNECT: 2, Kind.RING_NO_ANSWER: 0, Kind.RING_CANCELED: 0}
_MILLISECONDS = (Kind.RING_NO_ANSWER, Kind.RING_CANCELED)
_OPTIONAL = frozenset({(Kind.CONNECT, "ring"), (Kind.EXIT_KEY, "wait"), (Kind.RING_CANCELED, "ring")})
_OF_A_CALL = frozenset(_WAIT) | {Kind.ENTER, Kind.AGENT_DUMP, Kind.SYSTEM_COMPATIBILITY}
_SILENT = frozenset(
    {"CONFIGRELOAD", "QUEUESTART", "DID", "INFO", "PENALTY", "RINUSECHANGE", "JOINEMPTY", "FULL", "TRANSFERRED",
     "CALLEROUTBOUND", "CALLBACK", "CLOSED", "DIVERT_CA_RATIO", "DIVERT_HOLDTIME", "WAKEUP"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class QueueEvent:
    """One event of the log.

    Args:
        at: when, UTC.
        call_id: the caller's channel; empty for events of members.
        queue: the queue's name; empty where the event concerns all queues.
        agent: the member's name or interface as the switch knows it; empty where nobody is concerned.
        kind: what happened.
        wait_s: seconds that the caller had waited, where the event says so.
        talk_s: seconds of conversation, at its end.
        ring_s: seconds that the member's phone rang.
        parameters: all parameters as they stand in the log; the reason of a pause is the first.
        row: the line of the log, from 1.
    """

    at: dt.datetime
    call_id: str
    queue: str
    agent: str
    kind: Kind
    wait_s: float | None = None
    talk_s: float | None = None
    ring_s: float | None = None
    parameters: tuple[str, ...] = ()
    row: int = 0


def read_queue_log(data: bytes, file: str, found: Findings, zone: ZoneInfo | None = None) -> tuple[QueueEvent, ...]:
    """Read a log.

    Args:
        data: its bytes.
        file: its name for faults.
        found: takes a fault for each line that cannot be read and a warning for each unknown event.
        zone: the switch's clock, for logs that write dates instead of seconds since 1970.

    Returns:
        The events in the order of the log. Lines without the end (the switch was writing) at the very end of the file
        are left out with a warning.
    """
    text = text_of(data, file, found)
    if text is None:
        return ()
    reader = _Reader(file, found, zone)
    lines = text.split("\n")
    cut_off = bool(lines[-1].strip())
    events = []
    for row, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        if row == len(lines) and cut_off and _is_cut_off(line):
            found.warn(file, row, "", line, "is cut off and was left out: the switch was still writing", LINE_ALLOWED)
        elif event := reader.event(line, row):
            events.append(event)
    reader.warn_unknown()
    return tuple(events)


def _is_cut_off(line: str) -> bool:
    fields = line.split("|")
    return len(fields) < 5 or (fields[4] not in _KINDS and fields[4] not in _SILENT) or _lacks_numbers(fields)


def _lacks_numbers(fields: list[str]) -> bool:
    kind = _KINDS.get(fields[4])
    return any(kind in table and len(fields) - 5 <= table[kind] for table in (_WAIT, _TALK) if kind)


class _Reader:
    """Reads lines in their order: an hour that the clock shows twice is told apart by what came before."""

    def __init__(self, file: str, found: Findings, zone: ZoneInfo | None) -> None:
        self.file, self.found, self.zone = file, found, zone
        self.last: dt.datetime | None = None
        self.unknown: Counter[str] = Counter()

    def event(self, line: str, row: int) -> QueueEvent | None:
        """The event of a line; None after a fault, or where the event says nothing here."""
        fields = [field.strip() for field in line.split("|")]
        if len(fields) < 5:
            self.found.fault(self.file, row, "", line, f"has {len(fields)} fields", LINE_ALLOWED)
            return None
        at = self._instant(fields[0], row)
        if fields[4] not in _KINDS:
            if fields[4] not in _SILENT:
                self.unknown[fields[4]] += 1
            return None
        kind = _KINDS[fields[4]]
        before = len(self.found.faults)
        if kind in _OF_A_CALL and (fields[1] in NOBODY or fields[2] in NOBODY):
            self.found.fault(self.file, row, "", line, f"{kind} names no {'call' if fields[1] in NOBODY else 'queue'}")
        numbers = {
            name: self._seconds(kind, name, table, fields[5:], row)
            for name, table in (("wait", _WAIT), ("talk", _TALK), ("ring", _RING))
        }
        if at is None or len(self.found.faults) > before:
            return None
        call_id, queue, agent = ("" if name in NOBODY else name for name in fields[1:4])
        return QueueEvent(
            at, call_id, queue, agent, kind, numbers["wait"], numbers["talk"], numbers["ring"], tuple(fields[5:]), row
        )

    def warn_unknown(self) -> None:
        """Say once for each unknown event how often it came."""
        closest = Closest(Kind)
        for name, times in sorted(self.unknown.items()):
            message = f"is no event of a queue ({times} times) and was not read{closest.hint(name)}"
            self.found.warn(self.file, 0, "event", name, message, ", ".join(Kind))

    def _seconds(self, kind: Kind, name: str, places: dict[Kind, int], values: list[str], row: int) -> float | None:
        if kind not in places:
            return None
        place = places[kind]
        short = len(values) < (place + 1 if place >= 0 else -place)
        text = "" if short else values[place]
        if (short or not text) and (kind, name) in _OPTIONAL:
            return None
        if not re.fullmatch(r"\d{1,9}(\.\d+)?", text):
            fault = "is negative" if re.fullmatch(r"-\d+(\.\d+)?", text) else "is no time" if text else "is missing"
            self.found.fault(self.file, row, f"{name} time of {kind}", text, fault, "seconds of at least 0")
            return None
        return float(text) / (1000 if kind in _MILLISECONDS else 1)

    def _instant(self, text: str, row: int) -> dt.datetime | None:
        at = self._read(text, row)
        self.last = at or self.last
        return at

    def _read(self, text: str, row: int) -> dt.datetime | None:
        if _EPOCH.fullmatch(text):
            return dt.datetime.fromtimestamp(float(text), UTC)
        try:
            local = dt.datetime.fromisoformat(text) if _CLOCK.fullmatch(text) else None
        except ValueError:
            local = None
        if local is None:
            self.found.fault(self.file, row, "time", text, "is no time of a queue_log", TIME_ALLOWED)
            return None
        if self.zone is None:
            self.found.fault(self.file, row, "time", text, "is a clock time of an unknown clock", "state the zone")
            return None
        first, second = (local.replace(tzinfo=self.zone, fold=fold).astimezone(UTC) for fold in (0, 1))
        if first > second:
            self.found.fault(self.file, row, "time", text, f"does not exist on the clock of {self.zone.key}")
            return None
        # In the hour that comes twice a log that runs backwards has reached the second pass.
        return second if self.last is not None and first < self.last - dt.timedelta(minutes=1) else first
