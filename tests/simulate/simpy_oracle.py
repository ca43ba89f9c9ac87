"""An independent simulation of the same rules in simpy, written from the manual and not from the event loop."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Generator
from dataclasses import dataclass, field
from typing import Any

import simpy


@dataclass
class Skill:
    """An agent's standing in a queue."""

    penalty: int
    factor: float = 1.0


@dataclass
class Desk:
    """One agent."""

    name: int
    skills: dict[int, Skill]
    start_s: float = 0.0
    end_s: float = float("inf")
    busy: bool = False
    idle_since: float = 0.0


@dataclass
class Case:
    """Queues with rates an hour, handle times, patience and priority, and agents."""

    rates: list[float]
    aht_s: list[float]
    patience_s: list[float]
    priority: list[int]
    desks: list[Desk]
    hours: float
    target_s: float = 20.0
    warm_in_s: float = 0.0
    counts: list[dict[str, float]] = field(default_factory=list)


class House:
    """One run."""

    def __init__(self, case: Case, seed: int) -> None:
        self.case, self.env, self.random = case, simpy.Environment(), random.Random(seed)
        self.waiting: list[deque[dict[str, Any]]] = [deque() for _ in case.rates]
        self.counts = [dict.fromkeys(("offered", "in_time", "abandoned", "wait"), 0.0) for _ in case.rates]

    def run(self) -> list[dict[str, float]]:
        """Simulate and return each queue's counts."""
        for queue in range(len(self.case.rates)):
            self.env.process(self.callers(queue))
        for desk in self.case.desks:
            desk.busy, desk.idle_since = False, desk.start_s
            if desk.start_s > 0:
                self.env.process(self.arrive_at_work(desk))
        self.env.run()
        return self.counts

    def callers(self, queue: int) -> Generator[Any, Any, None]:
        while True:
            yield self.env.timeout(self.random.expovariate(self.case.rates[queue] / 3600))
            if self.env.now >= self.case.hours * 3600:
                return
            self.env.process(self.call(queue))

    def call(self, queue: int) -> Generator[Any, Any, None]:
        counted = self.env.now >= self.case.warm_in_s
        call = {"queue": queue, "at": self.env.now, "picked": self.env.event(), "counted": counted}
        self.counts[queue]["offered"] += counted
        able = [desk for desk in self.case.desks if queue in desk.skills and self.there(desk) and not desk.busy]
        if able:
            able.sort(key=lambda desk: (desk.skills[queue].penalty, desk.idle_since, desk.name))
            self.take(able[0], call)
            return
        self.waiting[queue].append(call)
        patience = self.random.expovariate(1 / self.case.patience_s[queue])
        yield call["picked"] | self.env.timeout(patience)
        if not call["picked"].triggered:
            self.waiting[queue].remove(call)
            self.counts[queue]["abandoned"] += counted

    def there(self, desk: Desk) -> bool:
        return desk.start_s <= self.env.now < desk.end_s

    def take(self, desk: Desk, call: dict[str, Any]) -> None:
        desk.busy = True
        waited = self.env.now - call["at"]
        if call["counted"]:
            self.counts[call["queue"]]["in_time"] += waited <= self.case.target_s
            self.counts[call["queue"]]["wait"] += waited
        self.env.process(self.talk(desk, call["queue"]))

    def talk(self, desk: Desk, queue: int) -> Generator[Any, Any, None]:
        mean = self.case.aht_s[queue] * desk.skills[queue].factor
        yield self.env.timeout(self.random.expovariate(1 / mean))
        desk.busy, desk.idle_since = False, self.env.now
        self.next_for(desk)

    def arrive_at_work(self, desk: Desk) -> Generator[Any, Any, None]:
        yield self.env.timeout(desk.start_s)
        if not desk.busy:
            self.next_for(desk)

    def next_for(self, desk: Desk) -> None:
        if desk.busy or not self.there(desk):
            return
        waiting = [queue for queue in desk.skills if self.waiting[queue]]
        if waiting:
            queue = min(waiting, key=lambda q: (self.case.priority[q], self.waiting[q][0]["at"]))
            call = self.waiting[queue].popleft()
            call["picked"].succeed()
            self.take(desk, call)
