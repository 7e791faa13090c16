"""The memory of a blocked stage under Faust is bounded in bytes, however well they compress."""

import asyncio
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from pantau.bootstrap import open_store
from pantau.common.time.clock import SystemClock
from pantau.common.time.waiting import wait_until_set
from pantau.errors import RetryError
from pantau.ports import Store
from pantau.runtimes.distributed.faust_app import LOOK_SECONDS, FaustStage
from pantau.runtimes.distributed.faust_consumer import (
    BUFFER_BYTES,
    FETCH_BYTES,
    AtLeastOnceConsumer,
)
from pantau.runtimes.distributed.store_step import StoreStep
from pantau.runtimes.processing import Processing
from pantau.settings import KafkaSettings, PipelineSettings, Settings
from pantau.stream.envelope import record_for
from pantau.stream.handler import NOTHING, Context, Outcome
from pantau.topology import STAGES
from pantau_schemas.events.article import FullArticle
from pantau_schemas.topics import ARTICLES_FULL
from tests.support import full

ARTICLES_GIVEN = 100
CHARACTERS = 500_000
LIMIT_SECONDS = 120.0


class Held:
    """A handler whose server is away until it is released."""

    def __init__(self) -> None:
        self.away = True
        self.done: set[str] = set()

    def refresh(self) -> None:
        if self.away:
            message = "away"
            raise RetryError(message)

    def handle(self, event: FullArticle, context: Context) -> Outcome:
        del context
        self.done.add(event.article_id)
        return NOTHING


async def until(what: Callable[[], bool]) -> None:
    never = asyncio.Event()
    async with asyncio.timeout(LIMIT_SECONDS):
        while not what():
            await wait_until_set(never, 0.05)


def test_fifty_megabytes_that_wait_are_not_all_taken_in(settings: Settings, store: Store) -> None:
    now = datetime.now(UTC)
    for number in range(ARTICLES_GIVEN):
        one = full(str(number), text="x" * CHARACTERS)
        store.log.append([record_for(one, ARTICLES_FULL, source="test", time=now)])
    # In a process of its own: Faust leaves connections to the end of the one it runs in.
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            __name__,
            settings.kafka.servers[0],
            settings.kafka.prefix,
            settings.data,
        ],
        stdout=subprocess.PIPE,
        text=True,
        timeout=3 * LIMIT_SECONDS,
        check=True,
    )
    most, handled = map(int, done.stdout.split())
    assert handled == ARTICLES_GIVEN
    assert BUFFER_BYTES <= most <= BUFFER_BYTES + 4 * FETCH_BYTES


def main(server: str, prefix: str, data: str) -> None:
    """Run a stage that is blocked, then released.

    Prints the peak number of bytes held while it was blocked, and the number of handled records.
    """
    settings = Settings(data=Path(data), kafka=KafkaSettings(servers=(server,), prefix=prefix))
    store = open_store(settings)
    stage = replace(next(one for one in STAGES if one.name == "enricher"), follows=())
    handler = Held()
    step = StoreStep(Processing(stage, handler, SystemClock()), store, SystemClock(), lambda: None)
    most = asyncio.run(_watch(FaustStage(step, settings.kafka, PipelineSettings()), handler))
    sys.stdout.write(f"{most} {len(handler.done)}\n")
    store.close()


async def _watch(stage: FaustStage, handler: Held) -> int:
    stop = asyncio.Event()
    running = asyncio.create_task(stage.run(stop))
    await asyncio.sleep(0)  # it has put its own consumer in place now
    consumer = stage._app.consumer
    assert isinstance(consumer, AtLeastOnceConsumer)
    await until(lambda: consumer.waiting_bytes() >= BUFFER_BYTES or running.done())
    held = [consumer.waiting_bytes()]
    for _ in range(40):  # would take the rest in meanwhile
        await asyncio.sleep(LOOK_SECONDS / 2)
        held.append(consumer.waiting_bytes())
    handler.away = False
    await until(lambda: len(handler.done) == ARTICLES_GIVEN or running.done())
    stop.set()
    await running
    return max(held)


if __name__ == "__main__":
    main(*sys.argv[1:])
