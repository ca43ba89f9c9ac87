"""Recurrence rules that would take for ever are refused, and endless ones end with the planned time."""

from __future__ import annotations

import datetime as dt
from math import prod
from typing import Any

from icalendar import Component

HOURS = {"HOURLY": 1, "DAILY": 24, "WEEKLY": 24, "MONTHLY": 24, "YEARLY": 24}
MOST_STEPS = 250_000
MOST_TIMES_A_STEP = 96
FIRST_YEAR = 1583


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
        for key in ("COUNT", "INTERVAL"):
            if any(number < 1 for number in rule.get(key, ())):
                return f"repeats with {key}={rule[key][0]}"
        times = prod(len(rule.get(key, [0])) for key in ("BYHOUR", "BYMINUTE", "BYSECOND"))
        if times > MOST_TIMES_A_STEP:
            return f"repeats {times} times a {'day' if HOURS[frequency] == 24 else 'step'}"
        if end is not None:
            days = (end.date() - (start.date() if isinstance(start, dt.datetime) else start)).days
            if days * 24 / HOURS[frequency] * times > MOST_STEPS:
                return f"repeats {frequency} since {start:%Y-%m-%d}, which is too many times"
    return None


def bound(component: Component, end: dt.datetime | None, person: dt.tzinfo) -> None:
    """Let every rule end where its owner means it to, and no later than an instant.

    A rule that never fits would be searched for ever. An UNTIL of another kind than DTSTART is read as clients write
    it: a date includes its whole day, a floating time is on the event's own clock.

    Args:
        component: the event, its times settled.
        end: last instant; None leaves endless rules.
        person: the zone of whole days.
    """
    start = first_of(component, "DTSTART")
    timed = isinstance(start, dt.datetime)
    zone = start.tzinfo if timed else person
    for rule in rules_of(component):
        if "UNTIL" in rule:
            rule["UNTIL"] = [_until(rule["UNTIL"][0], timed, zone)]
        elif end is not None:
            rule["UNTIL"] = [end.astimezone(dt.UTC) if timed else end.date()]


def _until(given: Any, timed: bool, zone: dt.tzinfo) -> dt.date:
    if isinstance(given, dt.datetime):
        local = given.astimezone(zone) if given.tzinfo else given.replace(tzinfo=zone)
        return local.astimezone(dt.UTC) if timed else local.date()
    if not timed:
        day: dt.date = given
        return day
    last = dt.datetime.combine(given, dt.time(23, 59, 59), tzinfo=zone)
    return last.astimezone(dt.UTC)
