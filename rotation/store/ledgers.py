"""The ledger's rows: what each release says of everybody's week, and what attendance has settled."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from sqlalchemy import Connection, func, insert, select

from rotation.plan import Ledger
from rotation.release.ledger import Account, WeekEntry, accounts
from rotation.release.record import Record
from rotation.store import chain
from rotation.store.inputs import fetch
from rotation.store.schema import attendance_imports, ledger, releases, settlements
from rotation.timegrid import IsoWeek

FIELDS = (
    "employee_id",
    "eligible",
    "exact_min",
    "exact_max",
    "minutes",
    "unpleasant_minutes",
    "could_unpleasant",
    "short_notice",
)


def entries_at(connection: Connection, week: IsoWeek, number: int) -> dict[str, WeekEntry]:
    """Everybody's week at one of its releases."""
    query = (
        select(*(ledger.c[name] for name in FIELDS))
        .join(releases, releases.c.number == ledger.c.release)
        .where(releases.c.week == str(week), ledger.c.release <= number)
        .order_by(ledger.c.release)
    )
    return {
        row.employee_id: WeekEntry(
            row.employee_id,
            bool(row.eligible),
            Fraction(row.exact_min),
            Fraction(row.exact_max),
            row.minutes,
            row.unpleasant_minutes,
            bool(row.could_unpleasant),
            row.short_notice,
        )
        for row in connection.execute(query)
    }


def add_entries(connection: Connection, number: int, rows: Mapping[str, WeekEntry]) -> None:
    """Store entries that are new or not as they were."""
    values = [
        {
            "release": number,
            **{name: getattr(row, name) for name in FIELDS},
            "eligible": int(row.eligible),
            "could_unpleasant": int(row.could_unpleasant),
            "exact_min": str(row.exact_min),
            "exact_max": str(row.exact_max),
        }
        for row in rows.values()
    ]
    if values:
        connection.execute(insert(ledger), values)


def settled_entries(connection: Connection, week: IsoWeek) -> dict[str, WeekEntry]:
    """Everybody's week by its effective release, or as it was served once that is known."""
    found = entries_at(connection, week, chain.current_number(connection, week))
    latest = connection.scalar(
        select(func.max(attendance_imports.c.import_no)).where(attendance_imports.c.week == str(week))
    )
    if latest is None:
        return found
    query = select(settlements).where(settlements.c.import_no == latest)
    served = {row.employee_id: (row.minutes, row.unpleasant_minutes) for row in connection.execute(query)}
    return {name: _served(row, *served.get(name, (0, 0))) for name, row in found.items()}


def _served(row: WeekEntry, minutes: int, unpleasant: int) -> WeekEntry:
    return WeekEntry(
        row.employee_id,
        row.eligible,
        row.exact_min,
        row.exact_max,
        minutes,
        unpleasant,
        row.could_unpleasant,
        row.short_notice,
    )


def released_weeks(connection: Connection, before: IsoWeek | None = None) -> tuple[IsoWeek, ...]:
    """Weeks that have a release, in order; only those before a week."""
    names = sorted(set(connection.scalars(select(releases.c.week))))
    return tuple(IsoWeek.parse(name) for name in names if before is None or name < str(before))


def accounts_before(connection: Connection, week: IsoWeek | None, window: int) -> dict[str, Account]:
    """Everybody's account by all released weeks before one, or by all of them."""
    weeks = released_weeks(connection, week)
    if not weeks:
        return {}
    first = chain.current_number(connection, weeks[0])
    return accounts([settled_entries(connection, found) for found in weeks], opening_of(connection, first), window)


def opening_of(connection: Connection, number: int) -> dict[str, Ledger]:
    """What was carried into a release."""
    return Record.from_bytes(fetch(connection, chain.release_row(connection, number).record)).ledger
