"""Company folder and policy file -> one validated, frozen ``Company``, or every fault of every file at once.

The only place that knows the order in which the parts of the intake run. Reads files; knows no clock.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from rotation.company import Company, Policy
from rotation.errors import InputFault, InputFaults
from rotation.intake.build import company_of
from rotation.intake.calendar_folder import read_calendars
from rotation.intake.collector import collector_at_rest
from rotation.intake.crosscheck import Question, run_checks
from rotation.intake.findings import Findings
from rotation.intake.folder import read_tables
from rotation.intake.policy import digest_of, read_policy
from rotation.intake.public_holidays import public_holidays

Window = tuple[dt.datetime, dt.datetime]


@dataclass(frozen=True)
class Intake:
    """What was read.

    Args:
        company: the company, without a fault.
        warnings: what is probably not meant, in the order of file, row and column.
    """

    company: Company
    warnings: tuple[InputFault, ...] = ()


def read_company(
    folder: Path,
    policy: Policy,
    *,
    window: Window | None = None,
    today: dt.date | None = None,
    policy_file: str = "rotation.toml",
    workers: int = 1,
) -> Intake:
    """Read a company folder.

    Args:
        folder: the folder of the tables and of ``calendars/``.
        policy: the policy.
        window: first instant of the planned time and the first one after it; busy times are kept from two days
            before to two days after. None checks calendars without expanding them.
        today: the date for warnings about what has expired; None gives none.
        policy_file: the policy's file name, for faults of its region.
        workers: how many processes may read calendars.

    Returns:
        The company and the warnings.

    Raises:
        InputFaults: every fault of every file.
    """
    found = Findings()
    with collector_at_rest():
        company = _read(folder, policy, window, today, policy_file, found, workers=workers)
    found.raise_faults()
    assert company is not None
    return Intake(company, tuple(sorted(set(found.warnings))))


def read_all(
    folder: Path,
    policy_path: Path,
    *,
    window: Window | None = None,
    today: dt.date | None = None,
    demand_needed: bool = True,
    workers: int = 1,
) -> Intake:
    """Read the policy file and the company folder, and report the faults of both together.

    Args:
        folder: the folder of the tables.
        policy_path: the policy file.
        window: as for :func:`read_company`.
        today: as for :func:`read_company`.
        demand_needed: whether a table must say how many calls or agents to expect; a raw history may do it instead.
        workers: as for :func:`read_company`.

    Returns:
        The company, with the policy file's digest among the digests, and the warnings.

    Raises:
        InputFaults: every fault of the policy and of every table; a policy at fault is replaced by the default one
            to go on finding faults.
    """
    found = Findings()
    try:
        policy = read_policy(policy_path)
    except InputFaults as faults:
        found.faults.extend(faults.faults)
        policy = Policy()
    with collector_at_rest():
        company = _read(folder, policy, window, today, policy_path.name, found, demand_needed, workers)
    found.raise_faults()
    assert company is not None
    digests = {**company.digests, policy_path.name: digest_of(policy_path)}
    return Intake(replace(company, digests=digests), tuple(sorted(set(found.warnings))))


def _read(
    folder: Path,
    policy: Policy,
    window: Window | None,
    today: dt.date | None,
    policy_file: str,
    found: Findings,
    demand_needed: bool = True,
    workers: int = 1,
) -> Company | None:
    tables = read_tables(folder, ZoneInfo(policy.site.timezone), found, demand_needed)
    if tables is None:
        return None
    run_checks(Question(tables, policy, today, window, demand_needed), found)
    busy_times, digests = read_calendars(folder, tables, policy, window, found, workers)
    holidays = public_holidays(tables, policy, window, policy_file, found)
    if found.faults:
        return None
    return replace(
        company_of(tables, policy),
        busy_times=busy_times,
        holidays=holidays,
        digests={**tables.digests, **digests},
    )
