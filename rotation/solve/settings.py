"""How long and how to search, and what the search tells while it runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

Clock: TypeAlias = Callable[[], float]
"""Seconds from some origin; handed in, so that the core reads no clock of its own."""


@dataclass(frozen=True, slots=True)
class SearchSettings:
    """How to search.

    Args:
        time_limit_s: wall time, seconds; with ``reproducible`` a budget of work that takes about as long.
        gap: stop at this proven distance, as a share of the objective.
        seed: of every random choice.
        workers: threads, at least 1.
        reproducible: the same input gives the same plan, whatever the machine does meanwhile.
    """

    time_limit_s: float = 30.0
    gap: float = 0.005
    seed: int = 1
    workers: int = 2
    reproducible: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the search stands.

    Args:
        seconds: since it began.
        objective: points of the best plan, None before the first.
        bound: proven lower bound, points.
        phase: what is being done, in words.
        missing_minutes: agent-minutes that the best plan lacks, None where nobody counts them.
    """

    seconds: float
    objective: int | None
    bound: int
    phase: str
    missing_minutes: int | None = None

    @property
    def gap(self) -> float | None:
        """Proven distance, as a share of the objective."""
        if self.objective is None:
            return None
        return max(0.0, (self.objective - self.bound) / self.objective) if self.objective > 0 else 0.0


Listener: TypeAlias = Callable[[Standing], None]


@dataclass
class Watch:
    """What a search looks at while it runs: time, whether it was asked to stop, who listens.

    Args:
        clock: seconds from some origin.
        stopped: whether somebody asked to stop.
        listen: told whenever the standing changes.
    """

    clock: Clock
    stopped: Callable[[], bool] = lambda: False
    listen: Listener = lambda _: None
    started: float = field(init=False)

    def __post_init__(self) -> None:
        self.started = self.clock()

    @property
    def seconds(self) -> float:
        """Since the search began."""
        return self.clock() - self.started
