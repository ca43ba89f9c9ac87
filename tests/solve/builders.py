"""Cases of some size, drawn from a seed; and planning them as the command does.

Run as a program it plans such a case reproducibly and prints what was found, for comparing processes.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import random
import sys
import time
from typing import Any

from rotation.company import Absence, Department, Preference, Queue, Skill
from rotation.plan import Case, Edition
from rotation.rules import rules
from rotation.solve import search as search_module
from rotation.solve.instance import compile_instance
from rotation.solve.planning import plan_week
from rotation.solve.search import Search
from rotation.solve.settings import SearchSettings, Watch
from tests.tiny import at, person, tiny_case, tiny_company

STAMP = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
WORKDAYS = ("mon", "tue", "wed", "thu", "fri")


def some_company_case(people: int = 40, seed: int = 1) -> Case:
    """A week of some departments and three queues, with novices, mentors, absences and wishes."""
    draw = random.Random(seed)
    staff = [
        person(
            f"E{n:03}",
            f"D{n % 5}",
            work_pattern_id="office" if n % 8 else "always",
            weekly_hours=draw.choice((20, 30, 40, 40, 40)),
            mentor=n % 6 == 0,
            timezone="America/Denver" if n % 9 == 0 else "America/Los_Angeles",
        )
        for n in range(people)
    ]
    queues = [Queue(f"Q{n}", f"Queue {n}", 300, priority=n + 1) for n in range(3)]
    skills = [
        Skill(row.employee_id, f"Q{q}", 5 if row.mentor else draw.randint(1, 4))
        for n, row in enumerate(staff)
        for q in sorted({n % 3, draw.randrange(3)})
    ]
    absences = [
        Absence(row.employee_id, at(f"2026-06-{8 + draw.randrange(5):02}T12:00"), at("2026-06-13T00:00"), "vacation")
        for row in draw.sample(staff, people // 8)
    ]
    wishes = [
        Preference(row.employee_id, draw.randrange(5), 480, 720, draw.choice((-3, -1, 2)))
        for row in draw.sample(staff, people // 3)
    ]
    company = tiny_company(
        *staff,
        queues=queues,
        skills=skills,
        departments=tuple(Department(f"D{n}", f"Department {n}", 40, n % 2) for n in range(5)),
        absences=tuple(absences),
        preferences=tuple(wishes),
    )
    required = {
        f"Q{q} {day} {hour:02}:00-{hour + 1:02}:00": draw.randint(0, max(1, people // 12))
        for q in range(3)
        for day in WORKDAYS
        for hour in range(8, 17)
    }
    return tiny_case(company, required=required)


def planned(case: Case, stopped: bool = False, **settings: Any) -> Edition:
    """Plan a case with a short limit."""
    asked = SearchSettings(**({"time_limit_s": 2.0, "workers": 2, "gap": 0.0} | settings))
    return plan_week(case, rules(), asked, Watch(time.monotonic, lambda: stopped), STAMP, {})


def searched(case: Case, **settings: Any) -> Search:
    """A finished search of a case."""
    search = Search(
        compile_instance(case, rules()),
        SearchSettings(**({"time_limit_s": 2.0, "workers": 2} | settings)),
        Watch(time.monotonic),
    )
    search.run()
    return search


if __name__ == "__main__":
    search_module.NEIGHBOURHOOD_S = 0.05
    found = searched(some_company_case(24, 3), reproducible=True, time_limit_s=0.02, gap=0.0)
    shifts = hashlib.sha256(found.roster.flat().tobytes()).hexdigest()
    sys.stdout.write(f"{shifts} {found.objective} {found.bound} {found.trace}\n")
