"""From the options of a command to a company's past: its own call_history.csv, or a raw export that is cleaned."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import click

from rotation.company import Company
from rotation.demand.company_history import Past, past_of
from rotation.demand.raw_past import past_from_raw
from rotation.errors import UsageFault
from rotation.intake.company import Intake, read_all
from rotation.intake.history import read_raw_history

Function = TypeVar("Function", bound=Callable[..., Any])
SHOWN = 6


@dataclass(frozen=True)
class ReadHistory:
    """A company and its past.

    Args:
        intake: the company with its warnings.
        past: the history.
        account: what was left out of a raw history, one line a reason.
    """

    intake: Intake
    past: Past
    account: tuple[str, ...]

    @property
    def company(self) -> Company:
        """The company."""
        return self.intake.company


def history_option(command: Function) -> Function:
    """``--history``."""
    return click.option(
        "--history",
        type=click.Path(path_type=Path, dir_okay=False),
        help="A raw history: CSV (also .gz), Parquet or Asterisk's queue_log.  [default: the company's table]",
    )(command)


def read_history(company: Path, config: Path, history: Path | None, wrapup_s: float = 0.0) -> ReadHistory:
    """Read the company and its history.

    Args:
        company: folder of the tables.
        config: the policy file.
        history: a raw history; None takes the company's own table.
        wrapup_s: seconds of wrap-up after each call of a queue_log.

    Raises:
        InputFaults: with every fault of the tables, or of the history.
        UsageFault: there is no history at all.
    """
    intake = read_all(company, config, demand_needed=history is None)
    if history is None:
        past = past_of(intake.company)
        if past.totals.empty:
            raise UsageFault(f"{company} has no call_history.csv; name a history with --history FILE")
        return ReadHistory(intake, past, ())
    raw = read_raw_history(history, ZoneInfo(intake.company.policy.site.timezone), wrapup_s)
    past = past_from_raw(raw, intake.company, history.name)
    lines = [*(str(warning) for warning in raw.warnings), *raw.dropped.lines()]
    return ReadHistory(intake, past, tuple(lines))


def print_account(account: tuple[str, ...]) -> None:
    """Say what was left out of a history."""
    if account:
        click.echo("left out of the history:", err=True)
    for line in account:
        click.echo(f"  {line}", err=True)
