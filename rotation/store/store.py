"""The store: opens a database and reads releases from it. Changes go through ``writing``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, select

from rotation.errors import UsageFault
from rotation.plan import Case, Edition, Plan
from rotation.release import Overlay, Release, ReleaseNote
from rotation.release.known import Known
from rotation.release.ledger import Account
from rotation.release.record import Demanded, Record
from rotation.release.release import released
from rotation.store import absence, chain, ledgers
from rotation.store.engine import engine_of, reading, url_of, writing
from rotation.store.faults import told
from rotation.store.inputs import Companies, fetch
from rotation.store.migrating import bring_up_to_date
from rotation.store.schema import audit_trail, releases
from rotation.store.writing import Writing
from rotation.timegrid import Horizon, IsoWeek


class Store:
    """A database of releases; made by :meth:`open`, usable as a context manager."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._companies = Companies()

    @classmethod
    def open(cls, place: str) -> Store:
        """Open a store, making or migrating its tables where needed.

        Args:
            place: a file, ``sqlite:///FILE`` or ``postgresql://USER@HOST/NAME``.

        Raises:
            StoreFault: it cannot be used.
        """
        url = url_of(place)
        with told(url):
            engine = engine_of(url)
            bring_up_to_date(engine)
        return cls(engine)

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        """A transaction: all that is done in it is stored, or nothing; nobody else writes meanwhile.

        Raises:
            StoreFault: the database fails or is busy.
        """
        with writing(self.engine) as connection:
            yield Writing(connection)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent view, for modules that read more than a release."""
        with reading(self.engine) as connection:
            yield connection

    def current(self, week: IsoWeek) -> int:
        """Number of the week's effective release, 0 when it has none."""
        with self.reading() as connection:
            return chain.current_number(connection, week)

    def release(self, which: int | IsoWeek) -> Release:
        """A release by its number, or the effective one of a week.

        Raises:
            UsageFault: there is none.
        """
        with self.reading() as connection:
            return read_release(connection, which, self._companies)

    def history(self, week: IsoWeek | None = None) -> tuple[ReleaseNote, ...]:
        """The releases of a week, or of all weeks, in the order of their numbers."""
        query = select(releases).order_by(releases.c.number)
        if week is not None:
            query = query.where(releases.c.week == str(week))
        with self.reading() as connection:
            return tuple(chain.note_of(row) for row in connection.execute(query))

    def overlay(self, week: IsoWeek) -> Overlay:
        """What was told to the store and must be laid over the company when a week is planned or released."""
        with self.reading() as connection:
            return absence.overlay_of(connection, week)

    def accounts(self, before: IsoWeek | None, window: int) -> dict[str, Account]:
        """Everybody's account by the released weeks before one, or by all of them; unpleasant hours over a window."""
        with self.reading() as connection:
            return ledgers.accounts_before(connection, before, window)

    def known(self, week: IsoWeek, window: int) -> Known:
        """What must be known to plan a week: its effective release, absences, and the ledger.

        Args:
            week: the week.
            window: unpleasant hours count over so many weeks.
        """
        with self.reading() as connection:
            number = chain.current_number(connection, week)
            found = chain.shifts_at(connection, week, number) if number else {}
            promised = tuple(sorted((s for s in found.values() if not s.cancelled), key=lambda s: s.as_shift()))
            accounts = ledgers.accounts_before(connection, week, window)
            return Known(number, absence.overlay_of(connection, week), accounts, promised)

    def trail(self, week: IsoWeek | None = None) -> tuple[TrailEntry, ...]:
        """The audit trail of a week, or all of it, in the order of its entries."""
        query = select(audit_trail).order_by(audit_trail.c.entry)
        if week is not None:
            query = query.where(audit_trail.c.week == str(week))
        with self.reading() as connection:
            return tuple(TrailEntry(*row) for row in connection.execute(query))


@dataclass(frozen=True, slots=True)
class TrailEntry:
    """Who did what, when and why."""

    entry: int
    at: dt.datetime
    who: str
    on_behalf_of: str
    what: str
    why: str
    week: str
    release: int


def read_release(connection: Connection, which: int | IsoWeek, companies: Companies) -> Release:
    """A release, rebuilt from its inputs and its shifts.

    Raises:
        UsageFault: there is none.
    """
    number = which if isinstance(which, int) else chain.current_number(connection, which)
    if not number:
        raise UsageFault(f"{which} has no release yet; `rotation plan` it, then `rotation release --week {which}`")
    row = chain.release_row(connection, number)
    note, found = chain.note_of(row), chain.shifts_at(connection, chain.note_of(row).week, number)
    horizon = Horizon(note.week, row.zone, row.interval_min)
    inputs, planned_on = companies.of(connection, row.inputs, horizon)
    overlay = Overlay.from_json(fetch(connection, row.overlay))
    demanded = Demanded.from_bytes(fetch(connection, row.demanded))
    record = Record.from_bytes(fetch(connection, row.record))
    case = Case(overlay.over(planned_on), horizon, demanded.required, demanded.core, demanded.is_open, record.ledger)
    edition = Edition(
        case, Plan(()), record.participation, record.points, (), record.shortages, record.search, note.released_at
    )
    promised = tuple(sorted((s for s in found.values() if not s.cancelled), key=lambda s: s.as_shift()))
    return released(note, edition, promised, chain.remembered(found, note.released_at), inputs, overlay)
