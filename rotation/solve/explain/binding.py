"""What keeps each person from a cell of the plan as it is, one cause a person."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from rotation.declaration.masks import working
from rotation.plan.case import BoolArray, IntArray
from rotation.solve.explain.judged import JudgedWeek
from rotation.solve.explain.scope import Span, full_rows

SERVES, DEARER = "serves", "dearer"
WORDS = {
    SERVES: "serve it",
    "other_queue": "serve another queue then",
    "band": "have their band used up",
    "shifts_a_day": "have their shifts of that day",
    "shifts_a_week": "have their shifts of the week",
    "rest": "need their rest beside another shift",
    "short_time": "are free for less than a legal shift",
    DEARER: "are dearer there than they would save",
    "not_certified": "are not certified",
    "lapsed": "have a certification that does not hold then",
    "absent": "are absent",
    "meeting": "are in a meeting, exempt or inside the freeze window",
    "off": "are not at work",
}


@dataclass(frozen=True, slots=True)
class Cause:
    """What keeps somebody: a rule or a fact, and the group whose limit is reached."""

    kind: str
    group: str = ""

    @property
    def words(self) -> str:
        """As a verb of which the people are the subject."""
        if self.group:
            return f"are held by {self.kind} of {self.group}"
        return WORDS.get(self.kind, f"are held by {self.kind}")


class Binding:
    """Looks up causes in one plan.

    Args:
        week: the plan.
    """

    def __init__(self, week: JudgedWeek) -> None:
        self.week = week
        self._full = full_rows(week, week.roster.activity(week.instance))
        self._working: BoolArray = working(week.case)

    def count(self, span: Span) -> tuple[Counter[Cause], dict[Cause, list[int]]]:
        """How many people each cause keeps from a stretch, everybody once, and who; nobody is left out."""
        q, a, b = span
        people: dict[Cause, list[int]] = {}
        for e in range(self.week.instance.employees):
            causes = Counter(self.cause(e, q, t) for t in range(a, b) if self.week.lacking[q, t] or b - a == 1)
            if not causes:
                causes = Counter(self.cause(e, q, t) for t in range(a, b))
            people.setdefault(causes.most_common(1)[0][0], []).append(e)
        return Counter({cause: len(who) for cause, who in people.items()}), people

    def cause(self, e: int, q: int, t: int) -> Cause:
        """What keeps one person from one cell."""
        for queue, first, length in self.week.shifts_of(e):
            if first <= t < first + length:
                return Cause(SERVES if queue == q else "other_queue")
        fact = self._fact(e, q, t)
        if fact:
            return Cause(fact)
        return self._rule(e, q, t)

    def _fact(self, e: int, q: int, t: int) -> str:
        week, case = self.week.instance.week, self.week.case
        employee = case.company.employees[e]
        if not week.serve_first[e, q] <= t < week.serve_last[e, q]:
            known = (employee.employee_id, case.company.queues[q].queue_id) in case.company.skill
            return "lapsed" if known else "not_certified"
        if week.available[e, t]:
            return ""
        if self._working[e, t]:
            return "meeting"
        start, end = case.horizon.instant(t), case.horizon.instant(t + 1)
        away = case.company.absences_of.get(employee.employee_id, ())
        return "absent" if any(row.start < end and start < row.end for row in away) else "off"

    def _rule(self, e: int, q: int, t: int) -> Cause:
        """Certified and free: which rule of the week or of the rows leaves no shift."""
        instance, shifts = self.week.instance, self.week.shifts_of(e)
        week = instance.week
        if int(self.week.served[e]) + week.shortest > self.week.most(e):
            return Cause("band")
        held = self.held(e, q, t)
        if held:
            return held
        tomorrow = week.next_day[week.zone_of[e]]
        covering = self._covering(e, q, t)
        if not covering:
            return Cause("short_time")
        if week.a_week and len(shifts) >= week.a_week:
            return Cause("shifts_a_week")
        day = [s for s in covering if not week.a_day or _on_day(tomorrow, shifts, s[0]) < week.a_day]
        if not day:
            return Cause("shifts_a_day")
        rested = [
            (at, long)
            for at, long in day
            if not any(f < at + long + week.rest and at < f + n + week.rest for _, f, n in shifts)
        ]
        if not rested:
            return Cause("rest")
        if not [long for _, long in rested if int(self.week.served[e]) + long <= self.week.most(e)]:
            return Cause("band")
        blocked = [self._held_by(e, q, shift) for shift in rested]
        return Cause(DEARER) if not all(blocked) else next(cause for cause in blocked if cause)

    def _covering(self, e: int, q: int, t: int) -> list[tuple[int, int]]:
        """Legal shifts (first interval, length) over a cell, by the person's own free time alone."""
        week = self.week.instance.week
        low, high = max(0, t - week.longest + 1, int(week.serve_first[e, q])), t + week.longest
        cells = (week.available[e] & week.queue_open[q])[low:high].tolist()
        first, last = t, t
        while first > low and cells[first - 1 - low]:
            first -= 1
        while last < min(low + len(cells), int(week.serve_last[e, q])) and cells[last - low]:
            last += 1
        return [
            (start, length)
            for start in range(first, t + 1)
            if week.start_allowed[start]
            for length in range(max(week.shortest, t - start + 1), min(week.longest, last - start) + 1)
        ]

    def _held_by(self, e: int, q: int, shift: tuple[int, int]) -> Cause | None:
        first, length = shift
        for t in range(first, first + length):
            cause = self.held(e, q, t)
            if cause:
                return cause
        return None

    def held(self, e: int, q: int, t: int) -> Cause | None:
        """The hard row that has no room for one more of this person in a cell; queue -1 asks of rows for all queues."""
        rows = self.week.instance.rows
        for i in range(int(rows.entry_start[e]), int(rows.entry_start[e + 1])):
            g = int(rows.entry_group[i])
            if rows.entry_queue[i] in (-1, q) and rows.entry_coefficient[i] > 0 and self._full[g, t]:
                rule, _, group = rows.names[g].partition(": ")
                return Cause(rule, group)
        return None


def _on_day(tomorrow: IntArray, shifts: list[tuple[int, int, int]], at: int) -> int:
    return sum(int(tomorrow[first]) == int(tomorrow[at]) for _, first, _ in shifts)
