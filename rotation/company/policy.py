"""The company's policy: every number a planner may set, each with its unit, its range and its default.

The field descriptions are the manual: docs/policy.md is checked against them.
"""

from __future__ import annotations

from functools import cache
from typing import Annotated, Literal, Self
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

CLOCK = r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$"
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
HOURLY_WEIGHTS = (
    "band_short",
    "missing_agent",
    "below_min_agents",
    "surplus_agent",
    "fairness_debt",
    "preference",
    "unpleasant",
    "department_share",
    "variety",
)
Points = Annotated[int, Field(ge=0, le=1_000_000)]


def clock_minutes(text: str) -> int:
    """Minutes after midnight of a clock time HH:MM, 24:00 included."""
    return int(text[:2]) * 60 + int(text[3:])


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _is_zone(name: str) -> str:
    if name not in _zones():
        raise ValueError("is not an IANA time zone")
    return name


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ClockSpan(_Section):
    """A stretch of the clock on some weekdays."""

    weekdays: tuple[Weekday, ...] = Field(min_length=1, description="weekdays, mon to sun")
    start: str = Field(pattern=CLOCK, description="first clock time, HH:MM on the person's own clock")
    end: str = Field(pattern=CLOCK, description="clock time after it, HH:MM, 24:00 allowed")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if clock_minutes(self.start) >= clock_minutes(self.end):
            raise ValueError("start must be before end")
        return self

    def covers(self, weekday: int, minute: int) -> bool:
        """Whether a minute of a weekday (0 is Monday) lies inside."""
        return WEEKDAYS[weekday] in self.weekdays and clock_minutes(self.start) <= minute < clock_minutes(self.end)


class Site(_Section):
    """Where the telephone queues live."""

    timezone: Annotated[str, AfterValidator(_is_zone)] = Field(
        "America/Los_Angeles", description="IANA zone of opening hours and of the week"
    )
    region: str = Field(
        "",
        pattern=r"^([A-Z]{2}(-[A-Z0-9]{1,3})?)?$",
        description="country or country-subdivision whose public holidays are free, e.g. US-CA; empty: none",
    )
    interval_min: Literal[15, 30, 60] = Field(30, description="length of a planning interval, minutes")
    seats: int = Field(0, ge=0, le=1_000_000, description="places on site for people who answer; 0: no limit")


class Band(_Section):
    """Everybody's share of customer service."""

    min_pct: float = Field(10, ge=0, le=100, description="lower end, per cent of the contract's weekly hours")
    max_pct: float = Field(
        15, gt=0, le=100, description="upper end, per cent of the contract's weekly hours; never exceeded"
    )

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.min_pct > self.max_pct:
            raise ValueError("min_pct must not exceed max_pct")
        return self


class Shifts(_Section):
    """What a shift may look like."""

    min_length_min: int = Field(60, ge=15, le=720, description="shortest shift, minutes")
    max_length_min: int = Field(180, ge=15, le=720, description="longest shift, minutes")
    start_grid_min: Literal[15, 30, 60] = Field(
        30, description="shifts begin on multiples of this on the site's clock, minutes"
    )
    max_a_day: int = Field(1, ge=1, le=6, description="shifts of one person on one day of the own calendar, at most")
    max_a_week: int = Field(5, ge=1, le=30, description="shifts of one person a week, at most")
    min_rest_min: int = Field(
        60,
        ge=0,
        le=1440,
        description="from the end of a shift to the start of the same person's next, minutes",
    )
    small_below_min: int = Field(
        120, ge=0, le=720, description="a shift shorter than this costs small_shift points, minutes"
    )

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.min_length_min > self.max_length_min:
            raise ValueError("min_length_min must not exceed max_length_min")
        return self


class Availability(_Section):
    """When people can be asked."""

    buffer_min: int = Field(
        15, ge=0, le=240, description="kept free before and after a busy time of a calendar, minutes"
    )
    work_on_holidays: bool = Field(False, description="whether people are planned on their public holidays")
    tentative_is_busy: bool = Field(False, description="whether tentative calendar entries count as busy")


class Calendars(_Section):
    """What calendar entries say, and how calendars are fetched."""

    reminder_min: int = Field(10, ge=0, le=1440, description="reminder before a shift, minutes; 0: none")
    ill_contact: str = Field(
        "", max_length=200, description="whom to call when ill, as entries say it; empty: not said"
    )
    swap_url: str = Field(
        "",
        pattern=r"^(https?://[^\s<>\"]+)?$",
        description="address for swaps, {shift_id} is replaced; empty: not said",
    )
    allow_private_feeds: bool = Field(
        False, description="whether calendars may be fetched from private addresses of the own network"
    )


class Mail(_Section):
    """How messages to employees are sent; the password stands in ROTATION_SMTP_PASSWORD."""

    sender: str = Field("", pattern=r'^([^@\s<>,;:"]+@[^@\s<>,;:"]+)?$', description="address that messages come from")
    sender_name: str = Field("Customer service rotation", max_length=100, description="name that messages come from")
    smtp_host: str = Field("", pattern=r"^[\w.:-]*$", description="mail server")
    smtp_port: int = Field(587, ge=1, le=65_535, description="its port")
    smtp_security: Literal["starttls", "tls", "none"] = Field(
        "starttls", description="starttls: encrypted after greeting; tls: from the start; none: not encrypted"
    )
    smtp_user: str = Field("", max_length=254, description="login; empty: none")


class Departments(_Section):
    """What departments keep."""

    max_away_pct: int = Field(
        34,
        ge=1,
        le=100,
        description="default of departments.csv: share of a department on the phones at a time, per cent",
    )
    max_share_pct: int = Field(
        50,
        ge=1,
        le=100,
        description="variety: one department gives at most this share of the agents required at a time, per cent",
    )
    load_tolerance_pct: int = Field(
        10,
        ge=0,
        le=100,
        description="a department's load may differ from its fair share by this much free of points, per cent",
    )


class Mentoring(_Section):
    """Novices serve beside mentors."""

    novice_max_level: int = Field(1, ge=0, le=5, description="skill levels up to this are novices; 0: nobody is")
    mentor_min_level: int = Field(4, ge=1, le=5, description="a mentor needs at least this level in the queue")
    novices_a_mentor: int = Field(
        2, ge=0, le=20, description="novices beside one mentor of the same queue at a time, at most"
    )


class Forecast(_Section):
    """How calls are forecast from the history."""

    method: str = Field(
        "auto",
        pattern=r"^[a-z][a-z0-9_]*$",
        description="a method of `rotation forecast`; auto: each queue's best in a backtest",
    )


class Requirement(_Section):
    """Which rate of calls is staffed when it is uncertain."""

    basis: Literal["mean", "quantile", "average"] = Field(
        "mean", description="the expected calls, a quantile of their rate, or the service level averaged over the rate"
    )
    quantile_pct: float = Field(
        80, ge=50, lt=100, description="for basis quantile: the rate is at most this in so many cases, per cent"
    )


class Levels(_Section):
    """What a skill level means on the telephone; levels between novice (1) and expert (5) lie on a line."""

    novice_handle_time_pct: float = Field(
        100, ge=20, le=500, description="handle time at level 1, per cent of the queue's aht_s"
    )
    expert_handle_time_pct: float = Field(
        100, ge=20, le=500, description="handle time at level 5, per cent of the queue's aht_s"
    )
    novice_resolves_pct: float = Field(
        60, ge=0, le=100, description="calls that level 1 resolves at first contact, per cent"
    )
    expert_resolves_pct: float = Field(
        95, ge=0, le=100, description="calls that level 5 resolves at first contact, per cent; not below the novice's"
    )
    core_staff_level: int = Field(4, ge=1, le=5, description="level of the agents of core_staff.csv")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.novice_resolves_pct > self.expert_resolves_pct:
            raise ValueError("novice_resolves_pct must not exceed expert_resolves_pct")
        return self


class Simulation(_Section):
    """How a plan is tried on callers."""

    replications: int = Field(200, ge=2, le=100_000, description="weeks that are simulated")
    seed: int = Field(1, ge=0, le=2**31 - 1, description="seed of every caller; the same callers for every plan")
    no_show_pct: float = Field(0, ge=0, le=100, description="shifts whose person does not come, per cent")
    handle_time_cv_pct: float = Field(
        100, ge=0, le=400, description="spread of handle times, per cent of the mean; 100: exponential, else lognormal"
    )
    away_min: float = Field(
        10, gt=0, le=240, description="mean length of the absences that make up a queue's shrinkage_pct, minutes"
    )
    return_pct: float = Field(70, ge=0, le=100, description="unresolved callers who call again, per cent")
    return_after_min: float = Field(120, gt=0, le=10_080, description="mean time until they do, minutes")
    warm_in_min: int = Field(120, ge=0, le=1440, description="simulated before the week and not counted, minutes")


class Weights(_Section):
    """Points of the objective, whole; an hourly weight is a multiple of 60 / interval_min."""

    band_short: Points = Field(2000, description="points per hour below the band's lower end")
    missing_agent: Points = Field(120, description="points per missing agent-hour, times (6 - the queue's priority)")
    below_min_agents: Points = Field(2000, description="further points per agent-hour below the queue's min_agents")
    surplus_agent: Points = Field(20, description="points per agent-hour above the requirement")
    fairness_debt: Points = Field(
        40, description="points per hour of carried debt left unserved, or of credit overdrawn"
    )
    preference: Points = Field(8, description="points per hour and per step below the person's own best-liked time")
    unpleasant: Points = Field(
        24,
        description="points per unpleasant hour, times 1 + earlier unpleasant hours above the least burdened (most 5)",
    )
    small_shift: Points = Field(15, description="points per shift shorter than small_below_min")
    department_share: Points = Field(
        12, description="points per hour of a department's load beyond load_tolerance_pct of its fair share"
    )
    variety: Points = Field(
        40, description="points per agent-hour of one department above max_share_pct of the agents required"
    )
    change: Points = Field(
        60, description="points per promised shift not kept, times 1 (a week or more ahead) to 8 (today)"
    )


class Releases(_Section):
    """How a week that is released may change."""

    freeze_h: float = Field(
        48, ge=0, le=336, description="nothing that begins within so many hours moves unless it must, hours"
    )
    max_changes: int = Field(3, ge=0, le=100, description="people beside the absent whose week a repair may touch")
    ledger_weeks: int = Field(
        26, ge=1, le=520, description="unpleasant hours of so many last weeks count against each other, weeks"
    )


class Solver(_Section):
    """How long to search; the command line overrides."""

    time_limit_s: float = Field(20, gt=0, le=86_400, description="wall time of the search, seconds")
    gap_pct: float = Field(
        0.5, ge=0, le=100, description="stop when the plan is proven to be within this of the best, per cent"
    )
    workers: int = Field(0, ge=0, le=256, description="threads; 0: all cores")
    seed: int = Field(1, ge=0, le=2**31 - 1, description="seed of every random choice")


def _default_unpleasant() -> tuple[ClockSpan, ...]:
    return (
        ClockSpan(weekdays=("mon", "tue", "wed", "thu"), start="18:00", end="24:00"),
        ClockSpan(weekdays=("fri",), start="16:00", end="24:00"),
        ClockSpan(weekdays=("sat", "sun"), start="00:00", end="24:00"),
        ClockSpan(weekdays=("mon", "tue", "wed", "thu", "fri"), start="00:00", end="07:00"),
    )


class Policy(_Section):
    """The whole of config/rotation.toml."""

    site: Site = Site()
    band: Band = Band()
    shifts: Shifts = Shifts()
    availability: Availability = Availability()
    calendars: Calendars = Calendars()
    mail: Mail = Mail()
    departments: Departments = Departments()
    mentoring: Mentoring = Mentoring()
    forecast: Forecast = Forecast()
    requirement: Requirement = Requirement()
    levels: Levels = Levels()
    simulation: Simulation = Simulation()
    weights: Weights = Weights()
    releases: Releases = Releases()
    solver: Solver = Solver()
    unpleasant: tuple[ClockSpan, ...] = Field(
        default_factory=_default_unpleasant, description="the unpleasant hours, on the person's own clock"
    )

    @property
    def region(self) -> str:
        """Whose public holidays are free by default."""
        return self.site.region

    @property
    def interval_min(self) -> int:
        """Length of a planning interval, minutes."""
        return self.site.interval_min

    def per_interval(self, points_per_hour: int) -> int:
        """An hourly weight as whole points per interval."""
        return points_per_hour * self.site.interval_min // 60

    @model_validator(mode="after")
    def _fits_the_grid(self) -> Self:
        interval = self.site.interval_min
        wrong = [
            f"shifts.{key} = {value}"
            for key in ("min_length_min", "max_length_min", "start_grid_min")
            if (value := getattr(self.shifts, key)) % interval
        ]
        step = 60 // interval
        wrong += [f"weights.{key} = {value}" for key in HOURLY_WEIGHTS if (value := getattr(self.weights, key)) % step]
        if wrong:
            raise ValueError(
                f"with interval_min = {interval} lengths must be multiples of {interval} minutes and hourly "
                f"weights multiples of {step}: {', '.join(wrong)}"
            )
        return self
