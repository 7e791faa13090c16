"""The items of one document, by what makes two of them one article. Pure.

Every question is answered by looking up, never by comparing all items with each other.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from pantau.poller.identity.listing import Listed
from pantau.poller.identity.sameness import are_copies, date_of, same_in_document


class DocumentIndex:
    """Which links of a document mean several articles, and which items are doubles of others."""

    def __init__(self, items: Sequence[Listed]) -> None:
        self.items = (*_without_shared_guids(items),)
        self._shared = _shared_links(self.items)
        self._articles: dict[tuple[Any, ...], tuple[str, Listed]] = {}
        self._links = Counter([one.keys.link for one in self.items])
        self._cores = Counter([one.core for one in self.items])

    def is_shared(self, link: str) -> bool:
        """Return whether items of the document share a link though they are several articles."""
        return link in self._shared

    def note(self, one: Listed, article: str) -> None:
        """Record which article an item is."""
        if self._is_single(one):
            return
        for key in (*_keys_of(one), ("copy", one.core)):
            self._articles.setdefault(key, (article, one))

    def article_of_double(self, one: Listed) -> str | None:
        """Return the article of an item that was noted and is the same article as this one."""
        if self._is_single(one):
            return None
        for key in _keys_of(one, asked=True):
            found = self._articles.get(key)
            if found is not None:
                return found[0]
        copy = self._articles.get(("copy", one.core))
        if copy is not None and (are_copies(one, copy[1]) or one.keys == copy[1].keys):
            return copy[0]
        return None

    def _is_single(self, one: Listed) -> bool:
        """Return whether no other item has the link or says the same, as doubles do.

        So it is with nearly all items, whose keys need not be made then.
        """
        return self._links[one.keys.link] < 2 and self._cores[one.core] < 2


def _keys_of(one: Listed, *, asked: bool = False) -> Iterator[tuple[Any, ...]]:
    """Yield what an item and its double have in common: see `sameness.same_in_document`.

    Items are noted under their guid, and under none for those that ask without one.
    """
    link, guid = one.keys.link, one.keys.guid
    if link is None:
        return
    yield (link, one.core)
    for what in ((one.title, date_of(one)), (date_of(one), one.item.text)):
        # Two ids of the feed's own mean two articles. So an item with an id finds those with the
        # same one or with none, and an item without an id finds all.
        if asked:
            yield (link, *what, guid)
            yield (link, *what, "none" if guid is not None else "any")
        else:
            yield (link, *what, guid)
            yield (link, *what, "any")
            if guid is None:
                yield (link, *what, "none")


def _shared_links(items: Sequence[Listed]) -> frozenset[str]:
    first: dict[str, Listed] = {}
    shared = set()
    for one in items:
        link = one.keys.link
        if link is not None and link not in shared:
            other = first.setdefault(link, one)
            if other is not one and not same_in_document(other, one):
                shared.add(link)
    return frozenset(shared)


def _without_shared_guids(items: Sequence[Listed]) -> Iterator[Listed]:
    """Yield the items, without the guids that several of them have though they differ."""
    first: dict[str, Listed] = {}
    shared: Counter[str] = Counter()
    for one in items:
        guid = one.keys.guid
        if guid is not None:
            other = first.setdefault(guid, one)
            shared[guid] += other is not one and not _one_article(other, one)
    for one in items:
        guid = one.keys.guid
        if guid is not None and shared[guid]:
            yield replace(one, keys=replace(one.keys, guid=None, by_guid=None))
        else:
            yield one


def _one_article(one: Listed, other: Listed) -> bool:
    """Return whether two items with the same guid are one article listed twice."""
    if one.core == other.core:
        return True
    return one.keys.link == other.keys.link and same_in_document(one, other)
