"""What a release must remember beside its shifts and inputs, as bytes: requirement, ledger, participation, search.

The requirement and everybody's participation are kept as they were, so that a release renders the same whatever later
versions of this program would compute.
"""

from __future__ import annotations

import datetime as dt
import io
import json
from dataclasses import asdict, dataclass, fields
from fractions import Fraction
from typing import Any

import numpy as np

from rotation.plan import Edition, Ledger, Participation, SearchRecord, Shortage, TracePoint, WeeklyBand
from rotation.plan.case import BoolArray, IntArray


@dataclass(frozen=True)
class Demanded:
    """The arrays of a case, each of shape (queues, intervals)."""

    required: IntArray
    core: IntArray
    is_open: BoolArray

    @classmethod
    def of(cls, edition: Edition) -> Demanded:
        """Those of an edition's case."""
        return cls(edition.case.required, edition.case.core, edition.case.is_open)

    def to_bytes(self) -> bytes:
        """Stable bytes (numpy's format, one array after the other)."""
        stream = io.BytesIO()
        for array in (self.required, self.core, self.is_open):
            np.lib.format.write_array(stream, np.ascontiguousarray(array), allow_pickle=False)
        return stream.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> Demanded:
        """Read what :meth:`to_bytes` wrote."""
        stream = io.BytesIO(data)
        return cls(*(np.lib.format.read_array(stream, allow_pickle=False) for _ in range(3)))


@dataclass(frozen=True)
class Record:
    """How a released week was found and what it amounts to."""

    ledger: dict[str, Ledger]
    participation: tuple[Participation, ...]
    points: dict[str, int]
    shortages: tuple[Shortage, ...]
    search: SearchRecord

    @classmethod
    def of(cls, edition: Edition) -> Record:
        """That of an edition."""
        return cls(
            dict(edition.case.ledger),
            edition.participation,
            {term: int(points) for term, points in edition.points.items()},
            edition.shortages,
            edition.search,
        )

    def to_bytes(self) -> bytes:
        """Stable bytes."""
        document = {
            "ledger": {name: [row.debt_minutes, row.unpleasant_minutes] for name, row in sorted(self.ledger.items())},
            "participation": [_person(row) for row in self.participation],
            "points": self.points,
            "shortages": [_shortage(row) for row in self.shortages],
            "search": _search(self.search),
        }
        return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> Record:
        """Read what :meth:`to_bytes` wrote."""
        document = json.loads(data)
        search = document["search"]
        trace = tuple(TracePoint(*point) for point in search.pop("trace"))
        return cls(
            {name: Ledger(*row) for name, row in document["ledger"].items()},
            tuple(_read_person(row) for row in document["participation"]),
            document["points"],
            tuple(_read_shortage(row) for row in document["shortages"]),
            SearchRecord(**search, trace=trace),
        )


def _person(row: Participation) -> dict[str, Any]:
    band = {f.name: _plain(getattr(row.band, f.name)) for f in fields(WeeklyBand)}
    return {f.name: band if f.name == "band" else getattr(row, f.name) for f in fields(Participation)}


def _plain(value: object) -> object:
    return str(value) if isinstance(value, Fraction) else value


def _read_person(row: dict[str, Any]) -> Participation:
    band = dict(row["band"])
    for end in ("exact_min", "exact_max"):
        band[end] = Fraction(band[end])
    return Participation(**{**row, "band": WeeklyBand(**band)})


def _shortage(row: Shortage) -> list[object]:
    return [row.queue_id, row.start.isoformat(), row.end.isoformat(), int(row.missing_minutes), row.cause]


def _read_shortage(row: list[Any]) -> Shortage:
    start, end = (dt.datetime.fromisoformat(text).astimezone(dt.UTC) for text in row[1:3])
    return Shortage(row[0], start, end, row[3], row[4])


def _search(record: SearchRecord) -> dict[str, Any]:
    document = {f.name: getattr(record, f.name) for f in fields(SearchRecord)}
    document["versions"] = dict(record.versions)
    document["trace"] = [list(asdict(point).values()) for point in record.trace]
    return document
