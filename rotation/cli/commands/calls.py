"""``rotation calls``: clean a raw call history and say what it tells of callers."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from zoneinfo import ZoneInfo

import click
import numpy as np
from rich.console import Console

from rotation.cli.call_history import history_option, print_account, read_history
from rotation.cli.options import company_options, print_warnings
from rotation.demand.company_history import Past
from rotation.demand.history import TOTALS
from rotation.publish.file import replace_file


@click.command(
    "calls",
    epilog="""\b
Examples:
  rotation calls --company data --history data/history/calls_2026.csv.gz
  rotation calls --company data --history /var/log/asterisk/queue_log --wrap-up 30 --out data/call_history.csv
""",
)
@company_options
@history_option
@click.option("--wrap-up", type=click.FloatRange(0, 3600), default=0.0, help="Seconds after each call of a queue_log.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Where the clean call_history.csv goes.")
def COMMAND(company: Path, config: Path, history: Path | None, wrap_up: float, out: Path | None) -> None:  # noqa: N802
    """Clean a call history: count what had to be left out, estimate handle times and patience of each queue.

    With --out the clean totals of intervals are written in the columns of call_history.csv.
    """
    from rotation.report.terminal.history import history_table

    found = read_history(company, config, history, wrap_up)
    print_warnings(found.intake.warnings)
    print_account(found.account)
    Console().print(history_table(found.past, found.company))
    if out:
        replace_file(out, history_csv(found.past, ZoneInfo(found.company.policy.site.timezone)))
        click.echo(f"written: {out}")


def history_csv(past: Past, zone: ZoneInfo) -> bytes:
    """Totals in the columns of call_history.csv; what is unknown is left out, an interval of calls without any is 0."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("queue_id", "start", *TOTALS))
    rows = past.totals[past.totals["offered"].notna()]
    starts = rows["start"].dt.tz_convert(zone)
    columns = [rows[name].tolist() for name in TOTALS]
    for queue_id, start, *values in zip(rows["queue_id"], starts, *columns, strict=True):
        cells = ["" if np.isnan(value) else f"{value:g}" if value < 1e6 else f"{value:.0f}" for value in values]
        writer.writerow((queue_id, start.isoformat(), *cells))
    return text.getvalue().encode()
