"""Who is bound to which queue from when to when: the routing table's people, and core staff as nameless agents.

May know nothing of arrays.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rotation.company import Company
from rotation.routing import RoutingRow
from rotation.routing.policy import HIGHEST_LEVEL
from rotation.timegrid import Horizon

CORE = "core"


@dataclass(frozen=True, slots=True)
class Duty:
    """An agent bound to a queue for a stretch of time.

    Args:
        agent_id: a person's id, or a core seat's.
        queue_id: the queue.
        start: first instant, UTC.
        end: first instant after it, UTC.
        level: skill, 0 to 5.
        penalty: lower rings first.
        position: order among equals.
        key: what the duty's own luck hangs on, such as a shift's id.
        can_miss: whether the person may fail to come.
    """

    agent_id: str
    queue_id: str
    start: dt.datetime
    end: dt.datetime
    level: int
    penalty: int
    position: int
    key: str
    can_miss: bool = True


def duties_of_table(table: Sequence[RoutingRow]) -> list[Duty]:
    """The duties that a routing table gives."""
    return [
        Duty(
            row.employee_id,
            row.queue_id,
            row.valid_from,
            row.valid_to,
            row.level,
            row.penalty,
            row.position,
            row.shift_id,
        )
        for row in table
    ]


def core_duties(company: Company, horizon: Horizon, core: NDArray[np.int32]) -> list[Duty]:
    """Core staff as nameless agents: seat n is taken while the queue has more than n of them.

    Args:
        company: queues and the level of core staff.
        horizon: the week.
        core: agents, (queues, intervals).
    """
    level = company.policy.levels.core_staff_level
    found = []
    for q, queue in enumerate(company.queues):
        for seat in range(int(core[q].max(initial=0))):
            taken = np.concatenate([[0], (core[q] > seat).astype(int), [0]])
            edges = np.flatnonzero(np.diff(taken))
            for first, after in zip(edges[::2], edges[1::2], strict=True):
                name = f"{CORE}:{queue.queue_id}:{seat}"
                start, end = horizon.instant(int(first)), horizon.instant(int(after))
                found.append(
                    Duty(name, queue.queue_id, start, end, level, HIGHEST_LEVEL - level, 1, f"{name}:{first}", False)
                )
    return found


def luck_of(key: str) -> int:
    """The address of luck that hangs on a name: 64 bits of its SHA-256."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big")
