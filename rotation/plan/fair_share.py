"""The fair share of the week's load for each department: by contract, scaled to what the queues ask for."""

from __future__ import annotations

from fractions import Fraction

from rotation.plan.band import weekly_bands
from rotation.plan.case import Case


def fair_minutes(case: Case) -> dict[str, Fraction]:
    """Minutes each department would serve if the load were shared by contract.

    Everybody stands at the same point between the ends of the own band: the point at which all together give what the
    requirement asks for, or the nearer end.

    Returns:
        Department id to exact minutes; only departments with somebody eligible.
    """
    low: dict[str, Fraction] = {}
    high: dict[str, Fraction] = {}
    for employee, band in zip(case.company.employees, weekly_bands(case), strict=True):
        if band.eligible:
            department = employee.department_id
            low[department] = low.get(department, Fraction(0)) + band.exact_min
            high[department] = high.get(department, Fraction(0)) + band.exact_max
    asked = Fraction(int(case.missing.sum()) * case.horizon.interval_min)
    least, most = sum(low.values(), Fraction(0)), sum(high.values(), Fraction(0))
    if most == least:
        return dict(low)
    share = min(max((asked - least) / (most - least), Fraction(0)), Fraction(1))
    return {key: low[key] + share * (high[key] - low[key]) for key in low}
