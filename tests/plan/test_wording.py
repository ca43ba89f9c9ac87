"""How times are spelt in messages."""

from __future__ import annotations

from rotation.plan.wording import interval, when
from tests.tiny import AUTUMN, at, person, tiny_case, tiny_company


def test_one_day_two_days_and_both_offsets() -> None:
    case = tiny_case(tiny_company(person("A")), AUTUMN)
    assert when(case, at("2026-10-26T10:00"), at("2026-10-26T11:30")) == "Mon 2026-10-26 10:00-11:30 -07:00"
    assert when(case, at("2026-10-26T23:00"), at("2026-10-27T00:00")) == "Mon 2026-10-26 23:00-2026-10-27 00:00 -07:00"
    first, second = at("2026-11-01T01:00"), at("2026-11-01T01:00", fold=1)
    assert when(case, first, at("2026-11-01T01:30")) == "Sun 2026-11-01 01:00-01:30 -07:00"
    assert when(case, second, at("2026-11-01T02:00")) == "Sun 2026-11-01 01:00-02:00 -08:00"
    assert interval(case, 0) == "Mon 2026-10-26 00:00-00:30 -07:00"
