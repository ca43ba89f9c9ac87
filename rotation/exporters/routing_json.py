"""routing/routing.json: the routing table in time and its changes, for programs."""

from __future__ import annotations

from rotation.exporters._exporter import Format
from rotation.exporters._writing import json_bytes
from rotation.plan import Edition
from rotation.routing import book_of
from rotation.routing.document import document_of


def render(edition: Edition) -> dict[str, bytes]:
    """One document: week, release, people, rows in the order of the table, changes in the order of time."""
    return {"routing/routing.json": json_bytes(document_of(book_of(edition)))}


EXPORTER = Format("routing_json", "routing/routing.json: the routing table in time and its changes", render)
