"""Tables for the terminal, of rich: coverage, one person's week, and the summary of a plan. All texts of the input are
shown literally; nothing needs colour to be read."""

from rotation.report.terminal.balance import balance_table
from rotation.report.terminal.coverage import coverage_table
from rotation.report.terminal.summary import summary_table
from rotation.report.terminal.week import week_of

__all__ = ["balance_table", "coverage_table", "summary_table", "week_of"]
