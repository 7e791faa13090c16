"""A hub's pushes where the poller's log is Kafka: nothing is lost, forged or repeated."""

import asyncio
from contextlib import closing
from pathlib import Path

from pantau.ports import Store
from pantau_schemas.codec import decode
from pantau_schemas.events.article import Article
from pantau_schemas.events.feed import FeedStatus
from pantau_schemas.topics import ARTICLES
from tests.unit.poller.polling import running, until
from tests.unit.poller.websub.newsroom import newsroom
from tests.unit.poller.websub.test_websub import scene

SECONDS = 120.0


def titles(store: Store) -> list[str]:
    with closing(store.log.consumer([ARTICLES.name], None)) as consumer:
        found = []
        while batch := consumer.poll(1_000):
            found += [one.record.value for one in batch if one.record.value is not None]
    return [decode(Article, value).title for value in found]


def test_pushes_are_kept_in_kafka_and_read_once_and_subscriptions_outlive_the_poller(
    store: Store, tmp_path: Path
) -> None:
    async def run() -> None:
        async with scene(tmp_path, over=store) as at:
            async with running(at.room.poller):
                await until(lambda: at.hub.verified, SECONDS)
                await until(
                    lambda: [one.status for one in at.room.subscriptions()] == ["active"], SECONDS
                )
                polls = at.polls()
                (answer,) = await at.hub.publish(at.document("Kedua", "Awal"))
                assert answer.status == 202
                await until(lambda: "Kedua" in titles(store), SECONDS)
                await at.hub.publish(at.document("Palsu"), X_Hub_Signature="sha256=00")
                await at.hub.publish(at.document("Ketiga", "Kedua", "Awal"))
                await until(lambda: "Ketiga" in titles(store), SECONDS)
                await until(lambda: at.room.subscription().pushes == 2, SECONDS)
                await until(lambda: at.room.waiting() == 0, SECONDS)
                assert at.polls() == polls
            before = at.room.subscription()
            async with newsroom(tmp_path, over=store) as later, running(later.poller):
                await until(lambda: [one.secret for one in later.subscriptions()], SECONDS)
                after = later.subscription()
                assert (after.callback_id, after.secret) == (before.callback_id, before.secret)
                assert (after.status, after.expires_at) == (before.status, before.expires_at)
                state = later.state(at.identifier)
                assert state is not None
                assert (state.status, state.articles) == (FeedStatus.OK, 3)
            assert sorted(titles(store)) == ["Awal", "Kedua", "Ketiga"]

    asyncio.run(run())
