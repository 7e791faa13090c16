"""The state of a feed after a poll, without the articles. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from pantau.common.stored_problems import to_data
from pantau.poller.decision import moves
from pantau.poller.decision.outcome import Facts, Fetched, FetchFailed, Unreadable
from pantau.poller.timing import rhythm, schedule
from pantau.settings import PollSettings
from pantau_schemas.base import format_time, to_millis
from pantau_schemas.events.feed import Feed, FeedState, FeedStatus
from pantau_schemas.problem import ProblemData

NO_VALIDATORS: Final = {"etag": None, "last_modified": None, "content_hash": None}
"""For a document that must be read again though it may be unchanged."""
OVERLOADED: Final = frozenset({429, 503})
"""Status codes of an overloaded server; all feeds of its domain wait."""
_WARNINGS_SHOWN: Final = 3
_LEAST_MISSED: Final = 3
"""Least new items that signal missed ones; some feeds list only their newest one or two."""
_MISSED_SHOWN: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Poll:
    """The inputs shared by all parts of a decision."""

    feed: Feed
    state: FeedState
    now: datetime
    settings: PollSettings
    scale: float = schedule.DEFAULT_SCALE


@dataclass(frozen=True, slots=True)
class ItemCounts:
    """Counts of a document's items: new to the feed, and listed by it before."""

    new: int = 0
    known: int = 0
    first: bool = False  # the feed's first document, or its memory is empty

    @property
    def missed(self) -> bool:
        """True if no known item is left, so that items in between were missed."""
        return not self.first and not self.known and self.new >= _LEAST_MISSED

    @property
    def same_feed(self) -> bool:
        """True unless all of the document's items are new."""
        return self.first or bool(self.known) or not self.new


def until_tomorrow(poll: Poll, state: FeedState) -> FeedState:
    """Postpone the next poll to the maximum when a feed may publish nothing more today."""
    _, longest = schedule.bounds(poll.settings)
    due = schedule.after_success(poll.feed, longest, polls=state.polls, now=poll.now)
    return state.model_copy(update={"next_poll": to_millis(due)})


def read(poll: Poll, outcome: Fetched, notes: Sequence[str], found: ItemCounts) -> FeedState:
    """Return the state after a document that was read, before any of its articles count.

    `notes` say what is odd about its articles.
    """
    document, before = outcome.document, poll.state
    warnings = (*document.warnings, *notes)
    recent = before.recent
    if before.last_ok is None:
        recent = rhythm.seed(_dates(outcome), poll.now)
    # What a feed lists at its first poll is history and tells nothing about its rhythm.
    new = 0 if before.last_ok is None else found.new
    news: dict[str, object] = {
        "document": FeedStatus.WARNING if warnings else FeedStatus.OK,
        "document_problem": _join(warnings),
        "document_reason": None,
        "content_hash": outcome.content_hash,
        "title": document.title or before.title,
        "format": document.format,
        "waiting": 0,
        "recent": rhythm.count_new(recent, new, poll.now),
        "window": len(document.items),
        "usual_gap_seconds": rhythm.usual_gap(before, poll.now)
        if new
        else before.usual_gap_seconds,
        "last_new": poll.now if new else before.last_new,
        "asked_wait_seconds": document.ttl_seconds,
        "skip_hours": document.skip_hours,
        "skip_days": document.skip_days,
        **moves.validators(before, outcome.facts, poll.now),
    }
    if found.missed:
        news["missed_at"] = poll.now
    return _good(poll, outcome.facts, news, found)


def delivered(poll: Poll, found: ItemCounts) -> FeedState:
    """Return the state after a document that the feed's hub delivered.

    It may list the new items alone, so it changes nothing of what polls know of the document and
    its address.
    """
    before = poll.state
    if not found.new:
        return before
    return before.model_copy(
        update={
            "recent": rhythm.count_new(before.recent, found.new, poll.now),
            "usual_gap_seconds": rhythm.usual_gap(before, poll.now),
            "last_new": poll.now,
        }
    )


def _dates(outcome: Fetched) -> Iterator[datetime]:
    return (one.published for one in outcome.document.items if one.published is not None)


def unchanged(poll: Poll, facts: Facts) -> FeedState:
    """Return the state after an unchanged document, which keeps its previous status."""
    fresh = moves.believed(poll.state, facts, poll.now)
    if poll.state.document is FeedStatus.ERROR:
        reason = poll.state.document_reason
        return _bad(poll, poll.state.document_problem, facts.status, fresh, reason=reason)
    fresh = {**fresh, "recent": rhythm.count_new(poll.state.recent, 0, poll.now)}
    state = _good(poll, facts, fresh, ItemCounts())
    # A server that was asked without validators, and answers 304 anyway.
    if poll.state.status is FeedStatus.LIMITED:
        before = poll.state
        kept = {"status": before.status, "problem": before.problem, "reason": before.reason}
        return state.model_copy(update={**kept, **NO_VALIDATORS})
    return state


def _good(poll: Poll, facts: Facts, news: Mapping[str, object], found: ItemCounts) -> FeedState:
    before = poll.state
    place = moves.moved(poll.feed, before, facts, poll.now, same_feed=found.same_feed)
    state = before.model_copy(update={**news, **place})
    interval, due = _next(poll, state, facts, found)
    notes = notes_of(poll.feed, state, poll.now, same_feed=found.same_feed)
    status = FeedStatus.WARNING if notes and state.document is FeedStatus.OK else state.document
    problem = "; ".join([*notes, *([state.document_problem] if state.document_problem else [])])
    return state.model_copy(
        update={
            "status": status,
            "problem": problem or None,
            "reason": None,  # notes and warnings are sentences
            "notes": notes,
            "http_status": facts.status,
            "domain_until": None,
            "interval_seconds": interval,
            "polls": before.polls + 1,
            "failures": 0,
            "last_polled": poll.now,
            "last_ok": poll.now,
            "next_poll": to_millis(due),
        }
    )


def _next(poll: Poll, state: FeedState, facts: Facts, found: ItemCounts) -> tuple[float, datetime]:
    """Return the interval that fits the feed, and the time of its next poll."""
    last = poll.state.last_polled or poll.now
    burst = rhythm.burst_rate(found.new, (poll.now - last).total_seconds())
    pace = rhythm.rhythm_of(state, poll.now, 0.0 if found.first else burst)
    settings, polls = poll.settings, state.polls + 1
    lowest, highest = schedule.bounds(settings)
    if poll.state.last_ok is None:
        interval = min(max(float(settings.default_interval_seconds), lowest), highest)
    else:
        interval = schedule.fitted_interval(pace, poll.scale, settings, state.asked_wait_seconds)
    if found.missed:  # its new rate is not known yet
        return interval, schedule.after_success(poll.feed, lowest, polls=polls, now=poll.now)
    asked = schedule.asked_wait(facts.fresh_seconds, state.asked_wait_seconds, pace)
    due = schedule.after_success(poll.feed, interval, polls=polls, now=poll.now, asked=asked)
    if poll.feed.interval_seconds is None:
        due = schedule.out_of_skipped(due, state.skip_hours, state.skip_days)
    return interval, due


def notes_of(feed: Feed, state: FeedState, now: datetime, *, same_feed: bool) -> tuple[str, ...]:
    """Return warnings about a feed that do not concern its document."""
    notes = []
    if not same_feed and state.moving_to is not None:
        notes.append(
            f"it redirects for good to {state.moving_to}, which is another feed; the old address "
            "is asked until that is mended. If the feed did move, add the new address"
        )
    if state.missed_at is not None and now - state.missed_at < _MISSED_SHOWN:
        notes.append(
            f"all {state.window} items were new at {format_time(state.missed_at)}, so others may "
            "have been missed; "
            + ("set a shorter interval" if feed.interval_seconds else "it is polled again soon")
        )
    # A feed that a site has given up is mostly still served, and says nothing of it.
    quiet = rhythm.silence(state, now)
    if quiet is not None and state.usual_gap_seconds is not None:
        notes.append(
            f"silent for {quiet / rhythm.DAY:.0f} days, though it usually has something new every "
            f"{_span(state.usual_gap_seconds)}; look whether the site has another feed now"
        )
    return tuple(notes)


def _span(seconds: float) -> str:
    minutes = max(1, round(seconds / 60))
    hours = round(seconds / 3_600)
    if minutes < 100:
        return f"{minutes} minutes"
    return f"{hours} hours" if hours < 48 else f"{round(seconds / rhythm.DAY)} days"


def unreadable(poll: Poll, outcome: Unreadable) -> FeedState:
    """Remember the document by its validators, so that it is neither sent nor read again."""
    news: dict[str, object] = {
        "document": FeedStatus.ERROR,
        "document_problem": outcome.reason,
        "document_reason": to_data(outcome.problem),
        "content_hash": outcome.content_hash,
        **moves.validators(poll.state, outcome.facts, poll.now),
        "moving_to": None,
        "moving_since": None,
    }
    if poll.state.moved_to is not None:
        news |= {"moved_to": None, **NO_VALIDATORS}
    reason = to_data(outcome.problem)
    return _bad(poll, outcome.reason, outcome.facts.status, news, reason=reason)


def failed(poll: Poll, outcome: FetchFailed) -> FeedState:
    """Return the state after a failure; the next attempt uses the address that the user entered."""
    news: dict[str, object] = {"moving_to": None, "moving_since": None}
    if outcome.status in OVERLOADED:
        news = {}
    elif poll.state.moved_to is not None:
        news |= {"moved_to": None, "etag": None, "last_modified": None}
    return _bad(
        poll,
        outcome.reason,
        outcome.status,
        news,
        reason=to_data(outcome.problem),
        retry_after=outcome.retry_after_seconds,
        gone=outcome.gone,
    )


def _bad(
    poll: Poll,
    problem: str | None,
    http_status: int | None,
    news: Mapping[str, object],
    *,
    reason: ProblemData | None,
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
            "reason": reason,
            "http_status": http_status,
            "polls": polls,
            "failures": failures,
            "domain_until": to_millis(due) if http_status in OVERLOADED else None,
            "last_polled": poll.now,
            "next_poll": to_millis(due),
        }
    )


def _join(warnings: Sequence[str]) -> str | None:
    """Join warnings on one line, the first few in full."""
    if not warnings:
        return None
    shown = list(dict.fromkeys(warnings))
    more = len(shown) - _WARNINGS_SHOWN
    return "; ".join(shown[:_WARNINGS_SHOWN]) + (f"; and {more} more" if more > 0 else "")
