"""What a store knows of a week that is about to be planned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from rotation.company import Company
from rotation.plan import Ledger, ReleasedShift
from rotation.release.ledger import Account, carried
from rotation.release.overlay import Overlay


@dataclass(frozen=True)
class Known:
    """What a store knows of a week.

    Args:
        number: the effective release, 0 for none.
        overlay: absences told to the store, and waived pins.
        accounts: what earlier weeks left over, by employee.
        promised: the shifts of the effective release.
    """

    number: int = 0
    overlay: Overlay = field(default_factory=Overlay)
    accounts: Mapping[str, Account] = field(default_factory=dict)
    promised: tuple[ReleasedShift, ...] = ()

    def ledger(self, company: Company) -> dict[str, Ledger]:
        """What the planner is told of the people who are still there; whoever joins starts at the mean."""
        known = {row.employee_id: row.work_pattern_id for row in company.employees}
        joined = {name: self._joiner(name) for name in known if self.accounts and name not in self.accounts}
        there = {name: row for name, row in self.accounts.items() if name in known}
        return carried({**there, **joined}, known)

    def _joiner(self, name: str) -> Account:
        able = [row.burden_minutes for row in self.accounts.values() if row.unpleasant_weeks]
        return Account(name, burden_minutes=round(sum(able) / len(able)) if able else 0)
