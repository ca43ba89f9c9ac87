"""Second skills ring after everybody else, where the policy wants them, while their queues are open."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np

from rotation.company import Policy, Skill
from rotation.exporters import exporters
from rotation.plan import Edition, Plan
from rotation.routing import routing_table, who
from tests.exporters.edition_sample import clock, company, edition_of

START, END = clock("2026-10-26T09:00"), clock("2026-10-26T11:00")


def edition(second: bool = True, closed_until: int = 0, **routing: int) -> Edition:
    """E3 serves support; also certified for sales (5) and billing.eu (2)."""
    policy = Policy.model_validate({"routing": {"second_skills": second, **routing}})
    people = company()
    skills = (*people.skills, Skill("E3", "billing.eu", 2))
    people = replace(people, policy=policy, skills=skills)
    found = edition_of(people, "2026-W44", Plan.of([("E3", "support", START, END)]).shifts)
    is_open = np.ones_like(found.case.is_open)
    first = found.case.horizon.floor(START)
    is_open[1, first : first + closed_until] = False
    return replace(found, case=replace(found.case, is_open=is_open))


def test_without_the_policy_nobody_rings_elsewhere() -> None:
    assert [row.queue_id for row in routing_table(edition(second=False))] == ["support"]


def test_a_second_skill_of_enough_level_rings_last() -> None:
    rows = routing_table(edition())
    assert [(row.queue_id, row.penalty, row.primary) for row in rows] == [("sales", 10, False), ("support", 2, True)]
    assert {row.shift_id for row in rows} == {rows[0].shift_id}
    assert [row.queue_id for row in routing_table(edition(second_min_level=2))] == ["billing.eu", "sales", "support"]
    assert who(routing_table(edition(second_penalty=50)), "sales", START)[0].penalty == 50


def test_a_second_skill_rings_only_while_its_queue_is_open() -> None:
    (row,) = [one for one in routing_table(edition(closed_until=2)) if one.queue_id == "sales"]
    assert (row.valid_from, row.valid_to) == (START + dt.timedelta(hours=1), END)
    assert not [one for one in routing_table(edition(closed_until=4)) if one.queue_id == "sales"]


def test_the_plans_own_files_keep_second_skills_waiting_too() -> None:
    files = exporters()["asterisk_queues"].render(edition())
    assert b"[rotation-overflow]" in files["routing/asterisk/queuerules.conf"]
    assert b"defaultrule=rotation-overflow" in files["routing/asterisk/dynamic-queues.conf"]
    assert "routing/asterisk/queuerules.conf" not in exporters()["asterisk_queues"].render(edition(second=False))
