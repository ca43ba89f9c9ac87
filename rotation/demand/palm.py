"""The integrals of the Palm/Erlang-A queue that all its measures are made of.

With r = load*patience/aht, c = agents*patience/aht and time s measured in patiences, the wait a call would be
offered has, for s > 0, the density c*pi_n*exp(r*(1 - e**-s) - c*s) (Baccelli & Hebuterne 1981; Mandelbaum & Zeltyn
2007). Integration by parts turns every measure into an integral of the one kernel
g(s) = exp(r*(1 - e**-s) - (c + 1)*s), and leaves nothing to subtract. The largest value of g, exp(H), is kept aside.

May not know: what a target or a requirement is.
"""

from dataclasses import dataclass

import numpy as np

from rotation.demand.erlang_b import IntArray, log_free_odds
from rotation.demand.gamma_integral import FloatArray, bend, decay_integral, decay_nodes


@dataclass(frozen=True)
class Palm:
    """Queues with load and agents, of shape (m,) each; see `of`."""

    load_per_agent: FloatArray
    r: FloatArray
    c: FloatArray
    decay: FloatArray
    """c + 1, the final rate at which the kernel falls."""
    peak: FloatArray
    """Where the kernel is largest, in patiences."""
    slope: FloatArray
    """How fast the kernel falls to the right of its peak: 0 inside, more when the peak is at 0."""
    height: FloatArray
    """H."""
    log_free: FloatArray
    """Log of the weight of 'an agent is free', with exp(H) * (state 'all busy, nobody waits') as the unit."""

    @classmethod
    def of(cls, load: FloatArray, agents: IntArray, patience_in_aht: FloatArray) -> "Palm":
        """Return the queues prepared for integration.

        Args:
            load: Shape (m,), erlangs, positive.
            agents: Shape (m,), at least 1.
            patience_in_aht: Shape (m,), mean patience divided by mean handle time, positive.

        Returns:
            The prepared queues.
        """
        r = load * patience_in_aht
        c = agents * patience_in_aht
        rise = (load - agents) * patience_in_aht - 1.0
        peak = np.log1p(np.maximum(rise, 0.0) / (c + 1.0))
        height = (c + 1.0) * bend(-peak)
        slope = np.maximum(-rise, 0.0)
        log_free = log_free_odds(load, agents) - height
        return cls(load / agents, r, c, c + 1.0, peak, slope, height, log_free)

    def log_served_mass(self, until: FloatArray) -> FloatArray:
        """Return the log of the weight of 'waits, and is answered within `until`'.

        Args:
            until: Shape (m,), in patiences, 0 to infinity.

        Returns:
            Shape (m,), in the unit of `log_free`.
        """
        total = np.zeros_like(self.r)
        short = until < self.peak
        past = self.peak <= until
        inner = past & (self.peak > 0.0)
        drop = np.zeros_like(self.r)
        if short.any():
            gap = self.peak[short] - until[short]
            k = self.decay[short]
            total[short] = decay_integral(k * np.expm1(gap), k * np.exp(gap), until[short], -1)
            drop[short] = k * bend(-gap)
        if past.any():
            total[past] = decay_integral(self.slope[past], self._curvature()[past], until[past] - self.peak[past], 1)
        if inner.any():
            flat = np.zeros_like(self.r[inner])
            total[inner] += decay_integral(flat, self.decay[inner], self.peak[inner], -1)
        with np.errstate(divide="ignore"):
            return np.log(self.c) + np.log(total) - drop

    def nodes(self) -> tuple[FloatArray, FloatArray]:
        """Return times s in patiences and weights of g(s) over all s >= 0, each of shape (m, 96)."""
        flat = np.zeros_like(self.r)
        left, left_weights = decay_nodes(flat, self.decay, self.peak, -1)
        right, right_weights = decay_nodes(self.slope, self._curvature(), np.full_like(self.r, np.inf), 1)
        times = np.concatenate([self.peak[:, None] - left, self.peak[:, None] + right], axis=1)
        return times, np.concatenate([left_weights, right_weights], axis=1)

    def log_waiting_mass(self, log_served: FloatArray) -> FloatArray:
        """Return the log of the weight of 'all agents busy', 1 + r * integral of g.

        Args:
            log_served: `log_served_mass` of infinity.

        Returns:
            Shape (m,), in the unit of `log_free`.
        """
        with np.errstate(divide="ignore"):
            return np.logaddexp(-self.height, log_served + np.log(self.load_per_agent))

    def _curvature(self) -> FloatArray:
        return np.where(self.peak > 0.0, self.decay, self.r)
