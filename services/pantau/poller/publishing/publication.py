"""The articles of one document on their way into the log, in pieces.

Pure: each step returns a new value. A piece is published together with the memory of exactly what
is published so far, so a poller that ends between two pieces finds the rest as new again at its
next poll. Whose an article is and what time it is are asked when its piece goes out, not when its
document came.

**New, unchanged, changed.** An article is known by its id (`pantau_schemas.ids.article_id`). It is
changed when its title or text differ in more than white space; then it is the next revision, with
the first one's `first_seen` and `historical`. A change of tags, author, date or of tracking
parameters in the link alone is none: those churn without the article saying anything else. A text
that a feed shortens later is a change like any other; which of the two is the better one nobody can
tell. An article that is taken over from another feed (`ownership`) is the next revision, too, but
whether it is historical is asked anew: the other feed may have dated it as it liked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final, TypeGuard

from pantau.feeds.document import ParsedItem
from pantau.poller.identity.listing import Listed, Listing
from pantau.poller.identity.ownership import Claim, Ownership
from pantau.poller.identity.published import plausible_published
from pantau.settings import PollSettings
from pantau_schemas.article import TEXT_LIMIT, TITLE_LIMIT, Article
from pantau_schemas.feed import Feed, FeedMemory, SeenArticle
from pantau_schemas.links import site_of

EARLIEST_DATE: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""A date before this one is a mistake or a trick, and says nothing of how old an article is."""


@dataclass(frozen=True, slots=True)
class Portion:
    """How much may be published at once: so many articles, of so much cost; at least one.

    None: all.
    """

    articles: int | None = None
    cost: int | None = None

    def of(self, items: Sequence[Listed]) -> int:
        """Count the items that one piece takes."""
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
    """A document that is being published: what is out is in `memory`, what is not is in `rest`."""

    feed: Feed
    settings: PollSettings
    language: str | None
    first: bool  # of the feed's first good poll
    memory: Mapping[str, SeenArticle]
    back_fill: frozenset[str]
    rest: tuple[Listed, ...]  # new or changed, oldest first

    @property
    def cost(self) -> int:
        """Return what the rest costs the stages, which is near what it takes in memory."""
        return sum(one.cost for one in self.rest)

    def record(self) -> FeedMemory:
        """Write the memory down."""
        return FeedMemory(
            feed_id=self.feed.feed_id,
            seen=tuple(self.memory.values()),
            back_fill=tuple(sorted(self.back_fill)),
        )


def begin(
    feed: Feed,
    listing: Listing,
    remembered: FeedMemory,
    ownership: Ownership,
    *,
    now: datetime,
    settings: PollSettings,
    first: bool,
    language: str | None,
    allowed: int,
) -> tuple[Publication, int]:
    """Compare a document with what the feed gave.

    Return what is to be published, and how many must wait. Of more articles than are `allowed`,
    those that the document lists first are published: the newest, mostly.
    """
    known = {one.article_id: one for one in remembered.seen}
    listed: dict[str, SeenArticle] = {}
    fresh: list[Listed] = []
    for one in listing.items:
        claim = ownership.claim(one)
        before = known.get(one.article_id)
        if claim is Claim.LEAVE:
            continue
        if before is not None and claim is Claim.OWN:
            listed[one.article_id] = _seen_again(before, one, ownership, now, settings)
        if claim is Claim.TAKE or before is None or before.fingerprint != one.fingerprint:
            fresh.append(one)
    new = sum(one.article_id not in listed for one in fresh)
    own = [one for one in remembered.seen if ownership.kept(one.article_id)]
    unpublished = frozenset(one.article_id for one in fresh)
    taken, waiting = fresh[:allowed], len(fresh[allowed:])
    taken.reverse()  # feeds list the newest first; the stream runs the other way
    publication = Publication(
        feed=feed,
        settings=settings,
        language=language,
        first=first,
        memory=_remembered(own, listed, new, now, settings),
        back_fill=unpublished if first else unpublished & frozenset(remembered.back_fill),
        rest=tuple(taken),
    )
    return publication, waiting


def advance(
    publication: Publication, ownership: Ownership, *, now: datetime, portion: Portion = ALL
) -> tuple[tuple[Article, ...], Publication]:
    """Publish a piece of what is left; return its articles and what is left after it."""
    rest = publication.rest
    number = portion.of(rest)
    memory = {key: one for key, one in publication.memory.items() if ownership.kept(key)}
    articles: list[Article] = []
    for one in rest[:number]:
        claim = ownership.claim(one)
        if claim is Claim.LEAVE:  # another feed was quicker
            continue
        before = memory.get(one.article_id) if claim is Claim.OWN else ownership.taken(one)
        article = _article(publication, one, before, now=now, taken=claim is Claim.TAKE)
        articles.append(article)
        memory[one.article_id] = SeenArticle(
            article_id=one.article_id,
            revision=article.revision,
            fingerprint=one.fingerprint,
            first_seen=article.first_seen,
            last_listed=now,
            historical=article.historical,
            own_site=ownership.own_site(one),
        )
    out = {one.article_id for one in rest[:number]}
    left = replace(
        publication, memory=memory, rest=rest[number:], back_fill=publication.back_fill - out
    )
    return tuple(articles), left


def _article(
    publication: Publication, one: Listed, before: SeenArticle | None, *, now: datetime, taken: bool
) -> Article:
    item, feed = one.item, publication.feed
    first_seen = before.first_seen if before else now
    historical = (
        _is_historical(publication, one, now) if before is None or taken else before.historical
    )
    return Article(
        article_id=one.article_id,
        revision=before.revision + 1 if before else 1,
        feed_id=feed.feed_id,
        feed=(feed.feed_id, *((feed.title,) if feed.title else ())),
        source=feed.source or (site_of(item.link) if item.link else None) or site_of(feed.url),
        url=_encodable(item.link) if _is_web_link(item.link) else None,
        title=_encodable(item.title[:TITLE_LIMIT]),
        text=_encodable(item.text[:TEXT_LIMIT]),
        author=_encodable(item.author) if item.author else None,
        tags=tuple(dict.fromkeys((*(_encodable(tag) for tag in item.tags), *feed.tags))),
        published=plausible_published(item.published, first_seen=first_seen, now=now),
        first_seen=first_seen,
        historical=historical,
        feed_language=publication.language,
    )


def _is_historical(publication: Publication, one: Listed, now: datetime) -> bool:
    """Return whether an article that a feed has not given before is back-fill.

    Of its first document, or old.
    """
    if publication.first or one.article_id in publication.back_fill:
        return True
    return is_old(one.item, now, publication.settings)


def is_old(item: ParsedItem, now: datetime, settings: PollSettings) -> bool:
    """Return whether an item's date says that it is old. A date that cannot be right never does."""
    old = timedelta(days=settings.historical_after_days)
    return item.published is not None and EARLIEST_DATE <= item.published < now - old


def _seen_again(
    before: SeenArticle, one: Listed, ownership: Ownership, now: datetime, settings: PollSettings
) -> SeenArticle:
    """Note the listing, but only now and then.

    Otherwise every poll would write the whole memory anew.
    """
    if now - before.last_listed < timedelta(days=settings.remember_days) / 10:
        return before
    return before.model_copy(update={"last_listed": now, "own_site": ownership.own_site(one)})


def _remembered(
    memory: Sequence[SeenArticle],
    listed: Mapping[str, SeenArticle],
    new: int,
    now: datetime,
    settings: PollSettings,
) -> Mapping[str, SeenArticle]:
    """Forget what left the feed long ago, and of too many those gone longest.

    What is listed is never forgotten.
    """
    since = now - timedelta(days=settings.remember_days)
    gone = [one for one in memory if one.article_id not in listed and one.last_listed >= since]
    room = max(0, settings.remember_articles - len(listed) - new)
    if len(gone) > room:
        gone = sorted(gone, key=lambda one: one.last_listed, reverse=True)[:room]
    kept = {one.article_id: one for one in gone} | dict(listed)
    # In the order of before, so that a memory with nothing new compares equal to itself.
    return {one.article_id: kept[one.article_id] for one in memory if one.article_id in kept}


def _is_web_link(link: str | None) -> TypeGuard[str]:
    """Return whether a link can be given on.

    Receivers make links of it, and `javascript:` would be code there.
    """
    return link is not None and link.lower().startswith(("http://", "https://"))


def _encodable(text: str) -> str:
    """Replace halves of surrogate pairs, which JSON escapes in a feed can smuggle in and UTF-8 cannot carry."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
