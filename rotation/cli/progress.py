"""How a long search shows itself: a live line in a terminal, plain lines elsewhere."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.live import Live
from rich.table import Table

from rotation.solve.settings import Standing

PLAIN_EVERY_S = 5.0


class Progress:
    """A listener to a search; use it as a context.

    Args:
        console: the error stream.
    """

    def __init__(self, console: Console) -> None:
        self._console = console
        self._live = Live(console=console, transient=True, refresh_per_second=4) if console.is_terminal else None
        self._last = -PLAIN_EVERY_S
        self._phase = ""

    def __enter__(self) -> Self:
        if self._live:
            self._live.start()
        self._console.print("searching; Ctrl-C keeps the best plan so far", highlight=False)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live:
            self._live.stop()

    def __call__(self, standing: Standing) -> None:
        """Show where the search stands."""
        if self._live:
            self._live.update(self._table(standing))
        elif standing.seconds >= self._last + PLAIN_EVERY_S or standing.phase != self._phase:
            self._last, self._phase = standing.seconds, standing.phase
            self._console.print(" · ".join(_cells(standing)), highlight=False, soft_wrap=True)

    def _table(self, standing: Standing) -> Table:
        table = Table.grid(padding=(0, 3))
        table.add_row(*_cells(standing))
        return table


def _cells(standing: Standing) -> list[str]:
    cells = [f"{standing.seconds:6.1f} s"]
    if standing.objective is not None:
        cells.append(f"best {standing.objective:,}")
    cells.append(f"bound {standing.bound:,}")
    if standing.gap is not None:
        cells.append(f"gap {standing.gap:.2%}")
    if standing.missing_minutes is not None:
        cells.append(f"missing {standing.missing_minutes / 60:,.1f} agent-hours")
    return [*cells, standing.phase]
