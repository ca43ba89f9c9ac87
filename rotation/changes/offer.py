"""Shifts on offer: offered, withdrawn, taken. The shift stays with whoever offers it until somebody takes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from rotation.changes.actor import Actor
from rotation.changes.finding import changeable_shift, known_employee
from rotation.declaration import Rule
from rotation.errors import UsageFault
from rotation.plan import ReleasedShift
from rotation.release import Release
from rotation.release.trading import Handover, swapped
from rotation.store import Store, trades
from rotation.store.chain import current_number, shifts_at
from rotation.store.trades import Trade
from rotation.timegrid import IsoWeek


@dataclass(frozen=True, slots=True)
class Offered:
    """A shift on offer."""

    trade: Trade
    shift: ReleasedShift


def offer(store: Store, shift_id: str, actor: Actor) -> tuple[ReleasedShift, IsoWeek]:
    """Offer a shift.

    Raises:
        UsageFault: it is unknown, past, called off, or on offer already.
    """
    given, week = changeable_shift(store, shift_id, actor.at)
    with store.writing() as transaction:
        there = trades.open_offer(transaction.connection, shift_id)
        if there is not None:
            raise UsageFault(f"{shift_id} is on offer already, since {there.at.isoformat()}")
        step = Trade(0, 0, "open", "offer", str(week), shift_id, "", given.employee_id, "", actor.at, actor.name, 0)
        transaction.trade(step, actor.reason)
    return given, week


def withdraw(store: Store, shift_id: str, actor: Actor) -> None:
    """Take an offer back.

    Raises:
        UsageFault: the shift is not on offer.
    """
    with store.writing() as transaction:
        there = _open(trades.open_offer(transaction.connection, shift_id), shift_id)
        step = replace(there, step=there.step + 1, state="withdrawn", at=actor.at, by=actor.name)
        transaction.trade(step, actor.reason)


def take(
    store: Store, shift_id: str, employee_id: str, rules: Mapping[str, Rule], actor: Actor
) -> tuple[Release, Release]:
    """Take a shift that is on offer; the first who takes it has it.

    Returns:
        The release before and the one after.

    Raises:
        ChangeRefused: a rule is broken.
        StoreFault: somebody else was faster.
        UsageFault: it is not on offer, or past.
    """
    given, week = changeable_shift(store, shift_id, actor.at)
    with store.reading() as connection:
        there = _open(trades.open_offer(connection, shift_id), shift_id)
    before = store.release(week)
    known_employee(before, employee_id)
    proposal = swapped(before, [Handover(given, employee_id)], rules, "take", actor.reason)
    with store.writing() as transaction:
        after = transaction.release(proposal, actor.name, actor.at, actor.on_behalf_of)
        _open(trades.open_offer(transaction.connection, shift_id), shift_id)
        step = replace(there, step=there.step + 1, state="done", with_employee_id=employee_id, release=after.number)
        transaction.trade(replace(step, at=actor.at, by=actor.name), actor.reason)
    return before, after


def offers(store: Store, week: IsoWeek | None = None) -> tuple[Offered, ...]:
    """The open offers whose shifts still stand, in the order in which they were made."""
    found = []
    with store.reading() as connection:
        for trade in trades.open_offers(connection, week):
            own = IsoWeek.parse(trade.week)
            shift = shifts_at(connection, own, current_number(connection, own))[trade.shift_id]
            if not shift.cancelled:
                found.append(Offered(trade, shift))
    return tuple(found)


def _open(trade: Trade | None, shift_id: str) -> Trade:
    if trade is None:
        raise UsageFault(f"{shift_id} is not on offer; `rotation offer` lists what is")
    return trade
