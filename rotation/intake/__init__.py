"""Files -> one validated, frozen company: one schema per table, every fault gathered, calendars and holidays in."""

from rotation.intake.company import Intake, read_all, read_company
from rotation.intake.policy import read_policy

__all__ = ["Intake", "read_all", "read_company", "read_policy"]
