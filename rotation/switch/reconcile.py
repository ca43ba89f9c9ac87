"""The core of a hand-over: the state seen, the table and an instant -> the smallest list of actions. Pure.

Rules, in the order of their weight:

1. Members that this program did not put there are never touched.
2. Nobody is removed who talks or is being rung; nobody is hung up.
3. Who comes is added, paused, just before the shift and rings from its first instant; who goes is paused at the last
   and removed when idle.
4. A queue that should have people is not emptied before one of them rings, for at most ``hold_s``.
5. A pause for another reason than ours is the agent's own: it stays.
6. Who is as wanted gets no action, so a second run sends nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from rotation.switch.seats import ENDS, MARK, STARTS, Action, Key, Owned, Seat, SwitchState
from rotation.switch.timetable import Timetable, Want


@dataclass(frozen=True, slots=True)
class Grace:
    """How patient a hand-over is.

    Args:
        lead_s: newcomers are added this long before their shift, seconds.
        settle_s: a paused member must be idle this long after its pause, seconds: a ring may be on its way.
        hold_s: leavers of a queue whose newcomers do not come stay at most this long, seconds.
        drain_s: after this long in a call an alarm is raised, seconds; nobody is ever cut off.
        pause_per_queue: whether a pause holds for one queue; False where it holds for the agent everywhere.
        adopt: whether members that the table names at any time are taken for ours, after records were lost.
    """

    lead_s: float = 15
    settle_s: float = 2
    hold_s: float = 120
    drain_s: float = 3600
    pause_per_queue: bool = True
    adopt: bool = False


@dataclass(frozen=True)
class Steps:
    """What to do now.

    Args:
        actions: adds and unpauses first, then ranks, pauses, removes.
        alarms: what a person should look at.
        pending: whether somebody is waited for, so that the state should be read again soon.
        adopted: seats that carry our mark but are not recorded: they become ours.
        gone: recorded seats that the switch no longer has and the table no longer wants.
    """

    actions: tuple[Action, ...] = ()
    alarms: tuple[str, ...] = ()
    pending: bool = False
    adopted: Mapping[Key, Owned] = field(default_factory=dict)
    gone: tuple[Key, ...] = ()


ORDER = {"add": 0, "unpause": 0, "rank": 1, "pause": 2, "remove": 3}


def plan(
    state: SwitchState,
    table: Timetable,
    owned: Mapping[Key, Owned],
    now: dt.datetime,
    grace: Grace,
    drained: Collection[str] = (),
    failed: Collection[Key] = (),
) -> Steps:
    """The smallest list of actions that makes a switch right.

    Args:
        state: what the switch said just now of the table's queues and of those in the records.
        table: who should sit where.
        owned: what this program put there, by its own records.
        now: the instant, aware.
        grace: how patient to be.
        drained: employees who leave although the table wants them.
        failed: seats of which an add or unpause has just failed: nobody may be relieved by them.
    """
    return _Reconciliation(state, table, owned, now, grace, drained, failed).steps()


class _Reconciliation:
    """One run of the rules; gathers actions and alarms."""

    def __init__(
        self,
        state: SwitchState,
        table: Timetable,
        owned: Mapping[Key, Owned],
        now: dt.datetime,
        grace: Grace,
        drained: Collection[str],
        failed: Collection[Key],
    ) -> None:
        self.state, self.table, self.now, self.grace = state, table, now, grace
        self.drained, self.failed = drained, failed
        self.on = table.wanted(now, without=drained)
        lead = dt.timedelta(seconds=grace.lead_s)
        self.soon = table.wanted(now, now + lead, without=drained)
        self.adopted = {
            key: Owned("waiting" if seat.reason == STARTS else "leaving", now)
            for key, seat in state.seats.items()
            if key not in owned and key[0] in table.queues and seat.ours_to_move and seat.reason.startswith(MARK)
        }
        # Whoever was removed and is there again put themselves there, unless a restart has brought them back.
        revived = {
            key: Owned("serving", one.since)
            for key, one in owned.items()
            if one.phase == "gone" and state.restarted and key in state.seats
        }
        self.adopted |= revived
        if grace.adopt:
            named = {key for key in table.seats() if key in state.seats and key not in owned}
            self.adopted |= {key: Owned("serving", now) for key in named if state.seats[key].ours_to_move}
        self.recorded = owned
        self.owned = {key: one for key, one in owned.items() if one.phase != "gone"} | self.adopted
        self.alarms: list[str] = []
        self.pending = False

    def steps(self) -> Steps:
        coming = [action for key, want in self.soon.items() for action in self._comer(key, want)]
        relieved = {action.key for action in coming if action.verb in ("add", "unpause") and not action.paused}
        leavers = sorted(key for key in self.owned if key not in self.soon)
        leaving = [action for key in leavers for action in self._leaver(key, relieved)]
        actions = sorted([*coming, *leaving], key=lambda action: (ORDER[action.verb], action.queue, action.agent))
        gone = tuple(sorted(key for key in self.recorded if key not in self.soon and key not in self.state.seats))
        return Steps(tuple(actions), tuple(sorted(set(self.alarms))), self.pending, self.adopted, gone)

    def _comer(self, key: Key, want: Want) -> Iterator[Action]:
        on, seat = key in self.on, self.state.seats.get(key)
        if not on and not self.grace.pause_per_queue and any(other[1] == key[1] for other in self.on):
            return  # a pause would silence the queue that the agent serves now: added at the first instant instead
        if want.queue not in self.state.queues:
            self.alarms.append(f"the switch has no queue {want.queue}")
        elif seat is None:
            reason = "" if on else STARTS
            who = (want.name, want.employee_id, want.endpoint)
            yield Action("add", want.queue, want.agent, want.rank, not on, reason, *who)
        elif not seat.ours_to_move:
            self.alarms.append(f"{seat.agent} in {seat.queue} is a static or realtime member: not touched")
        elif key not in self.owned:
            self.alarms.append(f"{seat.agent} in {seat.queue} was added by somebody else: not touched")
        else:
            yield from self._kept(key, want, seat, on)

    def _kept(self, key: Key, want: Want, seat: Seat, on: bool) -> Iterator[Action]:
        """Somebody who is there already and stays or begins."""
        if on and not seat.reachable:
            self.alarms.append(f"{seat.agent} ({want.employee_id}) is on shift in {seat.queue} but not registered")
        if seat.rank != want.rank:
            yield Action("rank", seat.queue, seat.agent, want.rank, employee_id=want.employee_id)
        if on and seat.paused and self._our_pause(key, seat):
            yield Action("unpause", seat.queue, seat.agent, employee_id=want.employee_id)
        elif not on and not seat.paused:
            yield Action("pause", seat.queue, seat.agent, reason=STARTS, employee_id=want.employee_id)

    def _leaver(self, key: Key, relieved: Collection[Key]) -> Iterator[Action]:
        seat = self.state.seats.get(key)
        if seat is None or not seat.ours_to_move:
            return
        if not self.grace.pause_per_queue and any(other[1] == key[1] for other in self.soon):
            yield Action("remove", seat.queue, seat.agent)
        elif not seat.paused:
            if self._held(key, relieved):
                self.pending = True
                self.alarms.append(f"{seat.agent} stays in {seat.queue} past the shift: nobody else rings there yet")
            else:
                self.pending = True
                yield Action("pause", seat.queue, seat.agent, reason=ENDS)
        elif seat.busy or not self._settled(key):
            self.pending = True
            since = self.owned[key].since
            if seat.busy and self.owned[key].phase == "leaving" and self._seconds(since) > self.grace.drain_s:
                self.alarms.append(
                    f"{seat.agent} still talks in {seat.queue}, since {since:%H:%M:%S} UTC past the shift"
                )
        else:
            yield Action("remove", seat.queue, seat.agent)

    def _our_pause(self, key: Key, seat: Seat) -> bool:
        """Old switches forget reasons: then our records say whether the pause is ours."""
        return seat.reason.startswith(MARK) or (not seat.reason and self.owned[key].phase != "serving")

    def _held(self, key: Key, relieved: Collection[Key]) -> bool:
        """Whether a queue would be left empty although the table wants people there."""
        wanted = [other for other in self.on if other[0] == key[0]]
        ended = self.table.ended(key, self.now)
        if not wanted or ended is None or self._seconds(ended) >= self.grace.hold_s:
            return False
        return not any(self._rings(other, relieved) for other in wanted)

    def _rings(self, key: Key, relieved: Collection[Key]) -> bool:
        seat = self.state.seats.get(key)
        if key in self.failed or (seat is not None and not seat.reachable):
            return False
        return key in relieved or (seat is not None and not seat.paused)

    def _settled(self, key: Key) -> bool:
        owned = self.owned[key]
        return owned.phase != "leaving" or self._seconds(owned.since) >= self.grace.settle_s

    def _seconds(self, since: dt.datetime) -> float:
        return (self.now - since).total_seconds()
