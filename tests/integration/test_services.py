"""Services as processes on real servers, where something goes wrong in the middle.

Nothing is lost, nobody hangs.
"""

import asyncio
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pantau.bootstrap import build_service
from pantau.common.time.clock import SystemClock
from pantau.errors import RetryError
from pantau.local import Servers
from pantau.ports import Store
from pantau.runtimes.distributed import faust_app
from pantau.runtimes.distributed.faust_app import FaustStage
from pantau.runtimes.distributed.services import Part
from pantau.settings import Settings
from pantau.stream.envelope import record_for
from pantau_schemas.events.article import EnrichedArticle, FullArticle
from pantau_schemas.ids import digest_id
from pantau_schemas.topics import ARTICLES_ENRICHED, ARTICLES_FULL
from tests.e2e.program import LIMIT_SECONDS
from tests.elastic_gate import Answer, Gate, Request, error, gate_to
from tests.fleet import Groups
from tests.servers import Pair
from tests.services import is_ready, port_of, running_services, variables
from tests.support import SOON, enriched, full


@pytest.fixture
def groups(settings: Settings) -> Iterator[Groups]:
    groups = Groups(settings.kafka.servers[0], settings.kafka.prefix)
    try:
        yield groups
    finally:
        groups.close()


@pytest.fixture
def gate(elastic_url: str) -> Iterator[Gate]:
    with gate_to(elastic_url) as found:
        yield found


def names(first: int, count: int) -> list[str]:
    return [f"n{number}" for number in range(first, first + count)]


def spread(name: str) -> FullArticle:
    """Build an article of a site of its own: the partition is chosen by the site."""
    return full(name, url=f"https://{name}.example/kabar", source=f"{name}.example")


def publish(store: Store, articles: Iterable[FullArticle | EnrichedArticle]) -> None:
    now = datetime.now(UTC)
    store.log.append(
        record_for(
            one,
            ARTICLES_ENRICHED if isinstance(one, EnrichedArticle) else ARTICLES_FULL,
            source="test",
            time=now,
        )
        for one in articles
    )


def has_enriched(store: Store, wanted: Iterable[str]) -> Callable[[], bool]:
    """Return whether the enriched articles are exactly these."""
    ids = {digest_id(name) for name in wanted}
    table = store.log.table(ARTICLES_ENRICHED.name)
    return lambda: table.snapshot().values.keys() == ids


def has_indexed(store: Store, count: int) -> Callable[[], bool]:
    def look() -> bool:
        try:
            store.index.refresh()
            return store.index.count() == count
        except RetryError:  # the month's index is being made
            return False

    return look


class Held:
    """Forwards writes to Elasticsearch, but withholds its answers until released."""

    def __init__(self) -> None:
        self.written = threading.Event()
        self.free = threading.Event()

    def __call__(self, request: Request, answer: Answer) -> Answer:
        if request.path.startswith("/_bulk"):
            self.written.set()
            self.free.wait(60.0)
        return answer


def test_a_batch_cut_off_in_the_middle_is_done_again(
    settings: Settings, store: Store, groups: Groups, gate: Gate, tmp_path: Path
) -> None:
    publish(store, (enriched(name) for name in names(0, 30)))
    held = gate.after = Held()
    with running_services(
        tmp_path, variables(settings, PANTAU_ELASTICSEARCH__URL=gate.url), "indexer"
    ) as running:
        running["indexer"].wait_for(
            held.written.is_set
        )  # Elasticsearch has them, the indexer does not know
        running["indexer"].kill()
    assert groups.known_lag("indexer", "articles.enriched") == 30
    held.free.set()
    with running_services(tmp_path, variables(settings), "indexer") as running:
        running["indexer"].wait_for(lambda: groups.lag("indexer", "articles.enriched") == 0)
        running["indexer"].wait_for(has_indexed(store, 30))


def test_elasticsearch_away_the_indexer_waits_and_keeps_its_partitions(
    settings: Settings, store: Store, groups: Groups, gate: Gate, tmp_path: Path
) -> None:
    environment = variables(settings, PANTAU_ELASTICSEARCH__URL=gate.url, PANTAU_OBSERVE__PORT="0")
    with running_services(tmp_path, environment, "indexer") as running:
        indexer = running["indexer"]
        port = port_of(indexer)
        publish(store, (enriched(name) for name in names(0, 5)))
        indexer.wait_for(has_indexed(store, 5))
        indexer.wait_for(lambda: groups.lag("indexer", "articles.enriched") == 0)
        indexer.wait_for(lambda: [*groups.members("indexer").values()] == [2])
        members = groups.known_members("indexer", 1)
        indexer.wait_for(lambda: is_ready(port))
        gate.trouble = lambda _: error(503, "unavailable_shards_exception")
        publish(store, (enriched(name) for name in names(5, 5)))
        indexer.wait_for(lambda: sum("waiting" in line for line in indexer.log) >= 3)
        indexer.wait_for(lambda: not is_ready(port))
        assert groups.known_lag("indexer", "articles.enriched") == 5
        gate.trouble = lambda _: None
        indexer.wait_for(lambda: is_ready(port))
        indexer.wait_for(has_indexed(store, 10))
        indexer.wait_for(lambda: groups.lag("indexer", "articles.enriched") == 0)
        indexer.wait_for(lambda: groups.members("indexer") == members)
        gate.trouble = lambda _: error(503, "unavailable_shards_exception")
        publish(store, (enriched(name) for name in names(10, 5)))
        known = len(indexer.log)
        indexer.wait_for(lambda: any("waiting" in line for line in indexer.log[known:]))
    # It stopped in the middle of waiting, and what it waited with is not lost.
    assert groups.known_lag("indexer", "articles.enriched") == 5


def test_two_share_the_work_and_each_takes_over_from_the_other(
    settings: Settings, store: Store, groups: Groups, tmp_path: Path
) -> None:
    environment = variables(settings)
    publish(store, (spread(name) for name in names(0, 100)))
    with running_services(tmp_path / "one", environment, "enricher") as one:
        with running_services(tmp_path / "two", environment, "enricher") as two:
            both = [one["enricher"], two["enricher"]]
            both[0].wait_for(lambda: [*groups.members("enricher").values()] == [1, 1])
            publish(store, (spread(name) for name in names(100, 100)))
            assert all(groups.ends_by_partition("articles.full")), "each has work"
            both[1].wait_for(has_enriched(store, names(0, 200)))
        # The second left the group: nobody has to wait until its session is over.
        publish(store, (spread(name) for name in names(200, 100)))
        both[0].wait_for(has_enriched(store, names(0, 300)))
        both[0].wait_for(lambda: groups.lag("enricher", "articles.full") == 0)
        both[0].wait_for(lambda: [*groups.members("enricher").values()] == [2])
        assert both[0].stop(signal.SIGTERM) == 0
    assert groups.known_lag("enricher", "articles.full") == 0


def test_killed_in_a_rebalance_of_a_group_that_never_committed(
    settings: Settings, store: Store, groups: Groups, tmp_path: Path
) -> None:
    environment = variables(settings)
    publish(store, (spread(name) for name in names(0, 600)))
    table = store.log.table(ARTICLES_ENRICHED.name)
    with (
        running_services(tmp_path / "one", environment, "enricher") as one,
        running_services(tmp_path / "two", environment, "enricher"),
    ):
        one["enricher"].wait_for(lambda: table.count() > 0)
        one["enricher"].kill()
        with running_services(tmp_path / "three", environment, "enricher") as running:
            third = running["enricher"]
            third.wait_for(lambda: any("is at work" in line for line in third.log))
            third.wait_for(has_enriched(store, names(0, 600)))
            third.wait_for(lambda: groups.lag("enricher", "articles.full") == 0)


@pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")
@pytest.mark.usefixtures("refusing")
def test_kafka_is_killed_and_comes_back(
    settings: Settings, store: Store, server_pair: Pair, tmp_path: Path
) -> None:
    servers = Servers(server_pair.folder)
    environment = variables(settings, PANTAU_OBSERVE__PORT="0")
    with running_services(tmp_path, environment, "enricher") as running:
        enricher = running["enricher"]
        port = port_of(enricher)
        publish(store, (spread(name) for name in names(0, 50)))
        enricher.wait_for(has_enriched(store, names(0, 50)))
        enricher.wait_for(lambda: is_ready(port))
        servers.kill_kafka()
        try:
            enricher.wait_for(lambda: any("Unable connect" in line for line in enricher.log))
            enricher.wait_for(lambda: not is_ready(port))
        finally:
            servers.start_kafka()
        enricher.wait_for(lambda: is_ready(port))
        publish(store, (spread(name) for name in names(50, 50)))
        enricher.wait_for(has_enriched(store, names(0, 100)))


def test_faust_gives_up_and_is_built_anew(
    settings: Settings, store: Store, groups: Groups, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In this process: what makes Faust crash cannot be had from outside at will."""
    # A service whose Faust takes longer to stop ends, and its supervisor starts another one.
    monkeypatch.setattr(faust_app, "STOP_SECONDS", SOON)
    monkeypatch.setattr(faust_app, "GRACE_SECONDS", SOON)
    made: list[FaustStage] = []
    service = build_service("enricher", settings, SystemClock())
    build = service.parts["enricher"]

    def noted() -> Part:
        part = build()
        assert isinstance(part, FaustStage)
        made.append(part)
        return part

    async def drive() -> None:
        running = asyncio.create_task(
            replace(service, parts={"enricher": noted}, stopping=stopping).run()
        )
        for number in range(3):
            await asyncio.to_thread(
                publish, store, (spread(name) for name in names(20 * number, 20))
            )
            deadline = time.monotonic() + LIMIT_SECONDS
            wanted = has_enriched(store, names(0, 20 * number + 20))
            while not await asyncio.to_thread(wanted):
                assert not running.done(), running.result()
                assert time.monotonic() < deadline
                await asyncio.sleep(0.05)
            if number == 0:
                await made[0]._app.crash(RuntimeError("as when Faust cannot go on"))
            if number == 1:
                consumer = made[1]._consumer()
                assert not consumer.is_out()
                # What is not committed yet would be as it stops: by the broken thread, which never
                # answers.
                while consumer.lag():
                    assert time.monotonic() < deadline
                    await asyncio.sleep(0.05)
                driver: Any = consumer._driver()
                driver._coordinator._coordination_task.cancel()
                async with asyncio.timeout(SOON):
                    while not consumer.is_out():  # noqa: ASYNC110 (its thread sets no event)
                        await asyncio.sleep(0.05)
                await made[1]._app.consumer.crash(RuntimeError("as when its thread is broken"))
        stopping.set()
        await running

    stopping = asyncio.Event()
    asyncio.run(drive())
    assert len(made) == 3
    assert groups.known_lag("enricher", "articles.full") == 0
