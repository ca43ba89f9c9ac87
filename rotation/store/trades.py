"""Swaps and offers: who gives which shift to whom, step by step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, func, insert, select

from rotation.store.schema import shifts, trades
from rotation.timegrid import IsoWeek

State = Literal["open", "done", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Trade:
    """One step of a swap or an offer.

    Args:
        trade_id: its number.
        step: 0 for the first step; an offer that was taken or withdrawn has a second.
        state: ``open``, ``done`` or ``withdrawn``.
        kind: ``swap`` or ``offer``.
        week: of the shift.
        shift_id: the shift that is given.
        with_shift_id: the shift given in return, empty for none.
        employee_id: who gives.
        with_employee_id: who takes, empty while nobody does.
        at: when.
        by: who did it.
        release: the release that it led to, 0 for none.
    """

    trade_id: int
    step: int
    state: State
    kind: Literal["swap", "offer"]
    week: str
    shift_id: str
    with_shift_id: str
    employee_id: str
    with_employee_id: str
    at: dt.datetime
    by: str
    release: int


def add(connection: Connection, trade: Trade) -> None:
    """Remember a step."""
    connection.execute(insert(trades).values(**{name: getattr(trade, name) for name in Trade.__slots__}))


def next_number(connection: Connection) -> int:
    """The number of the next trade."""
    return (connection.scalar(select(func.max(trades.c.trade_id))) or 0) + 1


def trades_of(connection: Connection, shift_id: str) -> tuple[Trade, ...]:
    """Every step that concerns a shift, in order."""
    query = select(trades).where((trades.c.shift_id == shift_id) | (trades.c.with_shift_id == shift_id))
    return _read(connection.execute(query.order_by(trades.c.trade_id, trades.c.step)))


def open_offer(connection: Connection, shift_id: str) -> Trade | None:
    """The offer of a shift that nobody has taken or withdrawn."""
    return next((trade for trade in open_offers(connection) if trade.shift_id == shift_id), None)


def open_offers(connection: Connection, week: IsoWeek | None = None) -> tuple[Trade, ...]:
    """All offers that nobody has taken or withdrawn; whether their shifts still stand is for others to say."""
    query = select(trades).where(trades.c.kind == "offer").order_by(trades.c.trade_id, trades.c.step)
    if week is not None:
        query = query.where(trades.c.week == str(week))
    last = {trade.trade_id: trade for trade in _read(connection.execute(query))}
    return tuple(trade for trade in last.values() if trade.state == "open")


def week_of_shift(connection: Connection, shift_id: str) -> IsoWeek | None:
    """The week of a shift id that was ever given out."""
    week = connection.scalar(select(shifts.c.week).where(shifts.c.shift_id == shift_id))
    return None if week is None else IsoWeek.parse(week)


def all_ids(connection: Connection, prefix: str) -> tuple[str, ...]:
    """Ids that begin alike, for hints."""
    query = select(shifts.c.shift_id).where(shifts.c.shift_id.startswith(prefix, autoescape=True))
    return tuple(connection.scalars(query.order_by(shifts.c.shift_id)))


def _read(rows: Iterable[object]) -> tuple[Trade, ...]:
    return tuple(Trade(*row) for row in rows)  # type: ignore[misc]
