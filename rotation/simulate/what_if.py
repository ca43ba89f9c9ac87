"""Variations of a plan, each a word and a value: more agents, other ringing, people who do not come, more calls.

A variation is a function from a setting to a setting. May know nothing of results.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from rotation.company import Company
from rotation.errors import UsageFault
from rotation.routing.policy import HIGHEST_LEVEL
from rotation.simulate.duties import CORE, Duty
from rotation.simulate.scenario import Traffic
from rotation.timegrid import Horizon

OVERFLOW_PENALTY = 10
ALLOWED = (
    "a plan's folder, agents=+1, agents:QUEUE=-1, routing=equal, routing=reverse, routing=overflow, no-show=5, "
    "calls=110"
)
_SPEC = re.compile(r"(agents|routing|no-show|calls)(?::([^=]+))?=(.+)")


@dataclass(frozen=True, eq=False)
class Setting:
    """What is simulated.

    Args:
        company: queues and skills.
        horizon: the week.
        traffic: what it brings.
        duties: who serves what when, core staff included.
        no_show: share of the shifts whose person does not come.
    """

    company: Company
    horizon: Horizon
    traffic: Traffic
    duties: Sequence[Duty]
    no_show: float


def varied(setting: Setting, spec: str) -> Setting:
    """Apply a variation.

    Args:
        setting: the plan as it is.
        spec: such as ``agents:repair=+1``.

    Raises:
        UsageFault: the variation is unknown, or its value or queue is.
    """
    match = _SPEC.fullmatch(spec.strip())
    if not match:
        raise UsageFault(f"--what-if {spec!r} is unknown; allowed: {ALLOWED}")
    word, queue_id, value = match.groups()
    if queue_id is not None and (word != "agents" or queue_id not in setting.company.queue):
        raise UsageFault(f"--what-if {spec!r} names {queue_id!r}; queues: {', '.join(setting.company.queue)}")
    return _VARIATIONS[word](setting, queue_id, value, spec)


def _number(value: str, spec: str, least: float, most: float) -> float:
    try:
        number = float(value.rstrip("%"))
    except ValueError:
        number = np.nan
    if not least <= number <= most:
        raise UsageFault(f"--what-if {spec!r} has {value!r}; a number from {least:g} to {most:g} is allowed")
    return number


def _agents(setting: Setting, queue_id: str | None, value: str, spec: str) -> Setting:
    change = _number(value, spec, -1000, 1000)
    if change != int(change):
        raise UsageFault(f"--what-if {spec!r} has {value!r}; whole agents are allowed")
    wanted = [row.queue_id for row in setting.company.queues if queue_id in (None, row.queue_id)]
    duties = list(setting.duties)
    for key in wanted:
        duties = _more(setting, duties, key, int(change)) if change > 0 else _fewer(setting, duties, key, int(-change))
    return replace(setting, duties=duties)


def _more(setting: Setting, duties: list[Duty], queue_id: str, count: int) -> list[Duty]:
    """Nameless agents of core staff's level over all opening hours."""
    q = [row.queue_id for row in setting.company.queues].index(queue_id)
    level = setting.company.policy.levels.core_staff_level
    edges = np.flatnonzero(np.diff(np.concatenate([[0], setting.traffic.is_open[q].astype(int), [0]])))
    for seat in range(count):
        for first, after in zip(edges[::2], edges[1::2], strict=True):
            start, end = setting.horizon.instant(int(first)), setting.horizon.instant(int(after))
            name = f"{CORE}:more:{queue_id}:{seat}"
            duties.append(Duty(name, queue_id, start, end, level, HIGHEST_LEVEL - level, 1, f"{name}:{first}", False))
    return duties


def _fewer(setting: Setting, duties: list[Duty], queue_id: str, count: int) -> list[Duty]:
    """Take agents away at every instant, those first who began last; what is left of a duty keeps its luck."""
    horizon = setting.horizon
    taken: set[tuple[int, int]] = set()
    of_queue = [n for n, duty in enumerate(duties) if duty.queue_id == queue_id]
    for t in range(horizon.intervals):
        at = horizon.instant(t)
        there = [n for n in of_queue if duties[n].start <= at < duties[n].end]
        there.sort(key=lambda n: (duties[n].start, duties[n].key), reverse=True)
        taken |= {(n, t) for n in there[:count]}
    kept = [duty for duty in duties if duty.queue_id != queue_id]
    for n in of_queue:
        first, after = horizon.touching(duties[n].start, duties[n].end)
        runs = [t for t in range(first, after) if (n, t) not in taken]
        for t in runs:
            start, end = max(horizon.instant(t), duties[n].start), min(horizon.instant(t + 1), duties[n].end)
            if kept and kept[-1].key == duties[n].key and kept[-1].end == start:
                kept[-1] = replace(kept[-1], end=end)
            else:
                kept.append(replace(duties[n], start=start, end=end))
    return kept


def _routing(setting: Setting, _queue_id: str | None, value: str, spec: str) -> Setting:
    if value == "equal":
        return replace(setting, duties=[replace(duty, penalty=0, position=1) for duty in setting.duties])
    if value == "reverse":
        most = max((duty.penalty for duty in setting.duties), default=0)
        return replace(setting, duties=[replace(duty, penalty=most - duty.penalty) for duty in setting.duties])
    if value == "overflow":
        return replace(setting, duties=[*setting.duties, *_second_skills(setting)])
    raise UsageFault(f"--what-if {spec!r} has {value!r}; equal, reverse or overflow is allowed")


def _second_skills(setting: Setting) -> list[Duty]:
    """Everybody also serves the other queues of the own certifications, behind those whose queue it is."""
    bound = {(duty.key, duty.queue_id) for duty in setting.duties}
    by_person: dict[str, list[tuple[str, int]]] = {}
    for skill in setting.company.skills:
        by_person.setdefault(skill.employee_id, []).append((skill.queue_id, skill.level))
    return [
        replace(duty, queue_id=queue_id, level=level, penalty=OVERFLOW_PENALTY + HIGHEST_LEVEL - level, position=1)
        for duty in setting.duties
        for queue_id, level in by_person.get(duty.agent_id, [])
        if (duty.key, queue_id) not in bound
    ]


def _no_show(setting: Setting, _queue_id: str | None, value: str, spec: str) -> Setting:
    return replace(setting, no_show=_number(value, spec, 0, 100) / 100)


def _calls(setting: Setting, _queue_id: str | None, value: str, spec: str) -> Setting:
    factor = _number(value, spec, 0, 1000) / 100
    return replace(setting, traffic=replace(setting.traffic, calls=setting.traffic.calls * factor))


_VARIATIONS: dict[str, Callable[[Setting, str | None, str, str], Setting]] = {
    "agents": _agents,
    "routing": _routing,
    "no-show": _no_show,
    "calls": _calls,
}
