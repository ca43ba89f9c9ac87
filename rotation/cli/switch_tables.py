"""The timetable of a live switch, from released weeks or from a folder, and its progress in the store."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from rotation.cli.routing_book import book_of_folder
from rotation.errors import UsageFault
from rotation.routing import RoutingBook, RoutingRow, book_of
from rotation.store import Store, StoredSeat, SwitchRecords
from rotation.switch import DriverKind
from rotation.switch.seats import Key, Owned
from rotation.switch.timetable import Timetable
from rotation.timegrid import IsoWeek

RELOOK = dt.timedelta(seconds=5)


class StoreProgress:
    """Progress in the store."""

    def __init__(self, records: SwitchRecords) -> None:
        self._records = records

    def owned(self) -> dict[Key, Owned]:
        """Members that this program put there."""
        return {key: Owned(seat.phase, seat.since) for key, seat in self._records.seats().items()}  # type: ignore[arg-type]

    def record(self, changed: Mapping[Key, Owned | None]) -> None:
        """Remember or forget seats."""
        self._records.record(
            {key: StoredSeat(one.phase, one.since) if one is not None else None for key, one in changed.items()}
        )

    def drained(self, now: dt.datetime) -> frozenset[str]:
        """Employees who must not ring now."""
        return frozenset(order.employee_id for order in self._records.drains(now))

    def booted(self) -> dt.datetime | None:
        """When the switch began."""
        return self._records.booted()

    def record_boot(self, at: dt.datetime) -> None:
        """Remember when the switch began."""
        self._records.record_boot(at)


def timetable_of(books: list[RoutingBook], kind: DriverKind) -> Timetable:
    """The timetable of one or more weeks, as a kind of switch sees it."""
    rows = tuple(row for book in books for row in book.rows)
    queues = frozenset(queue_id for book in books for queue_id in book.queues)
    return Timetable(rows, queues, kind.agent_of, kind.with_position)


class FolderTables:
    """The timetable of one output folder; read once."""

    def __init__(self, folder: Path, kind: DriverKind) -> None:
        self.book = book_of_folder(folder)
        self._table = timetable_of([self.book], kind)

    async def __call__(self, now: dt.datetime) -> Timetable:
        """The table.

        Raises:
            UsageFault: the instant lies outside its week.
        """
        self.book.inside(now)
        return self._table


class StoreTables:
    """The timetable of the released weeks around now; a new release is taken up within seconds."""

    def __init__(self, store: Store, kind: DriverKind) -> None:
        self._store, self._kind = store, kind
        self._looked: dt.datetime | None = None
        self._numbers: dict[IsoWeek, int] = {}
        self._books: dict[int, RoutingBook] = {}
        self._table: Timetable | None = None

    async def __call__(self, now: dt.datetime) -> Timetable:
        """The table.

        Raises:
            UsageFault: no week around now is released.
        """
        if self._table is None or self._looked is None or abs(now - self._looked) >= RELOOK:
            self._looked = now
            weeks = dict.fromkeys(IsoWeek.of((now + dt.timedelta(days=days)).date()) for days in (-7, 0, 7))
            numbers = {week: number for week in weeks if (number := self._store.current(week))}
            if self._table is None or numbers != self._numbers:
                # Reading a big week takes seconds, in which the switch must not be left alone.
                books = await asyncio.to_thread(self._read, list(numbers.values()))
                self._numbers, self._table = numbers, timetable_of(books, self._kind)
            if not numbers:
                raise UsageFault(f"no week around {now:%Y-%m-%d} is released; `rotation release` one, or give --plan")
        return self._table

    def _read(self, numbers: list[int]) -> list[RoutingBook]:
        self._books = {
            number: self._books.get(number) or book_of(self._store.release(number).edition) for number in numbers
        }
        return list(self._books.values())


def shift_now(table: Timetable, employee_id: str, now: dt.datetime) -> RoutingRow:
    """The row in which somebody rings now, the longest of them.

    Raises:
        UsageFault: the person has no shift now.
    """
    held = [row for row in table.rows if row.employee_id == employee_id and row.holds_at(now)]
    if not held:
        known = any(row.employee_id == employee_id for row in table.rows)
        who = f"{employee_id} has no shift now" if known else f"the table has nobody called {employee_id}"
        raise UsageFault(f"{who}; `rotation who --at {now.isoformat(timespec='minutes')}` shows who is on")
    return max(held, key=lambda row: row.valid_to)
