"""``rotation rules``: the rules in force."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from rotation.intake.policy import read_policy
from rotation.rules import rules


@click.command(
    "rules",
    epilog="""\b
Example:
  rotation rules --config config/rotation.toml
""",
)
@click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("config/rotation.toml"),
    show_default=True,
    help="The policy.",
)
def COMMAND(config: Path) -> None:  # noqa: N802
    """List the rules with their weights, one line each."""
    weights = read_policy(config).weights
    table = Table("Rule", "Kind", "Weight", "What it says")
    for name, rule in rules().items():
        points = ", ".join(f"{weight} {getattr(weights, weight):,}" for weight in rule.weights)
        table.add_row(name, rule.kind, points, rule.summary)
    Console().print(table)
