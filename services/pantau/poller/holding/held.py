"""Items that wait to be published, as events and back. Pure.

Keys and fingerprint are stored as they were read: the home page of the document, which
distinguishes them from placeholders, is not known later.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pantau.feeds.document import ParsedItem
from pantau.poller.identity.keys import Keys
from pantau.poller.identity.listing import Listed, listed_as
from pantau_schemas.events.article import Article
from pantau_schemas.events.polling.held_article import HeldArticle, HeldKeys
from pantau_schemas.ids import held_id


@dataclass(frozen=True, slots=True)
class Held:
    """An item that waits. `historical` is what it was when its feed listed it."""

    listed: Listed
    historical: bool


def held_article(one: Listed, article: Article, *, since: datetime, place: int) -> HeldArticle:
    """Return the event of an item that waits; `article` is what it would be published as now."""
    keys = one.keys
    return HeldArticle(
        held_id=held_id(article.feed_id or "", one.article_id),
        feed_id=article.feed_id or "",
        article_id=one.article_id,
        held_since=since,
        place=place,
        historical=article.historical,
        fingerprint=one.core,
        keys=HeldKeys(
            guid=keys.guid,
            link=keys.link,
            former=keys.former,
            by_guid=keys.by_guid,
            by_title=keys.by_title,
            dropped=keys.dropped,
        ),
        source=article.source,
        url=article.url,
        title=article.title,
        text=article.text,
        author=article.author,
        tags=article.tags,
        published=article.published,
        image=article.image,
    )


def held_item(event: HeldArticle) -> Held:
    """Return the item of an event."""
    item = ParsedItem(
        guid=None,
        link=event.url,
        title=event.title,
        text=event.text,
        author=event.author,
        tags=event.tags,
        published=event.published,
        source=event.source,
        image=event.image,
    )
    keys = Keys(**dict(event.keys))
    one = replace(listed_as(item, keys), fingerprint=event.fingerprint, core=event.fingerprint)
    return Held(one.resolved(event.article_id), event.historical)


def not_listed(held: Sequence[Held], items: Sequence[Listed]) -> list[Listed]:
    """Return the held items that a document does not list, in whatever form."""
    ids = {one.article_id for one in items}
    keys = {key for one in items for key in (one.keys.guid, one.keys.link) if key is not None}
    waiting = (one.listed for one in held if one.listed.article_id not in ids)
    return [one for one in waiting if keys.isdisjoint({one.keys.guid, one.keys.link})]
