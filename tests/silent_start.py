"""A program: a stage starts over a broker that falls silent; it prints how that ends.

Apart from the tests, since what Faust leaves behind of a failed start ends with the process.
"""

import asyncio
import sys
from types import SimpleNamespace
from typing import Any
from unittest import mock

from pantau.errors import RetryError
from pantau.runtimes.distributed import faust_config
from pantau.runtimes.distributed.faust_app import FaustStage
from pantau.settings import KafkaSettings, PipelineSettings
from pantau_schemas.topics import ARTICLES_FULL
from tests.silent_brokers import greeting, silent


async def start(address: str) -> str:
    """Start a stage that never comes to its work; return the error to retry."""
    step: Any = SimpleNamespace(
        stage=SimpleNamespace(name="enricher", reads=ARTICLES_FULL), wait_seconds=lambda: None
    )
    settings = KafkaSettings(servers=(address,), timeout_seconds=1)
    try:
        await FaustStage(step, settings, PipelineSettings()).run(asyncio.Event())
    except RetryError as error:
        return str(error)
    return "no error"


def main() -> None:
    """Start over the broker that the first argument names."""
    broker = {"silent": silent, "greeting": greeting}[sys.argv[1]]
    with (
        mock.patch.object(faust_config, "SESSION_SECONDS", 0.1),
        mock.patch.object(faust_config, "HEARTBEAT_SECONDS", 0.02),
        broker() as address,
    ):
        print(asyncio.run(start(address)))  # noqa: T201 (its result)


if __name__ == "__main__":
    main()
