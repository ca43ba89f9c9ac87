"""The page of a simulation: service by queue and interval, scenarios side by side, where the formula differs."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from rotation.report.picture_page import Grid, Section, picture_page
from rotation.report.service import Service, service_pictures
from rotation.report.service_words import missed_rows, service_days, service_words
from rotation.report.spelling import day, share, times
from rotation.simulate.outcome import Outcome, difference

MOST_ROWS = 200
DAY_HEADER = ("Queue", "Day", "Calls", "In time", "Target", "Give up", "Worst interval")
MISSED_HEADER = ("Queue", "When", "Agents", "Calls", "In time")
GAP_HEADER = ("Queue", "When", "Agents", "Calls", "Formula", "Simulated", "±")


def simulation_page(service: Service, others: Mapping[str, Outcome]) -> bytes:
    """Render the page.

    Args:
        service: the plan as it is.
        others: other scenarios on the same callers, by name.
    """
    days = tuple(
        (row.queue, row.day, row.calls, row.level, row.target, row.abandonment, row.worst)
        for row in service_days(service)
    )
    sections = [
        Section("Expected service level", (service_words(service),), (), service_pictures(service)),
        Section("By day", (), (Grid("Share answered in time, of the calls offered", DAY_HEADER, days),)),
    ]
    if named := missed_rows(service):
        rows = (Grid("Agents are as many as asked for, callers wait all the same", MISSED_HEADER, named[:MOST_ROWS]),)
        sections.append(Section("Where people suffice and the target is missed", (), rows))
    if others:
        sections.insert(0, Section("What if", (_WHAT_IF,), (_comparison(service, others),)))
    gaps = _gaps(service)
    words = "Nowhere." if not gaps else (
        "The formula takes each interval alone and in a steady state; the simulation carries callers over, lets shifts "
        "end and rings second skills."
    )  # fmt: skip
    caption = f"Intervals that differ by more than five points (first {MOST_ROWS})"
    grids = (Grid(caption, GAP_HEADER, gaps),) if gaps else ()
    sections.append(Section("Where formula and simulation differ", (words,), grids))
    lead = f"{service.outcome.replications} replications, on the site's clock ({service.horizon.zone_name})"
    return picture_page(f"Simulation of {service.horizon.week}", lead, sections)


_WHAT_IF = (
    "Points of the service level that each scenario gains over the plan as it is. Every scenario meets the same "
    "callers with the same patience and the same questions, so that small differences can be told from luck."
)


def _comparison(service: Service, others: Mapping[str, Outcome]) -> Grid:
    header = ("Scenario", *(queue.queue_id for queue in service.company.queues), "all")
    rows = []
    for name, outcome in others.items():
        gain, half = difference("service_level", outcome, service.outcome)
        cells = ["–" if np.isnan(g) else f"{100 * g:+.2f} ± {100 * h:.2f}" for g, h in zip(gain, half, strict=True)]
        rows.append((name, *cells))
    return Grid("Gain in points, ± half a 95 % confidence interval", header, tuple(rows))


def _gaps(service: Service) -> tuple[tuple[str, ...], ...]:
    outcome, horizon, rows = service.outcome, service.horizon, []
    level, half, calls = outcome.by_interval("service_level"), outcome.half_width(), outcome.calls()
    for q, t in np.argwhere(service.disagreements()):
        start = horizon.instant(int(t))
        when = f"{day(horizon.local(int(t)).date())} {times(start, start + horizon.step, horizon.zone)}"
        numbers = (share(round(float(table[q, t]), 3)) for table in (service.formula, level, half))
        queue = service.company.queues[int(q)].queue_id
        rows.append((queue, when, str(int(service.agents[q, t])), f"{calls[q, t]:.1f}", *numbers))
    return tuple(rows[:MOST_ROWS])
