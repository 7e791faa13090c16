"""A stage under Faust whose request to be let into its group meets a connection that fell silent.

aiokafka gives JoinGroup and SyncGroup the time of every request (`broker_request_timeout`), not the
days that a member may process before it polls (`broker_max_poll_interval`).
"""

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
from pantau.runtimes.distributed.faust_app import FaustStage
from pantau.runtimes.distributed.store_step import StoreStep
from pantau.runtimes.processing import Processing
from pantau.settings import KafkaSettings, PipelineSettings, Settings
from pantau.stream.envelope import record_for
from pantau.stream.handler import NOTHING, Context, Outcome
from pantau.topology import STAGES
from pantau_schemas.events.article import FullArticle
from pantau_schemas.topics import ARTICLES_FULL
from tests.faults.proxy import JOIN_GROUP
from tests.integration.groups.conftest import Proxied
from tests.support import SOON, full
from tests.topics import Topics


class Noted:
    """A handler that notes what it got."""

    def __init__(self) -> None:
        self.ids: set[str] = set()

    def refresh(self) -> None:
        pass

    def handle(self, event: FullArticle, context: Context) -> Outcome:
        del context
        self.ids.add(event.article_id)
        return NOTHING


def test_it_asks_again_over_a_new_connection(
    proxied: Proxied, topics: Topics, settings: Settings
) -> None:
    topics.make(ARTICLES_FULL.name)
    one = record_for(full("banjir"), ARTICLES_FULL, source="test", time=datetime.now(UTC))
    topics.write(ARTICLES_FULL.name, {one.partition_key: one.value})
    sprung = proxied.proxy.die_at(JOIN_GROUP)
    # In a process of its own: Faust leaves connections to the end of the one it runs in.
    program = [sys.executable, "-m", __name__, topics.address, topics.prefix, str(settings.data)]
    with subprocess.Popen(program, stdout=subprocess.PIPE, text=True) as running:
        try:
            assert sprung.wait(SOON)
            handled, _ = running.communicate(timeout=SOON)
        finally:
            running.kill()
    assert (handled, running.returncode) == ("1\n", 0)


async def _until(what: Callable[[], object]) -> None:
    never = asyncio.Event()
    async with asyncio.timeout(SOON):
        while not what():
            await wait_until_set(never, 0.05)


async def _serve(stage: FaustStage, handler: Noted) -> None:
    stop = asyncio.Event()
    running = asyncio.create_task(stage.run(stop))
    await _until(lambda: handler.ids or running.done())
    stop.set()
    await running


def main(server: str, prefix: str, data: str) -> None:
    """Run a stage until it has handled something; print how much."""
    kafka = KafkaSettings(servers=(server,), prefix=prefix, timeout_seconds=1)
    store = open_store(Settings(data=Path(data), kafka=kafka))
    stage = replace(next(one for one in STAGES if one.name == "enricher"), follows=())
    handler = Noted()
    step = StoreStep(Processing(stage, handler, SystemClock()), store, SystemClock(), lambda: None)
    asyncio.run(_serve(FaustStage(step, kafka, PipelineSettings()), handler))
    sys.stdout.write(f"{len(handler.ids)}\n")
    store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
