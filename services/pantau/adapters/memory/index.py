"""The search index in memory: every article is evaluated."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from itertools import islice

from pantau.adapters.memory.shared import SharedState
from pantau.adapters.sort_key import ordering
from pantau.errors import UsageError
from pantau.indexer.filters import accepts
from pantau.indexer.outlines import outline_of
from pantau.indexer.tallies import tally_of
from pantau.ports import (
    Clock,
    Filters,
    Hit,
    Outline,
    RejectedDocument,
    SearchPage,
    SearchRequest,
    Tally,
)
from pantau.problems import problem
from pantau.query.ast import Query
from pantau.query.meaning.verify import Verifier
from pantau.query.text.document import Document
from pantau_schemas.codec import without_unknown
from pantau_schemas.events.article import EnrichedArticle


class MemorySearchIndex:
    """Implements `pantau.ports.SearchIndex` by evaluating every article."""

    def __init__(self, shared: SharedState, clock: Clock) -> None:
        self._shared = shared
        self._clock = clock
        self._articles: dict[str, EnrichedArticle] = {}

    def put(self, articles: Iterable[EnrichedArticle]) -> Sequence[RejectedDocument]:
        """Store articles."""
        with self._shared.transaction():
            for article in articles:
                held = self._articles.get(article.article_id)
                if held is None or held.revision <= article.revision:
                    self._articles[article.article_id] = without_unknown(article)
                    self._shared.on_failure(partial(self._restore, article.article_id, held))
        return ()

    def _restore(self, name: str, held: EnrichedArticle | None) -> None:
        if held is None:
            del self._articles[name]
        else:
            self._articles[name] = held

    def refresh(self) -> None:
        """Do nothing: writes are searchable at once."""

    def get(self, article_id: str) -> EnrichedArticle | None:
        """Return one article, or None."""
        return self._articles.get(article_id)

    def count(self, *, searchable: bool = False) -> int:
        """Return the number of articles; each can be found at once."""
        del searchable
        return len(self._articles)

    def remove(self, article_ids: Iterable[str]) -> int:
        """Remove articles."""
        with self._shared.lock:
            return sum(self._articles.pop(one, None) is not None for one in article_ids)

    def revisions(self, article_ids: Sequence[str]) -> Mapping[str, int]:
        """Return the revisions of those that are stored."""
        found = ((one, self._articles.get(one)) for one in article_ids)
        return {one: article.revision for one, article in found if article is not None}

    def rebuild(self, progress: Callable[[int, int], None]) -> int:
        """Do nothing: searches read the articles themselves."""
        progress(len(self._articles), len(self._articles))
        return len(self._articles)

    def expunge(self) -> None:
        """Do nothing: what is removed is gone."""

    def forget(self, before: datetime) -> int:
        """Remove the articles first seen before a time; return their number."""
        with self._shared.lock:
            old = [name for name, article in self._articles.items() if article.first_seen < before]
            for name in old:
                del self._articles[name]
        return len(old)

    def search(self, request: SearchRequest) -> SearchPage:
        """Evaluate all, newest first."""
        verifier = Verifier(request.query)
        found = list(self._matching(verifier, request.filters, marked=request.marked))
        start = 0
        if request.cursor is not None:
            seen = _read_cursor(request.cursor)
            start = sum(_place(hit.article) >= seen for hit in found)
        page = tuple(found[start : start + request.limit])
        more = start + request.limit < len(found)
        total = len(found) - start if request.count else None
        return SearchPage(
            page,
            total,
            total_is_lower_bound=False,
            cursor=page[-1].cursor if page and more else None,
            too_costly=verifier.too_costly,
        )

    def outlines(
        self,
        query: Query,
        filters: Filters,
        limit: int,
        *,
        titles: bool = False,
        stories: bool = True,
    ) -> Sequence[Outline]:
        """Return the requested part of each article."""
        del stories  # leaving them out would save nothing
        found = islice(self._matching(Verifier(query), filters), limit)
        return [outline_of(hit.article, titles=titles) for hit in found]

    def first_seen(self, query: Query, filters: Filters, limit: int) -> Mapping[str, datetime]:
        """Return the times of the outlines."""
        found = self.outlines(query, filters, limit)
        return {one.article_id: one.first_seen for one in found}

    def tally(
        self,
        query: Query,
        filters: Filters,
        limit: int,
        starts: Sequence[datetime],
        *,
        sources: bool = False,
    ) -> Tally:
        """Count the outlines."""
        return tally_of(starts, self.outlines(query, filters, limit), sources=sources)

    def _matching(
        self, verifier: Verifier, filters: Filters, *, marked: bool = False
    ) -> Iterator[Hit]:
        with self._shared.lock:
            articles = sorted(self._articles.values(), key=_place, reverse=True)
        now = self._clock.now()
        for article in articles:
            if not accepts(filters, article):
                continue
            match = verifier.match(Document.from_article(article, now))
            if match is not None:
                place, name = _place(article)
                yield Hit(article, match.spans if marked else (), f"{place}.{name}")


def _place(article: EnrichedArticle) -> tuple[int, str]:
    return ordering(article.first_seen, article.article_id), article.article_id


def _read_cursor(cursor: str) -> tuple[int, str]:
    place, dot, article_id = cursor.partition(".")
    if not dot or not (place.isascii() and place.isdecimal() and len(place) < 20):
        raise UsageError(problem("search.no-cursor", cursor=cursor))
    return int(place), article_id
