"""Enrichment of stored articles by a newer enricher.

The articles are read from the index, enriched, and written back, newest first. No stage processes
them, so nothing alerts. Later additions to an article, its story and its fingerprint, stay. A note
of the position survives an interruption.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from pantau.enricher import Enricher
from pantau.ports import Filters, Journal, SearchIndex
from pantau.query.ast import MatchAll
from pantau.stream.handler import PREPARED
from pantau.usecases.moments import check_order
from pantau.usecases.search.pages import all_pages
from pantau_schemas.events.article import EnrichedArticle, FullArticle

BATCH: Final = 100
"""Articles that are read, enriched and written at a time."""
_GIVEN: Final = tuple(FullArticle.model_fields.keys() - {"schema_version"})
_KEPT: Final = ("story_id", "fingerprint", "story", "service")
"""Fields that other parts added to an enriched article."""

Progress = Callable[["Enriched"], None]


@dataclass(slots=True)
class Enriched:
    """The number of articles read and enriched, and the rejected ones.

    `resumed` is True if an interrupted run was continued, whose numbers are not included;
    `read_before` were read before the last page.
    """

    read: int = 0
    read_before: int = 0
    enriched: int = 0
    refused: list[str] = field(default_factory=list)
    resumed: bool = False


def enrich_stored(
    index: SearchIndex,
    enricher: Enricher,
    note: Journal,
    filters: Filters,
    progress: Progress,
) -> Enriched:
    """Enrich the stored articles of an older enricher again.

    An interrupted run with the same enricher and the same `until` continues where it ended. `since`
    may be another: the newest articles come first, and "30 days ago" is another moment at each
    call. A stored article that is newer than what was read stays as it is: the index decides by the
    revision. Raises UsageError for a time that ends before it begins, and RetryError when the index
    is unreachable; calling again continues.
    """
    check_order(filters.since, filters.until)
    run = f"{enricher.version} {replace(filters, since=None)}"
    cursor = _read_cursor(note, run)
    done = Enriched(resumed=cursor is not None)
    for page in all_pages(index, MatchAll(), filters, BATCH, cursor):
        old = [hit.article for hit in page.hits if _is_old(hit.article, enricher.version)]
        anew = _enriched(old, enricher)
        refused = [one.article_id for one in index.put(anew)] if anew else []
        done.read_before = done.read
        done.read += len(page.hits)
        done.enriched += len(anew) - len(refused)
        done.refused += refused
        progress(done)
        if page.cursor is not None:
            note.write(json.dumps({"run": run, "cursor": page.cursor}).encode())
    note.write(b"")
    index.refresh()
    return done


def _is_old(article: EnrichedArticle, version: str) -> bool:
    """Return whether an article is of another enricher than the present one.

    A decoded event has the current schema version, whatever it was stored with; so the version of
    the enricher alone decides. Every change of its code, lists or dictionaries is another version.
    """
    return article.enricher_version != version


def _enriched(articles: Sequence[EnrichedArticle], enricher: Enricher) -> list[EnrichedArticle]:
    """Return articles enriched again, with their later additions."""
    found: list[EnrichedArticle] = []
    for start in range(0, len(articles), PREPARED):
        some = articles[start : start + PREPARED]
        given = [
            FullArticle(schema_version=1, **{name: getattr(one, name) for name in _GIVEN})
            for one in some
        ]
        enricher.prepare(given)
        for one, article in zip(some, given, strict=True):
            kept = {name: getattr(one, name) for name in _KEPT}
            found.append(enricher.enrich(article).model_copy(update=kept))
    return found


def _read_cursor(note: Journal, run: str) -> str | None:
    """Return where an interrupted run of the same kind ended."""
    try:
        held = json.loads(note.read() or b"{}")
    except ValueError:
        return None
    if not isinstance(held, dict) or held.get("run") != run:
        return None
    cursor = held.get("cursor")
    return cursor if isinstance(cursor, str) else None
