"""All pages of a search, for whoever needs every match rather than the newest ones."""

from collections.abc import Iterator

from pantau.ports import Filters, SearchIndex, SearchPage, SearchRequest
from pantau.query import Query


def all_pages(
    index: SearchIndex, query: Query, filters: Filters, limit: int, cursor: str | None = None
) -> Iterator[SearchPage]:
    """Yield pages of `limit` matches, newest first, from `cursor` on; lazily.

    Matches are not counted. Raises RetryError while the index does not answer.
    """
    while True:
        page = index.search(SearchRequest(query, filters, limit=limit, cursor=cursor, count=False))
        yield page
        cursor = page.cursor
        if cursor is None:
            return
