"""Many calendars at once: each under a time limit, large companies on all cores."""

from __future__ import annotations

import datetime as dt
import multiprocessing
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from rotation.company import BusyTime
from rotation.errors import InputFault, InputFaults
from rotation.intake.calendar_limit import LONGEST_S, time_limit
from rotation.intake.calendar_reading import Reading
from rotation.intake.calendars import busy_times, check_calendar

WORTH_PROCESSES = 4_000_000
"""Bytes of calendars from which on starting processes costs less time than it saves."""


@dataclass(frozen=True, slots=True)
class Job:
    """A calendar to be read.

    Args:
        data: its bytes.
        file: its name for faults.
        employee_id: whose.
        zone: the person's zone.
        window: the stretch of time asked for; None checks only.
        reading: what counts as busy.
    """

    data: bytes
    file: str
    employee_id: str
    zone: ZoneInfo
    window: tuple[dt.datetime, dt.datetime] | None
    reading: Reading


@dataclass(frozen=True, slots=True)
class Outcome:
    """What reading one calendar gave; busy times are empty where there are faults."""

    busy: list[BusyTime]
    warnings: list[InputFault]
    faults: tuple[InputFault, ...] = ()


def outcome_of(job: Job) -> Outcome:
    """Read one calendar."""
    try:
        with time_limit(job.file, LONGEST_S):
            if job.window is None:
                return Outcome([], check_calendar(job.data, job.file, job.zone))
            return Outcome(*busy_times(job.data, job.file, job.employee_id, job.zone, *job.window, job.reading))
    except InputFaults as error:
        return Outcome([], [], error.faults)


def outcomes_of(jobs: Sequence[Job], workers: int) -> list[Outcome]:
    """Read calendars, in their order.

    Args:
        jobs: the calendars.
        workers: how many processes at most; few small calendars are read in this one.

    Raises:
        InputFaults: a process ended before its time.
    """
    if workers <= 1 or sum(len(job.data) for job in jobs) < WORTH_PROCESSES:
        return [outcome_of(job) for job in jobs]
    # Fresh processes: a fork would copy the state of threads that compiled code has started.
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn")) as pool:
        try:
            return list(pool.map(outcome_of, jobs, chunksize=max(1, len(jobs) // (8 * workers))))
        except BrokenProcessPool as error:
            message = "a process that read calendars ended before its time, perhaps for lack of memory"
            raise InputFaults([InputFault("calendars", 0, "", "", message)]) from error
