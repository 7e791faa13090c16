"""The feeds whose articles a query can match, as far as it names sources or feeds. Pure."""

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from pantau.query import Query, ast
from pantau.usecases.feeds.feed_list import Watched


def concerned_feeds(query: Query, watched: Iterable[Watched]) -> tuple[Watched, ...]:
    """Return the feeds that a query is about; all of them where it names none that is watched.

    Only values of `source` and `feed` that every match needs say so.
    """
    found = tuple(watched)
    named = required_values(query)
    if not named:
        return found
    return tuple(one for one in found if named & set(_names(one))) or found


def required_values(query: Query) -> frozenset[str]:
    """Return values of `source` or `feed`, one of which every matching article has; else none."""
    match query:
        case ast.Term(fields=fields, text=text) if set(fields) <= {"source", "feed"}:
            return frozenset({text})
        case ast.Boolean(must=must, should=should):
            for one in must:
                if values := required_values(one):
                    return values
            each = [required_values(one) for one in should] if not must else []
            return frozenset().union(*each) if each and all(each) else frozenset()
        case _:
            return frozenset()


def _names(one: Watched) -> Iterator[str]:
    """Yield by what an article of a feed can be asked for."""
    yield one.feed.feed_id
    yield one.title
    host = urlsplit(one.feed.url).hostname or ""
    yield host
    yield host.removeprefix("www.")
    if one.feed.source:
        yield one.feed.source
