"""routing.json: the routing book as a document with a published schema, written and read back.

The models are the schema: docs/routing.schema.json is generated from them.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from rotation.errors import InputFault, InputFaults
from rotation.routing.book import Agent, RoutingBook
from rotation.routing.changes import RoutingChange, changes
from rotation.routing.table import RoutingRow, in_order

SCHEMA_URL = "https://json-schema.org/draft/2020-12/schema"
MOST_FAULTS = 50
Count = Annotated[int, Field(ge=0)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class AgentPart(_Part):
    """A person with at least one row."""

    name: str = Field(description="the person's name, any text")
    email: str = Field("", description="login of cloud systems")


class RowPart(_Part):
    """One person answers one queue for a stretch of time."""

    queue_id: str = Field(min_length=1)
    employee_id: str = Field(min_length=1)
    agent_name: str
    endpoint: str = Field(description="what the telephone system rings; empty when unknown")
    level: int = Field(ge=0, le=5, description="certified skill, 1 novice to 5 expert, 0 without")
    penalty: Count = Field(description="0 rings first")
    position: int = Field(ge=1, description="order among people of one penalty")
    valid_from: AwareDatetime
    valid_to: AwareDatetime
    shift_id: str
    primary: bool = Field(True, description="false: a second skill, which only takes what overflows")


class ChangePart(_Part):
    """One step at one instant: at each instant adds come first, then sets, then removes."""

    at: AwareDatetime
    action: Literal["add", "set", "remove"]
    queue_id: str
    employee_id: str
    endpoint: str
    penalty: Count
    position: int = Field(ge=1)


class RoutingDocument(_Part):
    """The routing table of one week, for programs."""

    week: str = Field(pattern=r"^\d{4}-W\d{2}$")
    timezone: str
    release: Count = Field(0, description="number of the release, 0 for a draft")
    valid_from: AwareDatetime
    valid_to: AwareDatetime
    queues: dict[str, str] = Field(description="name of each queue by its id")
    agents: dict[str, AgentPart] = Field(description="everybody with a row, by employee id")
    rows: tuple[RowPart, ...]
    changes: tuple[ChangePart, ...] = Field((), description="the smallest steps that lead through the week")


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the document."""
    return {"$schema": SCHEMA_URL, **RoutingDocument.model_json_schema(mode="validation")}


def document_of(book: RoutingBook) -> dict[str, Any]:
    """The document of a book; instants carry the offset of the site's zone."""
    zone = book.zone
    return {
        "week": book.week,
        "timezone": book.zone_name,
        "release": book.release,
        "valid_from": _iso(book.valid_from, zone),
        "valid_to": _iso(book.valid_to, zone),
        "queues": dict(book.queues),
        "agents": {key: {"name": one.name, "email": one.email} for key, one in book.agents.items()},
        "rows": [row_part(row, zone) for row in book.rows],
        "changes": [change_part(step, zone) for step in changes(book.rows)],
    }


def row_part(row: RoutingRow, zone: ZoneInfo) -> dict[str, object]:
    """One row of the document."""
    return {
        "queue_id": row.queue_id,
        "employee_id": row.employee_id,
        "agent_name": row.agent_name,
        "endpoint": row.endpoint,
        "level": row.level,
        "penalty": row.penalty,
        "position": row.position,
        "valid_from": _iso(row.valid_from, zone),
        "valid_to": _iso(row.valid_to, zone),
        "shift_id": row.shift_id,
        "primary": row.primary,
    }


def change_part(step: RoutingChange, zone: ZoneInfo) -> dict[str, object]:
    """One step of the document."""
    return {
        "at": _iso(step.at, zone),
        "action": step.action,
        "queue_id": step.row.queue_id,
        "employee_id": step.row.employee_id,
        "endpoint": step.row.endpoint,
        "penalty": step.row.penalty,
        "position": step.row.position,
    }


def _iso(instant: dt.datetime, zone: ZoneInfo) -> str:
    return instant.astimezone(zone).isoformat()


def read_document(content: bytes, file: str) -> RoutingBook:
    """Read a document back.

    Args:
        content: the bytes of routing.json.
        file: how to call it in faults.

    Raises:
        InputFaults: it is no JSON, or not of the schema; with every fault and its place.
    """
    try:
        found = RoutingDocument.model_validate_json(content)
    except ValidationError as error:
        raise InputFaults(_fault(file, one) for one in error.errors()[:MOST_FAULTS]) from error
    faults = _contradictions(found, file)
    if faults:
        raise InputFaults(faults)
    return RoutingBook(
        week=found.week,
        zone_name=found.timezone,
        release=found.release,
        valid_from=found.valid_from.astimezone(dt.UTC),
        valid_to=found.valid_to.astimezone(dt.UTC),
        queues=found.queues,
        agents={key: Agent(key, one.name, one.email) for key, one in found.agents.items()},
        rows=in_order(_row(part, found.release) for part in found.rows),
    )


def _row(part: RowPart, release: int) -> RoutingRow:
    start, end = part.valid_from.astimezone(dt.UTC), part.valid_to.astimezone(dt.UTC)
    values = {name: getattr(part, name) for name in RowPart.model_fields} | {"valid_from": start, "valid_to": end}
    return RoutingRow(**values, release=release)


def _fault(file: str, error: Any) -> InputFault:
    place = ".".join(map(str, error["loc"]))
    shown = error["input"] if isinstance(error["input"], (str, int, float)) else ""
    return InputFault(file, 0, place, str(shown)[:60], error["msg"], "docs/routing.schema.json")


def _contradictions(found: RoutingDocument, file: str) -> list[InputFault]:
    """What the schema cannot say: a zone that exists, ids that are defined, ends after starts."""
    faults = []
    try:
        ZoneInfo(found.timezone)
    except (KeyError, ValueError, OSError):
        faults.append(InputFault(file, 0, "timezone", found.timezone, "is not an IANA time zone"))
    for number, row in enumerate(found.rows):
        if row.queue_id not in found.queues:
            faults.append(InputFault(file, 0, f"rows.{number}.queue_id", row.queue_id, "is not among the queues"))
        if row.employee_id not in found.agents:
            faults.append(InputFault(file, 0, f"rows.{number}.employee_id", row.employee_id, "is not among the agents"))
        if row.valid_to <= row.valid_from:
            faults.append(
                InputFault(file, 0, f"rows.{number}.valid_to", row.valid_to.isoformat(), "is not after valid_from")
            )
    return faults[:MOST_FAULTS]


if __name__ == "__main__":
    print(json.dumps(schema(), indent=2))  # noqa: T201
