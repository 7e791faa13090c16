"""What a poll changes: old state, outcome and time in; new state and articles out. No clock, no network, no store.

**New, unchanged, changed.** An article is known by its id (`pantau_schemas.ids.article_id`). It is changed when
its title or text differ in more than white space; then it is the next revision, with the first one's
`first_seen` and `historical`. A change of tags, author, date or of tracking parameters in the link alone is
none: those churn without the article saying anything else. A text that a feed shortens later is a change
like any other; which of the two is the better one nobody can tell.

**Whose article it is.** The feed that lists an article first owns it; others that list it too neither publish
nor remember it. When the owner is removed, the next feed that lists the article takes over.

**A link that names no article.** Where an item's link is the feed's own home page, it counts as having none, so
that the items of a feed that links them all there are not taken for one. Where items of a document share
another link, the first one counts; if the others are no mere repeats, a warning tells that they are missing.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeGuard

from pantau.poller import schedule
from pantau.poller.document import ParsedFeed, ParsedItem
from pantau.poller.outcome import Facts, Failed, Fetched, NotModified, Outcome, Unreadable
from pantau.poller.published import plausible_published
from pantau.settings import PollSettings
from pantau_schemas.article import TEXT_LIMIT, TITLE_LIMIT, Article
from pantau_schemas.base import format_time, to_millis
from pantau_schemas.feed import Feed, FeedMemory, FeedState, FeedStatus, SeenArticle
from pantau_schemas.ids import article_id
from pantau_schemas.links import normalise_link, site_of

_WARNINGS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be written, in one piece. `memory` is None when it stays as it is."""

    state: FeedState
    articles: tuple[Article, ...] = ()
    memory: FeedMemory | None = None


@dataclass(frozen=True, slots=True)
class _Poll:
    """What all parts of a decision look at."""

    feed: Feed
    state: FeedState
    now: datetime
    settings: PollSettings


def decide(
    feed: Feed,
    state: FeedState,
    outcome: Outcome,
    *,
    now: datetime,
    settings: PollSettings,
    memory: Sequence[SeenArticle] = (),
    owners: Mapping[str, str] | None = None,
) -> Decision:
    """Decide what a poll of `feed` changes.

    `memory` is what the feed gave before, `owners` says which feed an article belongs to.
    """
    poll = _Poll(feed, state, to_millis(now), settings)
    match outcome:
        case Fetched():
            return _fetched(poll, outcome, memory, owners or {})
        case NotModified():
            return Decision(_unchanged(poll, outcome.facts))
        case Unreadable():
            return Decision(_unreadable(poll, outcome))
        case Failed():
            return Decision(_failed(poll, outcome))


def _fetched(
    poll: _Poll, outcome: Fetched, memory: Sequence[SeenArticle], owners: Mapping[str, str]
) -> Decision:
    document = outcome.document
    articles, listed, doubles = _compare(poll, document, {one.article_id: one for one in memory}, owners)
    kept = _remembered(poll, memory, listed)
    warnings = document.warnings
    if doubles:
        warnings += (f"items left out: {doubles}, linked where another item is, but saying something else",)
    status = FeedStatus.WARNING if warnings else FeedStatus.OK
    news: dict[str, object] = {
        "document": status,
        "document_problem": _join(warnings),
        "content_hash": outcome.content_hash,
        "etag": outcome.facts.etag,
        "last_modified": outcome.facts.last_modified,
        "title": document.title or poll.state.title,
        "format": document.format,
        "articles": poll.state.articles + sum(one.revision == 1 for one in articles),
    }
    if articles:
        news["last_new"] = poll.now
    state = _good(poll, outcome.facts, news, changed=bool(articles), ttl_seconds=document.ttl_seconds)
    unchanged = kept == tuple(memory)
    return Decision(
        state, tuple(articles), None if unchanged else FeedMemory(feed_id=poll.feed.feed_id, seen=kept)
    )


def _compare(
    poll: _Poll, document: ParsedFeed, known: Mapping[str, SeenArticle], owners: Mapping[str, str]
) -> tuple[list[Article], dict[str, SeenArticle], int]:
    """Give the articles to publish, oldest first; what is listed of our own; how many items were passed over."""
    home = normalise_link(document.link) if document.link else None
    listed: dict[str, SeenArticle] = {}
    firsts: dict[str, tuple[str | None, str]] = {}
    articles: list[Article] = []
    doubles = 0
    for item in document.items:
        identifier = identify(item, poll.feed.feed_id, home)
        if identifier is None:
            continue
        print_now = fingerprint(item)
        if identifier in firsts:
            guid, first_print = firsts[identifier]
            doubles += guid != item.guid and first_print != print_now
            continue
        firsts[identifier] = item.guid, print_now
        before = known.get(identifier)
        if before is None and owners.get(identifier, poll.feed.feed_id) != poll.feed.feed_id:
            continue
        if before is not None and before.fingerprint == print_now:
            listed[identifier] = _seen_again(poll, before)
            continue
        article = _article(poll, document, item, identifier, before)
        articles.append(article)
        listed[identifier] = SeenArticle(
            article_id=identifier,
            revision=article.revision,
            fingerprint=print_now,
            first_seen=article.first_seen,
            last_listed=poll.now,
            historical=article.historical,
        )
    articles.reverse()  # feeds list the newest first; the stream runs the other way
    return articles, listed, doubles


def identify(item: ParsedItem, feed_id: str, home: str | None) -> str | None:
    """Give the id of an item; None for one that says nothing at all. `home` is the feed's normalised link."""
    link = normalise_link(item.link) if item.link else None
    if link == home and (item.guid or item.title or item.text):
        link = None
    if not (link or item.guid or item.title or item.text):
        return None
    return article_id(
        link=link,
        feed_id=feed_id,
        guid=item.guid,
        title=item.title or item.text[:200],
        published=format_time(item.published) if item.published else None,
    )


def fingerprint(item: ParsedItem) -> str:
    """Give a hash of what makes an item another revision when it changes: title and text, but for white space."""
    words = "\x00".join(" ".join(part.split()) for part in (item.title, item.text))
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _article(
    poll: _Poll, document: ParsedFeed, item: ParsedItem, identifier: str, before: SeenArticle | None
) -> Article:
    first_seen = before.first_seen if before else poll.now
    return Article(
        article_id=identifier,
        revision=before.revision + 1 if before else 1,
        feed_id=poll.feed.feed_id,
        source=poll.feed.source or (site_of(item.link) if item.link else None) or site_of(poll.feed.url),
        url=_encodable(item.link) if _is_web_link(item.link) else None,
        title=_encodable(item.title[:TITLE_LIMIT]),
        text=_encodable(item.text[:TEXT_LIMIT]),
        author=_encodable(item.author) if item.author else None,
        tags=tuple(_encodable(tag) for tag in item.tags),
        published=plausible_published(item.published, first_seen=first_seen, now=poll.now),
        first_seen=first_seen,
        historical=before.historical if before else _is_historical(poll, item),
        feed_language=document.language,
    )


def _is_web_link(link: str | None) -> TypeGuard[str]:
    """Whether a link can be given on: receivers make links of it, and `javascript:` there would be their code."""
    return link is not None and link.lower().startswith(("http://", "https://"))


def _encodable(text: str) -> str:
    """Replace halves of surrogate pairs, which JSON escapes in a feed can smuggle in and UTF-8 cannot carry."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def _is_historical(poll: _Poll, item: ParsedItem) -> bool:
    """Whether an article seen for the first time is back-fill: of a feed's first good poll, or old."""
    old = timedelta(days=poll.settings.historical_after_days)
    return poll.state.last_ok is None or (item.published is not None and item.published < poll.now - old)


def _seen_again(poll: _Poll, before: SeenArticle) -> SeenArticle:
    """Note the listing, but only now and then: otherwise every poll would write the whole memory anew."""
    if poll.now - before.last_listed < timedelta(days=poll.settings.remember_days) / 10:
        return before
    return before.model_copy(update={"last_listed": poll.now})


def _remembered(
    poll: _Poll, memory: Sequence[SeenArticle], listed: Mapping[str, SeenArticle]
) -> tuple[SeenArticle, ...]:
    """Forget what left the feed long ago, and of too many those gone longest. What is listed is never forgotten."""
    since = poll.now - timedelta(days=poll.settings.remember_days)
    gone = [one for one in memory if one.article_id not in listed and one.last_listed >= since]
    room = max(0, poll.settings.remember_articles - len(listed))
    if len(gone) > room:
        gone = sorted(gone, key=lambda one: one.last_listed, reverse=True)[:room]
    kept = {one.article_id: one for one in gone} | dict(listed)
    # In the order of before, so that a memory with nothing new compares equal to itself.
    known = [kept.pop(one.article_id) for one in memory if one.article_id in kept]
    return (*known, *kept.values())


def _unchanged(poll: _Poll, facts: Facts) -> FeedState:
    """Let the last document stand, and with it whether it could be read."""
    fresh = {
        key: value
        for key, value in (("etag", facts.etag), ("last_modified", facts.last_modified))
        if value is not None
    }
    if poll.state.document is FeedStatus.ERROR:
        return _bad(poll, poll.state.document_problem, facts.status, fresh)
    return _good(poll, facts, fresh, changed=False)


def _good(
    poll: _Poll, facts: Facts, news: Mapping[str, object], *, changed: bool, ttl_seconds: int | None = None
) -> FeedState:
    state = poll.state.model_copy(update=dict(news))
    interval = schedule.fitted_interval(
        state.interval_seconds, changed=changed, settings=poll.settings, ttl_seconds=ttl_seconds
    )
    polls = state.polls + 1
    moved = facts.permanent_url or state.moved_to
    return state.model_copy(
        update={
            "status": state.document,
            "problem": state.document_problem,
            "http_status": facts.status,
            "moved_to": None if moved == poll.feed.url else moved,
            "interval_seconds": interval,
            "polls": polls,
            "failures": 0,
            "last_polled": poll.now,
            "last_ok": poll.now,
            "next_poll": to_millis(
                schedule.after_success(
                    poll.feed,
                    interval,
                    polls=polls,
                    now=poll.now,
                    settings=poll.settings,
                    max_age=facts.max_age_seconds,
                )
            ),
        }
    )


def _unreadable(poll: _Poll, outcome: Unreadable) -> FeedState:
    """Remember the document by its validators, so that the same one is neither transferred nor read again."""
    news = {
        "document": FeedStatus.ERROR,
        "document_problem": outcome.reason,
        "content_hash": outcome.content_hash,
        "etag": outcome.facts.etag,
        "last_modified": outcome.facts.last_modified,
    }
    return _bad(poll, outcome.reason, outcome.facts.status, news)


def _failed(poll: _Poll, outcome: Failed) -> FeedState:
    """Forget a new address that does not work: the next try goes to the one that the user gave."""
    news: dict[str, object] = {}
    if poll.state.moved_to is not None and outcome.status not in {429, 503}:
        news = {"moved_to": None, "etag": None, "last_modified": None}
    return _bad(
        poll, outcome.reason, outcome.status, news, retry_after=outcome.retry_after_seconds, gone=outcome.gone
    )


def _bad(
    poll: _Poll,
    problem: str | None,
    http_status: int | None,
    news: Mapping[str, object],
    *,
    retry_after: float | None = None,
    gone: bool = False,
) -> FeedState:
    polls, failures = poll.state.polls + 1, poll.state.failures + 1
    due = schedule.after_failure(
        poll.feed,
        failures=failures,
        polls=polls,
        now=poll.now,
        settings=poll.settings,
        retry_after=retry_after,
        gone=gone,
    )
    return poll.state.model_copy(
        update={
            **news,
            "status": FeedStatus.ERROR,
            "problem": problem,
            "http_status": http_status,
            "polls": polls,
            "failures": failures,
            "last_polled": poll.now,
            "next_poll": to_millis(due),
        }
    )


def _join(warnings: Sequence[str]) -> str | None:
    """Put warnings on one line, the first few in full."""
    if not warnings:
        return None
    shown = list(dict.fromkeys(warnings))
    more = len(shown) - _WARNINGS_SHOWN
    return "; ".join(shown[:_WARNINGS_SHOWN]) + (f"; and {more} more" if more > 0 else "")
