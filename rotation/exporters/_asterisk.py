"""How Asterisk 16 and later want queues.conf spelt, and what they cannot take. Knows nothing of files on disk.

Two parsers read a member line. The one of configuration files ends a line at ``;`` unless a backslash stands before
it, and drops that backslash. The one of arguments then splits at commas, but not inside quotes, parentheses or
brackets; it drops quotes, and a backslash makes the next character an ordinary one. Values are cut at 79 octets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rotation.company import Queue
from rotation.errors import InputFault
from rotation.routing import RoutingRow

VALUE_OCTETS = 79
INTERFACE = re.compile(r"[A-Za-z][A-Za-z0-9]*/[^\s,;\"\\|&()\[\]\x00-\x20\x7f-\U0010ffff]+")
INTERFACE_IN_WORDS = (
    'technology/resource such as PJSIP/1001, at most 79 characters, no blanks, none of , ; " \\ | & ( )'
)
SECTION = re.compile(r"[\w.-]+( [\w.-]+)*")
SECTION_IN_WORDS = "letters, digits, _ - . and single blanks, at most 79 octets, not general, unique whatever the case"
RULE = "rotation-overflow"
OVERFLOW_AFTER_S = 30
HIGHEST_PRIMARY = 5
HIGHEST = 2_147_483_647
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def fits(text: str) -> bool:
    """Whether Asterisk keeps a whole value."""
    return len(text.encode("utf-8")) <= VALUE_OCTETS


def agent_label(name: str, otherwise: str) -> str:
    """A name as Asterisk can show it: one line, no ``|`` (it parts the fields of queue_log), at most 79 octets.

    Args:
        name: the person's name.
        otherwise: what to show when nothing is left of it.
    """
    text = " ".join(CONTROLS.sub(" ", name).replace("|", "/").split()) or otherwise
    octets = text.encode("utf-8")[:VALUE_OCTETS]
    return octets.decode("utf-8", errors="ignore").strip()


def argument(text: str) -> str:
    """A value for one field of a member line, so that both parsers together give it back."""
    return re.sub(r"([\\\"(),\[\]])", r"\\\1", text).replace(";", "\\;")


def comment(text: str) -> str:
    """A comment line; the blank after the sign keeps it from opening a block comment."""
    return "; " + " ".join(CONTROLS.sub(" ", text).split())


def queuerules_conf() -> bytes:
    """The rule that keeps second skills quiet until a caller has waited: a penalty alone overflows at once."""
    lines = [
        comment("queuerules.conf: second skills ring only when a caller has waited; primary agents have 0 to 5."),
        f"[{RULE}]",
        f"penaltychange => 0,{HIGHEST_PRIMARY}",
        f"penaltychange => {OVERFLOW_AFTER_S},{HIGHEST}",
    ]
    return ("\n".join(lines) + "\n").encode("utf-8")


def interface_fault(employee_id: str, endpoint: str) -> InputFault | None:
    """What is wrong with an endpoint as an Asterisk interface, if anything."""
    if INTERFACE.fullmatch(endpoint) and fits(endpoint):
        return None
    message = "is not an Asterisk interface" if endpoint else "has shifts but no endpoint"
    return InputFault(
        "employees.csv",
        0,
        "endpoint",
        endpoint,
        f"{message} (employee {employee_id}); left out of queues.conf",
        INTERFACE_IN_WORDS,
    )


def section_faults(queues: Sequence[Queue]) -> dict[str, InputFault]:
    """By queue id, what keeps a queue from being a section; of two that differ only in case the later one is named."""
    faults: dict[str, InputFault] = {}
    seen = {"general"}
    for queue in queues:
        name = queue.queue_id
        if not SECTION.fullmatch(name) or not fits(name) or name.casefold() in seen:
            message = "cannot be a section of queues.conf; left out"
            faults[name] = InputFault("queues.csv", 0, "queue_id", name, message, SECTION_IN_WORDS)
        seen.add(name.casefold())
    return faults


def shared_phone_faults(table: Iterable[RoutingRow]) -> list[InputFault]:
    """Two people at one endpoint at one time: Asterisk knows phones, not people, and would keep only one of them."""
    by_phone: dict[str, list[RoutingRow]] = {}
    for row in table:
        if row.endpoint:
            by_phone.setdefault(row.endpoint.casefold(), []).append(row)
    faults = []
    for rows in by_phone.values():
        rows.sort(key=lambda row: (row.valid_from, row.ringing_order))
        for number, row in enumerate(rows):
            for other in rows[number + 1 :]:
                if other.valid_from >= row.valid_to:
                    break
                if other.employee_id != row.employee_id:
                    pair = " and ".join(sorted((row.employee_id, other.employee_id)))
                    message = f"rings for {pair} at the same time"
                    faults.append(
                        InputFault("employees.csv", 0, "endpoint", row.endpoint, message, "one phone for one person")
                    )
    return faults
