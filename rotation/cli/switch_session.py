"""What the commands of the live switch have in common: store, table, records, lock, clock, and how they end."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click
from sdnotify import SystemdNotifier

from rotation.cli.storing import is_there, open_store, place_of
from rotation.cli.switch_access import Reach
from rotation.cli.switch_tables import FolderTables, StoreProgress, StoreTables
from rotation.errors import SwitchFault, UsageFault
from rotation.store import Store, SwitchRecords
from rotation.switch.keeper import Keeper, run_once
from rotation.switch.preflight import Preflight
from rotation.switch.progress import Memory, Progress
from rotation.switch.reconcile import Grace
from rotation.switch.watch import Watch


def wall_clock() -> dt.datetime:
    """The time."""
    return dt.datetime.now(dt.UTC)


def clock_from(instant: dt.datetime | None) -> Callable[[], dt.datetime]:
    """The time, or a time that runs from an instant on."""
    if instant is None:
        return wall_clock
    began = time.monotonic()
    return lambda: instant + dt.timedelta(seconds=time.monotonic() - began)


def log(line: str) -> None:
    """A line of the log, on the error stream."""
    click.echo(f"{wall_clock().isoformat(timespec='milliseconds')} {line}", err=True)


@dataclass(frozen=True)
class Session:
    """An open store, a table and a switch that is not connected yet."""

    reach: Reach
    grace: Grace
    tables: FolderTables | StoreTables
    progress: Progress
    records: SwitchRecords

    @classmethod
    def of(cls, reach: Reach, grace: Grace, plan: Path | None, store: Store) -> Session:
        """A session on a store."""
        tables = FolderTables(plan, reach.kind) if plan else StoreTables(store, reach.kind)
        records = SwitchRecords(store, reach.switch)
        return cls(reach, grace, tables, StoreProgress(records), records)

    def keeper(self, at: dt.datetime | None, watch: Watch) -> Keeper:
        """A keeper whose clock is the time, or runs from an instant on."""
        driver = self.reach.kind.connect(self.reach.access())
        clock, checks = clock_from(at), Preflight()
        return Keeper(
            driver, self.tables, self.progress, clock, self.grace, watch=watch, preflight=checks, wall=wall_clock
        )


@contextmanager
def session(
    reach: Reach, grace: Grace, plan: Path | None, store: str | None, company: Path, keeps: bool
) -> Iterator[Session]:
    """A session; one that keeps the switch holds its lock, one that only looks makes no store.

    Raises:
        SwitchFault: another daemon keeps the switch.
        UsageFault: there is neither a store nor a folder to take the table from.
    """
    reach.access()  # a missing secret is told before anything is opened
    if not keeps and not is_there(place_of(store, company)):
        if plan is None:
            raise UsageFault(f"there is no store {place_of(store, company)}; give --plan FOLDER or --store")
        tables = FolderTables(plan, reach.kind)
        yield Session(reach, grace, tables, Memory(), None)  # type: ignore[arg-type]
        return
    with open_store(store, company, make=plan is not None) as opened:
        found = Session.of(reach, grace, plan, opened)
        with found.records.sole() if keeps else contextlib.nullcontext():
            yield found


async def report(opened: Session, at: dt.datetime | None) -> bool:
    """Print what differs between table and switch; returns whether anything does."""
    keeper = opened.keeper(at, Watch())
    try:
        await keeper.connect()
        steps = await keeper.look()
    except (OSError, TimeoutError) as error:
        raise SwitchFault(f"the connection to the switch failed: {error or type(error).__name__}") from error
    finally:
        await keeper.driver.close()
    for action in steps.actions:
        click.echo(str(action))
    for alarm in steps.alarms:
        click.echo(f"alarm: {alarm}")
    if steps.pending:
        click.echo("waiting for leavers who still talk or have just been paused")
    if not steps.actions and not steps.alarms:
        click.echo("the switch is as the table says")
    return bool(steps.actions or steps.alarms)


async def once(opened: Session, at: dt.datetime | None, wait_s: float) -> None:
    """Make the switch right and tell what was done.

    Raises:
        SwitchFault: it refused some actions.
    """
    watch = Watch(log)
    await run_once(opened.keeper(at, watch), wait_s)
    click.echo(f"{watch.actions.total()} actions; {watch.standing_words()}")
    if watch.failures.total():
        raise SwitchFault("the switch refused some actions:\n" + "\n".join(watch.alarms))


def daemon(opened: Session, health_port: int | None) -> None:
    """Keep the switch until a signal ends it; nothing is changed on the way out."""
    from rotation.switch.health import serving

    notifier = SystemdNotifier()
    ready = False

    def beat(standing: str) -> None:
        nonlocal ready
        notifier.notify(f"{'' if ready else f'READY=1{chr(10)}'}STATUS={standing}\nWATCHDOG=1")
        ready = True

    watch = Watch(log, beat)
    keeper = opened.keeper(None, watch)
    health = serving(watch, opened.reach.switch, health_port) if health_port is not None else contextlib.nullcontext(0)
    with health as port:
        if port:
            log(f"health and metrics on http://127.0.0.1:{port}")
        asyncio.run(_until_signal(keeper))
    notifier.notify("STOPPING=1")


async def _until_signal(keeper: Keeper) -> None:
    task = asyncio.create_task(keeper.run())
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await task
