"""The articles of one document on their way into the log, in pieces.

Pure: each step returns a new value. A piece is published together with the memory of exactly what
is published so far, so after a crash between two pieces the next poll finds the rest as new again.
Owners and times are determined when a piece is published, not when its document was read.

**New, unchanged, changed.** `identity.resolve` decides which article an item is. An article is
changed when its title or text differ in more than white space and what churns (`identity.churn`);
then it is the next revision, with the first one's `first_seen` and `historical`. A change of tags,
author, date or link alone is none. A text that a feed shortens later is a change like any other;
which of the two is the better one nobody can tell. Small changes that come one after the other wait
(`identity.damping`). An article that is taken over from another feed (`identity.ownership`) is the
next revision, too. If the feed is of the article's site, whether it is historical is decided again:
the other feed may have dated it as it liked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final, TypeGuard

from pantau.poller.holding.held import Held, not_listed
from pantau.poller.holding.plan import HeldFacts
from pantau.poller.identity import damping
from pantau.poller.identity.listing import Listed, Listing
from pantau.poller.identity.memory import (
    first_keys,
    left_to_other,
    noted_again,
    remembered,
    wording,
)
from pantau.poller.identity.ownership import Claim, Ownership
from pantau.poller.identity.published import Ages, plausible_published, shown_past
from pantau.poller.identity.resolve import resolve
from pantau.settings import PollSettings
from pantau_schemas.events.article import IMAGE_LIMIT, TEXT_LIMIT, TITLE_LIMIT, Article
from pantau_schemas.events.feed import Feed, FeedMemory, SeenArticle
from pantau_schemas.links.canonical import site_of


@dataclass(frozen=True, slots=True)
class Portion:
    """The limits of one piece: the number of articles, and their cost; at least one.

    None: no limit.
    """

    articles: int | None = None
    cost: int | None = None

    def of(self, items: Sequence[Listed]) -> int:
        """Return the number of items in one piece."""
        number = len(items) if self.articles is None else min(len(items), self.articles)
        if self.cost is None:
            return number
        total = 0
        for place in range(number):
            total += items[place].cost
            if total > self.cost and place:
                return place
        return number


ALL: Final = Portion()


@dataclass(frozen=True, slots=True)
class Publication:
    """A document in publication: `memory` has the published items, `rest` the others."""

    feed: Feed
    settings: PollSettings
    language: str | None
    ages: Ages
    memory: Mapping[str, SeenArticle]
    back_fill: frozenset[str]
    rest: tuple[Listed, ...]  # new or changed, oldest first
    # what the feed has held, by article
    kept: Mapping[str, HeldFacts] = field(default_factory=dict)

    @property
    def cost(self) -> int:
        """The cost of the rest to the stages, which approximates its memory."""
        return sum(one.cost for one in self.rest)

    def record(self) -> FeedMemory:
        """Return the memory as an event."""
        return FeedMemory(
            feed_id=self.feed.feed_id,
            seen=tuple(self.memory.values()),
            back_fill=tuple(sorted(self.back_fill)),
        )


@dataclass(frozen=True, slots=True)
class Begun:
    """A publication that begins, and what is known of the document beside it."""

    publication: Publication
    items: tuple[Listed, ...]  # all articles of the document
    held_back: tuple[Listed, ...]  # articles that wait for another day, newest first
    unread: int  # held articles that wait as well, and were not read
    done: frozenset[str]  # held articles that wait no more
    withheld: int  # small changes that wait for their time

    @property
    def waiting(self) -> int:
        """The number of articles that wait for another day."""
        return len(self.held_back) + self.unread


def begin(
    feed: Feed,
    listing: Listing,
    before: FeedMemory,
    ownership: Ownership,
    *,
    now: datetime,
    settings: PollSettings,
    since: datetime | None,
    window: int | None,
    language: str | None,
    allowed: int,
    held: Sequence[Held] = (),
    kept: Mapping[str, HeldFacts] | None = None,
) -> Begun:
    """Compare a document with what the feed listed until `since`, its last good poll.

    `window` is the number of items that it listed then. `kept` has the articles that the feed has
    held, and `held` those of them that were read: they go on as if the document listed them.

    Of more articles than are `allowed`, those that the document lists first are published: the
    newest, mostly.
    """
    items = resolve(
        listing, before.seen, now=now, feed_site=ownership.site, elsewhere=ownership.elsewhere
    ).items
    kept = kept or {}
    others = not_listed(held, items)
    comparison = _compare((*items, *others), before, ownership, now, settings)
    fresh, listed = comparison.fresh, comparison.listed
    new = sum(one.article_id not in listed for one in fresh)
    unpublished = frozenset(one.article_id for one in fresh)
    taken, waiting = fresh[:allowed], tuple(fresh[allowed:])
    taken.reverse()  # feeds list the newest first; the stream has the opposite order
    publication = Publication(
        feed=feed,
        settings=settings,
        language=language,
        ages=_ages(items, before, since, grown=listing.number > (window or 0), settings=settings),
        memory=remembered(comparison.own, listed, new, now, settings),
        back_fill=unpublished if since is None else unpublished & frozenset(before.back_fill),
        rest=tuple(taken),
        kept=kept,
    )
    looked_at = kept.keys() if held else kept.keys() & {one.article_id for one in items}
    unread = len(kept) - len(looked_at)
    done = frozenset(looked_at) - unpublished
    return Begun(publication, items, waiting, unread, done, comparison.withheld)


@dataclass(slots=True)
class _Comparison:
    """The new and changed articles of a document, and the memory of the rest."""

    own: Sequence[SeenArticle]
    listed: dict[str, SeenArticle]
    fresh: list[Listed]
    withheld: int = 0


def _compare(
    items: Sequence[Listed],
    before: FeedMemory,
    ownership: Ownership,
    now: datetime,
    settings: PollSettings,
) -> _Comparison:
    own = [_as_kept(one, ownership) for one in before.seen]
    known = {one.article_id: one for one in own}
    found = _Comparison(own, {}, [])
    for one in items:
        seen = known.get(one.article_id)
        claim = ownership.claim(one, seen)
        if claim is Claim.LEAVE:
            found.listed[one.article_id] = _left(one, seen, ownership, now)
            continue
        # An article that is taken over is published even if its text did not change.
        mine = seen is not None and seen.mine and claim is Claim.OWN
        if seen is not None:
            found.listed[one.article_id] = noted_again(
                seen,
                one,
                own_site=ownership.own_site(one),
                feed_site=ownership.site,
                now=now,
                settings=settings,
            )
        if seen is None or not mine:
            found.fresh.append(one)
        elif not one.says(seen.fingerprint):
            if damping.waits(seen, one, now):
                found.withheld += 1
            else:
                found.fresh.append(one)
    return found


def _as_kept(seen: SeenArticle, ownership: Ownership) -> SeenArticle:
    """Return what is remembered of an article, as another feed's where that has it by now."""
    if not seen.mine or ownership.kept(seen.article_id):
        return seen
    return seen.model_copy(update={"mine": False, "own_site": False, "takeovers": 0})


def _left(
    one: Listed, seen: SeenArticle | None, ownership: Ownership, now: datetime
) -> SeenArticle:
    theirs = ownership.owners_memory(one) if seen is None else None
    revision = theirs.revision if theirs is not None else 1
    return left_to_other(seen, one, feed_site=ownership.site, revision=revision, now=now)


def _ages(
    items: Sequence[Listed],
    before: FeedMemory,
    since: datetime | None,
    *,
    grown: bool,
    settings: PollSettings,
) -> Ages:
    old = timedelta(days=settings.historical_after_days)
    if since is None:
        return Ages(None, old)
    known = {one.article_id for one in before.seen}
    return Ages(since, old, shown_past(items, known, grown=grown, limit=since - old))


def advance(
    publication: Publication, ownership: Ownership, *, now: datetime, portion: Portion = ALL
) -> tuple[tuple[Article, ...], Publication]:
    """Publish a piece of the rest; return its articles and the new rest."""
    rest = publication.rest
    number = portion.of(rest)
    memory = {key: _as_kept(one, ownership) for key, one in publication.memory.items()}
    articles: list[Article] = []
    for one in rest[:number]:
        seen = memory.get(one.article_id)
        claim = ownership.claim(one, seen)
        if claim is Claim.LEAVE:  # another feed was quicker
            memory[one.article_id] = _left(one, seen, ownership, now)
            continue
        before = seen if claim is Claim.OWN else ownership.owners_memory(one)
        historical = _is_historical(publication, one, before, claim, ownership, now)
        article = _article(publication, one, before, now=now, historical=historical)
        articles.append(article)
        memory[one.article_id] = _seen(article, one, before, seen, claim, ownership, now)
    out = {one.article_id for one in rest[:number]}
    left = replace(
        publication, memory=memory, rest=rest[number:], back_fill=publication.back_fill - out
    )
    return tuple(articles), left


def _seen(
    article: Article,
    one: Listed,
    before: SeenArticle | None,
    seen: SeenArticle | None,
    claim: Claim,
    ownership: Ownership,
    now: datetime,
) -> SeenArticle:
    """Return what is to be remembered of an article that is published now."""
    keys = {"guid": seen.guid, "links": seen.links} if seen is not None else first_keys(one)
    revised = article.revision > 1
    takeovers = (before.takeovers + 1 if claim is Claim.TAKE else before.takeovers) if before else 0
    return SeenArticle(
        article_id=one.article_id,
        revision=article.revision,
        fingerprint=one.core,
        first_seen=article.first_seen,
        last_listed=now,
        historical=article.historical,
        own_site=ownership.own_site(one),
        takeovers=takeovers,
        changes=damping.changes_after(before, one, now) if before else 0,
        revised=now if revised else None,
        **keys,
        **wording(one, ownership.site),
    )


def _article(
    publication: Publication,
    one: Listed,
    before: SeenArticle | None,
    *,
    now: datetime,
    historical: bool,
) -> Article:
    # A revision keeps the time at which the article was first seen: alerts and expiry go by it.
    item, feed = one.item, publication.feed
    first_seen = before.first_seen if before else now
    return Article(
        article_id=one.article_id,
        revision=before.revision + 1 if before else 1,
        feed_id=feed.feed_id,
        feed=(feed.feed_id, *((feed.title,) if feed.title else ())),
        source=feed.source or item.source or one.host or site_of(feed.url),
        url=_encodable(item.link) if _is_web_link(item.link) else None,
        title=_encodable(item.title[:TITLE_LIMIT]),
        text=_encodable(item.text[:TEXT_LIMIT]),
        author=_encodable(item.author) if item.author else None,
        tags=tuple(dict.fromkeys((*(_encodable(tag) for tag in item.tags), *feed.tags))),
        published=plausible_published(
            item.published, first_seen=first_seen, now=now, historical=historical
        ),
        first_seen=first_seen,
        historical=historical,
        feed_language=publication.language,
        image=_image(item.image),
    )


def _is_historical(
    publication: Publication,
    one: Listed,
    before: SeenArticle | None,
    claim: Claim,
    ownership: Ownership,
    now: datetime,
) -> bool:
    """Return whether an article is back-fill.

    Decided once, and again if a feed of the article's own site takes it over.
    """
    fuller = claim is Claim.TAKE and ownership.goes_by_length(one)
    if before is not None and (fuller or (claim is Claim.OWN and before.mine)):
        return before.historical
    if before is not None and claim is Claim.OWN:  # its owner is gone; it has been known for long
        return before.historical or now - before.first_seen > publication.ages.old
    return _is_back_fill(publication, one, now)


def _is_back_fill(publication: Publication, one: Listed, now: datetime) -> bool:
    """Return whether an article was old when its feed listed it first.

    What was held for days is not old for that.
    """
    held = publication.kept.get(one.article_id)
    if held is not None:
        return held.historical
    return one.article_id in publication.back_fill or publication.ages.historical(one, now)


def waiting_article(publication: Publication, one: Listed, now: datetime) -> Article:
    """Return what a waiting item would be published as now, were it new."""
    historical = _is_back_fill(publication, one, now)
    return _article(publication, one, None, now=now, historical=historical)


def _is_web_link(link: str | None) -> TypeGuard[str]:
    """Return whether a link may be passed on.

    Receivers render it as a link, where `javascript:` would be code.
    """
    return link is not None and link.lower().startswith(("http://", "https://"))


def _image(link: str | None) -> str | None:
    """Return the address of a picture that may be passed on; see `_is_web_link`."""
    return _encodable(link) if _is_web_link(link) and len(link) <= IMAGE_LIMIT else None


def _encodable(text: str) -> str:
    """Replace lone surrogates, which JSON escapes in a feed can contain and UTF-8 cannot encode."""
    if text.isascii():  # which takes no time, whatever the length
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
