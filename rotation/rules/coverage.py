"""The phones are covered: neither too few agents nor too many, dearest below the floor of each queue."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from rotation.declaration import Hinge, Members, RowFamily, Statement, Verdict
from rotation.plan import Case, Plan
from rotation.plan.attendance import agents_by_queue


class CoverageRule:
    """Soft: missing agents by the queue's priority, agents below ``min_agents``, agents above the requirement."""

    summary = "Each queue has the agents it needs in every interval, first the important ones"
    kind = "soft"
    weights = ("missing_agent", "below_min_agents", "surplus_agent")

    def declare(self, case: Case) -> Iterable[Statement]:
        """A row for each queue and interval with three hinges."""
        company, policy = case.company, case.company.policy
        members = [
            (case.employee_index[s.employee_id], queue, queue, 1)
            for s in company.skills
            for queue in (case.queue_index[s.queue_id],)
        ]
        priority = np.array([6 - queue.priority for queue in company.queues], dtype=np.int32).reshape(-1, 1)
        floor = np.array([queue.min_agents for queue in company.queues], dtype=np.int32).reshape(-1, 1)
        shape = case.required.shape

        def points(
            weight: int, factor: int | np.ndarray[tuple[int, ...], np.dtype[np.int32]] = 1
        ) -> np.ndarray[tuple[int, ...], np.dtype[np.int32]]:
            return np.broadcast_to(np.int32(policy.per_interval(weight)) * factor, shape).astype(np.int32)

        weights = policy.weights
        least = np.where(case.is_open, np.maximum(floor - case.core, 0), 0).astype(np.int32)
        yield RowFamily(
            tuple(queue.name for queue in company.queues),
            Members.of(members),
            "interval",
            (
                Hinge("missing_agent", "below", case.missing, points(weights.missing_agent, priority)),
                Hinge("below_min_agents", "below", least, points(weights.below_min_agents)),
                Hinge("surplus_agent", "above", case.missing, points(weights.surplus_agent)),
            ),
        )

    def judge(self, case: Case, plan: Plan) -> Verdict:
        """Count agents and compare, interval by interval."""
        agents = agents_by_queue(case, plan)
        weights, hours = case.company.policy.weights, case.horizon.interval_min
        missing = below = surplus = 0
        for q, queue in enumerate(case.company.queues):
            for index in range(case.horizon.intervals):
                there = agents[queue.queue_id, index]
                asked = int(case.missing[q, index])
                missing += max(0, asked - there) * (6 - queue.priority)
                surplus += max(0, there - asked)
                if case.is_open[q, index]:
                    below += max(0, queue.min_agents - int(case.core[q, index]) - there)
        return Verdict(
            points={
                "missing_agent": weights.missing_agent * missing * hours // 60,
                "below_min_agents": weights.below_min_agents * below * hours // 60,
                "surplus_agent": weights.surplus_agent * surplus * hours // 60,
            }
        )


RULE = CoverageRule()
