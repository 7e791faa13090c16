"""Listings and memories of a feed, without the articles that were taken down. Pure.

An item is the article that was taken down if its link or guid gives a redacted id, or if it has the
guid or a link of a remembered article that is redacted.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from pantau.poller.decision.decide import Rest
from pantau.poller.holding.held import Held
from pantau.poller.identity.listing import Listed, Listing
from pantau.poller.identity.recollection import links_of
from pantau.stream.redactions import Redactions
from pantau_schemas.events.feed import FeedMemory, SeenArticle


def memory_without(memory: FeedMemory, forgotten: Redactions) -> FeedMemory:
    """Return a memory without what was taken down; `memory` itself if nothing was."""
    gone = {one.article_id for one in _redacted(memory.seen, forgotten)}
    if not gone:
        return memory
    seen = tuple(one for one in memory.seen if one.article_id not in gone)
    back_fill = tuple(one for one in memory.back_fill if one not in gone)
    return memory.model_copy(update={"seen": seen, "back_fill": back_fill})


def listing_without(listing: Listing, memory: FeedMemory, forgotten: Redactions) -> Listing:
    """Return a listing without the items of articles that were taken down."""
    guids = {one.guid[1:] for one in _redacted(memory.seen, forgotten) if one.guid is not None}
    kept = [
        (item, place)
        for item, place in zip(listing.items, listing.places, strict=True)
        if not _is_redacted(item, forgotten) and not _has_guid(item, guids)
    ]
    if len(kept) == len(listing.items):
        return listing
    return replace(
        listing,
        items=tuple(item for item, _ in kept),
        places=tuple(place for _, place in kept),
    )


def held_without(held: Iterable[Held], forgotten: Redactions) -> tuple[Held, ...]:
    """Return the held items without those of articles that were taken down."""
    return tuple(one for one in held if not forgotten or not _is_redacted(one.listed, forgotten))


def rest_without(rest: Rest, forgotten: Redactions) -> Rest:
    """Return what still waits to be published, without what was taken down since it was listed."""
    if not forgotten:
        return rest
    left = rest.publication
    waiting = tuple(one for one in left.rest if not _is_redacted(one, forgotten))
    gone = {one.article_id for one in _redacted(left.memory.values(), forgotten)}
    if len(waiting) == len(left.rest) and not gone:
        return rest
    memory = {key: one for key, one in left.memory.items() if key not in gone}
    back_fill = frozenset(one for one in left.back_fill if not forgotten.names((one,)))
    publication = replace(left, rest=waiting, memory=memory, back_fill=back_fill)
    return replace(rest, publication=publication)


def _redacted(seen: Iterable[SeenArticle], forgotten: Redactions) -> Iterator[SeenArticle]:
    if forgotten:
        yield from (one for one in seen if forgotten.names(links_of(one)))


def _is_redacted(one: Listed, forgotten: Redactions) -> bool:
    keys = one.keys
    return forgotten.names(
        (one.article_id or None, keys.link, keys.former, keys.by_guid, keys.by_title)
    )


def _has_guid(one: Listed, guids: set[str]) -> bool:
    return one.keys.guid is not None and one.keys.guid[1:] in guids
