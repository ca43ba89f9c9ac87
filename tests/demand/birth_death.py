"""The second witness: both queues as birth-death chains, summed state by state with 60 digits.

Knows nothing of the integrals in rotation.demand. The wait of a call that finds j calls queued before it is a sum of
j + 1 exponential stages with rates n*mu + k/patience. Its survivor factor exp(-wait/patience) is Beta(c, j + 1)
with c = n*patience/aht, and an incomplete beta is a sum of negative binomial probabilities: positive terms only.
"""

from dataclasses import dataclass
from functools import lru_cache

from mpmath import mp, mpf

mp.dps = 60
_NEGLIGIBLE = mpf(10) ** -40


@dataclass(frozen=True)
class Reference:
    waits: mpf
    level: mpf
    abandoned: mpf
    mean_wait: mpf
    speed_of_answer: mpf
    occupancy: mpf


@lru_cache(maxsize=4096)
def free_weight(load: float, agents: int) -> mpf:
    """Weight of the states with a free agent; the state 'all busy, nobody waits' has weight 1."""
    weight, total, a = mpf(1), mpf(0), mpf(load)
    for k in range(agents, 0, -1):
        weight = weight * k / a
        total += weight
        if k < a and weight < total * _NEGLIGIBLE:
            break
    return total


def erlang_c(load: float, agents: int, target_s: float, aht_s: float) -> Reference:
    if load == 0:
        return Reference(mpf(0), mpf(1), mpf(0), mpf(0), mpf(0), mpf(0))
    if load >= agents:
        return Reference(mpf(1), mpf(0), mpf(0), mp.inf, mp.inf, mpf(1))
    a, spare = mpf(load), agents - mpf(load)
    busy = 1 / (1 - a / agents)
    waits = busy / (free_weight(load, agents) + busy)
    level = 1 - waits * mp.exp(-spare * mpf(target_s) / mpf(aht_s))
    wait = waits * mpf(aht_s) / spare
    return Reference(waits, level, mpf(0), wait, wait, a / agents)


def erlang_a(load: float, agents: int, target_s: float, aht_s: float, patience_s: float) -> Reference:
    patience = mpf(patience_s)
    r = mpf(load) * patience / mpf(aht_s)
    c = agents * patience / mpf(aht_s)
    free = free_weight(load, agents)
    weight, queued, length, served_wait, stage = mpf(1), mpf(1), mpf(0), mpf(0), mpf(0)
    j = 0
    while j < r - c or weight > _NEGLIGIBLE * queued:
        stage += 1 / (c + 1 + j)
        j += 1
        weight = weight * r / (c + j)
        queued += weight
        length += j * weight
        served_wait += weight * stage
    total = free + queued
    answered = (free + c / r * (queued - 1)) / total
    return Reference(
        waits=queued / total,
        level=(free + c / r * _served_in_time(r, c, mpf(target_s) / patience)) / total,
        abandoned=length / r / total,
        mean_wait=patience * length / r / total,
        speed_of_answer=patience * c / r * served_wait / total / answered,
        occupancy=mpf(load) * answered / agents,
    )


def _served_in_time(r: mpf, c: mpf, until: mpf) -> mpf:
    """Sum over i of P(negative binomial = i) * (weights of 1 ... i queued calls)."""
    hit, stay = -mp.expm1(-until), mp.exp(-until)
    step = mp.exp(-(c + 1) * until)
    weight, prefix, total, mass = mpf(1), mpf(0), mpf(0), step
    i = 0
    while True:
        step = step * (c + 1 + i) / (i + 1) * hit
        i += 1
        mass += step
        weight = weight * r / (c + i)
        prefix += weight
        total += step * prefix
        if i > r * hit and i * stay > c * hit and step * prefix <= _NEGLIGIBLE**2 * total:
            return total
        if i > r - c and weight < _NEGLIGIBLE * prefix:
            return total + (1 - mass) * prefix  # longer queues add no weight worth counting
