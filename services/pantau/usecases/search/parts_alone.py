"""Why a search finds nothing: what each of the parts that an article needs finds alone."""

from dataclasses import dataclass
from typing import Final

from pantau.ports import Filters, SearchIndex, SearchRequest
from pantau.query import Query, ast

MOST: Final = 8
"""Parts that are counted, the first ones; each is a search of its own."""


@dataclass(frozen=True, slots=True)
class PartCount:
    """A part of a query, and how many articles match it alone; maybe more if `at_least`."""

    part: Query
    articles: int
    at_least: bool


def parts_alone(query: Query, filters: Filters, index: SearchIndex) -> tuple[PartCount, ...]:
    """Return the parts of a query of which an article needs all; none where it has no such parts.

    Raises RetryError when the index is unreachable.
    """
    parts = query.must if isinstance(query, ast.Boolean) else ()
    if len(parts) < 2:  # alone it is the query, or all but what the query excludes
        return ()
    return tuple(_counted(one, filters, index) for one in parts[:MOST])


def _counted(part: Query, filters: Filters, index: SearchIndex) -> PartCount:
    found = index.search(SearchRequest(part, filters, limit=1))
    return PartCount(part, found.total or 0, found.total_is_lower_bound)
