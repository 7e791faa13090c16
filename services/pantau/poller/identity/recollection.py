"""The articles that a feed listed before, by their keys. Pure.

What many articles share is looked through up to a bound: a document may have thousands of items,
and a memory as many articles, all with one link or title.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Final

from pantau.poller.identity.keys import own_guid
from pantau.poller.identity.listing import Listed
from pantau.poller.identity.sameness import date_of
from pantau_schemas.events.feed import SeenArticle

MOST_COMPARED: Final = 20
"""Articles that an item is compared with at most, the newest, where they share a link or title."""


class Recollection:
    """The articles of a memory, found by id, guid, link, title and date."""

    def __init__(self, memory: Sequence[SeenArticle]) -> None:
        self.by_id = {one.article_id: one for one in memory}
        with_guid = ((own_guid(one.guid), one) for one in memory)
        self._by_guid = {guid[1:]: one for guid, one in with_guid if guid is not None}
        by_link: dict[str, list[SeenArticle]] = defaultdict(list)
        by_title: dict[str, list[SeenArticle]] = defaultdict(list)
        on_page: dict[tuple[str, str], list[SeenArticle]] = defaultdict(list)
        by_date: dict[datetime, list[SeenArticle]] = defaultdict(list)
        for one in reversed(memory):  # of several, the newest first
            for link in links_of(one):
                by_link[link].append(one)
                if one.title is not None:
                    on_page[link, one.title].append(one)
            if one.title is not None:
                by_title[one.title].append(one)
            if one.dated is not None:
                by_date[one.dated].append(one)
        self._by_link, self._by_title = dict(by_link), dict(by_title)
        self._on_page, self._by_date = dict(on_page), dict(by_date)

    def guid(self, guid: str | None) -> SeenArticle | None:
        """Return the article with a guid, of whatever kind."""
        return self._by_guid.get(guid[1:]) if guid is not None else None

    def linked(self, link: str | None) -> int:
        """Count the articles that have had a link."""
        return len(self._by_link.get(link, ())) if link is not None else 0

    def alone(self, link: str) -> SeenArticle | None:
        """Return the one article that has had a link."""
        found = self._by_link.get(link, [])
        return found[0] if len(found) == 1 else None

    def on_page(self, one: Listed) -> Iterator[SeenArticle]:
        """Yield the articles that have had an item's link, those with its title first."""
        link = one.keys.link
        if link is None or link not in self._by_link:
            return
        yield from islice(self._on_page.get((link, one.title or ""), ()), MOST_COMPARED)
        yield from islice(self._by_link[link], MOST_COMPARED)

    def titled(self, one: Listed) -> Iterator[SeenArticle]:
        """Yield the articles that have an item's title."""
        return islice(self._by_title.get(one.title or "", ()), MOST_COMPARED)

    def alike(self, one: Listed) -> Iterator[SeenArticle]:
        """Yield the articles that have an item's title or, alone, its date."""
        yield from self.titled(one)
        alone = self.alone_at(one)
        if alone is not None:
            yield alone

    def alone_at(self, one: Listed) -> SeenArticle | None:
        """Return the one article of an item's date.

        None where several have it, or the date is a whole day.
        """
        found = self.dated(one)
        return found[0] if len(found) == 1 else None

    def dated(self, one: Listed) -> Sequence[SeenArticle]:
        """Return the articles of an item's date; none if that is a whole day, or very many's."""
        date = date_of(one)
        if date is None or (date.hour, date.minute, date.second) == (0, 0, 0):
            return ()
        found = self._by_date.get(date, [])
        return found if len(found) <= MOST_COMPARED else ()


def links_of(seen: SeenArticle) -> tuple[str, ...]:
    """Return the ids of an article's links.

    Its own id is always among them. One that is not derived from a link equals no item's link id.
    """
    return (seen.article_id, *seen.links)
