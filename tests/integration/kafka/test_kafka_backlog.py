"""The backlog of groups, read from outside of them."""

import asyncio

from pantau.adapters.kafka.backlog import KafkaBacklog
from pantau.errors import RetryError
from pantau.ports import Consumer, Store
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


def counted(backlog: KafkaBacklog) -> int | None:
    """Return the first count that Kafka answers with."""
    found: list[int | None] = []

    def answered() -> bool:
        found.append(count(backlog))
        return found[-1] is not None

    wait_until(answered, "an answer")
    return found[-1]


def finished(member: Consumer) -> int:
    """Return how much was finished of what comes now: nothing while it is not in its group."""
    try:
        received = member.poll(100)
        member.finish(received)
    except RetryError:
        member.rewind()
        return 0
    return len(received)


def test_it_counts_what_a_group_has_not_committed(settings: Settings, store: Store) -> None:
    backlog = KafkaBacklog(READS, settings.kafka)
    try:
        wait_until(lambda: count(backlog) == 0, "an answer, though there is no group yet")
        records = [
            record_for(article(f"a{number}"), ARTICLES, source="test", time=START)
            for number in range(30)
        ]
        store.log.append(records)
        assert counted(backlog) == 0
        member = store.log.consumer([ARTICLES.name], "enricher")
        done: list[int] = []

        def all_done() -> bool:
            done.append(finished(member))
            return sum(done) >= 30

        wait_until(all_done, "all records")
        wait_until(lambda: count(backlog) == 0, "the commit")
        store.log.append(records[:20])
        wait_until(lambda: count(backlog) == 20, "the new records to count")
        member.close()
        assert counted(backlog) == 20
    finally:
        asyncio.run(backlog.close())
    assert backlog.count() is None
