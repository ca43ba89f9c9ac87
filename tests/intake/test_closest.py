"""The closest name is found whatever its case, and a flood of unknown names costs little."""

from rotation.intake.closest import MOST_SEARCHES, Closest


def test_a_slip_of_the_pen_is_recognised() -> None:
    assert Closest(["office", "night"]).hint("ofice") == "; did you mean 'office'?"


def test_another_case_is_the_closest_of_all() -> None:
    assert Closest(["E1", "E2"]).to("e2") == "E2"


def test_nothing_near_gives_no_hint() -> None:
    assert Closest(["office"]).hint("zzz") == ""


def test_only_the_first_unknown_names_are_compared() -> None:
    closest = Closest(["office"])
    for n in range(MOST_SEARCHES):
        closest.to(f"{n:05d}")
    assert closest.to("ofice") is None
    assert closest.to("OFFICE") == "office"


def test_among_too_many_names_only_case_is_looked_at() -> None:
    closest = Closest(f"E{n}" for n in range(10_000))
    assert closest.to("E77777x") is None
    assert closest.to("e77") == "E77"
