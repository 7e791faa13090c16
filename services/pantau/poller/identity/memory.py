"""The memory that a feed has of articles: recorded, updated, dropped. Pure."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from pantau.poller.identity.listing import Listed
from pantau.poller.identity.recollection import links_of
from pantau.poller.identity.sameness import date_of
from pantau.settings import PollSettings
from pantau_schemas.events.feed import SeenArticle

MOST_LINKS: Final = 4
"""Former links of an article that are remembered."""


def wording(one: Listed, feed_site: str) -> dict[str, Any]:
    """Return the fields of what an item says."""
    return {
        "title": one.title,
        "dated": date_of(one),
        "sample": one.sample,
        "words": one.words,
        "site": one.site if one.site and one.site != feed_site else None,
    }


def first_keys(one: Listed) -> dict[str, Any]:
    """Return the fields of what identifies a new article."""
    link = one.keys.link
    known = link is None or link == one.article_id
    return {"guid": one.keys.guid or one.keys.dropped, "links": () if known else (link,)}


def noted_again(
    before: SeenArticle,
    one: Listed,
    *,
    own_site: bool,
    feed_site: str,
    now: datetime,
    settings: PollSettings,
) -> SeenArticle:
    """Record a listing with what identifies it now; return `before` itself if nothing is new.

    The time is recorded only now and then: otherwise every poll would write the whole memory.
    """
    news: dict[str, Any] = {}
    due = now - before.last_listed >= timedelta(days=settings.remember_days) / 10
    if due:
        news |= {"last_listed": now, "own_site": own_site}
    guid, link = one.keys.guid, one.keys.link
    if guid is not None and guid != before.guid:
        news["guid"] = guid
    if link is not None and link not in links_of(before):
        news["links"] = (*before.links, link)[-MOST_LINKS:]
    if before.title is None and one.title is not None:  # remembered by an earlier version
        news |= wording(one, feed_site)
    return before.model_copy(update=news) if news else before


def left_to_other(
    before: SeenArticle | None, one: Listed, *, feed_site: str, revision: int, now: datetime
) -> SeenArticle:
    """Record an article that another feed publishes, so that it is known in any later form."""
    if before is not None and not before.mine and one.says(before.fingerprint):
        return before
    if before is not None:
        news = {"mine": False, "own_site": False, "fingerprint": one.core, "takeovers": 0}
        return before.model_copy(update={**news, **wording(one, feed_site)})
    return SeenArticle(
        article_id=one.article_id,
        revision=revision,
        fingerprint=one.core,
        first_seen=now,
        last_listed=now,
        mine=False,
        **first_keys(one),
        **wording(one, feed_site),
    )


def remembered(
    memory: Sequence[SeenArticle],
    listed: Mapping[str, SeenArticle],
    new: int,
    now: datetime,
    settings: PollSettings,
) -> Mapping[str, SeenArticle]:
    """Keep what is listed, and of the others those that left the feed last.

    What is listed is always kept; room is reserved for `new` articles. What was last listed more
    than `remember_days` ago is dropped.
    """
    since = now - timedelta(days=settings.remember_days)
    gone = [one for one in memory if one.article_id not in listed and one.last_listed >= since]
    room = max(0, settings.remember_articles - len(listed) - new)
    if len(gone) > room:
        gone = sorted(gone, key=lambda one: one.last_listed, reverse=True)[:room]
    kept = {one.article_id: one for one in gone} | dict(listed)
    # In the order of before, so that a memory with nothing new compares equal to itself.
    before = {one.article_id: kept[one.article_id] for one in memory if one.article_id in kept}
    return before | kept
