"""How debts and unpleasant hours move over weeks that were planned one after the other."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table

from rotation.plan import Balance
from rotation.report.spelling import decimal, share, whole

TITLE = "Fairness over the weeks"
CAPTION = (
    "Owed and ahead are carried into the next week; in brackets what people owe who could not serve at all. Unpleasant "
    "hours are those of all weeks so far, of people who could have served some; the spread is their standard deviation "
    "from people with the same working hours, in hours and as a share of the mean."
)


def balance_table(balances: Sequence[Balance]) -> Table:
    """A row a week: hours owed and served ahead, and how evenly the unpleasant hours lie.

    Args:
        balances: of weeks that follow one another.
    """
    table = Table(title=TITLE, caption=CAPTION, title_justify="left", caption_justify="left", padding=(0, 1, 0, 0))
    table.add_column("Week", no_wrap=True)
    for heading in ("Owed, h", "People", "Ahead, h", "Unpleasant, h", "Mean", "Most", "Spread", "Of mean"):
        table.add_column(heading, justify="right")
    for row in balances:
        owed = f"{_hours(row.owed)} ({_hours(row.owed_unable)})" if row.owed_unable else _hours(row.owed)
        numbers = (row.ahead, row.unpleasant, row.mean, row.most, row.spread)
        table.add_row(
            str(row.week), owed, whole(row.owing), *map(_hours, numbers), share(round(row.relative_spread, 3))
        )
    return table


def _hours(minutes: float) -> str:
    return decimal(minutes / 60, 1)
