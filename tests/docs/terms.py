"""The terms of the objective, one function a term, as docs/model.md states them; pandas only."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import ceil, floor

import pandas as pd

from tests.docs.recount import WEEKDAYS, Files, minute_of, table

BROKEN_PROMISE = 100_000
MOST_STEPS = 5
Term = Callable[[Files], Fraction]


def recount(files: Files) -> dict[str, int]:
    """All terms, in whole points."""
    points = {name: term(files) for name, term in TERMS.items()}
    assert all(value.denominator == 1 for value in points.values()), points
    return {name: int(value) for name, value in points.items()}


def hourly(files: Files, term: str, intervals: int) -> Fraction:
    """Points of a number of intervals at a weight per hour."""
    return Fraction(files.policy["weights"][term] * intervals * files.step, 60)


def band_short(files: Files) -> Fraction:
    short = sum(max(0, due.band_min - files.minutes(key)) for key, due in files.dues.items())
    return hourly(files, "band_short", short // files.step)


def missing_agent(files: Files) -> Fraction:
    cells = files.cells
    factor = 6 - cells["queue_id"].map(files.queues["priority"]).astype(int)
    missing = (cells["asked"] - cells["agents"]).clip(lower=0) * factor
    return hourly(files, "missing_agent", int(missing.sum()))


def below_min_agents(files: Files) -> Fraction:
    cells = files.cells[files.cells["open"]]
    least = cells["queue_id"].map(files.queues["min_agents"]).astype(int)
    return hourly(files, "below_min_agents", int((least - cells["core"] - cells["agents"]).clip(lower=0).sum()))


def surplus_agent(files: Files) -> Fraction:
    surplus = (files.cells["agents"] - files.cells["asked"]).clip(lower=0)
    return hourly(files, "surplus_agent", int(surplus.sum()))


def fairness_debt(files: Files) -> Fraction:
    step, off = files.step, 0
    for key, due in files.dues.items():
        debt, minutes = files.ledger(key)[0], files.minutes(key)
        high = max(due.band_min, due.band_max)
        if debt > 0 and due.takes_part:
            off += max(0, min(high, (due.band_min + debt) // step * step) - minutes)
        most = max(due.band_min, (due.band_max + debt) // step * step) if debt < 0 else high
        off += max(0, minutes - most)
    return hourly(files, "fairness_debt", off // step)


def _local(files: Files) -> pd.DataFrame:
    """Served intervals with weekday, minute and zone of the person's own clock."""
    rows = files.served.assign(zone=files.served["employee_id"].map(files.employees["zone"]))
    local = [at.tz_convert(zone) for at, zone in zip(rows["at"], rows["zone"], strict=True)]
    return rows.assign(
        weekday=[WEEKDAYS[at.weekday()] for at in local], minute=[at.hour * 60 + at.minute for at in local]
    )


def preference(files: Files) -> Fraction:
    stated: dict[str, list[tuple[str, int, int, int]]] = {}
    for row in table(files.company, "preferences").itertuples():
        span = (row.weekday, minute_of(row.start), minute_of(row.end), int(row.weight))
        stated.setdefault(row.employee_id, []).append(span)
    steps = 0
    for row in _local(files).itertuples():
        spans = stated.get(row.employee_id, [])
        best = max([0, *(span[3] for span in spans)])
        here = [w for day, first, last, w in spans if day == row.weekday and first <= row.minute < last]
        steps += best - min(here, default=0)
    return hourly(files, "preference", steps)


def unpleasant(files: Files) -> Fraction:
    burden = {key: files.ledger(key)[1] for key in files.dues}
    least = min((burden[key] for key, due in files.dues.items() if due.takes_part), default=0)
    spans = files.policy["unpleasant"]
    weighted = 0
    for row in _local(files).itertuples():
        if any(
            row.weekday in span["weekdays"] and minute_of(span["start"]) <= row.minute < minute_of(span["end"])
            for span in spans
        ):
            weighted += 1 + min(MOST_STEPS, max(0, burden[row.employee_id] - least) // 60)
    return hourly(files, "unpleasant", weighted)


def small_shift(files: Files) -> Fraction:
    length = pd.to_datetime(files.plan["end"], utc=True) - pd.to_datetime(files.plan["start"], utc=True)
    small = length < pd.Timedelta(minutes=files.policy["shifts"]["small_below_min"])
    return Fraction(files.policy["weights"]["small_shift"] * int(small.sum()))


def fair_shares(files: Files) -> dict[str, Fraction]:
    """Each department's fair share, minutes."""
    home = files.employees["department_id"]
    low = dict.fromkeys(table(files.company, "departments")["department_id"], Fraction(0))
    high = dict(low)
    for key, due in files.dues.items():
        if due.takes_part:
            low[home[key]] += due.exact_min
            high[home[key]] += due.exact_max
    least, most = sum(low.values()), sum(high.values())
    asked = int(files.cells["asked"].sum()) * files.step
    share = min(max((asked - least) / (most - least), Fraction(0)), Fraction(1)) if most > least else Fraction(0)
    return {key: low[key] + share * (high[key] - low[key]) for key in low}


def department_share(files: Files) -> Fraction:
    tolerance = Fraction(files.policy["departments"]["load_tolerance_pct"], 100)
    served = files.served.groupby("department_id").size()
    off = 0
    for key, minutes in fair_shares(files).items():
        least, most = floor(minutes * (1 - tolerance) / files.step), ceil(minutes * (1 + tolerance) / files.step)
        here = int(served.get(key, 0))
        off += max(0, least - here) + max(0, here - most)
    return hourly(files, "department_share", off)


def variety(files: Files) -> Fraction:
    asked = files.cells.groupby("at")["asked"].sum()
    pct, over = files.policy["departments"]["max_share_pct"], 0
    for (at, _), agents in files.served.groupby(["at", "department_id"]).size().items():
        over += max(0, int(agents) - max(1, ceil(Fraction(pct * int(asked[at]), 100))))
    return hourly(files, "variety", over)


def pins(files: Files) -> Fraction:
    kept = {
        (row.employee_id, row.queue_id, pd.Timestamp(row.start), pd.Timestamp(row.end))
        for row in files.plan.itertuples()
    }
    zone = files.policy["site"]["timezone"]
    first, after = files.days[0].tz_localize(zone), (files.days[-1] + pd.Timedelta(days=1)).tz_localize(zone)
    broken = sum(
        first <= pd.Timestamp(pin.start) < after
        and (pin.employee_id, pin.queue_id, pd.Timestamp(pin.start), pd.Timestamp(pin.end)) not in kept
        for pin in table(files.company, "pins").itertuples()
    )
    return Fraction(BROKEN_PROMISE * broken)


def change(_: Files) -> Fraction:
    """The recount is of weeks that were never released: nothing is promised, so nothing is changed."""
    return Fraction(0)


TERMS: dict[str, Term] = {
    "band_short": band_short,
    "below_min_agents": below_min_agents,
    "change": change,
    "department_share": department_share,
    "fairness_debt": fairness_debt,
    "missing_agent": missing_agent,
    "pins": pins,
    "preference": preference,
    "small_shift": small_shift,
    "surplus_agent": surplus_agent,
    "unpleasant": unpleasant,
    "variety": variety,
}
