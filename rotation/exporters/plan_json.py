"""plan.json: how the plan was found, what it is worth, what clashes and what is short."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from rotation.exporters._exporter import Format
from rotation.exporters._writing import iso, json_bytes
from rotation.plan import Clash, Edition, Published, SearchRecord, Shortage


def _clash(clash: Clash, zone: ZoneInfo) -> dict[str, object]:
    return {
        "rule": clash.rule,
        "message": clash.message,
        "employee_id": clash.employee_id,
        "queue_id": clash.queue_id,
        "start": iso(clash.start, zone) if clash.start else None,
        "end": iso(clash.end, zone) if clash.end else None,
    }


def _shortage(shortage: Shortage, zone: ZoneInfo) -> dict[str, object]:
    return {
        "queue_id": shortage.queue_id,
        "start": iso(shortage.start, zone),
        "end": iso(shortage.end, zone),
        "missing_minutes": int(shortage.missing_minutes),
        "cause": shortage.cause,
    }


def _search(search: SearchRecord) -> dict[str, object]:
    return {
        "status": search.status,
        "objective": int(search.objective),
        "lower_bound": int(search.lower_bound),
        "gap": float(search.gap),
        "seconds": float(search.seconds),
        "seed": int(search.seed),
        "engine": search.engine,
        "reproducible": search.reproducible,
        "versions": dict(search.versions),
        "trace": [
            {
                "seconds": float(point.seconds),
                "objective": None if point.objective is None else int(point.objective),
                "bound": int(point.bound),
                "phase": point.phase,
            }
            for point in search.trace
        ],
    }


def _published(published: Published | None) -> dict[str, object] | None:
    if published is None:
        return None
    utc = ZoneInfo("UTC")
    return {"now": iso(published.now, utc), "frozen_until": iso(published.frozen_until, utc)}


def render(edition: Edition) -> dict[str, bytes]:
    """The record of one plan; points are whole, ``gap`` is a share, instants are in the site's zone."""
    horizon = edition.case.horizon
    document: dict[str, object] = {
        **_search(edition.search),
        "week": str(horizon.week),
        "timezone": horizon.zone_name,
        "interval_min": horizon.interval_min,
        "release": edition.release,
        "stamped_at": iso(edition.stamped_at, ZoneInfo("UTC")),
        "points": {term: int(points) for term, points in edition.points.items()},
        "shifts": len(edition.plan.shifts),
        "minutes": sum(shift.minutes for shift in edition.plan.shifts),
        "missing_minutes": int(edition.coverage.shortage.sum()) * (horizon.step // dt.timedelta(minutes=1)),
        "clashes": [_clash(clash, horizon.zone) for clash in edition.clashes],
        "shortages": [_shortage(shortage, horizon.zone) for shortage in edition.shortages],
        "inputs": dict(edition.case.company.digests),
        "based_on": edition.based_on,
        "published": _published(edition.case.published),
        "ledger": {
            name: [row.debt_minutes, row.unpleasant_minutes] for name, row in sorted(edition.case.ledger.items())
        },
    }
    return {"plan.json": json_bytes(document)}


EXPORTER = Format("plan_json", "plan.json: status, objective by term, bound, clashes, shortages, digests", render)
