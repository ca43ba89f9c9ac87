"""An earlier release of a week comes back as a new one."""

from __future__ import annotations

from collections.abc import Mapping

from rotation.changes.actor import Actor
from rotation.declaration import Rule
from rotation.release import Release
from rotation.release.rollback import restored
from rotation.store import Store
from rotation.timegrid import IsoWeek


def roll_back(
    store: Store, week: IsoWeek, number: int, rules: Mapping[str, Rule], actor: Actor
) -> tuple[Release, Release]:
    """Restore a release.

    Returns:
        The release before and the one after.

    Raises:
        InfeasiblePlan: it breaks a rule today.
        StoreFault: somebody else released the week meanwhile.
        UsageFault: there is no such release of the week.
    """
    before, earlier = store.release(week), store.release(number)
    proposal = restored(before, earlier, store.overlay(week), rules, actor.at, actor.reason)
    with store.writing() as transaction:
        return before, transaction.release(proposal, actor.name, actor.at, actor.on_behalf_of)
