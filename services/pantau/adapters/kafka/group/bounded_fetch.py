"""Limits the records that aiokafka unpacks at a time by their size.

`max_partition_fetch_bytes` limits a fetch as it is on the wire. Compressed, a megabyte can hold
hundreds of megabytes of records, and aiokafka returns all records of a fetch at once, or a fixed
number of them. Here it returns records of one partition until they have `FETCHED_BYTES`; the others
stay compressed until the next call, which is what its own limit by number does with them.
"""

from typing import Any, Final

from aiokafka.consumer.fetcher import FetchResult

FETCHED_BYTES: Final = 1024 * 1024
"""Bytes of records that one call returns of a partition; the last record may exceed them."""


def take_within(records: Any, most: int | None, max_bytes: int) -> tuple[list[Any], bool]:
    """Consume records until there are `most`, or they have `max_bytes`.

    Returns them, and whether the iterator may have more.
    """
    taken: list[Any] = []
    size = 0
    for record in records:
        taken.append(record)
        size += len(record.value or b"") + len(record.key or b"")
        if size >= max_bytes or (most is not None and len(taken) >= most):
            return taken, True
    return taken, False


def bound_fetches() -> None:
    """Limit all consumers of aiokafka in this process. Repeated calls change nothing."""
    FetchResult.getall = _getall


def _getall(self: Any, max_records: int | None = None) -> list[Any]:
    """Return the next records of one partition, as `FetchResult.getall` does."""
    if not self.check_assignment(self._topic_partition) or not self.has_more():
        return []
    taken, more = take_within(self._partition_records, max_records, FETCHED_BYTES)
    self._update_position()
    if not more:
        self._partition_records = None
    return taken
