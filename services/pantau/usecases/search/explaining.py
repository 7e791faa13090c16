"""The meaning of a query: its reading, its breadth, and the keys by which the matcher finds it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from pantau.ports import Filters, SearchIndex, SearchRequest
from pantau.query import Query, warnings
from pantau.query.ast import InList
from pantau.query.diagnosis.diagnosis import Diagnosis
from pantau.query.elasticsearch.translate import ElasticQuery, to_elastic
from pantau.query.explain import plain, selectivity
from pantau.query.explain.plain_leaves import ClauseDescriber
from pantau.query.explain.plain_notes import notes
from pantau.query.explain.selectivity import Selectivity
from pantau.query.matching.presearch import Frequencies, Key, anchor
from pantau_schemas.events.subscription import QueryLanguage

_RECENT: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class StoredMatches:
    """How many stored articles match a query. A lower bound where the index stops counting."""

    articles: int
    matches: int
    matches_is_lower_bound: bool
    recent: int  # of the last seven days
    recent_is_lower_bound: bool


@dataclass(frozen=True, slots=True)
class LookupKey:
    """A key by which the matcher finds a query.

    `guard` are the words that an article must have beside it, none if it is enough alone.
    """

    kind: Literal["word", "prefix", "pair", "list"]
    words: tuple[str, ...]
    guard: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """An explanation. `keys` are None if the query must be tried on every article.

    `counted`: the selectivity is that of the stored articles, not an estimate.
    """

    reading: plain.Plain
    notes: tuple[str, ...]
    warnings: tuple[Diagnosis, ...]
    selectivity: Selectivity
    counted: bool
    keys: tuple[LookupKey, ...] | None
    stored: StoredMatches | None
    elastic: ElasticQuery | None  # the query for Kibana, if that was asked for


def count_matches(index: SearchIndex, query: Query, now: datetime) -> StoredMatches:
    """Count the stored articles that match. Raises RetryError when the index is unreachable."""
    page = index.search(SearchRequest(query, limit=1))
    recent = index.search(SearchRequest(query, Filters(since=now - _RECENT), limit=1))
    return StoredMatches(
        articles=index.count(),
        matches=page.total or 0,
        matches_is_lower_bound=page.total_is_lower_bound,
        recent=recent.total or 0,
        recent_is_lower_bound=recent.total_is_lower_bound,
    )


def explain_query(
    query: Query,
    text: str,
    language: QueryLanguage,
    describer: ClauseDescriber,
    stored: StoredMatches | None = None,
    *,
    elastic: bool = False,
) -> Explanation:
    """Explain a query that was read from `text`, in the language and at the time of `describer`."""
    width = selectivity.estimate(query, describer.now)
    if stored is not None:
        width = width.counted(stored.matches, stored.articles)
    return Explanation(
        reading=plain.describe(query, describer),
        notes=tuple(notes(query, text, language, describer)),
        warnings=tuple(warnings(text, language)),
        selectivity=width,
        counted=stored is not None and stored.articles > 0,
        keys=lookup_keys(query),
        stored=stored,
        elastic=to_elastic(query, describer.now) if elastic else None,
    )


def lookup_keys(query: Query) -> tuple[LookupKey, ...] | None:
    """Return the keys of a query, of which a matching article has one; None without keys."""
    found = anchor(query, Frequencies())
    if found is None:
        return None
    return tuple(_lookup_key(key, guard) for key, guard in found.keys)


def _lookup_key(key: Key, guard: str | tuple[str, ...] | None) -> LookupKey:
    beside = () if guard is None else (guard,) if isinstance(guard, str) else tuple(guard)
    if isinstance(key, str):
        return LookupKey("word", (key,), beside)
    if isinstance(key, InList):
        return LookupKey("list", (key.name,), beside)
    return LookupKey("prefix" if len(key) == 1 else "pair", key, beside)
