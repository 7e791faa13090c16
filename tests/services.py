"""The services of the distributed runtime as processes, on topics and indices of their own."""

import itertools
import os
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.e2e.program import Running
from tests.fleet import settings_of

_NUMBERS = itertools.count()


def own_settings(kafka_address: str, elastic_url: str, **other: str) -> dict[str, str]:
    """Give the variables of a Pantau that nobody else shares."""
    prefix = f"test-{os.getpid()}-{next(_NUMBERS)}-"
    return settings_of(
        kafka_address,
        elastic_url,
        PANTAU_KAFKA__PREFIX=prefix,
        PANTAU_KAFKA__PARTITIONS="4",
        PANTAU_ELASTICSEARCH__PREFIX=prefix,
        PYTHONWARNINGS="default",  # drivers use what Python deprecates
        **other,
    )


@contextmanager
def running_services(data: Path, settings: Mapping[str, str], *names: str) -> Iterator[dict[str, Running]]:
    """Start services; at the end each is asked to stop, and does so, unless the test has ended it."""
    running: dict[str, Running] = {}
    try:
        for name in names:
            running[name] = start(data, settings, name)
        yield running
        codes = {name: one.stop(signal.SIGTERM) for name, one in running.items() if one.alive()}
        assert set(codes.values()) <= {0}, codes
    finally:
        for one in running.values():
            if one.alive():
                one.kill()


def start(data: Path, settings: Mapping[str, str], name: str) -> Running:
    """Start one service, with a folder of its own as on a machine of its own."""
    return Running(data / name, name, command="service", **settings)
