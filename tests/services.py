"""The services of the distributed runtime as processes, on topics and indices of their own."""

import http.client
import itertools
import os
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from pantau.settings import ElasticSettings, KafkaSettings, Settings
from tests.e2e.program import Running
from tests.fleet import PORT, settings_of

_NUMBERS = itertools.count()


def own_settings(kafka_address: str, elastic_url: str, **other: str) -> dict[str, str]:
    """Return the environment of a separate Pantau that is not set up yet."""
    prefix = f"test-{os.getpid()}-{next(_NUMBERS)}-"
    settings = Settings(
        data=Path("unused"),
        kafka=KafkaSettings(servers=(kafka_address,), prefix=prefix, partitions=4),
        elasticsearch=ElasticSettings(url=elastic_url, prefix=prefix),
    )
    return variables(settings, **other)


def variables(settings: Settings, **other: str) -> dict[str, str]:
    """Return the variables that say the same as these settings of Kafka and Elasticsearch."""
    kafka, elastic = settings.kafka, settings.elasticsearch
    return settings_of(kafka.servers[0], elastic.url) | {
        "PANTAU_KAFKA__PREFIX": kafka.prefix,
        "PANTAU_KAFKA__PARTITIONS": str(kafka.partitions),
        "PANTAU_ELASTICSEARCH__PREFIX": elastic.prefix,
        "PYTHONWARNINGS": "default",  # drivers use what Python deprecates
        **other,
    }


@contextmanager
def running_services(
    data: Path, settings: Mapping[str, str], *names: str
) -> Iterator[dict[str, Running]]:
    """Start services; at the end each must stop on request, unless the test ended it."""
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


def port_of(service: Running) -> int:
    """Return the port on which a service says how it is, once it serves there."""
    service.wait_for(lambda: any(PORT.search(line) for line in service.log))
    return next(int(found[1]) for line in service.log if (found := PORT.search(line)))


def get(port: int, path: str) -> tuple[int, bytes]:
    """Return status and body of what a service answers on its health port.

    The server cuts a connection that is slow, as all are on a busy machine: then asks again.
    """
    for _ in range(9):
        with suppress(OSError, http.client.HTTPException):
            return _get(port, path)
    return _get(port, path)


def _get(port: int, path: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def is_ready(port: int) -> bool:
    """Return whether a service says that it is ready; it must be alive in any case."""
    assert get(port, "/livez")[0] == 200
    return get(port, "/readyz")[0] == 200
