"""A shift goes to somebody else, or two shifts change hands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rotation.changes.actor import Actor
from rotation.changes.finding import changeable_shift, known_employee
from rotation.declaration import Rule
from rotation.errors import UsageFault
from rotation.plan import ReleasedShift
from rotation.release import Release
from rotation.release.trading import Handover, swapped
from rotation.store import Store, trades
from rotation.store.trades import Trade
from rotation.timegrid import IsoWeek


@dataclass(frozen=True)
class Swapped:
    """The releases before and after, a pair for each week that was touched."""

    pairs: tuple[tuple[Release, Release], ...]


def swap(store: Store, shift_id: str, partner: str, rules: Mapping[str, Rule], actor: Actor) -> Swapped:
    """Let shifts change hands.

    Args:
        store: where the weeks are.
        shift_id: the shift that is given.
        partner: who takes it, or the shift that is given in return, also of another week.
        rules: all of them, by name.
        actor: who does it.

    Raises:
        ChangeRefused: a rule is broken.
        StoreFault: somebody else was faster.
        UsageFault: a shift or person is unknown, past or swapped already.
    """
    given, week = changeable_shift(store, shift_id, actor.at)
    if partner == shift_id:
        raise UsageFault(f"{shift_id} cannot be swapped with itself")
    returned = _returned(store, partner, actor)
    hands: dict[IsoWeek, list[Handover]] = {week: [Handover(given, returned[0].employee_id if returned else partner)]}
    if returned:
        hands.setdefault(returned[1], []).append(Handover(returned[0], given.employee_id))
    before = {found: store.release(found) for found in hands}
    for name in (partner if not returned else "", actor.on_behalf_of):
        if name:
            known_employee(before[week], name)
    proposals = [swapped(before[found], moves, rules, "swap", actor.reason) for found, moves in hands.items()]
    with store.writing() as transaction:
        after = [transaction.release(proposal, actor.name, actor.at, actor.on_behalf_of) for proposal in proposals]
        transaction.trade(_trade(given, returned[0] if returned else None, partner, week, actor, after[0].number))
    return Swapped(tuple((before[made.week], made) for made in after))


def _returned(store: Store, partner: str, actor: Actor) -> tuple[ReleasedShift, IsoWeek] | None:
    """The shift that a partner's word names, None where it names a person."""
    with store.reading() as connection:
        is_shift = trades.week_of_shift(connection, partner) is not None
    return changeable_shift(store, partner, actor.at) if is_shift else None


def _trade(
    given: ReleasedShift, returned: ReleasedShift | None, partner: str, week: IsoWeek, actor: Actor, release: int
) -> Trade:
    return Trade(
        trade_id=0,
        step=0,
        state="done",
        kind="swap",
        week=str(week),
        shift_id=given.shift_id,
        with_shift_id=returned.shift_id if returned else "",
        employee_id=given.employee_id,
        with_employee_id=returned.employee_id if returned else partner,
        at=actor.at,
        by=actor.name,
        release=release,
    )
