"""A member of aiokafka that connects to a broker whose metadata names none yet.

So a broker answers after it stood still for a few seconds, until it counts as alive again.
"""

import asyncio
from collections.abc import Iterator

import pytest
from aiokafka import AIOKafkaConsumer
from aiokafka.client import AIOKafkaClient
from aiokafka.cluster import ClusterMetadata

from pantau.adapters.kafka.group.awaited_brokers import await_brokers
from tests.support import SOON
from tests.topics import Topics, opened_topics

LOOKS = 5
"""Times that nobody is named."""


@pytest.fixture
def topics(kafka_address: str) -> Iterator[Topics]:
    with opened_topics(kafka_address) as opened:
        opened.make("articles")
        opened.write("articles", {"banjir": b"1"})
        yield opened


def test_it_asks_again_until_a_broker_is_named(
    topics: Topics, monkeypatch: pytest.MonkeyPatch
) -> None:
    await_brokers()
    refused: list[bool] = []
    brokers, look_up = ClusterMetadata.brokers, AIOKafkaClient.coordinator_lookup

    def none_at_first(cluster: ClusterMetadata) -> set[object]:
        return brokers(cluster) if len(refused) >= LOOKS else set()

    async def noted(client: AIOKafkaClient, *given: object) -> object:
        refused.append(True)
        return await look_up(client, *given)

    monkeypatch.setattr(ClusterMetadata, "brokers", none_at_first)
    monkeypatch.setattr(AIOKafkaClient, "coordinator_lookup", noted)

    async def read() -> tuple[bytes, bytes]:
        consumer = AIOKafkaConsumer(
            topics.prefix + "articles",
            bootstrap_servers=topics.address,
            group_id=topics.prefix + "readers",
            auto_offset_reset="earliest",
        )
        await consumer.start()
        try:
            async with asyncio.timeout(SOON):
                one = await consumer.getone()
        finally:
            await consumer.stop()
        return one.key, one.value

    assert asyncio.run(read()) == (b"banjir", b"1")
    assert len(refused) > LOOKS
