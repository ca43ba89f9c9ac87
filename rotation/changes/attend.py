"""Who really served is imported, and the ledger settled by it."""

from __future__ import annotations

from collections.abc import Sequence

from rotation.changes.actor import Actor
from rotation.errors import UsageFault
from rotation.intake.attendance import Served
from rotation.release import Release
from rotation.release.attendance import Settlement, settled
from rotation.store import Store
from rotation.store.attending import keep_attendance
from rotation.store.chain import current_number


def attend(store: Store, release: Release, served: Sequence[Served], source: str, actor: Actor) -> Settlement:
    """Settle a week.

    Args:
        store: where the weeks are.
        release: the week's effective release.
        served: who answered when.
        source: name of the file, for the audit trail.
        actor: who imports it.

    Raises:
        StoreFault: the week was released anew meanwhile.
        UsageFault: the week has not begun, or nothing of it was served.
    """
    horizon = release.edition.case.horizon
    if actor.at <= horizon.start:
        raise UsageFault(f"{release.week} has not begun: nobody has served yet")
    inside = [row for row in served if row.start < horizon.end and horizon.start < row.end]
    if not inside:
        raise UsageFault(f"{source} holds nothing of {release.week} ({horizon.start.isoformat()} and later)")
    found = settled(release, inside, actor.at)
    with store.writing() as transaction:
        if current_number(transaction.connection, release.week) != release.number:
            raise UsageFault(f"{release.week} was released anew meanwhile; import again")
        keep_attendance(transaction.connection, release.week, inside, found.minutes, source, actor.name, actor.at)
        what = f"attendance of {release.week} from {source}: {len(inside)} stretches, {len(found.missed)} missed"
        transaction.note(actor.name, what, actor.reason, actor.at, week=str(release.week), release=release.number)
    return found
