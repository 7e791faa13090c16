"""Consumer lag in Kafka: the records of the topics less the committed offsets."""

import asyncio
import threading
from collections.abc import Mapping
from typing import Any, Final

from kafka import KafkaAdminClient
from kafka.admin import OffsetSpec

from pantau.adapters.kafka.client import connection, converted, group_name, opened, topic_name
from pantau.settings import KafkaSettings

TIMEOUT_MS: Final = 5_000
"""Callers can continue without an answer."""


class KafkaBacklog:
    """Counts the records that wait for groups, with or without members.

    Connects on first use. A group that never committed is ignored: nobody runs it. Commits happen
    up to a second after the work, so the lag of a busy group is slightly overestimated.
    """

    def __init__(self, reads: Mapping[str, str], settings: KafkaSettings) -> None:
        self._settings = settings
        self._topics = {
            group_name(group, settings): topic_name(topic, settings)
            for group, topic in reads.items()
        }
        self._lock = threading.Lock()
        self._admin: Any = None
        self._closed = False

    def count(self) -> int | None:
        """Return the number of waiting records. Raises RetryError when Kafka does not answer."""
        with self._lock, converted(self._settings):
            if self._closed:
                return None
            try:
                return self._count()
            except BaseException:
                self._let_go()
                raise

    def _count(self) -> int:
        if self._admin is None:
            options = connection(self._settings)
            short = dict.fromkeys(("request_timeout_ms", "bootstrap_timeout_ms"), TIMEOUT_MS)
            self._admin = opened(KafkaAdminClient, options | short)
        committed = {
            (group, partition): place.offset
            for group, places in self._admin.list_group_offsets(list(self._topics)).items()
            for partition, place in places.items()
            if partition.topic == self._topics[group] and place.offset >= 0
        }
        wanted = {partition: OffsetSpec.LATEST for _, partition in committed}
        ends = self._admin.list_partition_offsets(wanted) if wanted else {}
        return sum(
            max(0, ends[partition].offset - place) for (_, partition), place in committed.items()
        )

    def _let_go(self) -> None:
        if self._admin is not None:
            admin, self._admin = self._admin, None
            admin.close()

    async def close(self) -> None:
        """Close the connection; must not run concurrently with `count`."""
        await asyncio.to_thread(self._close)

    def _close(self) -> None:
        with self._lock:
            self._closed = True
            self._let_go()
