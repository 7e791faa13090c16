"""Operations on the pipeline: how it stands, and the records that it could not process."""

from pydantic import Field

from pantau.common.time import zones
from pantau.operations.base.fields import Cursor, Moment, Name, Reference, Text
from pantau.operations.base.operation import Answer, Call, Input
from pantau.usecases.dead_letters.handling import DeadLetters
from pantau.usecases.dead_letters.reading import LetterFilter
from pantau.usecases.feeds.outlook import read_outlook
from pantau.usecases.moments import parse_moment
from pantau.usecases.status import read_status as status_of
from pantau_schemas.base import UtcTime


class Nothing(Input):
    """No input."""


class TroubleEntry(Answer):
    """A kind of trouble, and the number of feeds that have it."""

    text: str
    feeds: int


class PipelineStatus(Answer):
    """Counts over the store, what is wrong with feeds, and what waits."""

    feeds: int
    feeds_in_trouble: int
    feeds_unreadable: int
    troubles: tuple[TroubleEntry, ...] = Field(description="The most frequent first.")
    subscriptions: int
    articles: int
    alerts: int
    alerts_waiting: int = Field(description="For the messages of their subscriptions.")
    deliveries_failed: int
    deliveries_waiting: int = Field(description="For settings that an operator has to mend.")
    dead_letters: int
    newest_article: UtcTime | None = Field(description="When it was first seen.")
    last_poll: UtcTime | None
    lags: dict[str, int] = Field(description="Records that wait, by stage, where that is known.")


def read_status(call: Call, given: Nothing) -> PipelineStatus:
    """Return how things stand: counts, what is wrong with feeds, and what waits."""
    del given
    parts = call.parts
    found, outlook = status_of(parts.store), read_outlook(parts.store, parts.clock)
    letters = DeadLetters(parts.store.log, parts.clock).listed(LetterFilter(), 0, call.lang)
    newest = outlook.last_article
    return PipelineStatus(
        feeds=found.feeds,
        feeds_in_trouble=found.failing,
        feeds_unreadable=found.unreadable,
        troubles=tuple(
            TroubleEntry(text=kind.text(call.lang), feeds=count) for kind, count in found.kinds
        ),
        subscriptions=found.subscriptions,
        articles=found.articles,
        alerts=found.alerts,
        alerts_waiting=found.held.count,
        deliveries_failed=found.deliveries.failed + found.deliveries.stopped,
        deliveries_waiting=found.deliveries.waiting,
        dead_letters=letters.total,
        newest_article=None if newest is None else newest.first_seen,
        last_poll=outlook.last_poll,
        lags=dict(parts.lags()),
    )


class LettersWanted(Input):
    """Which dead letters are listed."""

    stage: Name | None = None
    topic: Name | None = None
    reason: Text | None = Field(default=None, description="Part of the reason.")
    since: Moment | None = Field(default=None, description="Only failed at this time or later.")
    closed: bool = Field(default=False, description="Also those put back or discarded.")
    limit: int = Field(default=100, ge=1, le=1_000)
    cursor: Cursor | None = None


class LetterEntry(Answer):
    """A record that could not be processed."""

    dead_letter_id: str
    stage: str
    topic: str
    failed_at: UtcTime | None
    reason: str
    closed: bool
    unreadable: bool = Field(description="This version cannot read the letter itself.")


class LettersFound(Answer):
    """The newest dead letters, the newest first."""

    items: tuple[LetterEntry, ...]
    cursor: str | None = Field(description="Of the next page; null at the end.")
    total: int = Field(description="Of all pages.")


def list_dead_letters(call: Call, given: LettersWanted) -> LettersFound:
    """List the records that could not be processed, the newest first."""
    now = call.parts.clock.now()
    wanted = LetterFilter(
        stage=given.stage,
        topic=given.topic,
        reason=given.reason,
        since=None if given.since is None else parse_moment(given.since, now, zones.current()),
        closed=given.closed,
    )
    found = _letters(call).listed(wanted, given.limit, call.lang, given.cursor)
    items = tuple(
        LetterEntry(
            dead_letter_id=one.dead_letter_id,
            stage=one.stage,
            topic=one.topic,
            failed_at=one.failed_at,
            reason=one.reason,
            closed=one.closed,
            unreadable=one.unreadable,
        )
        for one in reversed(found.shown)
    )
    return LettersFound(items=items, cursor=found.cursor, total=found.total)


class OneLetter(Input):
    """The dead letter that is meant."""

    id: Reference = Field(description="Id of a dead letter, or the start of it.")


class LetterRetried(Answer):
    """The outcome of a retry."""

    put_back: int
    overtaken: int = Field(description="By a newer revision: only marked.")
    refused: int


def retry_dead_letter(call: Call, given: OneLetter) -> LetterRetried:
    """Put a dead letter back where it was read, to be processed again."""
    done = _letters(call).retry([given.id])
    return LetterRetried(put_back=done.put_back, overtaken=done.overtaken, refused=done.refused)


class LetterDiscarded(Answer):
    """The outcome of discarding."""

    discarded: int


def discard_dead_letter(call: Call, given: OneLetter) -> LetterDiscarded:
    """Discard a dead letter; it is kept, and listed as closed."""
    return LetterDiscarded(discarded=_letters(call).discard([given.id]))


def _letters(call: Call) -> DeadLetters:
    return DeadLetters(call.parts.store.log, call.parts.clock)
