"""Reads plan.json of an output folder: what was asked, what was found, what clashes; every fault with its key."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rotation.errors import InputFault, UsageFault
from rotation.timegrid import Horizon, IsoWeek

NAME = "plan.json"
INTERVALS = (15, 30, 60)


@dataclass(frozen=True)
class WrittenRecord:
    """What plan.json says.

    Args:
        horizon: week, zone and interval.
        status: of the search.
        objective: points.
        lower_bound: points.
        gap: share of the objective.
        points: the objective by term.
        release: number, 0 for a draft.
        clashes: broken hard rules.
        document: everything, as written.
    """

    horizon: Horizon
    status: str
    objective: int
    lower_bound: int
    gap: float
    points: Mapping[str, int]
    release: int
    clashes: tuple[Mapping[str, Any], ...]
    document: Mapping[str, Any]


def read_record(folder: Path, faults: list[InputFault]) -> WrittenRecord | None:
    """Read plan.json.

    Args:
        folder: the output folder.
        faults: where faults are gathered.

    Returns:
        The record, or None when a fault was added.
    """
    document = _document(folder, faults)
    if document is None:
        return None
    before = len(faults)
    _check(document, faults)
    horizon = _horizon(document, faults) if len(faults) == before else None
    if horizon is None:
        return None
    return WrittenRecord(
        horizon=horizon,
        status=document["status"],
        objective=document["objective"],
        lower_bound=document["lower_bound"],
        gap=float(document["gap"]),
        points=document.get("points", {}),
        release=document.get("release", 0),
        clashes=tuple(document.get("clashes", ())),
        document=document,
    )


def _document(folder: Path, faults: list[InputFault]) -> dict[str, Any] | None:
    try:
        document = json.loads((folder / NAME).read_text("utf-8"))
    except FileNotFoundError:
        faults.append(InputFault(NAME, 0, "", "", "the file is missing", "an output folder of `rotation plan`"))
        return None
    except (OSError, ValueError, RecursionError) as error:
        faults.append(InputFault(NAME, 0, "", "", f"cannot be read: {error}", "JSON in UTF-8"))
        return None
    if isinstance(document, dict):
        return document
    faults.append(InputFault(NAME, 0, "", "", "holds no object", "a JSON object"))
    return None


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_points(value: object) -> bool:
    return isinstance(value, dict) and all(map(_is_whole, value.values()))


def _is_clashes(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(row, dict) for row in value)


def _is_share(value: object) -> bool:
    return _is_whole(value) or isinstance(value, float)


_KEYS: dict[str, tuple[Callable[[object], bool], str]] = {
    "week": (_is_text, "an ISO week such as 2026-W49"),
    "timezone": (_is_text, "an IANA time zone"),
    "interval_min": (lambda value: _is_whole(value) and value in INTERVALS, "15, 30 or 60"),
    "status": (_is_text, "a text"),
    "objective": (_is_whole, "whole points"),
    "lower_bound": (_is_whole, "whole points"),
    "gap": (_is_share, "a share"),
    "points": (_is_points, "whole points by term"),
    "release": (_is_whole, "a whole number"),
    "clashes": (_is_clashes, "a list of objects"),
}
_OPTIONAL = ("points", "release", "clashes")


def _check(document: dict[str, Any], faults: list[InputFault]) -> None:
    for key, (fits, allowed) in _KEYS.items():
        if key not in document:
            if key not in _OPTIONAL:
                faults.append(InputFault(NAME, 0, key, "", "the key is missing", allowed))
        elif not fits(document[key]):
            faults.append(InputFault(NAME, 0, key, str(document[key])[:60], "cannot stand here", allowed))


def _horizon(document: dict[str, Any], faults: list[InputFault]) -> Horizon | None:
    try:
        return Horizon(IsoWeek.parse(document["week"]), document["timezone"], document["interval_min"])
    except UsageFault as error:
        faults.append(InputFault(NAME, 0, "week", document["week"], str(error)))
    except (KeyError, ValueError, OSError, OverflowError):
        faults.append(InputFault(NAME, 0, "timezone", document["timezone"], "is unknown", "an IANA time zone"))
    return None
