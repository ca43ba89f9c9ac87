"""Everyday recurrence rules (RFC 5545 section 3.3.10), expanded from just before the time that is asked for.

dateutil expands from a rule's start; a start that is years ago is moved forward by whole periods of the rule first.
Knows local times only.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from dateutil.rrule import DAILY, MONTHLY, WEEKLY, YEARLY, rrule, weekday

from rotation.intake.calendar_clock import local_of
from rotation.timegrid import UTC

INSTANT = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(Z?)")
FREQUENCY = {"DAILY": DAILY, "WEEKLY": WEEKLY, "MONTHLY": MONTHLY, "YEARLY": YEARLY}
DAYS = {name: n for n, name in enumerate(("MO", "TU", "WE", "TH", "FR", "SA", "SU"))}
MONTH_DAY = r"(?:-?(?:[1-9]|[12]\d|3[01]))"
RULE_PARTS = {
    "FREQ": re.compile("DAILY|WEEKLY|MONTHLY|YEARLY"),
    "INTERVAL": re.compile(r"[1-9]\d{0,2}"),
    "COUNT": re.compile(r"[1-9]\d{0,3}"),
    "UNTIL": re.compile(r"\d{8}(?:T\d{6}Z?)?"),
    "BYDAY": re.compile(r"(?:[+-]?[1-5])?(?:MO|TU|WE|TH|FR|SA|SU)(?:,(?:[+-]?[1-5])?(?:MO|TU|WE|TH|FR|SA|SU))*"),
    "BYMONTH": re.compile(r"(?:[1-9]|1[0-2])(?:,(?:[1-9]|1[0-2]))*"),
    "BYMONTHDAY": re.compile(f"{MONTH_DAY}(?:,{MONTH_DAY})*"),
    "WKST": re.compile("MO|TU|WE|TH|FR|SA|SU"),
}


def midnight(text: str) -> dt.datetime:
    """The local midnight of a date such as 20260302.

    Raises:
        ValueError: no calendar has the date.
    """
    return dt.datetime(int(text[:4]), int(text[4:6]), int(text[6:8]))  # noqa: DTZ001 - local by definition


def local_time(parts: re.Match[str]) -> dt.datetime:
    """The local time that :data:`INSTANT` has matched.

    Raises:
        ValueError: no clock shows the time.
    """
    return dt.datetime(*map(int, parts.groups()[:6]))  # type: ignore[arg-type]  # noqa: DTZ001


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule made of everyday parts.

    Args:
        frequency: ``DAILY``, ``WEEKLY``, ``MONTHLY`` or ``YEARLY``.
        interval: periods from one repetition to the next.
        count: how many occurrences, 0 when that is not said.
        until: last time of a start, and "Z" when it is in UTC; None without.
        words: the other parts, as dateutil names them.
    """

    frequency: str
    interval: int
    count: int
    until: tuple[dt.datetime, str] | None
    words: dict[str, Any]

    def last_start(self, zone: dt.tzinfo) -> dt.datetime | None:
        """The last local time at which an occurrence may begin, None when that is not said."""
        if self.until is None:
            return None
        at, kind = self.until
        return local_of(at.replace(tzinfo=UTC), zone) if kind else at

    def starts(self, start: dt.datetime, first: dt.datetime, last: dt.datetime) -> list[dt.datetime]:
        """Local starts by the rule between two local times.

        Args:
            start: of the first occurrence.
            first: the earliest start that is asked for.
            last: the latest one.
        """
        begin, count = self._forwarded(start, first)
        stop = {"count": count} if count else {"until": last}
        found = rrule(FREQUENCY[self.frequency], begin, self.interval, cache=False, **stop, **self.words)
        return list(found.between(first, last, inc=True))

    def _forwarded(self, start: dt.datetime, first: dt.datetime) -> tuple[dt.datetime, int]:
        """A start as late as possible before a local time, and how many it has left (0: not said).

        The start moves by whole periods to the same day of a later one. A rule with COUNT moves only where each period
        has equally many occurrences.
        """
        periods = self._periods(start, first)
        if self.count:
            each = self._occurrences_a_period()
            if not each:
                return start, self.count
            periods = min(periods, (self.count - 1) // each)
            return self._later(start, periods), self.count - periods * each
        return self._later(start, periods), 0

    def _occurrences_a_period(self) -> int:
        """How many occurrences every period has; 0 where that varies."""
        more = self.words.keys() - {"wkst"}
        if self.frequency == "DAILY":
            return 0 if more else 1
        if self.frequency == "WEEKLY" and more <= {"byweekday"}:
            return len({day.weekday for day in self.words["byweekday"]}) if more else 1
        return 0

    def _periods(self, start: dt.datetime, first: dt.datetime) -> int:
        """How many whole periods lie between a start and a local time, less one."""
        if self.frequency in ("DAILY", "WEEKLY"):
            days = self.interval * (7 if self.frequency == "WEEKLY" else 1)
            return max(0, (first - start).days - 1) // days
        if start.day > 28:
            return 0
        months = (first.year - start.year) * 12 + first.month - start.month - 1
        return max(0, months) // (self.interval * (12 if self.frequency == "YEARLY" else 1))

    def _later(self, start: dt.datetime, periods: int) -> dt.datetime:
        count = periods * self.interval
        if self.frequency in ("DAILY", "WEEKLY"):
            return start + dt.timedelta(days=count * (7 if self.frequency == "WEEKLY" else 1))
        months = start.month - 1 + count * (12 if self.frequency == "YEARLY" else 1)
        return start.replace(year=start.year + months // 12, month=months % 12 + 1)


@lru_cache(maxsize=4096)
def everyday_rule(text: str) -> Rule | None:
    """A rule made of everyday parts, None when it has others."""
    parts: dict[str, str] = {}
    for part in text.split(";"):
        key, _, value = part.partition("=")
        if key in parts or key not in RULE_PARTS or not RULE_PARTS[key].fullmatch(value):
            return None
        parts[key] = value
    frequency = parts.get("FREQ")
    if frequency is None or ("COUNT" in parts and "UNTIL" in parts):
        return None
    words: dict[str, Any] = {}
    if "BYDAY" in parts:
        named = [re.fullmatch(r"([+-]?\d)?(..)", day) for day in parts["BYDAY"].split(",")]
        if frequency in ("DAILY", "WEEKLY") and any(one and one[1] for one in named):
            return None
        words["byweekday"] = [weekday(DAYS[one[2]], int(one[1]) if one[1] else None) for one in named if one]
    for key in ("BYMONTH", "BYMONTHDAY"):
        if key in parts:
            words[key.lower()] = [int(number) for number in parts[key].split(",")]
    if "WKST" in parts:
        words["wkst"] = DAYS[parts["WKST"]]
    count = int(parts.get("COUNT", 0))
    if count and "bymonthday" in words and words.keys() & {"bymonth", "byweekday"}:
        return None  # dates that may never come, such as 30 February, would be searched for ever
    try:
        until = _until(parts["UNTIL"]) if "UNTIL" in parts else None
    except ValueError:
        return None
    return Rule(frequency, int(parts.get("INTERVAL", 1)), count, until, words)


def _until(text: str) -> tuple[dt.datetime, str]:
    """The last time at which an occurrence may begin, and "Z" when it is in UTC; a date includes its whole day."""
    if "T" not in text:
        return midnight(text) + dt.timedelta(days=1, seconds=-1), ""
    parts = INSTANT.fullmatch(text)
    if parts is None:
        raise ValueError(text)
    return local_time(parts), parts[7]
