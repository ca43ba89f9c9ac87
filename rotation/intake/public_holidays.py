"""Public holidays of every region in use, by the ``holidays`` library."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import holidays

from rotation.company import Policy
from rotation.intake.closest import Closest
from rotation.intake.findings import Findings
from rotation.intake.folder import Tables


def public_holidays(
    tables: Tables,
    policy: Policy,
    window: tuple[dt.datetime, dt.datetime] | None,
    policy_file: str,
    found: Findings,
) -> dict[str, dict[dt.date, str]]:
    """Public holidays by region and date.

    Args:
        tables: whose employees' regions and dates count.
        policy: whose site's region counts.
        window: the planned time; its years count too.
        policy_file: where the site's region stands.
        found: takes a fault for each region that is not known.

    Returns:
        Region such as ``US-CA`` to names by date, for every year that the data or the window touch.
    """
    places = [(policy_file, 0, "site.region", policy.region)]
    places += [("employees.csv", n, "region", row.region) for n, row in tables.employees.rows]
    years = sorted(set(_years(tables, window)))
    known: dict[str, dict[dt.date, str]] = {}
    refused: dict[str, tuple[str, str]] = {}
    for file, row, column, region in places:
        if region and region not in known and region not in refused:
            if fault := _unknown(region):
                refused[region] = fault
            else:
                known[region] = _of_region(region, years)
        if region in refused:
            found.fault(file, row, column, region, *refused[region])
    return known


def _unknown(region: str) -> tuple[str, str] | None:
    """What is wrong with a region and what is allowed, or None when the library knows it."""
    supported = holidays.list_supported_countries(include_aliases=False)
    country, _, subdivision = region.partition("-")
    if country not in supported:
        return f"is not a country with known holidays{Closest(supported).hint(country)}", "ISO 3166-1 code like US"
    if subdivision and subdivision not in supported[country]:
        choices = ", ".join(f"{country}-{name}" for name in supported[country][:100]) or country
        return f"is not a subdivision of {country} with known holidays", choices
    return None


def _of_region(region: str, years: list[int]) -> dict[dt.date, str]:
    country, _, subdivision = region.partition("-")
    calendar = holidays.country_holidays(country, subdiv=subdivision or None, years=years)
    return {day: calendar[day] for day in sorted(calendar)}


def _years(tables: Tables, window: tuple[dt.datetime, dt.datetime] | None) -> Iterator[int]:
    """Years of the local dates that the data and the window touch; a year may come more than once."""
    tables_of_instants = (tables.demand, tables.required, tables.core_staff, tables.intervals, tables.calls)
    for records in tables_of_instants:
        starts = [row.start for _, row in records.rows]
        if starts:
            yield from range(_local_year(min(starts), -1), _local_year(max(starts), 1) + 1)
    for _, pin in tables.pins.rows:
        yield from {_local_year(pin.start, -1), _local_year(pin.end, 1)}
    if window:
        yield from range(_local_year(window[0], -1), _local_year(window[1], 1) + 1)


def _local_year(instant: dt.datetime, days: int) -> int:
    """The year of an instant, a day to one side: somewhere it is already, or still, that date."""
    return (instant + dt.timedelta(days=days)).year
