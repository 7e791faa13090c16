"""The search index rebuilt while searches and writes go on.

First what the index lacks is taken from the log; then the index rebuilds its structures from its
articles. No article changes: a stored revision is never replaced by the same one of the log, which
may have been enriched by an older version.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from pantau.ports import Clock, Record, Store
from pantau.settings import KeepSettings
from pantau.stream.redactions import Redactions
from pantau_schemas.codec import SchemaError, decode
from pantau_schemas.events.article import EnrichedArticle
from pantau_schemas.topics import ARTICLES_ENRICHED, REDACTIONS

BATCH: Final = 500
BATCH_BYTES: Final = 16_000_000

Step = Literal["log", "index"]
Progress = Callable[[Step, int, int], None]
"""Gets the step, what is done of it, and about how much there is."""


@dataclass(slots=True)
class Rebuilt:
    """The result: articles added from the log, articles that the index rejected, and all."""

    added: int = 0
    refused: int = 0
    articles: int = 0


def rebuild_index(store: Store, keep: KeepSettings, clock: Clock, progress: Progress) -> Rebuilt:
    """Complete the index from the log, and rebuild it.

    May be called again after an interruption, and goes on; nothing is ever missing from searches
    that was there before. Raises RetryError when a server does not answer.
    """
    done = Rebuilt()
    _add_missing(store, _since(keep, clock), done, progress)
    store.index.refresh()
    done.articles = store.index.rebuild(lambda read, total: progress("index", read, total))
    return done


def _since(keep: KeepSettings, clock: Clock) -> datetime | None:
    """Return the time before which articles have expired."""
    return None if keep.days is None else clock.now() - timedelta(days=keep.days)


def _add_missing(store: Store, since: datetime | None, done: Rebuilt, progress: Progress) -> None:
    forgotten = Redactions(store.log.table(REDACTIONS.name))
    forgotten.refresh()
    consumer = store.log.consumer([ARTICLES_ENRICHED.name], None)
    try:
        total, read = consumer.lag(), 0
        while received := consumer.poll(BATCH, BATCH_BYTES):
            articles = [
                article
                for one in received
                if (article := _read(one.record)) is not None
                and not forgotten.covers(article)
                and (since is None or article.first_seen >= since)
            ]
            # Writes go on meanwhile: what the index has in this revision or a later one is left as
            # it is.
            held = store.index.revisions([one.article_id for one in articles])
            fresh = [one for one in articles if held.get(one.article_id, 0) < one.revision]
            refused = len(store.index.put(fresh)) if fresh else 0
            done.added += len(fresh) - refused
            done.refused += refused
            read += len(received)
            progress("log", min(read, total), total)
    finally:
        consumer.close()


def _read(record: Record) -> EnrichedArticle | None:
    try:
        return None if record.value is None else decode(EnrichedArticle, record.value)
    except SchemaError:
        return None  # of a newer version, or damaged: the indexer wrote a dead letter
