"""The effect of a poll: old state, outcome and time in; new state and articles out.

No clock, no network, no store. The articles of a document are handled in `publication`, their
owners in `ownership`, the number that a feed may publish in `quota`, the feed's state in `states`.

While articles of a document wait, for their turn or for the next day, the state has no validators:
the next poll reads the document again, whatever happens in between.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from pantau.common.stored_problems import from_data, to_data
from pantau.poller.decision.outcome import Fetched, FetchFailed, NotModified, Outcome, Unreadable
from pantau.poller.decision.states import (
    NO_VALIDATORS,
    ItemCounts,
    Poll,
    delivered,
    failed,
    read,
    unchanged,
    unreadable,
    until_tomorrow,
)
from pantau.poller.holding.held import Held
from pantau.poller.holding.plan import HeldFacts
from pantau.poller.identity import quota
from pantau.poller.identity.listing import Listed, Listing, read_listing
from pantau.poller.identity.ownership import Ownership
from pantau.poller.publishing.held_publication import published_by
from pantau.poller.publishing.notes import article_notes
from pantau.poller.publishing.publication import (
    ALL,
    Begun,
    Portion,
    Publication,
    advance,
    begin,
)
from pantau.poller.timing.schedule import DEFAULT_SCALE
from pantau.problems import problem
from pantau.settings import PollSettings
from pantau_schemas.base import to_millis
from pantau_schemas.events.article import Article
from pantau_schemas.events.feed import Feed, FeedMemory, FeedState, FeedStatus


@dataclass(frozen=True, slots=True)
class Decision:
    """The records to write together. `memory` is None when it is unchanged."""

    state: FeedState
    articles: tuple[Article, ...] = ()
    memory: FeedMemory | None = None
    rest: "Rest | None" = None  # what waits for its turn
    listed: tuple[str, ...] = ()  # ids of all articles of the document
    waiting: "Unpublished | None" = None  # of the document; unchanged without one


@dataclass(frozen=True, slots=True)
class Rest:
    """The rest of a partly published document."""

    publication: Publication
    state: FeedState  # the state to write when nothing is left, as far as it is known
    waiting: int  # articles that wait for another day


@dataclass(frozen=True, slots=True)
class Unpublished:
    """The articles that are to be held until they are published, the most important first.

    `done` are held ones that wait no more.
    """

    publication: Publication
    items: tuple[Listed, ...]
    done: frozenset[str]


@dataclass(frozen=True, slots=True)
class DecisionContext:
    """The context of a decision about a document, besides the feed's state."""

    memory: FeedMemory
    ownership: Ownership
    # articles that all feeds of the domain published today, or are about to publish
    domain_gave: int = 0
    # what the feed has held, by article
    kept: Mapping[str, HeldFacts] = field(default_factory=dict)
    held: Sequence[Held] = ()  # the same with their text, where some may be published now


def decide(
    feed: Feed,
    state: FeedState,
    outcome: Outcome,
    *,
    now: datetime,
    settings: PollSettings,
    known: DecisionContext | None = None,
    listing: Listing | None = None,
    portion: Portion = ALL,
    scale: float = DEFAULT_SCALE,
) -> Decision:
    """Return the effect of a poll of `feed`.

    `portion` limits what is published of a document at once; `go_on` publishes the rest. A given
    `listing` is not read again.
    """
    poll = Poll(feed, state, to_millis(now), settings, scale)
    match outcome:
        case Fetched():
            known = known or DecisionContext(FeedMemory(feed_id=feed.feed_id), Ownership(feed))
            return _fetched(poll, outcome, known, listing, portion)
        case NotModified():
            return Decision(unchanged(poll, outcome.facts))
        case Unreadable():
            return Decision(unreadable(poll, outcome))
        case FetchFailed():
            return Decision(failed(poll, outcome))


def _fetched(
    poll: Poll, outcome: Fetched, known: DecisionContext, listing: Listing | None, portion: Portion
) -> Decision:
    listing = listing or read_listing(outcome.document, poll.feed.feed_id)
    begun = begin(
        poll.feed,
        listing,
        known.memory,
        known.ownership,
        now=poll.now,
        settings=poll.settings,
        since=poll.state.last_ok,
        window=poll.state.window,
        language=outcome.document.language,
        allowed=quota.left(poll.state, poll.now, known.domain_gave, poll.settings),
        held=known.held,
        kept=known.kept,
    )
    found = _found(poll, begun, known.memory)
    notes = article_notes(begun, poll.feed, now=poll.now, language=outcome.document.language)
    state = delivered(poll, found) if outcome.pushed else read(poll, outcome, notes, found)
    if begun.withheld:
        state = state.model_copy(update=NO_VALIDATORS)
    rest = Rest(begun.publication, state, begun.waiting)
    if not begun.publication.rest and begun.waiting:
        rest = replace(rest, state=until_tomorrow(poll, rest.state))
    decision = go_on(rest, known.ownership, now=poll.now, portion=portion, before=known.memory)
    return replace(
        decision,
        listed=tuple(one.article_id for one in begun.items),
        waiting=_to_hold(begun, decision),
    )


def _to_hold(begun: Begun, decision: Decision) -> Unpublished:
    """Return what of a document is to be held, the newest first."""
    turn = decision.rest.publication.rest if decision.rest is not None else ()
    first = begun.publication.rest[: len(begun.publication.rest) - len(turn)]
    done = begun.done.union(one.article_id for one in first)
    return Unpublished(begun.publication, (*reversed(turn), *begun.held_back), done)


def decide_held(
    decision: Decision,
    publication: Publication,
    known: DecisionContext,
    *,
    now: datetime,
    portion: Portion = ALL,
) -> Decision:
    """Return a decision without a document, with the first piece of what is held."""
    state = decision.state.model_copy(update={"waiting": 0})
    rest = Rest(publication, state, len(known.kept) - len(publication.rest))
    first = go_on(rest, known.ownership, now=now, portion=portion, before=known.memory)
    left = first.rest.publication if first.rest is not None else None
    gone = frozenset(published_by(publication, left))
    return replace(first, waiting=Unpublished(publication, (), gone))


def _found(poll: Poll, begun: Begun, memory: FeedMemory) -> ItemCounts:
    """Count the new and the known items of a document."""
    known = {one.article_id for one in memory.seen}
    new = sum(one.article_id not in known for one in begun.items)
    first = poll.state.last_ok is None or not memory.seen
    return ItemCounts(new, len(begun.items) - new, first)


def go_on(
    rest: Rest,
    ownership: Ownership,
    *,
    now: datetime,
    portion: Portion = ALL,
    before: FeedMemory | None = None,
) -> Decision:
    """Publish a piece of the rest of a document.

    `before` is the current memory, which may be kept.
    """
    now = to_millis(now)
    articles, left = advance(rest.publication, ownership, now=now, portion=portion)
    state = _count(rest.state, articles, now)
    memory: FeedMemory | None = left.record()
    if not articles and before is not None and _same(memory, before):
        memory = None
    rest = Rest(left, state, rest.waiting)
    if left.rest:
        waits = {"waiting": len(left.rest) + rest.waiting}
        return Decision(state.model_copy(update={**NO_VALIDATORS, **waits}), articles, memory, rest)
    if rest.waiting:
        return Decision(_limited(state, rest.waiting, left.settings), articles, memory)
    return Decision(state, articles, memory)


def _same(one: FeedMemory | None, other: FeedMemory) -> bool:
    return one is not None and (one.seen, one.back_fill) == (other.seen, other.back_fill)


def _count(state: FeedState, articles: Sequence[Article], now: datetime) -> FeedState:
    """Count the articles of a piece."""
    if not articles:
        return state
    day = quota.day_of(now)
    return state.model_copy(
        update={
            "articles": state.articles + sum(one.revision == 1 for one in articles),
            "last_new": now,
            "day": day,
            "day_articles": quota.published(state, day) + len(articles),
        }
    )


def _limited(state: FeedState, waiting: int, settings: PollSettings) -> FeedState:
    """Mark the feed as limited.

    Articles wait for another day, and the document is read again until they are published. A feed
    that cannot be fetched stays marked as that.
    """
    if state.status is FeedStatus.ERROR:
        return state.model_copy(update={"waiting": waiting})
    told = quota.limit_problem(waiting, state.day_articles, settings)
    if state.document_problem is not None:
        document = from_data(state.document_reason) or problem(
            "documents.other", text=state.document_problem
        )
        told = problem("feeds.and", first=told, rest=document)
    return state.model_copy(
        update={
            **NO_VALIDATORS,
            "waiting": waiting,
            "status": FeedStatus.LIMITED,
            "problem": str(told),
            "reason": to_data(told),
        }
    )
