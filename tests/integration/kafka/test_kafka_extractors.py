"""Two extractors share the articles, and each has its own part of what went out of them."""

import asyncio
from pathlib import Path

import pytest

from pantau.adapters.distributed_store import DistributedStore
from pantau.adapters.kafka.tables import table as kafka_table
from pantau.errors import RetryError
from pantau.keyed.desk import Holding
from pantau.ports import Store
from pantau.settings import Settings
from pantau.stream.envelope import record_for
from pantau_schemas.codec import decode
from pantau_schemas.events.article import Article, FullArticle
from pantau_schemas.ids import digest_id
from pantau_schemas.topics import ARTICLES, ARTICLES_FULL, Topic
from tests.extracting import build
from tests.keyed import until
from tests.stores import PARTITIONS, copied_keys
from tests.support import SOON, START, FixedClock, article

pytestmark = pytest.mark.anyio

NAMES = [f"koran{number}" for number in range(8)]
IDS = {digest_id(name) for name in NAMES}
LATE = 5
"""The revision of a page that came late, above that of the feed."""


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


class Running:
    """An extractor with a log of its own, as in a process of its own."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        clock = FixedClock()
        self._settings = settings.model_copy(update={"data": folder})
        self._store = DistributedStore(self._settings, clock)
        self._stop = asyncio.Event()
        self._stage = build(self._store, clock).stage
        self._task = asyncio.create_task(self._stage.run(self._stop))

    @property
    def partitions(self) -> frozenset[int]:
        """The partitions whose tables it holds."""
        holding: Holding = self._stage._holding
        return frozenset() if holding._held is None else holding._held.partitions

    def copied(self) -> set[str]:
        """Return the keys in its copy of `articles.full`."""
        return set(copied_keys(self._settings, ARTICLES_FULL.name))

    async def stop(self) -> None:
        self._stop.set()
        await self._task
        await asyncio.to_thread(self._store.close)


def made(name: str, revision: int) -> Article:
    url = f"https://{name}.example/banjir"
    return article(name, url=url, revision=revision, title=f"Banjir, kabar ke-{revision}")


def late_page(name: str, revision: int) -> FullArticle:
    """Return what went out of a page that came after its summary."""
    fields = dict(made(name, revision)) | {"schema_version": 1, "revision": LATE}
    return FullArticle.model_validate(fields | {"feed_revision": revision, "text_from": "page"})


def give(store: Store, topic: Topic, *events: Article | FullArticle) -> None:
    store.log.append([record_for(one, topic, source="test", time=START) for one in events])


class Written:
    """The revisions of each article that went out, with the feed's, without repeats."""

    def __init__(self, store: Store) -> None:
        self._consumer = store.log.consumer([ARTICLES_FULL.name], "test")
        self._found: dict[str, list[tuple[int, int | None]]] = {}

    def is_for_all(self, wanted: list[tuple[int, int | None]]) -> bool:
        """Read what is new, and return whether so much went out of every article."""
        try:
            new = self._consumer.poll(100)
        except RetryError:  # it is not in its group yet, or no more; then all comes again
            return False
        for one in new:
            event = decode(FullArticle, one.record.value or b"")
            own = self._found.setdefault(event.article_id, [])
            if (event.revision, event.feed_revision) not in own:
                own.append((event.revision, event.feed_revision))
        return self._found == dict.fromkeys(IDS, wanted)


async def test_each_has_its_part_of_what_went_out_and_they_take_over(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kafka_table, "LOOK_SECONDS", 0.1)
    monkeypatch.setattr(kafka_table, "KEEP_SECONDS", 0.0)
    own = settings.model_copy(update={"data": tmp_path / "desk"})
    desk = DistributedStore(own, FixedClock())
    await asyncio.to_thread(give, desk, ARTICLES_FULL, *(late_page(one, 1) for one in NAMES))
    written = await asyncio.to_thread(Written, desk)
    first = Running(settings, tmp_path / "first")
    await asyncio.to_thread(give, desk, ARTICLES, *(made(one, 2) for one in NAMES))
    wanted: list[tuple[int, int | None]] = [(LATE, 1), (LATE + 1, 2)]
    await until(lambda: written.is_for_all(wanted))
    await until(lambda: first.copied() == IDS)

    second = Running(settings, tmp_path / "second")
    async with asyncio.timeout(SOON):
        while [len(one.partitions) for one in (first, second)] != [1, PARTITIONS - 1]:  # noqa: ASYNC110 (a group sets no event)
            await asyncio.sleep(0.01)
    await asyncio.to_thread(give, desk, ARTICLES, *(made(one, 3) for one in NAMES))
    wanted = [*wanted, (LATE + 2, 3)]
    await until(lambda: written.is_for_all(wanted))
    # What is no longer its own goes, with a folder that is a part of the topic in the end.
    await until(lambda: not first.copied() & second.copied())
    assert first.copied() | second.copied() == IDS
    assert first.copied()
    assert second.copied()

    await first.stop()
    await asyncio.to_thread(give, desk, ARTICLES, *(made(one, 4) for one in NAMES))
    wanted = [*wanted, (LATE + 3, 4)]
    await until(lambda: written.is_for_all(wanted))
    await until(lambda: second.copied() == IDS)
    await second.stop()
    await asyncio.to_thread(desk.close)
