"""Telephone queues and when they are open."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Queue:
    """A queue of the telephone system.

    Args:
        queue_id: its id, the name the switch knows.
        name: its name for people.
        aht_s: average handle time with wrap-up, seconds.
        service_level_pct: share of the offered calls that must be answered in time.
        service_level_s: in time means within so many seconds.
        patience_s: mean patience of callers, seconds; None when callers are taken to wait for ever (Erlang C).
        shrinkage_pct: share of rostered time lost that the rota does not already show.
        max_occupancy_pct: at most this share of an agent's time with callers.
        min_agents: at least so many agents whenever the queue is open.
        priority: 1 (most important) to 5.
        pool: queues of one pool share people, so that their agents are rounded up once together; empty for none.
        extension: the number that callers dial inside the company; empty when unknown.
    """

    queue_id: str
    name: str
    aht_s: float
    service_level_pct: float = 80.0
    service_level_s: float = 20.0
    patience_s: float | None = None
    shrinkage_pct: float = 0.0
    max_occupancy_pct: float = 90.0
    min_agents: int = 1
    priority: int = 3
    pool: str = ""
    extension: str = ""


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """A stretch of a weekday in which a queue is open, on the site's clock.

    Args:
        queue_id: the queue.
        weekday: 0 (Monday) to 6.
        open_min: minutes after midnight.
        close_min: minutes after midnight, up to 1440 (24:00).
    """

    queue_id: str
    weekday: int
    open_min: int
    close_min: int
