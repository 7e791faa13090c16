"""The backlog of groups, read from outside of them."""

import asyncio

from pantau.adapters.kafka.backlog import KafkaBacklog
from pantau.errors import RetryError
from pantau.ports import Received, Store
from pantau.settings import Settings
from pantau.stream.envelope import record_for
from pantau_schemas.topics import ARTICLES, ARTICLES_ENRICHED
from tests.support import START, article
from tests.topics import wait_until

READS = {"enricher": ARTICLES.name, "alerter": ARTICLES_ENRICHED.name}


def count(backlog: KafkaBacklog) -> int | None:
    """Count; None as long as Kafka has no answer, as when it makes its own topics."""
    try:
        return backlog.count()
    except RetryError:
        return None


def test_it_counts_what_a_group_has_not_committed(settings: Settings, store: Store) -> None:
    backlog = KafkaBacklog(READS, settings.kafka)
    try:
        wait_until(lambda: count(backlog) == 0, "an answer, though there is no group yet")
        records = [
            record_for(article(f"a{number}"), ARTICLES, source="test", time=START)
            for number in range(30)
        ]
        store.log.append(records)
        assert backlog.count() == 0
        member = store.log.consumer([ARTICLES.name], "enricher")
        done: list[Received] = []

        def all_read() -> bool:
            done.extend(member.poll(100))
            return len(done) == 30

        wait_until(all_read, "all records")
        member.finish(done)
        wait_until(lambda: backlog.count() == 0, "the commit")
        store.log.append(records[:20])
        wait_until(lambda: backlog.count() == 20, "the new records to count")
        member.close()
        assert backlog.count() == 20
    finally:
        asyncio.run(backlog.close())
    assert backlog.count() is None
