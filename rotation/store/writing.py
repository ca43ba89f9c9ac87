"""What can be added to the store, inside one transaction that nobody writes beside."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from sqlalchemy import Connection, Table, func, insert, select

from rotation.company import Absence, Company
from rotation.errors import StoreFault
from rotation.plan import Edition, ReleasedShift
from rotation.release import Lineage, Proposal, Release, ReleaseNote
from rotation.release.ledger import entries_of
from rotation.release.record import Demanded, Record
from rotation.release.release import released
from rotation.store import absence, chain, ledgers, trades
from rotation.store.inputs import keep, keep_inputs
from rotation.store.schema import audit_trail, releases, shift_versions, shifts
from rotation.store.trades import Trade


class Writing:
    """One transaction; made by :meth:`rotation.store.Store.writing`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def release(self, proposal: Proposal, by: str, at: dt.datetime, on_behalf_of: str = "") -> Release:
        """Freeze and number a week.

        Args:
            proposal: the judged week.
            by: who releases it.
            at: when, aware.
            on_behalf_of: for whom, if for somebody else.

        Raises:
            StoreFault: the week has been released by somebody else meanwhile.
        """
        edition, week = proposal.edition, proposal.edition.case.horizon.week
        current = self._unsurpassed(proposal)
        self._nobody_absent_meanwhile(proposal)
        at = max(at.astimezone(dt.UTC).replace(microsecond=0), self._last_instant())
        number = self._following(releases, "number")
        note = ReleaseNote(number, week, proposal.parent, proposal.kind, at, by, proposal.reason, proposal.restored)
        before = chain.shifts_at(self.connection, week, current)
        used = set(self.connection.scalars(select(shifts.c.shift_id).where(shifts.c.week == str(week))))
        promised = [shift for shift in before.values() if not shift.cancelled]
        lineage = Lineage.of(promised, used, edition.plan, edition.case.horizon.zone, at)
        self._store(note, proposal)
        self._store_shifts(note, lineage, used)
        after = {**before, **{shift.shift_id: shift for shift in lineage.changed}}
        self._store_entries(note, edition, before, lineage.changed, after)
        what = f"release {number} of {week}: {proposal.kind}, {len(lineage.changed)} shifts changed"
        self.note(by, what, proposal.reason, at, week=str(week), release=number, on_behalf_of=on_behalf_of)
        return released(note, edition, lineage.shifts, chain.remembered(after, at), proposal.inputs, proposal.overlay)

    def note(
        self,
        who: str,
        what: str,
        why: str,
        at: dt.datetime,
        *,
        week: str = "",
        release: int = 0,
        on_behalf_of: str = "",
    ) -> None:
        """Add an entry to the audit trail: who did what, when and why."""
        entry = self._following(audit_trail, "entry")
        self.connection.execute(
            insert(audit_trail).values(
                entry=entry, at=at, who=who, on_behalf_of=on_behalf_of, what=what, why=why, week=week, release=release
            )
        )

    def _unsurpassed(self, proposal: Proposal) -> int:
        """The week's effective release, which must be the one that the proposal follows."""
        week = proposal.edition.case.horizon.week
        current = chain.current_number(self.connection, week)
        if current != proposal.parent:
            made = chain.note_of(chain.release_row(self.connection, current)) if current else None
            meanwhile = (
                f"release {made.number} by {made.released_by} at {made.released_at.isoformat()}" if made else "nothing"
            )
            based = f"release {proposal.parent}" if proposal.parent else "no release"
            raise StoreFault(
                f"{week}: this follows {based}, but {meanwhile} is effective now; nothing was stored. "
                f"Look at `rotation history --week {week}` and do it again from there"
            )
        return current

    def _nobody_absent_meanwhile(self, proposal: Proposal) -> None:
        """Every absence that the store knows must have been considered."""
        horizon, week = proposal.edition.case.horizon, proposal.edition.case.horizon.week
        considered = {(a.employee_id, a.start, a.end) for a in proposal.overlay.absences}
        for known in absence.overlay_of(self.connection, week).absences:
            touches = known.start < horizon.end and horizon.start < known.end
            if touches and (known.employee_id, known.start, known.end) not in considered:
                raise StoreFault(
                    f"{week}: an absence of {known.employee_id} was reported meanwhile; nothing was stored. Do it again"
                )

    def absence(self, reported: Absence, by: str, at: dt.datetime, on_behalf_of: str = "") -> None:
        """Remember an absence, with an entry in the audit trail."""
        absence.report(self.connection, reported, by, at)
        what = f"{reported.employee_id} is absent from {reported.start.isoformat()} to {reported.end.isoformat()}"
        self.note(by, what, reported.reason, at, on_behalf_of=on_behalf_of)

    def trade(self, trade: Trade, reason: str = "") -> None:
        """Remember a step of a swap or an offer; number 0 stands for the next one. Offers get an entry in the trail."""
        numbered = trade if trade.trade_id else replace(trade, trade_id=trades.next_number(self.connection))
        trades.add(self.connection, numbered)
        if trade.kind == "offer":
            taker = f" to {trade.with_employee_id}" if trade.with_employee_id else ""
            what = f"offer of {trade.shift_id}: {trade.state}{taker}"
            self.note(trade.by, what, reason, trade.at, week=trade.week, release=trade.release)

    def _last_instant(self) -> dt.datetime:
        """The instant of the last release: a clock that goes backwards must not undo the order of changes."""
        last = self.connection.scalar(select(func.max(releases.c.released_at)))
        return last or dt.datetime.min.replace(tzinfo=dt.UTC)

    def _following(self, table: Table, column: str) -> int:
        return (self.connection.scalar(select(func.max(table.c[column]))) or 0) + 1

    def _store(self, note: ReleaseNote, proposal: Proposal) -> None:
        horizon = proposal.edition.case.horizon
        self.connection.execute(
            insert(releases).values(
                number=note.number,
                week=str(note.week),
                parent=note.parent,
                kind=note.kind,
                released_at=note.released_at,
                released_by=note.released_by,
                reason=note.reason,
                restored=note.restored,
                zone=horizon.zone_name,
                interval_min=horizon.interval_min,
                inputs=keep_inputs(self.connection, proposal.inputs),
                overlay=keep(self.connection, proposal.overlay.to_json()),
                demanded=keep(self.connection, Demanded.of(proposal.edition).to_bytes()),
                record=keep(self.connection, Record.of(proposal.edition).to_bytes()),
            )
        )

    def _store_shifts(self, note: ReleaseNote, lineage: Lineage, used: Iterable[str]) -> None:
        known = set(used)
        fresh = [
            {"shift_id": s.shift_id, "week": str(note.week), "employee_id": s.employee_id, "release": note.number}
            for s in lineage.changed
            if s.shift_id not in known
        ]
        if fresh:
            self.connection.execute(insert(shifts), fresh)
        if lineage.changed:
            self.connection.execute(insert(shift_versions), [_version(s, note.number) for s in lineage.changed])

    def _store_entries(
        self,
        note: ReleaseNote,
        edition: Edition,
        before: Mapping[str, ReleasedShift],
        changed: Iterable[ReleasedShift],
        after: Mapping[str, ReleasedShift],
    ) -> None:
        """Everybody's week for the ledger, where it is not as the release before had it."""
        known = ledgers.entries_at(self.connection, note.week, note.parent)
        notice = {name: row.short_notice for name, row in known.items()}
        freeze = dt.timedelta(hours=edition.case.company.policy.releases.freeze_h)
        for name in surprised(note.kind, edition.case.company, before, changed, note.released_at + freeze):
            notice[name] = notice.get(name, 0) + 1
        rows = entries_of(edition, [shift for shift in after.values() if shift.cancelled], notice)
        ledgers.add_entries(
            self.connection, note.number, {name: row for name, row in rows.items() if known.get(name) != row}
        )


def surprised(
    kind: str,
    company: Company,
    before: Mapping[str, ReleasedShift],
    changed: Iterable[ReleasedShift],
    frozen_until: dt.datetime,
) -> Iterator[str]:
    """Employee ids of those whose shift changed at short notice, once for each; what people do themselves is none."""
    if kind in ("swap", "take"):
        return
    first = not before
    for shift in changed:
        start = min(shift.start, before[shift.shift_id].start) if shift.shift_id in before else shift.start
        own = any(
            absence.late and absence.start < shift.end and shift.start < absence.end
            for absence in company.absences_of.get(shift.employee_id, ())
        )
        if not first and not own and start < frozen_until:
            yield shift.employee_id


def _version(shift: ReleasedShift, number: int) -> dict[str, object]:
    return {
        "shift_id": shift.shift_id,
        "sequence": shift.sequence,
        "release": number,
        "queue_id": shift.queue_id,
        "start_at": shift.start,
        "end_at": shift.end,
        "status": shift.status,
        "changed_at": shift.changed_at,
    }
