"""The state of a feed after a poll, apart from the articles. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pantau.poller import schedule
from pantau.poller.outcome import Facts, Failed, Fetched, Unreadable
from pantau.settings import PollSettings
from pantau_schemas.base import to_millis
from pantau_schemas.feed import Feed, FeedState, FeedStatus

NO_VALIDATORS: Final = {"etag": None, "last_modified": None, "content_hash": None}
"""Of a document that has to be read again though it may not have changed."""
_WARNINGS_SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class Poll:
    """The inputs that all parts of a decision share."""

    feed: Feed
    state: FeedState
    now: datetime
    settings: PollSettings


def until_tomorrow(poll: Poll, state: FeedState) -> FeedState:
    """Put the next poll off as far as polls go, where a feed can give nothing more today."""
    longest = float(poll.settings.max_interval_seconds)
    due = schedule.after_success(
        poll.feed, longest, polls=state.polls, now=poll.now, settings=poll.settings, max_age=None
    )
    return state.model_copy(update={"next_poll": to_millis(due)})


def read(poll: Poll, outcome: Fetched, doubles: int, *, changed: bool) -> FeedState:
    """Return the state after a document that was read, before any of its articles count."""
    document = outcome.document
    warnings = document.warnings
    if doubles:
        warnings += (
            f"items left out: {doubles}, linked where another item is, but saying something else",
        )
    news: dict[str, object] = {
        "document": FeedStatus.WARNING if warnings else FeedStatus.OK,
        "document_problem": _join(warnings),
        "content_hash": outcome.content_hash,
        "etag": outcome.facts.etag,
        "last_modified": outcome.facts.last_modified,
        "title": document.title or poll.state.title,
        "format": document.format,
        "waiting": 0,
    }
    return _good(poll, outcome.facts, news, changed=changed, ttl_seconds=document.ttl_seconds)


def unchanged(poll: Poll, facts: Facts) -> FeedState:
    """Let the last document stand, and with it whether it could be read."""
    fresh = {
        key: value
        for key, value in (("etag", facts.etag), ("last_modified", facts.last_modified))
        if value is not None
    }
    if poll.state.document is FeedStatus.ERROR:
        return _bad(poll, poll.state.document_problem, facts.status, fresh)
    state = _good(poll, facts, fresh, changed=False)
    if (
        poll.state.status is FeedStatus.LIMITED
    ):  # a server that was asked without validators, and says so anyway
        kept = {"status": poll.state.status, "problem": poll.state.problem, **NO_VALIDATORS}
        return state.model_copy(update=kept)
    return state


def _good(
    poll: Poll,
    facts: Facts,
    news: Mapping[str, object],
    *,
    changed: bool,
    ttl_seconds: int | None = None,
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


def unreadable(poll: Poll, outcome: Unreadable) -> FeedState:
    """Remember the document by its validators, so that the same one is neither transferred nor read again."""
    news = {
        "document": FeedStatus.ERROR,
        "document_problem": outcome.reason,
        "content_hash": outcome.content_hash,
        "etag": outcome.facts.etag,
        "last_modified": outcome.facts.last_modified,
    }
    return _bad(poll, outcome.reason, outcome.facts.status, news)


def failed(poll: Poll, outcome: Failed) -> FeedState:
    """Forget a new address that does not work: the next try goes to the one that the user gave."""
    news: dict[str, object] = {}
    if poll.state.moved_to is not None and outcome.status not in {429, 503}:
        news = {"moved_to": None, "etag": None, "last_modified": None}
    return _bad(
        poll,
        outcome.reason,
        outcome.status,
        news,
        retry_after=outcome.retry_after_seconds,
        gone=outcome.gone,
    )


def _bad(
    poll: Poll,
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
