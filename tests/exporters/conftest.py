"""The sample edition, and the option that writes the golden files anew."""

from __future__ import annotations

import pytest

from rotation.plan import Edition

from .edition_sample import sample_edition


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--regenerate-golden", action="store_true", help="write tests/golden anew, to be reviewed as code")


@pytest.fixture
def regenerate_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--regenerate-golden", default=False))


@pytest.fixture(scope="session")
def edition() -> Edition:
    return sample_edition()
