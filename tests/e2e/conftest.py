"""End-to-end tests leave no program at work."""

from collections.abc import Iterator

import pytest

from tests.e2e.program import Running


@pytest.fixture(autouse=True)
def nobody_is_left() -> Iterator[None]:
    """Kill the programs that a failed test left: they would slow all other tests down."""
    yield
    Running.end_all()
