"""How debts and unpleasant hours move over weeks that were planned one after the other."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table

from rotation.plan import Balance
from rotation.report.spelling import decimal, hours, share, whole

TITLE = "Fairness over the weeks"
CAPTION = (
    "owed: hours below the band that are carried, of people who could serve and of those who could not; "
    "unpleasant hours so far: of the people who could have served some, spread is their standard deviation"
)


def balance_table(balances: Sequence[Balance]) -> Table:
    """A row a week: hours owed and served ahead, and how evenly the unpleasant hours lie.

    Args:
        balances: of weeks that follow one another.
    """
    table = Table(title=TITLE, caption=CAPTION, title_justify="left", caption_justify="left")
    table.add_column("Week", no_wrap=True)
    headings = ("Owed", "by people", "could not serve", "Ahead", "Unpleasant", "Mean so far", "Least – most", "Spread")
    for heading in (*headings, "of the mean"):
        table.add_column(heading, justify="right")
    for row in balances:
        table.add_row(
            str(row.week),
            hours(row.owed),
            whole(row.owing),
            hours(row.owed_unable),
            hours(row.ahead),
            hours(row.unpleasant),
            hours(row.mean),
            f"{decimal(row.least / 60)} – {hours(row.most)}",
            hours(row.spread),
            share(row.relative_spread),
        )
    return table
