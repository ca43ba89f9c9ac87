"""One person's week as a table, on the person's own clock."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from zoneinfo import ZoneInfo

from rich.table import Table
from rich.text import Text

from rotation.errors import UsageFault
from rotation.report.folder import WrittenPlan
from rotation.report.rows import PersonRow, ShiftRow
from rotation.report.spelling import day, hours, plain, times

OTHERS_SHOWN = 6


def week_of(
    written: WrittenPlan, employee_id: str, zone: ZoneInfo | None = None, names: Mapping[str, str] | None = None
) -> Table:
    """The shifts of one person: day, times, queue, who else serves the queue then.

    Args:
        written: the week.
        employee_id: who.
        zone: the person's own; None for the site's.
        names: names by employee id, where they are known.

    Raises:
        UsageFault: when nobody has that id.
    """
    person = _person(written, employee_id)
    site = written.record.horizon.zone
    own = zone or site
    away = own.key != site.key
    shifts = sorted((row for row in written.shifts if row.employee_id == employee_id), key=lambda row: row.start)
    title = f"{_called(employee_id, names or {})} · {written.record.horizon.week} · {own.key}"
    table = Table(title=Text(title), caption=Text(_told(person)), title_justify="left", caption_justify="left")
    for heading in ("Day", "From – to", *(("At the site",) if away else ()), "Length", "Queue", "Others on"):
        wraps = heading in ("Queue", "Others on")
        table.add_column(heading, no_wrap=not wraps, overflow="fold", min_width=len(heading))
    for shift in shifts:
        date = day(shift.start.astimezone(own).date())
        clocks = [times(shift.start, shift.end, own)]
        if away:
            there = day(shift.start.astimezone(site).date())
            clocks.append(f"{'' if there == date else f'{there} '}{times(shift.start, shift.end, site)}")
        others = _others(written, shift, names or {})
        table.add_row(date, *clocks, hours(shift.minutes), Text(plain(shift.queue_id)), Text(others))
    if not shifts:
        table.add_row("no shifts")
    return table


def _person(written: WrittenPlan, employee_id: str) -> PersonRow:
    for row in written.participation:
        if row.employee_id == employee_id:
            return row
    near = get_close_matches(employee_id, [row.employee_id for row in written.participation], n=3)
    hint = f"; did you mean {', '.join(near)}?" if near else ""
    raise UsageFault(f"{employee_id!r} is nobody in {written.path / 'participation.csv'}{hint}")


def _called(employee_id: str, names: Mapping[str, str]) -> str:
    name = names.get(employee_id)
    return plain(f"{name} ({employee_id})" if name else employee_id)


def _told(person: PersonRow) -> str:
    parts = [hours(person.minutes), f"band {hours(person.band_min)} – {hours(person.band_max)}", plain(person.status)]
    if person.reason:
        parts.append(plain(person.reason))
    if person.debt_minutes:
        kind = "owed" if person.debt_minutes > 0 else "served in advance"
        parts.append(f"{hours(abs(person.debt_minutes))} {kind} after the week")
    return "; ".join(parts)


def _others(written: WrittenPlan, shift: ShiftRow, names: Mapping[str, str]) -> str:
    beside = sorted(
        {
            row.employee_id
            for row in written.shifts
            if row.queue_id == shift.queue_id
            and row.employee_id != shift.employee_id
            and row.start < shift.end
            and shift.start < row.end
        }
    )
    shown = ", ".join(_called(employee_id, names) for employee_id in beside[:OTHERS_SHOWN])
    more = len(beside) - OTHERS_SHOWN
    return f"{shown} and {more} more" if more > 0 else shown
