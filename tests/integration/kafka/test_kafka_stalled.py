"""A broker that stood still for seconds, as on a busy machine, delays what is appended."""

import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from pantau.adapters.kafka.log import KafkaLog
from pantau.adapters.kafka.producer import METADATA_SECONDS
from pantau.ports import Record
from tests.servers import Pair
from tests.stores import store_settings
from tests.support import FixedClock


@contextmanager
def stopped(pair: Pair) -> Iterator[None]:
    """Stop Kafka's processor time."""
    pid = int((pair.folder / "local" / "kafka" / "process.lock").read_text(encoding="ascii"))
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


def test_records_for_a_topic_that_is_not_known_yet_wait_for_it(
    server_pair: Pair, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    with (
        store_settings("kafka", tmp_path, request) as settings,
        ThreadPoolExecutor(1) as pool,
    ):
        log = KafkaLog(settings, FixedClock())
        log.append([Record("feeds", "f", b"1")])
        with stopped(server_pair):
            appended = pool.submit(log.append, [Record("alerts", "a", b"1")])
            threading.Event().wait(METADATA_SECONDS + 1.0)  # so long it stands still
        appended.result()
        log.catch_up()
        assert log.table("alerts").get("a") == b"1"
        log.close()
