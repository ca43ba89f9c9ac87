"""Policies drawn by hypothesis, in which most limits can bind a plan of a few intervals."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st

from rotation.company import Policy
from rotation.company.policy import HOURLY_WEIGHTS, WEEKDAYS, Site

SITES = ("America/Los_Angeles", "America/Los_Angeles", "Australia/Lord_Howe", "Africa/Cairo")


@cache
def _site(zone: str) -> Site:
    """A zone's site, made once: asking whether a zone exists reads the whole list of zones."""
    return Site(timezone=zone)


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    """A policy in which most limits can bind a plan of a few intervals."""
    site = draw(st.sampled_from(SITES))
    step = draw(st.sampled_from([30, 30, 60] if site != "Australia/Lord_Howe" else [30]))
    few = st.sampled_from([1, 1, 2])
    shortest = draw(few) * step
    lowest = draw(st.sampled_from([0, 10, 12.5]))
    return Policy.model_validate(
        {
            "site": _site(site).model_copy(
                update={"interval_min": step, "seats": draw(st.sampled_from([0, 1, 1, 1])), "region": "XX"}
            ),
            "band": {"min_pct": lowest, "max_pct": lowest + draw(st.sampled_from([5, 10]))},
            "shifts": {
                "min_length_min": shortest,
                "max_length_min": shortest + draw(st.sampled_from([0, 1])) * step,
                "start_grid_min": draw(st.sampled_from([step, 60, 60])),
                "max_a_day": draw(few),
                "max_a_week": draw(few),
                "min_rest_min": draw(st.sampled_from([0, 20, step, 2 * step])),
                "small_below_min": draw(st.sampled_from([0, step, step + 10, 2 * step, 4 * step])),
            },
            "availability": {
                "buffer_min": draw(st.sampled_from([0, 15, 40])),
                "work_on_holidays": draw(st.booleans()),
            },
            "departments": {
                "max_away_pct": draw(st.sampled_from([1, 34, 67, 100])),
                "max_share_pct": draw(st.sampled_from([1, 50, 100])),
                "load_tolerance_pct": draw(st.sampled_from([0, 10, 50])),
            },
            "mentoring": {
                "novice_max_level": draw(st.sampled_from([0, 1, 2])),
                "mentor_min_level": draw(st.sampled_from([3, 4])),
                "novices_a_mentor": draw(st.integers(0, 2)),
            },
            "weights": {key: 4 * draw(st.integers(1, 60)) for key in (*HOURLY_WEIGHTS, "small_shift")},
            "unpleasant": [
                {"weekdays": [day], "start": draw(st.sampled_from(["00:00", "01:30"])), "end": end}
                for day in draw(st.lists(st.sampled_from(WEEKDAYS), min_size=3, unique=True))
                for end in ("24:00", "02:00")[: draw(st.integers(1, 2))]
            ],
        }
    )
