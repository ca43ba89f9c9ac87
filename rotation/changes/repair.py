"""Gaps that earlier changes left in a week are filled with the least change."""

from __future__ import annotations

from rotation.changes.actor import Actor
from rotation.release import Release
from rotation.release.absent import Asked, Mended, mend, promised_shortage
from rotation.solve.settings import Watch
from rotation.store import Store
from rotation.timegrid import IsoWeek

PROMISING = ("plan", "rollback")
"""Releases of these kinds say how much coverage the week promises; the others only keep or lose it."""


def repair_week(
    store: Store, week: IsoWeek, asked: Asked, watch: Watch, actor: Actor
) -> tuple[Release, Release | None, Mended]:
    """Bring a week back to the coverage that was planned.

    Returns:
        The effective release, the new one (None when nothing helps), and how it was mended.

    Raises:
        StoreFault: somebody else released the week meanwhile.
        UsageFault: the week has no release.
    """
    before = store.release(week)
    notes = [note for note in store.history(week) if note.kind in PROMISING]
    promised = before if notes[-1].number == before.number else store.release(notes[-1].number)
    mended = mend(before, (), promised_shortage(promised), asked, watch, "repair", actor.reason)
    if not mended.repaired or not mended.repaired.changes:
        return before, None, mended
    with store.writing() as transaction:
        after = transaction.release(mended.proposal, actor.name, actor.at, actor.on_behalf_of)
    return before, after, mended
