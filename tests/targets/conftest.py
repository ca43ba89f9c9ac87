"""The option that writes the golden files anew is the exporters'; the database server is the store's."""

from __future__ import annotations

import pytest

from tests.store.conftest import postgres

__all__ = ["postgres"]


@pytest.fixture
def regenerate_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--regenerate-golden", default=False))
