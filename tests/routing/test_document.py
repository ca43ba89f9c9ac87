"""The routing document: its schema is published, an independent validator agrees, and it comes back as it went."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from rotation.errors import InputFaults
from rotation.exporters._writing import json_bytes
from rotation.routing.document import document_of, read_document, schema
from tests.targets.books import books

ROOT = Path(__file__).parents[2]
PUBLISHED = ROOT / "docs" / "routing.schema.json"
GOLDEN = ROOT / "tests" / "golden" / "routing_json" / "routing" / "routing.json"


def sample() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(GOLDEN.read_bytes())
    return found


def test_the_published_schema_is_the_codes() -> None:
    """Write it anew with: python -m rotation.routing.document > docs/routing.schema.json"""
    assert json.loads(PUBLISHED.read_text("utf-8")) == schema()
    Draft202012Validator.check_schema(schema())


def test_what_we_write_is_valid() -> None:
    Draft202012Validator(schema()).validate(sample())


@settings(max_examples=30, deadline=None)
@given(books())
def test_a_book_comes_back_as_it_went(book: Any) -> None:
    again = read_document(json_bytes(document_of(book)), "routing.json")
    assert (again.rows, dict(again.queues), dict(again.agents)) == (book.rows, dict(book.queues), dict(book.agents))
    assert (again.week, again.release, again.valid_from, again.valid_to) == (
        book.week,
        book.release,
        book.valid_from,
        book.valid_to,
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"week": "W44"}, "week"),
        ({"timezone": "Mars/Olympus"}, "is not an IANA time zone"),
        ({"queues": {}}, "is not among the queues"),
        ({"agents": {}}, "is not among the agents"),
        ({"valid_from": "2026-10-26T00:00"}, "valid_from"),
        ({"rows": [{"queue_id": "support"}]}, "rows.0.penalty"),
    ],
)
def test_a_damaged_document_is_told_with_its_places(change: dict[str, Any], words: str) -> None:
    with pytest.raises(InputFaults, match=words):
        read_document(json.dumps(sample() | change).encode(), "routing.json")


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"\xff\xfe", b"<html>"])
def test_what_is_no_document_is_told(content: bytes) -> None:
    with pytest.raises(InputFaults, match=r"routing\.json"):
        read_document(content, "routing.json")
