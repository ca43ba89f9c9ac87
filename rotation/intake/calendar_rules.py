"""Recurrence rules that would take for ever are refused, and endless ones end with the planned time."""

from __future__ import annotations

import datetime as dt
from math import prod
from typing import Any

from icalendar import Component

HOURS = {"HOURLY": 1, "DAILY": 24, "WEEKLY": 24, "MONTHLY": 24, "YEARLY": 24}
MOST_STEPS = 250_000
MOST_TIMES_A_STEP = 96
FIRST_YEAR = 1900


def rules_of(component: Component) -> list[Any]:
    """The recurrence rules of a component."""
    found = component.get("RRULE", [])
    return found if isinstance(found, list) else [found]


def first_of(component: Component, name: str) -> Any:
    """The date or instant of a property, None when the component lacks it."""
    prop: Any = component.get(name)
    return getattr(prop[0] if isinstance(prop, list) else prop, "dt", None)


def fault_of_rules(component: Component, end: dt.datetime | None) -> str | None:
    """Why a component's rules cannot be expanded up to an instant, or None; without instant, the rules alone."""
    start = first_of(component, "DTSTART")
    if start.year < FIRST_YEAR:
        return f"begins before {FIRST_YEAR}"
    for rule in rules_of(component):
        frequency = str(rule.get("FREQ", ["?"])[0]).upper()
        if frequency not in HOURS:
            return f"repeats {frequency}, which is not expanded"
        times = prod(len(rule.get(key, [0])) for key in ("BYHOUR", "BYMINUTE", "BYSECOND"))
        if times > MOST_TIMES_A_STEP:
            return f"repeats {times} times a {'day' if HOURS[frequency] == 24 else 'step'}"
        if end is not None:
            days = (end.date() - (start.date() if isinstance(start, dt.datetime) else start)).days
            if days * 24 / HOURS[frequency] * times > MOST_STEPS:
                return f"repeats {frequency} since {start:%Y-%m-%d}, which is too many times"
    return None


def bound(component: Component, end: dt.datetime) -> None:
    """End every rule with an instant, unless it ends itself before: a rule that never fits is searched for ever."""
    start = first_of(component, "DTSTART")
    last = end.astimezone(dt.UTC) if isinstance(start, dt.datetime) else end.date()
    for rule in rules_of(component):
        if "UNTIL" not in rule:
            rule["UNTIL"] = [last]
