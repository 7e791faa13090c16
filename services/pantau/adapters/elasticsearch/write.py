"""Bulk writes to Elasticsearch.

Interprets the result of each item and retries what can still succeed. Every operation carries an
external version (the revision), so repeating it is idempotent.
"""

import json
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from elasticsearch import ApiError, Elasticsearch

from pantau.adapters.elasticsearch.client import PASSING, ElasticClient, reason_of
from pantau.adapters.elasticsearch.faults import about_document, fault_of_index
from pantau.common.time.backoff import Backoff, Pauses
from pantau.errors import RetryError, StopError

MAX_BYTES: Final = 5_000_000
"""Maximum size of one request; a single document may be larger."""
MAX_OPERATIONS: Final = 500
_BACKOFF: Final = Backoff(0.1, 5.0)
_MISSING: Final = "index_not_found_exception"
_EXISTS: Final = "resource_already_exists_exception"
_OLD_FIELDS: Final = "strict_dynamic_mapping_exception"
"""A field that the index does not know.

Articles only have fields of the mapping, so it is never their fault.
"""


@dataclass(frozen=True, slots=True)
class Operation:
    """One action of a bulk request, with its document if it has one."""

    verb: str  # index or delete
    index: str
    article_id: str
    version: int
    document: bytes | None = None

    def lines(self) -> list[bytes]:
        """Return the lines of the request body."""
        action = {
            "_index": self.index,
            "_id": self.article_id,
            "version": self.version,
            "version_type": "external_gte",
        }
        head = json.dumps({self.verb: action}).encode()
        return [head] if self.document is None else [head, self.document]


@dataclass(frozen=True, slots=True)
class Refusal:
    """An operation that the server rejected, with the type of the error and the reason."""

    operation: Operation
    reason: str
    kind: str = ""


class _Verdict(Enum):
    DONE = "done"
    STANDS = "stands"  # a later revision exists, or the document to delete is already gone
    AGAIN = "again"
    REFUSED = "refused"


@dataclass(slots=True)
class Written:
    """The result of a bulk write."""

    done: int
    refused: list[Refusal]


def write(client: ElasticClient, alias: str, operations: Sequence[Operation]) -> Written:
    """Send the operations until each is done or rejected.

    `alias` is that of all indexes. Operations that the cluster has no capacity for are retried with
    backoff. Raises RetryError after the time limit of one request, or at once when Elasticsearch is
    unreachable or an index is not as it should be: some operations may have been applied. Raises
    StopError when authentication fails.
    """
    written = Written(0, [])
    for batch in _bounded(operations):
        _write_batch(client, batch, written)
    if written.refused:
        require_sound(client, alias, (one.operation.index for one in written.refused))
        _require_at_fault(client, written.refused)
    return written


def require_sound(client: ElasticClient, alias: str, indices: Iterable[str]) -> None:
    """Raise RetryError for an existing index that is not as Pantau makes it."""
    with client.use() as server:
        fault = fault_of_index(server, alias, indices)
    if fault is not None:
        message = f"Elasticsearch at {client.address} cannot take articles: {fault}"
        raise RetryError(message)


def _require_at_fault(client: ElasticClient, refused: Sequence[Refusal]) -> None:
    """Raise RetryError unless each rejection is about its document."""
    for one in refused:
        if not about_document(one.kind, one.reason):
            message = (
                f"Elasticsearch at {client.address} does not take articles into the index "
                f"{one.operation.index}: {one.reason}"
            )
            raise RetryError(message)


def _bounded(operations: Sequence[Operation]) -> Iterator[list[Operation]]:
    """Split into requests of bounded size."""
    batch: list[Operation] = []
    size = 0
    for one in operations:
        length = len(one.document or b"")
        if batch and (len(batch) == MAX_OPERATIONS or size + length > MAX_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(one)
        size += length
    if batch:
        yield batch


def _write_batch(client: ElasticClient, batch: list[Operation], written: Written) -> None:
    pauses = Pauses(_BACKOFF)
    until = time.monotonic() + client.timeout_seconds
    while True:
        again, reason = _send(client, batch, written)
        if not again:
            return
        _make_missing(client, again, reason)
        wait = pauses.next()
        if time.monotonic() + wait > until:
            message = (
                f"Elasticsearch at {client.address} cannot take {len(again)} articles now: {reason}"
            )
            raise RetryError(message)
        time.sleep(wait)
        batch = again


def _make_missing(client: ElasticClient, again: list[Operation], reason: str) -> None:
    """Create the indexes that the cluster does not create automatically, from their template.

    See the setting `action.auto_create_index`.
    """
    if not reason.startswith(_MISSING):
        return
    with client.use() as server:
        for index in sorted({one.index for one in again if one.verb == "index"}):
            answer = server.options(ignore_status=400).indices.create(index=index)
            kind, why = reason_of(answer.body)
            if answer.meta.status == 400 and kind != _EXISTS:
                message = f"Elasticsearch at {client.address} cannot make the index {index}: {why}"
                raise RetryError(message)


def _send(
    client: ElasticClient, batch: list[Operation], written: Written
) -> tuple[list[Operation], str]:
    """Send once; return the operations to retry, and the reason.

    A request that is rejected as a whole is bisected, down to the operation that is at fault.
    """
    with client.use() as server:
        try:
            items = _request(server, batch)
        except ApiError as error:
            if error.meta.status not in {400, 413}:
                raise
            kind, reason = reason_of(error.body)
            if kind in PASSING:
                return batch, reason
            if len(batch) == 1:
                too_long = f"too long ({error.meta.status})"
                written.refused.append(Refusal(batch[0], reason or too_long, kind))
                return [], ""
            items = None
    # A single bad document makes Elasticsearch reject the whole request without naming it.
    if items is None:
        middle = len(batch) // 2
        first, why = _send(client, batch[:middle], written)
        second, why_second = _send(client, batch[middle:], written)
        return first + second, why or why_second
    again, last = [], ""
    for operation, item in zip(batch, items, strict=True):
        verdict, kind, reason = _classify(operation, item)
        if verdict is _Verdict.DONE:
            written.done += 1
        elif verdict is _Verdict.AGAIN:
            again.append(operation)
            last = reason
        elif verdict is _Verdict.REFUSED:
            written.refused.append(Refusal(operation, reason, kind))
    return again, last


def _request(server: Elasticsearch, batch: list[Operation]) -> list[Mapping[str, Any]]:
    lines: Any = [line for one in batch for line in one.lines()]  # bytes are sent unchanged
    answer = server.bulk(operations=lines, filter_path="items.*.status,items.*.error")
    return [next(iter(item.values())) for item in answer["items"]]


def _classify(operation: Operation, item: Mapping[str, Any]) -> tuple[_Verdict, str, str]:
    """Classify the result of one operation; return the type of its error and the reason, too.

    Raises RetryError or StopError for faults that affect all of them.
    """
    status: int = item["status"]
    error = item.get("error")
    if error is None:
        return (_Verdict.STANDS if status == 404 else _Verdict.DONE), "", ""
    kind, reason = reason_of({"error": error})
    # The index has this revision or a newer one, which is what a repeated write finds.
    if status == 409 and kind == "version_conflict_engine_exception":
        return _Verdict.STANDS, kind, ""
    if kind == _OLD_FIELDS:
        raise RetryError(
            f"Elasticsearch: index {operation.index} was made by an older Pantau and lacks fields; "
            f"`pantau setup` adds them ({reason})"
        )
    if kind in PASSING or status in {404, 429} or status >= 500:
        return _Verdict.AGAIN, kind, reason
    if status in {401, 403}:
        raise StopError(f"Elasticsearch does not let us write: {reason}")
    return _Verdict.REFUSED, kind, reason
