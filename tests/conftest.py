"""Settings and fixtures that all tests share."""

import gc
import os
from collections.abc import Generator
from functools import cache
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from hypothesis.internal.conjecture import providers

from tests.servers import elastic_url, kafka_address, server_pair

# Tests never depend on how busy the machine is, nor on chance: neither a slow example nor slow
# drawing is a failure, and the same examples are drawn each time. `PANTAU_DRAW=other` draws others.
by_any_pace: Any = {
    "deadline": None,
    "suppress_health_check": [hypothesis.HealthCheck.too_slow],
}
hypothesis.settings.register_profile("pantau", derandomize=True, **by_any_pace)
hypothesis.settings.register_profile("other", **by_any_pace)
if os.environ.get("PANTAU_DRAW") == "other":
    hypothesis.settings.load_profile("other")
else:
    hypothesis.settings.load_profile("pantau")
    # Constants that stand in our modules are drawn as well; so which modules other tests have
    # loaded before, and each change of any of them, would change the examples of all.
    providers._get_local_constants = lambda: providers._local_constants

# Answers are in English, whatever the locale of this machine; child processes get it, too.
for name in ("PANTAU_LANG", "LC_ALL", "LC_MESSAGES"):
    os.environ.pop(name, None)
os.environ["LANG"] = "C.UTF-8"
# Workers of xdist have the width of the terminal there; output that is piped is not wrapped.
os.environ.pop("COLUMNS", None)
# Programs under test would all want the console's port; tests of the console ask for it.
os.environ.setdefault("PANTAU_CONSOLE__ENABLED", "false")

__all__ = ["elastic_url", "kafka_address", "server_pair"]

FIRST = (
    "growth/",  # before threads of other tests that are not ended yet use processor time
    "integration/",
    "pipeline/",
    "e2e/",
    "contracts/",
    "browser/",
    "docs/",
    "unit/query/test_hostile_queries.py",
    "unit/feeds/test_growth.py",
    "unit/commands/batch/",
    "unit/poller/publishing/test_fairness.py",
    "unit/adapters/processes/",
    "unit/enricher/",
)
"""Tests that take long, in the order in which workers take their files (`make unit`, `scheduling`).

The many short files come last, so that no worker is idle while another one runs a long file.
"""


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Collect tests without looking for rubbish.

    Hardly anything that is made then is any; to look again and again takes a fifth of the time.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put long files first; the order within a file stays."""
    folder = Path(__file__).parent

    @cache
    def rank(path: Path) -> int:
        name = path.relative_to(folder).as_posix()
        return next((at for at, start in enumerate(FIRST) if name.startswith(start)), len(FIRST))

    items.sort(key=lambda item: rank(item.path))


@pytest.hookimpl(optionalhook=True)  # of xdist, which need not be there
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> object:
    """Return what lets one of several processes work while the others wait for servers."""
    from tests.scheduling import ServersApart  # noqa: PLC0415 (imports xdist)

    return ServersApart(config, log) if config.getoption("dist") == "loadfile" else None


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of outside test data; none of it is in the project."""
    found = Path(__file__).parents[2] / "shared" / "data"
    if not found.is_dir():
        pytest.skip("the folder of outside test data (../shared/data) is not here")
    return found
