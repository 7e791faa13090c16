"""Values of `source` and `feed` that mean a feed by a name that no article has there.

An article has as its source who published it; the name of a feed is a value of `feed`, if a person
gave it. The title that a feed gives itself, and its address, are in no field at all: there its id
is what finds its articles.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import urlsplit

from pantau.query import ast
from pantau.query.diagnosis.diagnosis import Diagnosis, Edit, Severity, applied
from pantau.usecases.feeds.feed_list import Watched
from pantau_schemas.events.subscription import QueryLanguage

_CODE: Final = "feed_title"
_FIELDS: Final = frozenset({"source", "feed"})
_NAMED: Final = re.compile(r"(?:source|feed)[ \t]{0,8}:[ \t]{0,8}\Z")
"""A field and its colon, right before a value; in a group of values there is none."""
_LONGEST_FIELD: Final = 24


def named_by_feeds(query: ast.Query) -> tuple[ast.Term, ...]:
    """Return the values of `source` and `feed` in a query."""
    return tuple(
        one
        for one in ast.walk(query)
        if isinstance(one, ast.Term) and len(one.fields) == 1 and _FIELDS.issuperset(one.fields)
    )


def meant_feeds(
    text: str, language: QueryLanguage, terms: Iterable[ast.Term], watched: Iterable[Watched]
) -> Iterator[Diagnosis]:
    """Yield, for values that no article has, the clause for the feed that each one names.

    Where a value stands in a group of several there is no repair. Pure.
    """
    feeds = tuple(watched)
    for term in terms:
        meant = next((one for one in feeds if _means(term, one)), None)
        if meant is None:
            continue
        clause = f'feed:"{_escaped(meant.feed.title or meant.feed.feed_id)}"'
        edits = _edits(text, term, clause)
        yield Diagnosis(
            code=_CODE,
            start=term.start,
            end=term.end,
            severity=Severity.WARNING,
            language=language,
            params={"field": term.fields[0], "written": term.text, "meant": clause},
            edits=edits,
            suggestion=applied(text, edits) if edits else None,
        )


def _means(term: ast.Term, one: Watched) -> bool:
    """Return whether a value is a name of a feed that articles do not have in that field."""
    low = term.text.strip().casefold()
    titles = {title.casefold() for title in (one.feed.title, one.state.title) if title}
    if term.fields[0] == "source":
        return low in titles and term.text != one.feed.source
    if term.text in {one.feed.feed_id, one.feed.title}:
        return False
    host = (urlsplit(one.feed.url).hostname or "").removeprefix("www.")
    return low in titles or low.removeprefix("www.") == host or term.text == one.feed.url


def _edits(text: str, term: ast.Term, clause: str) -> tuple[Edit, ...]:
    field = _NAMED.search(text, max(0, term.start - _LONGEST_FIELD), term.start)
    return () if field is None else (Edit(field.start(), term.end, clause),)


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"')
