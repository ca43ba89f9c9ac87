"""Answers about a plan as lines and tables for the terminal; all texts of the input are shown literally."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias
from zoneinfo import ZoneInfo

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from rotation.plan import Case, Shift
from rotation.report.spelling import MINUS, agent_hours, plain, span, whole
from rotation.solve.explain.comparison import Comparison
from rotation.solve.explain.person import WhyNot, WhyThis
from rotation.solve.explain.replacements import Suggestions
from rotation.solve.explain.shortage import Confirmed, ShortageAnswer

Line: TypeAlias = Text | Table
BINDS = {
    "band": "bands are used up",
    "certification": "too few are certified",
    "department_cap": "departments may not lend more at a time",
    "residual_presence": "departments keep people at their own work",
    "seats": "all seats are taken",
    "mentors": "novices have no mentor beside them",
    "meeting": "meetings",
    "working_time": "too few are at work",
    "shift_limits": "the limits on shifts (a day, a week, rest, length)",
    "points": "points: more agents would cost more elsewhere than they save",
    "search": "nothing: the search stopped before it was found; plan longer",
    "not_certified": "nobody is certified",
    "lapsed": "certifications that do not hold then",
    "absent": "absences",
    "off": "nobody certified is at work",
    "serves": "all who can serve do",
    "other_queue": "other queues take those who could",
}
"""What binds in a stretch, in words; a rule without an entry is named as it is."""
PEOPLE_SHOWN = 6


def shortage_lines(case: Case, answer: ShortageAnswer) -> Iterator[Line]:
    """Why one stretch is short: what binds, who is kept by what, and what would help."""
    queue, first, last = answer.span
    times = span(case.horizon.instant(first), case.horizon.instant(last), case.horizon.zone)
    head = f"{plain(case.company.queues[queue].queue_id)} · {times} · {agent_hours(answer.missing)} missing"
    yield Text(f"\n{head}", style="bold")
    yield Text.assemble(("  what binds: ", "bold"), plain(BINDS.get(answer.binds, answer.binds)))
    yield Text(f"  {plain(answer.cause)}")
    if answer.better:
        yield Text(f"  under the same rules: {_moves(answer.better)}")
    elif answer.forced:
        yield Text(f"  covered as far as the rules allow: {_moves(answer.forced)}")
    if answer.single:
        yield _changes("Each change alone", answer.single, answer.missing)
    elif answer.binds not in ("search", "points"):
        yield Text("  no single change of what is tried helps: the queue needs core staff or other hours then")
    if answer.together:
        yield _changes("One on top of the other", answer.together, answer.missing)


def _changes(title: str, changes: Sequence[Confirmed], missing: int) -> Table:
    table = Table(title=Text(f"  {title}, solved again"), title_justify="left", box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column("Change", overflow="fold", ratio=3)
    table.add_column(f"Of {missing} min", justify="right")
    table.add_column("In the week", justify="right")
    table.add_column("Points saved", justify="right")
    table.add_column("Where", overflow="fold", ratio=2)
    for row in changes:
        least = "" if row.proven else "at least "
        numbers = f"{MINUS}{row.here}", whole(-row.week), f"{least}{whole(row.points)}"
        table.add_row(Text(plain(row.relaxation.change)), *numbers, Text(plain(row.relaxation.how)))
    return table


def person_heading(case: Case, e: int, shifts: int) -> Text:
    """Whom the answers are about."""
    count = "no shifts; ask with --interval why not" if not shifts else f"{shifts} shifts"
    return Text(f"{_called(case, case.company.employees[e].employee_id)} · {case.horizon.week} · {count}", style="bold")


def shift_lines(case: Case, answer: WhyThis) -> Iterator[Line]:
    """Why one shift: without it, with the best other week, with others moving as well."""
    zone = ZoneInfo(case.company.employee[answer.shift.employee_id].timezone)
    yield Text(f"\n{_shift(answer.shift, zone)}", style="bold")
    yield Text(f"  without it: {_costs(answer.without)}")
    yield Text(f"  best other week of this person: {_costs(answer.otherwise)}{_week_of(answer, zone)}")
    if answer.rearranged:
        yield Text(f"  with people around moving as well: {_costs(answer.rearranged)}; {_who(answer.rearranged)}")
    else:
        yield Text("  with people around moving as well: nothing better found")
    verdict = _verdict(answer)
    yield Text(f"  so: {verdict}", style="bold")


def _verdict(answer: WhyThis) -> str:
    best = min(answer.otherwise.points, answer.rearranged.points if answer.rearranged else answer.otherwise.points)
    if best > 0:
        return f"any other week found costs {whole(best)} points more"
    return "another week costs the same" if best == 0 else f"another week saves {whole(-best)} points; plan longer"


def why_not_lines(case: Case, e: int, t: int, queues: Sequence[int], answer: WhyNot) -> Iterator[Line]:
    """Why somebody does not serve at a time."""
    employee = case.company.employees[e]
    zone = ZoneInfo(employee.timezone)
    times = span(case.horizon.instant(t), case.horizon.instant(t + 1), zone)
    which = plain(case.company.queues[queues[0]].queue_id) if len(queues) == 1 else "any queue"
    yield Text(f"{_called(case, employee.employee_id)} · {which} · {times}", style="bold")
    if answer.serves:
        yield Text(f"  serves: {_shift(answer.serves, zone)}")
    elif answer.cause is None:
        yield Text("  forbidden whatever the plan:")
        for clash in answer.forbidden:
            yield Text(f"  - {clash.rule}: {plain(clash.message)}")
        if not answer.forbidden:
            yield Text("  - no legal shift fits there")
    else:
        yield from _possible(answer)


def _possible(answer: WhyNot) -> Iterator[Line]:
    """What a plan with the shift would cost, where one exists."""
    assert answer.cause is not None
    yield Text(f"  as the plan stands: one of those who {answer.cause.words}")
    if answer.own:
        yield Text(f"  with only this person's week changed: {_costs(answer.own)}")
    else:
        yield Text("  no legal week of this person holds it while everybody else stays")
    if answer.around:
        yield Text(f"  with {answer.people} people free: {_costs(answer.around)}; {_who(answer.around)}")
    elif not answer.own:
        sure = "no plan holds it" if answer.proven else "no plan with it was found"
        yield Text(f"  with {answer.people} people free: {sure}; {answer.cause.kind} forbids it beside the others")


def suggestion_lines(case: Case, answer: Suggestions) -> Iterator[Line]:
    """Replacements for a shift, cheapest first, and what keeps the others."""
    yield Text(f"{answer.shift.shift_id} · {_shift(answer.shift, case.horizon.zone)}", style="bold")
    yield Text(f"  left open: {_costs(answer.left_open)}")
    if answer.best:
        title = Text(f"{len(answer.best)} of {answer.legal} who could take it, cheapest first")
        table = Table(title=title, title_justify="left", box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
        table.add_column("Who", overflow="fold")
        for heading in ("Points", "Than left open"):
            table.add_column(heading, justify="right")
        table.add_column("Own week", overflow="fold")
        table.add_column("Terms", overflow="fold")
        for row in answer.best:
            week = "moves" if row.moved else "stays"
            less = whole(row.change.points - answer.left_open.points)
            table.add_row(
                Text(_called(case, row.employee_id)), _signed(row.change.points), less, week, _terms(row.change.terms)
            )
        yield table
    else:
        yield Text("  nobody else could take it", style="bold red")
    kept = ", ".join(f"{count} {cause.words}" for cause, count in answer.kept)
    yield Text(f"  the others: {plain(kept)}" if kept else "  nobody else is there")


def _shift(shift: Shift, zone: ZoneInfo) -> str:
    return f"{plain(shift.queue_id)} {span(shift.start, shift.end, zone)}"


def _week_of(answer: WhyThis, zone: ZoneInfo) -> str:
    week = answer.otherwise.after.plan.by_employee.get(answer.shift.employee_id, ())
    return f" ({'; '.join(_shift(shift, zone) for shift in week) or 'no shifts'})"


def _moves(change: Comparison) -> str:
    minutes = change.fewer_missing
    what = f"{abs(minutes)} agent-minutes {'fewer' if minutes > 0 else 'more'} missing in the week"
    elsewhere = "no fewer missing in the week, agents are taken from elsewhere"
    return f"{what if minutes else elsewhere}; {_costs(change)}; {_who(change)}"


def _costs(change: Comparison) -> str:
    terms = _terms(change.terms)
    return f"{_signed(change.points)} points{f' ({terms})' if terms else ''}"


def _terms(terms: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {_signed(value)}" for name, value in terms.items())


def _signed(value: int) -> str:
    return f"+{whole(value)}" if value > 0 else whole(value)


def _who(change: Comparison) -> str:
    shown, more = change.people[:PEOPLE_SHOWN], len(change.people) - PEOPLE_SHOWN
    names = ", ".join(map(plain, shown)) + (f" and {more} more" if more > 0 else "")
    return f"other weeks for {names}" if names else "nobody's week changes"


def _called(case: Case, employee_id: str) -> str:
    return plain(f"{case.company.employee[employee_id].name} ({employee_id})")
