"""The question of a week (``Case``), shifts, the plan that answers it, and what a plan amounts to."""

from rotation.plan.band import WeeklyBand, weekly_band, weekly_bands
from rotation.plan.case import Case, Ledger
from rotation.plan.coverage import Coverage, coverage_of
from rotation.plan.edition import Clash, Edition, SearchRecord, Shortage, TracePoint
from rotation.plan.participation import Participation, participation_of
from rotation.plan.plan import Plan, Shift, shift_id
from rotation.plan.published import Published
from rotation.plan.released import ReleasedShift

__all__ = [
    "Case",
    "Clash",
    "Coverage",
    "Edition",
    "Ledger",
    "Participation",
    "Plan",
    "Published",
    "ReleasedShift",
    "SearchRecord",
    "Shift",
    "Shortage",
    "TracePoint",
    "WeeklyBand",
    "coverage_of",
    "participation_of",
    "shift_id",
    "weekly_band",
    "weekly_bands",
]
