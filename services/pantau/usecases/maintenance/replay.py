"""Replay: past articles through the pipeline again."""

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from pantau.ports import Clock, Log, Record
from pantau.query import parse
from pantau.query.ast import Query
from pantau.query.meaning.verify import Verifier, skipped_text
from pantau.query.text.document import Document
from pantau.stream.envelope import record_for
from pantau.stream.handler import ALERT_HEADER, REPLAY_HEADER
from pantau.usecases.lists.values import bound
from pantau.usecases.moments import check_order
from pantau_schemas.base import carried
from pantau_schemas.codec import SchemaError, decode
from pantau_schemas.events.article import EnrichedArticle, FullArticle
from pantau_schemas.events.subscription import QueryLanguage
from pantau_schemas.topics import ARTICLES_ENRICHED, ARTICLES_FULL

BATCH = 500
BATCH_BYTES = 16_000_000
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Replay:
    """The options of a replay.

    `enrich` sends the articles through the enricher again; otherwise its earlier results are
    reused. `alert` lets them alert although they are historical; what alerted before never alerts
    again.
    """

    replay_id: str
    since: datetime | None = None
    until: datetime | None = None
    query: Query | None = None
    enrich: bool = False
    alert: bool = False
    query_text: str = ""  # what the query was read from


def replay_of(
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    query: str | None = None,
    language: QueryLanguage = "lucene",
    time_zone: str = "UTC",
    enrich: bool = False,
    alert: bool = False,
) -> Replay:
    """Return a replay with a new id.

    Raises UsageError for a query that cannot be read (QueryError), or a time that ends before it
    begins.
    """
    check_order(since, until)
    return Replay(
        replay_id=secrets.token_hex(8),
        since=since,
        until=until,
        query=parse(query, language, time_zone=time_zone) if query else None,
        query_text=query or "",
        enrich=enrich,
        alert=alert,
    )


def run_replay(replay: Replay, log: Log, clock: Clock, progress: Callable[[int, int], None]) -> int:
    """Append the chosen articles and return how many.

    Each record carries the id of the replay, by which the alerter knows that its article is of the
    past; the article itself stays as it is, so that a replay does not change the search index.

    `progress` gets (read, of all).
    Read is what stands at the start: what the replay itself appends is not replayed again.
    """
    query = None if replay.query is None else bound(replay.query, replay.query_text, log)
    verifier = None if query is None else Verifier(query)
    consumer = log.consumer([ARTICLES_ENRICHED.name], None)
    try:
        # Taken before anything is appended, since the replay writes to the topic that it reads.
        total = consumer.lag()
        read = chosen = 0
        while received := consumer.poll(BATCH, BATCH_BYTES):
            articles = [article for one in received if (article := _read(one.record)) is not None]
            records = [
                _again(article, replay, clock)
                for article in articles
                if _chosen(article, replay, verifier)
            ]
            log.append(records)
            read += len(received)
            chosen += len(records)
            progress(min(read, total), total)
        if verifier is not None and verifier.too_costly:
            logger.warning("replay: %s", skipped_text(verifier.too_costly))
        return chosen
    finally:
        consumer.close()


def _read(record: Record) -> EnrichedArticle | None:
    try:
        return None if record.value is None else decode(EnrichedArticle, record.value)
    except SchemaError:
        return None  # it is in dead-letters since it was first read


def _chosen(article: EnrichedArticle, replay: Replay, verifier: Verifier | None) -> bool:
    if replay.since is not None and article.first_seen < replay.since:
        return False
    if replay.until is not None and article.first_seen >= replay.until:
        return False
    return verifier is None or verifier.accepts(Document.from_article(article))


def _again(article: EnrichedArticle, replay: Replay, clock: Clock) -> Record:
    if replay.enrich:
        names = FullArticle.model_fields.keys() - {"schema_version"}  # each event has its own
        given = carried(article, FullArticle) | {name: getattr(article, name) for name in names}
        record = record_for(FullArticle(**given), ARTICLES_FULL, source="replay", time=clock.now())
    else:
        record = record_for(article, ARTICLES_ENRICHED, source="replay", time=clock.now())
    headers = {
        **record.headers,
        REPLAY_HEADER: replay.replay_id,
        ALERT_HEADER: "yes" if replay.alert else "no",
    }
    return Record(record.topic, record.key, record.value, headers)
