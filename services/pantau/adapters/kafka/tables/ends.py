"""The end offsets of partitions, requested on a connection that no fetch delays.

A broker answers the requests of a connection in order, and a consumer that has read everything
always has a fetch under way, which waits for records. A request behind it waits as long. A stage
looks a dozen tables up before each piece of work, so it would wait for seconds.
"""

import threading
from collections.abc import Collection, Mapping
from typing import Any

from kafka import KafkaAdminClient, TopicPartition
from kafka.admin import OffsetSpec
from kafka.errors import KafkaConnectionError

from pantau.adapters.kafka.client import connection, opened
from pantau.settings import KafkaSettings


class TopicEnds:
    """Asks for the current ends of partitions. Thread-safe; connects on first use.

    Several requests may be under way at once. After a failure the next request connects again.
    """

    def __init__(self, settings: KafkaSettings) -> None:
        self._settings = settings
        self._lock = threading.Lock()  # guards the client, not what is under way with it
        self._admin: Any = None
        self._closed = False

    def ask(self, topic: str, partitions: Collection[int]) -> Mapping[int, int]:
        """Return the next offset of each partition of a topic, by its name in the cluster.

        Raises `kafka.errors.KafkaError`.
        """
        if not partitions:
            return {}
        self._require_open()
        with self._lock:
            if self._admin is None:
                self._admin = opened(KafkaAdminClient, connection(self._settings))
            admin = self._admin
        wanted = {TopicPartition(topic, one): OffsetSpec.LATEST for one in partitions}
        try:
            self._require_open()  # again: it may have been closed while the client was opened
            found = admin.list_partition_offsets(
                wanted, timeout_ms=round(self._settings.timeout_seconds * 1000)
            )
        except BaseException:
            self._let_go(admin)
            raise
        return {place.partition: end.offset for place, end in found.items()}

    def _require_open(self) -> None:
        if self._closed:
            message = "the log was closed"
            raise KafkaConnectionError(message)

    def _let_go(self, admin: Any) -> None:
        """Close a client, unless another thread has done it already."""
        with self._lock:
            if self._admin is not admin:
                return
            self._admin = None
        admin.close()

    def close(self) -> None:
        """Close the connection; requests under way fail, and so do later ones."""
        self._closed = True
        if (admin := self._admin) is not None:
            self._let_go(admin)
