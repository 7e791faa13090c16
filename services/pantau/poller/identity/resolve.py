"""Resolution: which article each item of a document is, a known one or a new one. Pure.

An item is identified by its feed's own id (guid), then by its link, then by its content. Each step
handles the items that are still unresolved, and each article goes to one item only:

1. Known link of one article, and all that it says unchanged: that article. Known guid, and the
   link, title, date or nearly the text are those of the article too: that article. A link to a
   section of the site (`/peringatan`) is not enough, nor is a date or nearly the text where the
   link is another article's.
2. Known link (else title) and unchanged content; the guid is new or means another article: the
   article of the link. Guids that count positions in a list move.
3. Known guid: that article, whatever became of its link.
4. Known link that means one article, and no guid: that article; but if the link came with other
   parameters of those that its one form drops (`?ref=101`), and is other news (`sameness`), a new
   one.
5. Known link, new guid: that article if only the guid changed (`sameness`), else a new one.
6. Neither known: an article that moved or whose headline was edited, if it was listed before and is
   not now (`sameness`); or a copy of another item; else a new one. If no guid and no link of a
   document is known, but most of what it says is, all links changed at once, as where they hold a
   session or the site moved: then what the one lost article of a title says is enough (`sameness`).

Guids that several items of a document share though they differ, and placeholders (`keys`), count as
none. A link that means several articles, in the document or before, identifies none by itself. If
the guids of at least two articles change at once and none is known, the feed generates new ones at
every poll, and they are ignored.

**Ids of new articles** derive from the link if it means one article; an article of another feed
with this link, or the same universal guid, is then the same one (`elsewhere`). Otherwise they
derive from feed and guid, else from feed, title and date. Articles remembered by an earlier version
are found by the id which that version derived (`Keys.former`, `Keys.second`), and keep it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final, Protocol

from pantau.poller.identity.document_index import DocumentIndex
from pantau.poller.identity.keys import is_section, own_guid
from pantau.poller.identity.listing import Listed, Listing
from pantau.poller.identity.recollection import Recollection, links_of
from pantau.poller.identity.sameness import (
    Likeness,
    is_copy,
    nothing_in_common,
    other_news,
    same_again,
    same_elsewhere,
    same_headline_edited,
    same_on_page,
    same_without_link,
)
from pantau_schemas.events.feed import SeenArticle
from pantau_schemas.ids import digest_id

_PLACE: Final = re.compile(r"[0-9]{1,2}")
AT_ONCE: Final = 2
"""Least items whose links changed at once where it is no chance that what they say is known."""


class Elsewhere(Protocol):
    """The articles of all feeds, by what identifies them."""

    def find(self, one: Listed) -> str | None:
        """Return the article that another feed has of an item; None for none, or several."""


class Nowhere:
    """Implements `Elsewhere` where nothing is known of other feeds."""

    def find(self, one: Listed) -> str | None:
        """Return that there is none."""
        del one
        return None


@dataclass(frozen=True, slots=True)
class Resolution:
    """The articles of a document, each once, and of each item of the listing the article's id."""

    items: tuple[Listed, ...]
    ids: tuple[str, ...]


def resolve(
    listing: Listing,
    memory: Iterable[SeenArticle] = (),
    *,
    now: datetime,
    feed_site: str = "",
    elsewhere: Elsewhere | None = None,
) -> Resolution:
    """Decide which article each item of a listing is.

    `memory` is what the feed listed before, `feed_site` its publisher's domain.
    """
    context = _Context(now, feed_site, elsewhere or Nowhere())
    return _Resolver(listing.items, Recollection(tuple(memory)), context).run()


def resolve_alone(listing: Listing) -> Resolution:
    """Decide which items of a document are one article, where nothing else is known."""
    return resolve(listing, now=datetime.min.replace(tzinfo=UTC))


@dataclass(frozen=True, slots=True)
class _Context:
    """The context of a resolution, beside the items and the memory."""

    now: datetime
    feed_site: str
    elsewhere: Elsewhere


def _is_constant(one: Listed, seen: SeenArticle) -> bool:
    """Return whether a known guid is a constant, such as a placeholder that `keys` does not know.

    Only an id of the feed's own can be one, and only the guid joins what has nothing in common.
    With a link it must be the number of a place, such as that of the only item of a list of one.
    """
    guid, link = one.keys.guid, one.keys.link
    place = _PLACE.fullmatch((one.item.guid or "").strip()) is not None
    own = guid is not None and guid[0] == "l" and (link is None or place)
    return own and nothing_in_common(one, seen)


def _is_section(one: Listed, seen: SeenArticle) -> bool:
    """Return whether a known guid and link are those of a section, with other news than before.

    Such items are the only ones of their feeds: a warning, the news of the hour.
    """
    guid = (one.item.guid or "").strip()
    no_id = is_section(guid) or not any(map(str.isdigit, guid))
    return no_id and is_section(one.item.link) and nothing_in_common(one, seen)


def _other_parameters(one: Listed, seen: SeenArticle) -> bool:
    """Return whether the links of both differ, though only in what their one form drops."""
    if one.keys.guid is None:
        known = seen.guid is not None and own_guid(seen.guid) is None
        return known and one.keys.dropped != seen.guid
    both = one.keys.guid[0] == "p" and (seen.guid or "").startswith("p")
    return both and one.keys.guid != seen.guid


def _as_known(one: Listed, memory: Recollection) -> Listed:
    """Return an item with the link by which version 2 of the link rules knew its article."""
    second = one.keys.second
    if second is None or not memory.linked(second) or memory.linked(one.keys.link):
        return one
    return replace(one, keys=replace(one.keys, link=second))


class _Resolver:
    """One resolution: items are known by their place, articles by what is remembered of them."""

    def __init__(self, items: Sequence[Listed], memory: Recollection, context: _Context) -> None:
        self._index = DocumentIndex([_as_known(one, memory) for one in items])
        self._items = self._index.items
        self._memory = memory
        self._context = context
        self._ids: list[str | None] = [None] * len(items)
        self._holder: dict[str, int] = {}  # article to the place of its item

    def run(self) -> Resolution:
        """Run the steps in order, and return the articles."""
        if self._memory.by_id:  # else they find nothing
            self._look_back()
        self._each(lambda one: self._index.article_of_double(one) or self._as_new(one))
        ids = tuple(one or "" for one in self._ids)
        firsts = sorted(self._holder.values())
        items = tuple(self._items[place].resolved(ids[place]) for place in firsts)
        return Resolution(items, ids)

    def _look_back(self) -> None:
        """Run the steps that find an item among what was listed before."""
        for step in (
            self._by_unchanged,
            self._by_guid_and_more,
            self._by_what_it_says,
            self._by_guid_alone,
            self._by_link_alone,
        ):
            self._each(step)
        believed = self._guids_are_believed()
        self._each(lambda one: self._by_link_and_content(one, believed=believed))
        moved = self._all_links_changed()
        self._each(self._by_content)
        if moved:
            self._each(self._by_all_it_says)

    def _each(self, step: Callable[[Listed], str | None]) -> None:
        """Run a step for every item that is not resolved."""
        for place, one in enumerate(self._items):
            if self._ids[place] is None:
                found = step(one)
                if found is not None:
                    self._ids[place] = found
                    self._holder.setdefault(found, place)
                    self._index.note(one, found)

    def _free(self, seen: SeenArticle) -> bool:
        return seen.article_id not in self._holder

    def _is_shared(self, link: str) -> bool:
        """Return whether a link means several articles, in the document or before."""
        return self._memory.linked(link) > 1 or self._index.is_shared(link)

    # -- what was listed before

    def _by_unchanged(self, one: Listed) -> str | None:
        link = one.keys.link
        seen = self._memory.alone(link) if link is not None else None
        if link is None or seen is None or not self._free(seen) or not one.says(seen.fingerprint):
            return None
        means_none = self._index.is_shared(link) or is_section(one.item.link)
        return None if means_none or _other_parameters(one, seen) else seen.article_id

    def _by_guid_and_more(self, one: Listed) -> str | None:
        seen = self._memory.guid(one.keys.guid)
        if seen is not None and self._free(seen) and self._agrees(one, seen):
            return seen.article_id
        former = self._memory.by_id.get(one.keys.former or "")
        if former is not None and former.title is None and self._free(former):
            return former.article_id  # remembered by an earlier version, which knew ids alone
        return None

    def _agrees(self, one: Listed, seen: SeenArticle) -> bool:
        link = one.keys.link
        if link is not None and link in links_of(seen) and not self._is_shared(link):
            return not _is_section(one, seen)
        like = Likeness(one, seen)
        if like.same_title or like.same_all:
            return True
        # Ids that count places go to the next item, whose texts may be of one template.
        elsewhere = self._memory.alone(link) if link is not None else None
        return elsewhere is None and (like.same_date or like.near_text())

    def _by_what_it_says(self, one: Listed) -> str | None:
        for seen in self._memory.on_page(one):
            like = Likeness(one, seen)
            if self._free(seen) and (like.same_all or (like.same_title and like.same_date)):
                return seen.article_id
        known = self._memory.guid(one.keys.guid)
        if known is None or self._memory.linked(one.keys.link):
            return None
        for seen in self._memory.titled(one):
            if self._free(seen) and seen is not known and Likeness(one, seen).same_date:
                return seen.article_id
        return None

    def _by_guid_alone(self, one: Listed) -> str | None:
        seen = self._memory.guid(one.keys.guid)
        if seen is None or not self._free(seen):
            return None
        return None if _is_constant(one, seen) or _is_section(one, seen) else seen.article_id

    def _by_link_alone(self, one: Listed) -> str | None:
        link, guid = one.keys.link, one.keys.guid
        seen = self._memory.alone(link) if link is not None else None
        if link is None or seen is None or not self._free(seen) or self._index.is_shared(link):
            return None
        before = own_guid(seen.guid)
        says_more = guid is not None and guid[0] != "p" and before is not None
        other = guid is None and before is None and nothing_in_common(one, seen)
        other = other or _is_section(one, seen)
        if _other_parameters(one, seen):
            other = other or other_news(one, seen)
        return None if says_more or other else seen.article_id

    def _guids_are_believed(self) -> bool:
        """Return False where guids of several articles changed at once and none is known."""
        changed = set()
        for place, one in enumerate(self._items):
            known = self._memory.guid(one.keys.guid)
            if known is not None and known.article_id == self._ids[place]:
                return True
            if known is None and one.keys.guid is not None and one.keys.link is not None:
                before = self._memory.alone(one.keys.link)
                if (
                    before is not None
                    and own_guid(before.guid)
                    and Likeness(one, before).same_title
                    and not other_news(one, before)
                ):
                    changed.add(one.keys.link)
        return len(changed) < 2

    def _by_link_and_content(self, one: Listed, *, believed: bool) -> str | None:
        for seen in self._memory.on_page(one):
            if self._free(seen) and same_on_page(one, seen, believed=believed):
                return seen.article_id
        return None

    def _by_content(self, one: Listed) -> str | None:
        if one.keys.link is None and one.keys.guid is None:
            for seen in self._memory.alike(one):
                if self._free(seen) and same_without_link(one, seen, self._context.now):
                    return seen.article_id
        if self._memory.linked(one.keys.link):
            return None
        for seen in self._memory.titled(one):
            moved = self._free(seen) and same_elsewhere(one, seen)
            if moved or is_copy(one, seen, seen.site or self._context.feed_site):
                return seen.article_id
        edited = [
            seen
            for seen in self._memory.dated(one)
            if self._free(seen) and same_headline_edited(one, seen)
        ]
        return edited[0].article_id if len(edited) == 1 else None

    def _all_links_changed(self) -> bool:
        """Return whether no key of the document is known, though most of what it says is."""
        if len(self._items) < AT_ONCE or any(map(self._is_known, self._items)):
            return False
        lost = sum(self._by_all_it_says(one) is not None for one in self._items)
        return lost >= AT_ONCE and 2 * lost >= len(self._items)

    def _is_known(self, one: Listed) -> bool:
        keys = one.keys
        return self._memory.linked(keys.link) > 0 or self._memory.guid(keys.guid) is not None

    def _by_all_it_says(self, one: Listed) -> str | None:
        found = list(self._memory.titled(one))
        if len(found) != 1 or not self._free(found[0]):
            return None
        return found[0].article_id if same_again(one, found[0], self._context.now) else None

    # -- what is new

    def _as_new(self, one: Listed) -> str:
        """Return the id of a new article, which no other one of the feed may have.

        One that this feed listed before, and only another feed knows by this link, is not new.
        """
        for candidate, known in self._candidates(one):
            if candidate not in self._holder and (known or candidate not in self._memory.by_id):
                return candidate
        number = str(len(self._holder))
        return digest_id("again", one.keys.by_title, one.keys.guid or "", one.core, number)

    def _candidates(self, one: Listed) -> Iterator[tuple[str, bool]]:
        """Yield ids for an item, each with whether an article that has it is the item's."""
        link = one.keys.link
        several = link is not None and (
            self._memory.linked(link) > 0 or self._index.is_shared(link)
        )
        found = self._context.elsewhere.find(one)
        if found is not None and not (several and found == link):
            yield found, not several
        if link is not None and not several:
            yield link, False
        if one.keys.by_guid is not None:
            yield one.keys.by_guid, False
        yield one.keys.by_title, False
