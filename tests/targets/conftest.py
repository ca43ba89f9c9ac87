"""The option that writes the golden files anew is the exporters'."""

from __future__ import annotations

import pytest


@pytest.fixture
def regenerate_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--regenerate-golden", default=False))
