"""A simulated week as tables: service by queue, and what one scenario gains over another."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from rotation.report.service import Service
from rotation.report.spelling import decimal, plain
from rotation.simulate.kernel.arrays import OFFERED
from rotation.simulate.outcome import Outcome, difference

CAPTION = "±: 95 % confidence; missed: open intervals below target; differ: formula off by over 5 points"


def service_table(service: Service) -> Table:
    """One row a queue and one for all: level against target, waits, abandonment, occupancy, resolution."""
    outcome = service.outcome
    title = f"{service.horizon.week} simulated, {outcome.replications} replications"
    table = Table(title=title, caption=CAPTION, title_justify="left", caption_justify="left", box=SIMPLE_HEAD)
    table.padding = (0, 1, 0, 0)
    table.add_column("Queue", overflow="fold", min_width=8)
    for heading in ("Calls", "In time", "Target", "ASA", "Gave up", "Busy", "FCR", "Missed", "Differ"):
        table.add_column(heading, justify="right", no_wrap=True)
    level, half = outcome.by_queue("service_level")
    rest = [outcome.by_queue(name)[0] for name in ("asa_s", "abandonment", "occupancy", "first_contact_resolution")]
    calls, target = outcome.totals[:, :, OFFERED].mean(axis=0), service.target()
    with np.errstate(invalid="ignore"):
        missed = (outcome.by_interval("service_level") < target[:, None]) & service.traffic.is_open
    for q, queue in enumerate(service.company.queues):
        asa, gone, busy, resolved = (values[q] for values in rest)
        table.add_row(
            plain(queue.queue_id),
            decimal(float(calls[q]), 0),
            Text(_with_width(level[q], half[q]), style="bold red" if level[q] < target[q] else "green"),
            _percent(target[q]),
            "–" if np.isnan(asa) else f"{asa:.0f} s",
            *(_percent(value) for value in (gone, busy, resolved)),
            f"{int(missed[q].sum())}/{int(service.traffic.is_open[q].sum())}",
            str(int(service.disagreements()[q].sum())),
        )
    table.add_section()
    whole, width = outcome.overall("service_level")
    last = [outcome.overall(name)[0] for name in ("asa_s", "abandonment", "occupancy", "first_contact_resolution")]
    table.add_row(
        "all", decimal(float(calls.sum()), 0), _with_width(whole, width), "", f"{last[0]:.0f} s",
        *(_percent(value) for value in last[1:]), f"{int(missed.sum())}/{int(service.traffic.is_open.sum())}",
        str(int(service.disagreements().sum())),
    )  # fmt: skip
    return table


def comparison_table(base: Service, others: Mapping[str, Outcome]) -> Table:
    """What each other scenario gains over the base on the same callers, in points of the service level by queue."""
    caption = "points of the service level gained, ± half a 95 % confidence interval of the paired difference"
    table = Table(title="What if", caption=caption, title_justify="left", caption_justify="left", box=SIMPLE_HEAD)
    table.padding = (0, 1, 0, 0)
    table.add_column("Scenario", overflow="fold", min_width=12)
    for name in (*(queue.queue_id for queue in base.company.queues), "all", "ASA"):
        table.add_column(plain(name), justify="right")
    for name, outcome in others.items():
        gain, half = difference("service_level", outcome, base.outcome)
        waits = difference("asa_s", outcome, base.outcome)[0][-1]
        cells = [
            Text("–") if np.isnan(g) else Text(f"{100 * g:+.1f} ±{100 * h:.1f}", style="bold" if abs(g) > h else "dim")
            for g, h in zip(gain, half, strict=True)
        ]
        table.add_row(plain(name), *cells, f"{waits:+.0f} s")
    return table


def _with_width(value: float, half: float) -> str:
    return "–" if np.isnan(value) else f"{100 * value:.1f} ±{100 * half:.1f}"


def _percent(value: float, places: int = 0) -> str:
    return "–" if np.isnan(value) else f"{100 * value:.{places}f} %"
