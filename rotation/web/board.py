"""What feeds show at the moment: replaced as a whole when a release or feed is made, so nobody sees half of one."""

from __future__ import annotations

import datetime as dt
import hmac
import logging
from collections.abc import Callable
from concurrent.futures import Executor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field

from rotation.errors import RotationError
from rotation.publish.weeks import Owner, WeekEntries, in_force, load_week
from rotation.store import Store
from rotation.store.feeds import Feed, all_feeds, digest_of, feed_version
from rotation.web.rendered import Rendered, rendered

LOG = logging.getLogger("rotation.web")
KEPT = dt.timedelta(weeks=4)
"""How long weeks stay in feeds after they are over."""


@dataclass(frozen=True)
class Snapshot:
    """One consistent state.

    Args:
        weeks: in order.
        feeds: living feeds by the digest of their secret.
        version: of the feeds.
        cache: rendered feeds by number; filled as they are asked for.
    """

    weeks: tuple[WeekEntries, ...] = ()
    feeds: dict[str, Feed] = field(default_factory=dict)
    version: tuple[int, int] = (-1, -1)
    cache: dict[int, Rendered] = field(default_factory=dict)


class Board:
    """The current state and how it is renewed.

    Args:
        place: the store.
        now: gives the instant.
        executor: reads releases in another process, so that answers do not wait for it.
    """

    def __init__(self, place: str, now: Callable[[], dt.datetime], executor: Executor) -> None:
        self._place, self._now, self._executor = place, now, executor
        self._store = Store.open(place)
        self._snapshot = Snapshot()

    def close(self) -> None:
        """Let go of the store."""
        self._store.close()

    def refresh(self) -> bool:
        """Take over what has changed in the store; a failure keeps the old state and is logged.

        Returns:
            Whether the state is that of the store.
        """
        try:
            return self._refresh()
        except (RotationError, BrokenProcessPool) as error:
            LOG.error("feeds stay as they were: %s", error)
            return False

    def _refresh(self) -> bool:
        notes = in_force(self._store.history(), self._now() - KEPT)
        with self._store.reading() as connection:
            version = feed_version(connection)
            old = self._snapshot
            if version == old.version and [n.number for n in notes] == [w.number for w in old.weeks]:
                return True
            living = {feed.token_hash: feed for feed in all_feeds(connection) if feed.revoked_at is None}
        loaded = {week.number: week for week in old.weeks}
        missing = [note.number for note in notes if note.number not in loaded]
        pending = {number: self._executor.submit(load_week, self._place, number) for number in missing}
        loaded |= {number: future.result() for number, future in pending.items()}
        self._snapshot = Snapshot(tuple(loaded[note.number] for note in notes), living, version)
        LOG.info("feeds show releases %s", ", ".join(str(note.number) for note in notes) or "none yet")
        return True

    def feed(self, token: str) -> tuple[Feed, Rendered] | None:
        """The feed of a secret, None when it is nobody's."""
        snapshot, digest = self._snapshot, digest_of(token)
        found = snapshot.feeds.get(digest)
        if found is None or not hmac.compare_digest(found.token_hash, digest):
            return None
        known, now = snapshot.cache.get(found.number), self._now()
        if known is None or (known.fresh_until and known.fresh_until <= now):
            owner: Owner = (found.kind, found.owner_id)
            known = rendered(owner, snapshot.weeks, found.created_at, now)
            snapshot.cache[found.number] = known
        return found, known
