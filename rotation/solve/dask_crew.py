"""Hands on other machines: the search's jobs on a Dask cluster, employees' data sent once.

Prices go out and coverage comes back. A worker that dies costs time: its jobs are given to another, and what is lost
with the last copy of the data is sent again. The plan is that of threads with as many hands and the same seed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from rotation.errors import RotationError
from rotation.solve.instance import Instance
from rotation.solve.kernel.arrays import Arrays, flatten

if TYPE_CHECKING:
    from distributed import Client, Future

Found = TypeVar("Found")

CONNECT_S = 10
"""Seconds to wait for the scheduler."""
TRIES = 5
"""How often a batch of jobs is begun before the cluster is given up."""


class ClusterFault(RotationError):
    """The cluster cannot be reached, or loses its workers again and again."""


class DaskCrew:
    """See :class:`rotation.solve.crew.Crew`.

    Args:
        instance: the week.
        hands: how many jobs at a time; 0 for as many as the cluster has threads.
        scheduler: the address of the cluster's scheduler, such as tcp://10.0.0.1:8786.

    Raises:
        ClusterFault: the library is not installed, nobody answers there, or there are no workers.
    """

    def __init__(self, instance: Instance, hands: int, scheduler: str) -> None:
        self.arrays = flatten(instance)
        self._client = _connect(scheduler)
        threads = sum(self._client.nthreads().values())
        if not threads:
            raise ClusterFault(f"the scheduler at {scheduler} has no workers; start some: dask worker {scheduler}")
        self.hands = hands or threads
        self._sent = self._send()

    def run(self, job: Callable[..., Found], parts: Sequence[tuple[Any, ...]]) -> list[Found]:
        """See :class:`rotation.solve.crew.Crew`.

        Raises:
            ClusterFault: workers were lost in each of some tries.
        """
        from distributed import KilledWorker
        from distributed.client import FutureCancelledError

        for _ in range(TRIES):
            futures = [self._client.submit(job, self._sent, *part, pure=False, retries=TRIES) for part in parts]
            try:
                found: list[Found] = self._client.gather(futures)
            except (KilledWorker, FutureCancelledError, OSError):
                self._client.wait_for_workers(1, timeout=CONNECT_S)
                self._sent = self._send()
            else:
                return found
        raise ClusterFault(f"the cluster lost its workers {TRIES} times in a row")

    def close(self) -> None:
        """Let the cluster go; it stays up."""
        self._client.close()

    def _send(self) -> Future[Arrays]:
        """The arrays, on every worker that there is now."""
        sent: Future[Arrays] = self._client.scatter(self.arrays, broadcast=True, hash=False)
        return sent


def _connect(scheduler: str) -> Client:
    try:
        from distributed import Client
    except ImportError as missing:
        raise ClusterFault("the engine dask needs its library: pip install 'rotation[dask]'") from missing
    try:
        return Client(scheduler, timeout=CONNECT_S, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as silent:
        raise ClusterFault(f"no Dask scheduler answers at {scheduler}: {silent}") from silent
