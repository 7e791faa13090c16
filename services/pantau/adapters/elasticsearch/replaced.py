"""Reads that go on while an index is replaced by its successor.

A rebuild removes the old index and moves its names to the new one in one step. A request that
reached the old index just before fails, in whatever phase the removal met it: its shard is gone,
its search context is missing, its reader is closed. The same request then finds the new index.
"""

from collections.abc import Callable
from typing import Final, TypeVar

from elasticsearch import ApiError

TRIES: Final = 4
"""Requests in all. Several months are replaced one after another, each after it was copied."""
_GONE: Final = frozenset({404, 503})
"""Statuses of a shard, context or index that is no longer there."""
_CLOSED: Final = "already_closed_exception"
"""The reader of a shard that was closed; its status says only that the server failed."""

Answer = TypeVar("Answer")


def repeated(read: Callable[[], Answer]) -> Answer:
    """Return the answer of a read, repeated at once while its index is being replaced.

    Raises the ApiError of the last try.
    """
    for _ in range(TRIES - 1):
        try:
            return read()
        except ApiError as error:
            if not was_replaced(error):
                raise
    return read()


def was_replaced(error: ApiError) -> bool:
    """Return whether a read may have failed because its index was removed meanwhile."""
    return error.meta.status in _GONE or _CLOSED in _causes(error.body)


def _causes(body: object) -> frozenset[str]:
    fault = body.get("error") if isinstance(body, dict) else None
    causes = fault.get("root_cause") if isinstance(fault, dict) else None
    if not isinstance(causes, list):
        return frozenset()
    return frozenset(str(one.get("type")) for one in causes if isinstance(one, dict))
