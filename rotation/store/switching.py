"""Progress of a live switch in the store, and the lock that keeps two daemons from fighting over it."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import Engine, and_, delete, insert, or_, select, text

from rotation.errors import SwitchFault
from rotation.store.engine import reading, writing
from rotation.store.faults import told
from rotation.store.store import Store
from rotation.store.switch_tables import switch_boots, switch_drains, switch_seats

AT_ONCE = 200
"""Seats in one statement: databases limit the depth of a condition."""


@dataclass(frozen=True, slots=True)
class StoredSeat:
    """A member that the daemon put there: its phase, and since when."""

    phase: str
    since: dt.datetime


@dataclass(frozen=True, slots=True)
class Drain:
    """An order that somebody must not ring, up to an instant."""

    employee_id: str
    until: dt.datetime
    ordered_at: dt.datetime
    ordered_by: str
    reason: str


class SwitchRecords:
    """The records of one switch.

    Args:
        store: an open store.
        switch: the switch's name.
    """

    def __init__(self, store: Store, switch: str) -> None:
        self._engine, self._switch = store.engine, switch

    def seats(self) -> dict[tuple[str, str], StoredSeat]:
        """Recorded seats by queue and agent."""
        query = select(switch_seats).where(switch_seats.c.switch == self._switch)
        with reading(self._engine) as connection:
            return {(row.queue_id, row.agent): StoredSeat(row.phase, row.since) for row in connection.execute(query)}

    def record(self, changed: Mapping[tuple[str, str], StoredSeat | None]) -> None:
        """Remember seats, or forget them (None), all or nothing."""
        keys, table = list(changed), switch_seats
        rows = [
            {"switch": self._switch, "queue_id": key[0], "agent": key[1], "phase": seat.phase, "since": seat.since}
            for key, seat in changed.items()
            if seat is not None
        ]
        with writing(self._engine) as connection:
            for start in range(0, len(keys), AT_ONCE):
                some = [
                    and_(table.c.queue_id == queue, table.c.agent == agent)
                    for queue, agent in keys[start : start + AT_ONCE]
                ]
                connection.execute(delete(table).where(table.c.switch == self._switch, or_(*some)))
            if rows:
                connection.execute(insert(table), rows)

    def booted(self) -> dt.datetime | None:
        """When the switch last began."""
        with reading(self._engine) as connection:
            return connection.scalar(select(switch_boots.c.began_at).where(switch_boots.c.switch == self._switch))

    def record_boot(self, at: dt.datetime) -> None:
        """Remember when the switch began."""
        with writing(self._engine) as connection:
            connection.execute(delete(switch_boots).where(switch_boots.c.switch == self._switch))
            connection.execute(insert(switch_boots).values(switch=self._switch, began_at=at))

    def drains(self, now: dt.datetime) -> tuple[Drain, ...]:
        """Orders that hold at an instant."""
        query = select(switch_drains).where(switch_drains.c.until > now).order_by(switch_drains.c.employee_id)
        with reading(self._engine) as connection:
            return tuple(
                Drain(row.employee_id, row.until, row.ordered_at, row.ordered_by, row.reason)
                for row in connection.execute(query)
            )

    def drain(self, order: Drain) -> None:
        """Order that somebody must not ring; a later order replaces an earlier one."""
        with writing(self._engine) as connection:
            connection.execute(delete(switch_drains).where(switch_drains.c.employee_id == order.employee_id))
            connection.execute(
                insert(switch_drains).values(
                    employee_id=order.employee_id,
                    until=order.until,
                    ordered_at=order.ordered_at,
                    ordered_by=order.ordered_by,
                    reason=order.reason,
                )
            )

    @contextmanager
    def sole(self) -> Iterator[None]:
        """Be the only daemon of this switch on this store; the lock goes with the process, however it ends.

        Raises:
            SwitchFault: another one runs.
        """
        if self._engine.dialect.name == "sqlite":
            with _file_lock(str(self._engine.url.database), self._switch):
                yield
        else:
            with _advisory_lock(self._engine, self._switch):
                yield


def _taken(switch: str) -> SwitchFault:
    return SwitchFault(f"another daemon keeps {switch}; stop it first, or leave the switch to it")


@contextmanager
def _file_lock(place: str, switch: str) -> Iterator[None]:
    name = re.sub(r"[^A-Za-z0-9.-]+", "-", switch)
    lock = FileLock(Path(f"{place}.{name}.lock"))
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise _taken(switch) from error
    except OSError as error:
        raise SwitchFault(f"the lock {lock.lock_file} cannot be taken: {error.strerror or error}") from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _advisory_lock(engine: Engine, switch: str) -> Iterator[None]:
    key = int.from_bytes(hashlib.sha256(switch.encode()).digest()[:8], signed=True)
    with told(engine.url), engine.connect() as connection:
        if not connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": key}):
            raise _taken(switch)
        connection.commit()
        try:
            yield
        finally:
            connection.scalar(text("SELECT pg_advisory_unlock(:key)"), {"key": key})
