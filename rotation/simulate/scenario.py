"""A week's plan and demand -> the arrays of the event loop.

Who serves comes from the routing table as it is exported (levels, penalties, positions, several queues at a time), and
from core_staff.csv: a nameless agent for each seat, standing where somebody of the policy's ``core_staff_level`` would.
The week is preceded by a stretch that is not counted, a copy of its own last intervals, so that the first callers do
not meet an empty house. May know nothing of results.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from rotation.company import Company
from rotation.demand.speeds import handle_time_factors, resolved_shares
from rotation.simulate.duties import Duty, luck_of
from rotation.simulate.kernel.arrays import Floats, Ints, Week
from rotation.timegrid import Horizon

Number = TypeVar("Number", bound=np.generic)
RUN_OUT_S = 3600.0
"""Shifts that end with the week go on so long, for callers who came in its last minutes."""


@dataclass(frozen=True, eq=False)
class Traffic:
    """What a week brings, laid on its intervals.

    Args:
        calls: expected, (queues, intervals); 0 where closed.
        aht_s: handle time of an ordinary agent, (queues, intervals).
        rate_cv: coefficient of variation of the rate, (queues, intervals).
        is_open: whether the queue is open, (queues, intervals).
    """

    calls: Floats
    aht_s: Floats
    rate_cv: Floats
    is_open: NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Scenario:
    """A plan with its demand, ready to be simulated.

    Args:
        week: the arrays.
        warm_in: intervals at the front that are not counted.
        day: the local day of each interval, for rates that swing together, (intervals,).
        rate_cv: coefficient of variation of the rate, (queues, intervals).
    """

    week: Week
    warm_in: int
    day: Ints
    rate_cv: Floats


def scenario_of(
    company: Company, horizon: Horizon, traffic: Traffic, duties: Sequence[Duty], *, no_show: float | None = None
) -> Scenario:
    """Lay out a simulation.

    Args:
        company: queues, levels and the policy's simulation section.
        horizon: the week.
        traffic: what it brings.
        duties: who serves what when.
        no_show: share of the duties whose person does not come; None takes the policy's.
    """
    policy, warm_in = company.policy.simulation, company.policy.simulation.warm_in_min // horizon.interval_min
    warm_in = min(warm_in, horizon.intervals)
    calls, aht = _with_front(traffic.calls, warm_in), _with_front(traffic.aht_s, warm_in)
    is_open, cv = _with_front(traffic.is_open, warm_in), _with_front(traffic.rate_cv, warm_in)
    resolves = resolved_shares(company.policy.levels)
    returning = policy.return_pct / 100
    first_calls = calls * _share_of_first_calls(company, resolves, returning)[:, None]
    closing_s, closing_queue = _closings(is_open, horizon.interval_min * 60.0)
    rows = _rows(company, horizon, duties, warm_in)
    week = Week(
        interval_s=horizon.interval_min * 60.0,
        calls=np.where(is_open, first_calls, 0.0),
        aht_s=aht,
        next_open=_next_open(is_open),
        patience_s=np.array([queue.patience_s or np.inf for queue in company.queues]),
        target_s=np.array([float(queue.service_level_s) for queue in company.queues]),
        priority=np.array([queue.priority for queue in company.queues], dtype=np.int64),
        away_share=np.array([queue.shrinkage_pct / 100 for queue in company.queues]),
        away_s=policy.away_min * 60.0,
        closing_s=closing_s,
        closing_queue=closing_queue,
        time_factor=handle_time_factors(company.policy.levels),
        resolves=resolves,
        no_show=policy.no_show_pct / 100 if no_show is None else no_show,
        service_cv=policy.handle_time_cv_pct / 100,
        return_share=returning,
        return_after_s=policy.return_after_min * 60.0,
        **rows,  # type: ignore[arg-type]
    )
    days = np.array(horizon.day_numbers(), dtype=np.int64)
    return Scenario(week, warm_in, np.concatenate([np.full(warm_in, -1), days]), cv)


def _with_front(table: NDArray[Number], warm_in: int) -> NDArray[Number]:
    """A table with its last intervals repeated in front."""
    return np.concatenate([table[:, table.shape[1] - warm_in :], table], axis=1)


def _share_of_first_calls(company: Company, resolves: Floats, returning: float) -> Floats:
    """Demand counts those who call again as the past did: so many of its calls are first ones, (queues,).

    With certified people answering, each call brings ``returning * unresolved`` further ones.
    """
    shares = []
    for queue in company.queues:
        levels = [skill.level for skill in company.skills if skill.queue_id == queue.queue_id]
        unresolved = 1.0 - float(np.mean(resolves[levels])) if levels else 0.0
        shares.append(1.0 - returning * unresolved)
    return np.array(shares)


def _next_open(is_open: NDArray[np.generic]) -> Ints:
    queues, intervals = is_open.shape
    found = np.full((queues, intervals), intervals, dtype=np.int64)
    for t in range(intervals - 1, -1, -1):
        later = found[:, t + 1] if t + 1 < intervals else intervals
        found[:, t] = np.where(is_open[:, t], t, later)
    return found


def _closings(is_open: NDArray[np.generic], interval_s: float) -> tuple[Floats, Ints]:
    ends = [((t + 1) * interval_s, q) for q, row in enumerate(is_open) for t in np.flatnonzero(row[:-1] & ~row[1:])]
    ends.sort()
    return np.array([at for at, _ in ends], dtype=float), np.array([q for _, q in ends], dtype=np.int64)


def _rows(company: Company, horizon: Horizon, duties: Sequence[Duty], warm_in: int) -> dict[str, object]:
    """The routing rows as arrays; duties of the week's last intervals also serve the stretch in front of it."""
    front = warm_in * horizon.interval_min * 60.0
    length = horizon.intervals * horizon.interval_min * 60.0
    queue = {row.queue_id: n for n, row in enumerate(company.queues)}
    agent: dict[str, int] = {}
    found: list[tuple[int, int, float, float, int, int, int, int, bool]] = []
    ordered = sorted(duties, key=lambda duty: (duty.start, duty.agent_id, duty.queue_id, duty.key))
    for duty in ordered:
        start = max((duty.start - horizon.start).total_seconds(), 0.0)
        end = min((duty.end - horizon.start).total_seconds(), length)
        if end <= start or duty.queue_id not in queue:
            continue
        who = agent.setdefault(duty.agent_id, len(agent))
        at = (queue[duty.queue_id], duty.penalty, duty.position, duty.level)
        if end > length - front:
            copied = (max(start - (length - front), 0.0), end - (length - front))
            before = agent.setdefault(f"before:{duty.agent_id}", len(agent))
            found.append((before, at[0], *copied, *at[1:], luck_of(f"before:{duty.key}"), False))
        until = end + front + (RUN_OUT_S if end >= length else 0.0)
        found.append((who, at[0], start + front, until, *at[1:], luck_of(duty.key), duty.can_miss))
    columns = list(zip(*found, strict=True)) if found else [()] * 9
    ints = {"agent": 0, "queue": 1, "penalty": 4, "position": 5, "level": 6}
    start_s, end_s = (np.array(columns[n], dtype=float) for n in (2, 3))
    rows: dict[str, object] = {name: np.array(columns[n], dtype=np.int64) for name, n in ints.items()}
    return rows | {
        "start_s": start_s,
        "end_s": end_s,
        "luck": np.array(columns[7], dtype=np.uint64),
        "can_miss": np.array(columns[8], dtype=np.bool_),
        "share": _shares(np.array(columns[0], dtype=np.int64), start_s, end_s),
        "agents": len(agent),
    }


def _shares(agent: Ints, start: Floats, end: Floats) -> Floats:
    """An agent's time divided among the queues that are served at the time at which each row begins."""
    order = np.argsort(agent, kind="stable")
    shares = np.ones(len(agent))
    for rows in np.split(order, np.flatnonzero(np.diff(agent[order])) + 1):
        for row in rows:
            together = (start[rows] <= start[row]) & (end[rows] > start[row])
            shares[row] = 1.0 / max(int(together.sum()), 1)
    return shares
