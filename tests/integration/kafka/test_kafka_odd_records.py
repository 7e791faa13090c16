"""Records that others write: compressed by any codec, with header names that are no UTF-8."""

import re
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiokafka.codec
import kafka.codec
import pytest
from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer
from kafka.admin import ConfigResource, ConfigResourceType

from pantau.adapters.kafka.header_names import be_tolerant
from pantau.adapters.kafka.tables.table import KafkaTable
from pantau.adapters.kafka.topics import create_topics
from pantau.bootstrap import open_store
from pantau.errors import RetryError
from pantau.settings import KafkaSettings, Settings
from pantau.stream.envelope import record_for
from pantau_schemas.topics import ARTICLES_ENRICHED, ARTICLES_FULL, FEEDS
from tests.fleet import Groups
from tests.services import running_services, variables
from tests.support import SOON, full
from tests.topics import Topics, opened_topics, wait_until

CODECS = ("gzip", "snappy", "lz4", "zstd")


class NoUtf8(str):
    """A header name that kafka-python's producer sends as other bytes."""

    __slots__ = ()

    def encode(self, encoding: str = "utf-8", errors: str = "strict") -> bytes:
        del encoding, errors
        return b"nama\xff\xfe"


@pytest.fixture
def topics(kafka_address: str) -> Iterator[Topics]:
    with opened_topics(kafka_address) as opened:
        opened.make(FEEDS.name)
        yield opened


def settings_of(topics: Topics, folder: Path, *, seconds: float = SOON) -> Settings:
    own = KafkaSettings(servers=(topics.address,), prefix=topics.prefix, timeout_seconds=seconds)
    return Settings(data=folder, kafka=own)


def write(address: str, topic: str, *records: dict[str, Any], codec: str | None = None) -> None:
    """Write records together, like another program's producer."""
    with closing(
        KafkaProducer(bootstrap_servers=address, compression_type=codec, linger_ms=200)
    ) as producer:
        for future in [producer.send(topic, **record) for record in records]:
            future.get(SOON)


@pytest.mark.parametrize("codec", CODECS)
def test_a_table_is_read_whatever_its_codec(codec: str, topics: Topics, tmp_path: Path) -> None:
    name = topics.prefix + FEEDS.name
    with KafkaAdminClient(bootstrap_servers=topics.address) as admin:
        setting = ConfigResource(ConfigResourceType.TOPIC, name, {"compression.type": codec})
        admin.alter_configs([setting], incremental=True)
    write(topics.address, name, *({"key": b"k%d" % one, "value": b"v" * 500} for one in range(9)))
    with closing(KafkaTable(FEEDS, settings_of(topics, tmp_path), dict)) as table:
        assert table.count() == 9
        assert table.get("k8") == b"v" * 500


def test_a_codec_that_is_not_installed_is_named_in_time(
    topics: Topics,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A new connection for each try is no progress."""
    name = topics.prefix + FEEDS.name
    write(topics.address, name, {"key": b"k", "value": b"v" * 500}, codec="zstd")
    monkeypatch.setattr(kafka.codec, "zstd", None)
    monkeypatch.setattr(aiokafka.codec, "cramjam", None)  # which unpacks where it can
    with closing(KafkaTable(FEEDS, settings_of(topics, tmp_path, seconds=6.0), dict)) as table:
        reasons: list[str] = []

        def named() -> bool:  # not at once, where the broker did not even answer in time
            with pytest.raises(RetryError) as refused:
                table.get("k")
            reasons.append(str(refused.value))
            return re.search(r"(?i)zstd|codec", reasons[-1]) is not None

        wait_until(named, f"the codec is named: {reasons}")
        assert any("waiting" in one.message for one in caplog.records)
        monkeypatch.undo()

        def there() -> bool:  # the next try may be later than what a look-up waits for
            try:
                return table.get("k") == b"v" * 500
            except RetryError:
                return False

        wait_until(there, "the record")


def test_a_table_with_a_header_name_that_is_no_utf_8_is_read(
    topics: Topics, tmp_path: Path
) -> None:
    odd = [(NoUtf8("nama"), b"1"), ("biasa", b"2"), ("nama-é", b"3")]
    write(
        topics.address,
        topics.prefix + FEEDS.name,
        {"key": b"a", "value": b"1"},
        {"key": b"b", "value": b"2", "headers": odd},
        {"key": b"c", "value": b"3"},
    )
    with closing(KafkaTable(FEEDS, settings_of(topics, tmp_path), dict)) as table:
        assert dict(table.snapshot().values) == {"a": b"1", "b": b"2", "c": b"3"}


@pytest.mark.parametrize("codec", [None, *CODECS])
def test_other_headers_of_the_record_are_kept(codec: str | None, topics: Topics) -> None:
    be_tolerant()
    name = topics.prefix + FEEDS.name
    odd = [(NoUtf8("nama"), b"1"), ("biasa", b"\xff"), ("nama-é", b"3")]
    write(topics.address, name, {"key": b"a", "value": None, "headers": odd}, codec=codec)
    with closing(
        KafkaConsumer(
            name,
            bootstrap_servers=topics.address,
            auto_offset_reset="earliest",
            enable_auto_commit=False,
        )
    ) as consumer:
        record = next(consumer)
    assert record.headers == [("nama??", b"1"), ("biasa", b"\xff"), ("nama-é", b"3")]


def test_a_service_works_off_records_of_any_codec_and_header(
    settings: Settings, tmp_path: Path
) -> None:
    create_topics(settings)
    address, prefix = settings.kafka.servers[0], settings.kafka.prefix
    now = datetime.now(UTC)
    for codec in (None, *CODECS):
        records = []
        for number in range(3):
            made = record_for(full(f"{codec}-{number}"), ARTICLES_FULL, source="test", time=now)
            headers: list[tuple[str, bytes]] = [
                (key, value.encode()) for key, value in made.headers.items()
            ]
            if number == 1:
                headers.insert(0, (NoUtf8("nama"), b"1"))
            records.append({"key": made.key.encode(), "value": made.value, "headers": headers})
        write(address, prefix + ARTICLES_FULL.name, *records, codec=codec)
    with (
        closing(Groups(address, prefix)) as groups,
        running_services(tmp_path, variables(settings), "enricher") as running,
    ):
        running["enricher"].wait_for(lambda: groups.lag("enricher", ARTICLES_FULL.name) == 0)
    with closing(open_store(settings)) as store:
        assert store.log.table(ARTICLES_ENRICHED.name).count() == 15
