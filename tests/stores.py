"""Every store that the program can open, for tests: each test has one of its own."""

import sqlite3
import time
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch
from kafka import KafkaAdminClient

from pantau.adapters.kafka.group import fetching
from pantau.adapters.kafka.topics import create_topics
from pantau.errors import RetryError
from pantau.settings import ElasticSettings, KafkaSettings, Settings
from tests.support import SOON

PARTITIONS = 2
"""More than one, so that no test assumes an order across partitions.

Few, since each costs files.
"""


def be_patient(patch: pytest.MonkeyPatch) -> None:
    """Raise the time limits of group members, for a broker that stands still for a while.

    For tests of what comes of records: that a member asks its owner to try again, or loses its
    partitions, is what other tests are about.
    """
    for name in ("CONNECT_MS", "LEAVE_MS", "SESSION_MS"):
        patch.setattr(fetching, name, round(SOON * 1_000))


@contextmanager
def store_settings(
    name: str, folder: Path, request: pytest.FixtureRequest, *, topics: bool = True
) -> Iterator[Settings]:
    """Return settings for the store `name` of `pantau.bootstrap.STORES`.

    On servers by a prefix nobody else uses. Without `topics` these are left to `topics_of`.
    """
    if name != "kafka":
        yield Settings(data=folder)
        return
    address, url = request.getfixturevalue("kafka_address"), request.getfixturevalue("elastic_url")
    prefix = f"t{uuid.uuid4().hex[:12]}-"
    settings = Settings(
        data=folder,
        kafka=KafkaSettings(
            servers=(address,), prefix=prefix, partitions=PARTITIONS, timeout_seconds=SOON
        ),
        elasticsearch=ElasticSettings(url=url, prefix=prefix, timeout_seconds=SOON),
    )
    try:
        with topics_of(settings) if topics else nullcontext():
            yield settings
    finally:
        _clear_indices(url, prefix)


@contextmanager
def topics_of(settings: Settings) -> Iterator[None]:
    """Create the topics of a distributed store; at the end they are deleted, and groups as well."""
    prefix = settings.kafka.prefix
    create_all_topics(settings)
    try:
        yield
    finally:
        with KafkaAdminClient(bootstrap_servers=settings.kafka.servers[0]) as admin:
            admin.delete_topics([one for one in admin.list_topics() if one.startswith(prefix)])
            groups = [
                one["group_id"] for one in admin.list_groups() if one["group_id"].startswith(prefix)
            ]
            if groups:
                admin.delete_groups(groups)


def create_all_topics(settings: Settings) -> None:
    """Create the topics as `pantau setup --wait` does, which tries again on a busy machine."""
    until = time.monotonic() + SOON
    while True:
        try:
            create_topics(settings)
        except RetryError:
            assert time.monotonic() < until
        else:
            return


def _clear_indices(url: str, prefix: str) -> None:
    """Delete indices and templates, each kind by one change of the cluster."""
    with Elasticsearch(url, request_timeout=SOON) as client:
        # Wildcards are not taken for deleting.
        if indices := list(client.indices.get(index=f"{prefix}*").body):
            client.indices.delete(index=indices)
        found = client.options(ignore_status=404).indices.get_index_template(name=f"{prefix}*")
        if templates := [one["name"] for one in found["index_templates"]]:
            client.indices.delete_index_template(name=templates)


def copied_keys(settings: Settings, topic: str) -> list[str]:
    """Return the keys in the copy of a topic that a process with these settings has."""
    path = settings.data / "replicas" / f"{settings.kafka.prefix}{topic}.db"
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as opened:
        return [key for (key,) in opened.execute("SELECT key FROM rows")]
