"""The daemon: keeps one switch as the routing table says, through lost connections, restarts and its own death.

It reconciles and never replays: whatever happened meanwhile, it reads the state and takes the smallest steps from
there. Who is about to be added or paused is recorded before the action is sent, so that a crash between
the two loses nothing.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from rotation.errors import StoreFault, SwitchFault
from rotation.switch._driver import Driver
from rotation.switch.pace import Pace
from rotation.switch.progress import Progress
from rotation.switch.reconcile import ORDER, Grace, Steps, plan
from rotation.switch.seats import Action, Key, Outcome, Owned
from rotation.switch.timetable import Timetable
from rotation.switch.watch import Watch

Clock = Callable[[], dt.datetime]
Tables = Callable[[dt.datetime], Awaitable[Timetable]]
MOST_ROUNDS = 8
QUICK_RETRIES = 20
SAME_BOOT_S = 15
"""Two looks at when a switch began differ by less when it is the same boot."""
KEPT_GONE = dt.timedelta(days=7)


class Keeper:
    """Keeps one switch.

    Args:
        driver: the connection, not connected yet.
        tables: the timetable around an instant.
        progress: what must survive a crash.
        clock: the time; a fixed one for a single instant.
        grace: how patient a hand-over is.
        pace: how often to look.
        watch: figures and lines for others.
        preflight: asked after every run for what stands in the way of the shifts that begin soon.
        wall: the time on the wall, where the clock is another one.
    """

    def __init__(
        self,
        driver: Driver,
        tables: Tables,
        progress: Progress,
        clock: Clock,
        grace: Grace | None = None,
        pace: Pace | None = None,
        watch: Watch | None = None,
        preflight: Callable[[Driver, Timetable, dt.datetime], Awaitable[tuple[str, ...]]] | None = None,
        wall: Clock | None = None,
    ) -> None:
        self.driver, self.tables, self.progress, self.clock = driver, tables, progress, clock
        self.grace, self.pace, self.watch = grace or Grace(), pace or Pace(), watch or Watch()
        self._preflight, self._wall = preflight, wall or clock
        self._failed: set[Key] = set()
        self._new_boot: dt.datetime | None = None

    async def run(self) -> None:
        """Keep the switch for ever; ends when cancelled.

        Raises:
            SwitchFault: the switch refuses what no retry mends, such as the login.
        """
        failed = 0
        while True:
            try:
                await self.connect()
                self.watch.connected, failed = True, 0
                self.watch.connections += 1
                self.watch.say("connected")
                while True:
                    await self.once()
                    await self._rest()
            except (OSError, TimeoutError) as error:
                self.watch.say(
                    f"connection lost: {error or type(error).__name__}; again in {self._pause_s(failed):g} s"
                )
            except StoreFault as fault:
                # Without records nothing may be added; the switch stays as it is until they can be kept again.
                self.watch.say(f"{fault}; again in {self._pause_s(failed):g} s")
            finally:
                self.watch.connected = False
                await self.driver.close()
            self.watch.beat(self.watch.standing())
            await asyncio.sleep(self._pause_s(failed))
            failed += 1

    def _pause_s(self, failed: int) -> float:
        """Before the next attempt: short at first, because a switch that restarts brings back whoever has left."""
        return float(min(self.pace.first_retry_s * 2 ** max(failed - QUICK_RETRIES, 0), self.pace.last_retry_s))

    async def connect(self) -> None:
        """Connect, and notice whether the switch has restarted: then members that were removed may be back."""
        await self.driver.connect()
        uptime_s, last = self.driver.uptime_s(), self.progress.booted()
        if uptime_s is not None:
            began = self._wall() - dt.timedelta(seconds=uptime_s)
            if last is None or abs((began - last).total_seconds()) > SAME_BOOT_S:
                self._new_boot = began

    async def look(self) -> Steps:
        """Read the switch and say what would be done; changes nothing."""
        now = self.clock()
        table = await self.tables(now)
        owned = self.progress.owned()
        # Also queues that the table no longer has: who was put there must come out.
        queues = table.queues | {queue for queue, _ in owned}
        state = replace(await self.driver.read(queues), restarted=self._new_boot is not None)
        now = self.clock()
        return plan(state, table, owned, now, self.grace, self.progress.drained(now), self._failed)

    async def once(self) -> Steps:
        """Make the switch right as far as it can be right now; returns what is left to do.

        Raises:
            OSError: the connection is lost; whatever was sent may or may not have been done.
        """
        self.watch.runs += 1
        self._failed.clear()
        alarms: set[str] = set()
        refused: dict[Action, str] = {}
        for _ in range(MOST_ROUNDS):
            self.driver.changed.clear()
            steps = await self.look()
            self._remember(steps)
            # What the switch has just refused is tried again by the next run, not by this one.
            actions = [action for action in steps.actions if action not in refused]
            if not actions:
                break
            refused |= await self._take(actions)
        alarms |= {*steps.alarms, *(f"{action}: {message}" for action, message in refused.items())}
        if self._preflight is not None:
            alarms |= set(await self._preflight(self.driver, await self.tables(self.clock()), self.clock()))
        self.watch.alarm(tuple(sorted(alarms)))
        self.watch.pending = steps.pending
        if not steps.actions and not steps.pending:
            self.watch.right_at = self.clock()
        self.watch.beat(self.watch.standing())
        return steps

    def _remember(self, steps: Steps) -> None:
        changed: dict[Key, Owned | None] = dict(steps.adopted)
        now, owned = self.clock(), self.progress.owned()
        for key in steps.gone:
            if owned[key].phase != "gone":
                changed[key] = Owned("gone", now)
            elif now - owned[key].since > KEPT_GONE:
                changed[key] = None
        if changed:
            self.progress.record(changed)
        if self._new_boot is not None:
            self.progress.record_boot(self._new_boot)
            self._new_boot = None

    async def _take(self, actions: Sequence[Action]) -> dict[Action, str]:
        """Send actions kind by kind: nobody is paused before those who relieve them ring, none removed before.

        Where somebody cannot be added or unpaused, the rest of that queue waits: who is relieved is worked out anew.
        """
        refused: dict[Action, str] = {}
        blocked: set[str] = set()
        for order in sorted(set(ORDER.values())):
            group = [action for action in actions if ORDER[action.verb] == order and action.queue not in blocked]
            if not group:
                continue
            self._intend(group)
            outcomes = await self.driver.apply(group)
            self._settle(outcomes)
            for outcome in outcomes:
                self.watch.actions[outcome.action.verb] += 1
                if not outcome.done:
                    self.watch.failures[outcome.action.verb] += 1
                    refused[outcome.action] = outcome.message
                    if outcome.action.verb in ("add", "unpause"):
                        self._failed.add(outcome.action.key)
                        blocked.add(outcome.action.queue)
        return refused

    def _intend(self, actions: Sequence[Action]) -> None:
        """Record before sending what a crash must not forget."""
        now = self.clock()
        changed: dict[Key, Owned | None] = {}
        for action in actions:
            self.watch.say(str(action))
            if action.verb == "add":
                changed[action.key] = Owned("waiting" if action.paused else "serving", now)
            elif action.verb == "pause":
                changed[action.key] = Owned("leaving", now)
        if changed:
            self.progress.record(changed)

    def _settle(self, outcomes: Sequence[Outcome]) -> None:
        """Record what an answer has settled."""
        now = self.clock()
        changed: dict[Key, Owned | None] = {}
        for outcome in outcomes:
            verb, key = outcome.action.verb, outcome.action.key
            if outcome.foreign:
                changed[key] = None
            elif verb == "remove" and outcome.done:
                changed[key] = Owned("gone", now)
            elif verb == "unpause" and outcome.done:
                changed[key] = Owned("serving", now)
            elif verb == "add" and not outcome.done:
                changed[key] = None
        if changed:
            self.progress.record(changed)

    async def _rest(self) -> None:
        """Sleep until there is something to do: the next change of the table, a poll, or a word from the switch."""
        now = self.clock()
        rest_s = self.pace.poll_s if self.watch.pending else self.pace.check_s
        change = (await self.tables(now)).next_change(now, dt.timedelta(seconds=self.grace.lead_s))
        if change is not None:
            rest_s = min(rest_s, max((change - self.clock()).total_seconds(), 0.001))
        try:
            await asyncio.wait_for(self.driver.changed.wait(), rest_s)
        except TimeoutError:
            return


async def run_once(keeper: Keeper, wait_s: float = 0) -> Steps:
    """Connect, make the switch right, and wait for leavers who still talk.

    Args:
        keeper: a keeper.
        wait_s: how long to wait for them at most, seconds; 0 leaves them paused for the next run.

    Raises:
        SwitchFault: the switch cannot be reached, or refuses.
    """
    try:
        await keeper.connect()
        steps = await keeper.once()
        waited = 0.0
        while keeper.watch.pending and waited < wait_s:
            await asyncio.sleep(keeper.pace.poll_s)
            waited += keeper.pace.poll_s
            steps = await keeper.once()
        return steps
    except (OSError, TimeoutError) as error:
        raise SwitchFault(f"the connection to the switch failed: {error or type(error).__name__}") from error
    finally:
        await keeper.driver.close()
