"""The expected service level in words, for whoever does not read heat maps."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rotation.report.service import Service
from rotation.report.spelling import clock, day, decimal, offset, share
from rotation.simulate.kernel.arrays import ABANDONED, IN_TIME, OFFERED


@dataclass(frozen=True, slots=True)
class ServiceDay:
    """Expected service of one queue on one local day, in words."""

    queue: str
    day: str
    calls: str
    level: str
    target: str
    abandonment: str
    worst: str
    is_short: bool


def service_days(service: Service) -> tuple[ServiceDay, ...]:
    """Expected service of each queue on each day on which calls are expected."""
    numbers, first = np.array(service.horizon.day_numbers()), service.outcome.sums.first
    level, rows = service.outcome.by_interval("service_level"), []
    for q, queue in enumerate(service.company.queues):
        for number, date in enumerate(service.horizon.days()):
            cells = np.flatnonzero((numbers == number) & ~np.isnan(level[q]))
            if not cells.size:
                continue
            offered, in_time, gone = (float(first[q, cells, n].sum()) for n in (OFFERED, IN_TIME, ABANDONED))
            lowest = int(cells[level[q, cells].argmin()])
            target = queue.service_level_pct / 100
            rows.append(
                ServiceDay(
                    queue.name,
                    day(date),
                    decimal(offered / service.outcome.replications, 0),
                    share(round(in_time / offered, 3)),
                    share(target),
                    share(round(gone / offered, 3)),
                    f"{clock(service.horizon.local(lowest))} {share(round(float(level[q, lowest]), 2))}",
                    in_time / offered < target,
                )
            )
    return tuple(rows)


def missed_rows(service: Service) -> tuple[tuple[str, ...], ...]:
    """Where people suffice and the target is missed all the same: queue, when, agents, calls, share in time."""
    level, calls, horizon = service.outcome.by_interval("service_level"), service.outcome.calls(), service.horizon
    rows = []
    for q, t in np.argwhere(service.missed()):
        local = horizon.local(int(t))
        rows.append(
            (
                service.company.queues[int(q)].queue_id,
                f"{day(local.date())} {clock(local)} ({offset(local)})",
                str(int(service.agents[q, t])),
                decimal(float(calls[q, t]), 1),
                share(round(float(level[q, t]), 3)),
            )
        )
    return tuple(rows)


def service_words(service: Service) -> str:
    """One paragraph: how it was found, what it says of the week, and where formula and simulation part."""
    outcome = service.outcome
    level, half = outcome.overall("service_level")
    resolved = outcome.overall("first_contact_resolution")[0]
    differing = int(service.disagreements().sum())
    words = (
        f"{outcome.replications} simulated weeks, call by call, by the routing table of this plan: "
        f"{share(round(level, 3))} (± {share(round(half, 4))}) of all callers are answered in time, and the first "
        f"agent can help {share(round(resolved, 3))} of those who are answered. Numbers in the cells are per cent "
        "answered in time of the calls offered; the pale band begins at the queue's target."
    )
    suffices, missed = int(service.suffices().sum()), int(service.missed().sum())
    if suffices:
        words += (
            f" Where people suffice, the target holds in {share(round(1 - missed / suffices, 3))} of "
            f"{decimal(suffices, 0)} intervals."
        )
    if differing:
        words += (
            f" In {differing} intervals, marked *, the formula behind the requirement is off by more than five points: "
            "it knows neither callers left over from the interval before, nor overflow, nor who comes late."
        )
    return words
