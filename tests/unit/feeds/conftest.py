from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def feeds() -> Path:
    return Path(__file__).parents[2] / "data" / "feeds"


@pytest.fixture(scope="session")
def rss() -> Callable[[str], bytes]:
    """Wrap items into an RSS 2.0 document."""

    def wrap(items: str) -> bytes:
        return f'<rss version="2.0"><channel><title>T</title>{items}</channel></rss>'.encode()

    return wrap
