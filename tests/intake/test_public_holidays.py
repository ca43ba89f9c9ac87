"""Regions and years of the holidays library."""

from rotation.intake.public_holidays import _of_region, _unknown


def test_a_subdivision_has_holidays_that_its_country_lacks() -> None:
    assert set(_of_region("DE", [2026])) < set(_of_region("DE-BY", [2026]))


def test_regions_are_known_or_explained() -> None:
    assert _unknown("US") is None and _unknown("US-CA") is None
    for region in ("XX", "US-XX", "USA"):
        fault = _unknown(region)
        assert fault is not None and all(fault)
