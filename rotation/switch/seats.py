"""The words between the reconciling core and the drivers: seats as a switch shows them, actions, outcomes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Key = tuple[str, str]
"""Queue and agent, the agent in lower case: switches do not tell interfaces apart by case."""
Phase = Literal["waiting", "serving", "leaving", "gone"]

MARK = "rotation"
STARTS = f"{MARK}: shift starts"
ENDS = f"{MARK}: shift ends"
"""Reasons of our pauses; a pause with any other reason is the agent's own and stays."""


def key_of(queue: str, agent: str) -> Key:
    """The key of a seat."""
    return (queue, agent.casefold())


@dataclass(frozen=True, slots=True)
class Rank:
    """Where somebody rings: lower first.

    Args:
        penalty: 0 rings first.
        position: within the penalty, from 1; 0 where the switch has none.
    """

    penalty: int
    position: int = 0


@dataclass(frozen=True, slots=True)
class Seat:
    """A member of a queue, as the switch shows it.

    Args:
        queue: the queue's id.
        agent: the agent, as the switch calls it.
        rank: where it rings.
        ours_to_move: whether commands can take it away (dynamic); False for static and realtime members.
        paused: whether it is not rung.
        reason: why it is paused; empty when unknown.
        busy: whether it talks, is being rung, or is on hold.
        reachable: whether its telephone is registered.
    """

    queue: str
    agent: str
    rank: Rank
    ours_to_move: bool = True
    paused: bool = False
    reason: str = ""
    busy: bool = False
    reachable: bool = True

    @property
    def key(self) -> Key:
        """Queue and agent."""
        return key_of(self.queue, self.agent)


@dataclass(frozen=True)
class SwitchState:
    """What a switch said of its queues.

    Args:
        queues: names of all queues that it knows.
        seats: members by key.
        restarted: whether the switch has restarted since it was last read.
    """

    queues: frozenset[str]
    seats: Mapping[Key, Seat] = field(default_factory=dict)
    restarted: bool = False


@dataclass(frozen=True, slots=True)
class Owned:
    """A member that this program put there.

    Args:
        phase: ``waiting`` was added paused, ``serving`` rings, ``leaving`` was paused for good, ``gone`` was removed: a
            switch that restarts may bring it back.
        since: of the phase, aware, UTC.
    """

    phase: Phase
    since: dt.datetime


Verb = Literal["add", "unpause", "rank", "pause", "remove"]


@dataclass(frozen=True, slots=True)
class Action:
    """One step that a driver can take.

    Args:
        verb: ``add`` (paused when ``paused``), ``unpause``, ``rank``, ``pause`` or ``remove``.
        queue: the queue's id.
        agent: the agent, as the switch calls it.
        rank: where it rings, of add and rank.
        paused: of add.
        reason: of add while paused, and of pause.
        name: of add, what the switch shows.
        employee_id: whom it concerns; empty when the table no longer says.
        endpoint: of add, what is rung.
    """

    verb: Verb
    queue: str
    agent: str
    rank: Rank = Rank(0)
    paused: bool = False
    reason: str = ""
    name: str = ""
    employee_id: str = ""
    endpoint: str = ""

    @property
    def key(self) -> Key:
        """Queue and agent."""
        return key_of(self.queue, self.agent)

    def __str__(self) -> str:
        who = f"{self.employee_id} " if self.employee_id else ""
        words = {
            "add": f"add {who}{self.agent} to {self.queue}, penalty {self.rank.penalty}"
            + (", paused" if self.paused else ""),
            "unpause": f"unpause {who}{self.agent} in {self.queue}",
            "rank": f"set {who}{self.agent} in {self.queue} to penalty {self.rank.penalty}",
            "pause": f"pause {who}{self.agent} in {self.queue} ({self.reason})",
            "remove": f"remove {who}{self.agent} from {self.queue}",
        }
        return words[self.verb]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an action.

    Args:
        action: the action.
        done: whether the switch is now as the action wants it; also when it already was.
        foreign: whether the member turned out not to be ours to move.
        message: what the switch said when it is not done.
    """

    action: Action
    done: bool
    foreign: bool = False
    message: str = ""
