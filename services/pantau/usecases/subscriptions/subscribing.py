"""Subscribing: a query that was read, channels that were read, and the subscription of both."""

import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pydantic import ValidationError

from pantau.common.text.safe_text import one_line
from pantau.common.time.zones import known_zone
from pantau.errors import UsageError
from pantau.ports import Clock
from pantau.problems import Problem, problem
from pantau.query import Query
from pantau.query.diagnosis.diagnosis import Diagnosis
from pantau.query.parsing.languages import read_time_zone
from pantau.settings import Settings
from pantau.usecases.channels.payloads import known_payloads, with_format, with_payload
from pantau.usecases.channels.reading import channel_warnings, new_secret, read_channels
from pantau.usecases.rules.given import NO_CHANGE, GivenRules, apply_rules, with_timings
from pantau.usecases.search.queries import read_query
from pantau.usecases.search.spellings import Spell, as_read
from pantau.usecases.subscriptions.query_doubts import query_doubts
from pantau.usecases.subscriptions.repository import QUERY_LIMIT, SubscriptionRepository, short_id
from pantau_schemas.codec import explain
from pantau_schemas.events.rules import NO_RULES
from pantau_schemas.events.subscription import (
    Channel,
    PayloadVersion,
    QueryLanguage,
    Subscription,
    Tag,
    WebhookChannel,
    WebhookFormat,
)
from pantau_schemas.ids import digest_id

NAME_LIMIT: Final = 80
"""Longest name, in characters; a longer query is cut to be one."""


@dataclass(frozen=True, slots=True)
class NewSubscription:
    """A request for a search. Of what is None the default is taken."""

    query: str
    language: QueryLanguage = "lucene"
    time_zone: str = "UTC"
    targets: tuple[str, ...] = ()  # channels as people write them, see `usecases.channels.reading`
    name: str | None = None  # the query
    include_historical: bool = False
    subscription_id: str | None = None  # a new one
    secret: str | None = None  # of the webhooks; a new one
    tags: tuple[str, ...] = ()
    payload: PayloadVersion | None = None  # of the webhooks; that of their address, or the newest
    format: WebhookFormat | None = None  # of the webhooks; Pantau's own
    rules: GivenRules = NO_CHANGE
    is_sure: bool = False  # what is doubtful about it is meant


@dataclass(frozen=True, slots=True)
class Subscribed:
    """A subscription that was saved.

    `new_secret` is the secret that was made for its webhooks, to be shown this once.
    """

    subscription: Subscription
    new_secret: str | None
    doubts: tuple[Diagnosis, ...]  # about the query
    warnings: tuple[Problem, ...]  # about its channels


Confirm = Callable[[Problem], bool]
"""Asks whether something doubtful is meant."""
Look = Callable[[Query, Subscription], None]
"""Shows a person what is about to be saved, before anything is asked."""


def _nobody(doubt: Problem) -> bool:
    del doubt
    return False


def unseen(query: Query, subscription: Subscription) -> None:
    """Show nothing."""
    del query, subscription


def subscribe(
    wanted: NewSubscription,
    registry: SubscriptionRepository,
    settings: Settings,
    clock: Clock,
    confirm: Confirm = _nobody,
    look: Look = unseen,
    spell: Spell = as_read,
) -> Subscribed:
    """Save a subscription, after a `look` at it.

    What is doubtful is saved only if `wanted.is_sure` or `confirm` returns True: a query that
    matches everything or nothing or names an unknown field, and what another subscription has
    already, its name or its query and channels.

    Raises UsageError for a query that cannot be read (QueryError), a channel that cannot be used,
    an id that exists, or a doubt that is not confirmed; RetryError where the store does not
    answer. Nothing is saved then.
    """
    read = read_query(wanted.query, wanted.language, wanted.time_zone)
    query = registry.bound(read.query, wanted.query)
    secret = wanted.secret or new_secret()
    channels = read_channels(wanted.targets, secret, settings)
    _require_new(wanted.subscription_id, registry)
    others = registry.all()
    channels = with_payload(channels, wanted.payload, known_payloads(others))
    made = _made(wanted, with_format(channels, wanted.format), clock)
    if wanted.name is None:
        made = made.model_copy(update={"name": free_name(made.name, others)})
    look(query, made)
    warnings = spell(read, wanted.query, wanted.language)
    if not wanted.is_sure:
        doubts = (*query_doubts(warnings), *_duplicates(wanted, made, others))
        require_all(doubts, confirm)
    registry.save(made)
    shown = wanted.secret is None and any(isinstance(one, WebhookChannel) for one in channels)
    return Subscribed(
        subscription=made,
        new_secret=secret if shown else None,
        doubts=warnings,
        warnings=(*channel_warnings(channels, settings), *_asked_before(made, others)),
    )


def require_all(doubts: Iterable[Problem], confirm: Confirm) -> None:
    """Request confirmation of each doubt. Raises UsageError with the first one without it."""
    for doubt in doubts:
        if not confirm(doubt):
            raise UsageError(doubt)


def _duplicates(
    wanted: NewSubscription, made: Subscription, others: Sequence[Subscription]
) -> Iterator[Problem]:
    """Yield what a new subscription has in common with another one, most likely by mistake.

    The same name; or, where no name sets it apart, the same query for the same channels.
    """
    if wanted.name is not None:
        yield from name_doubts(made, others)
    if wanted.name is not None or wanted.subscription_id is not None:
        return
    yield from same_query(made, others)


def same_query(made: Subscription, others: Iterable[Subscription]) -> tuple[Problem, ...]:
    """Return which other subscription has the query and the channels of one already."""
    alike = [
        one
        for one in others
        if one.subscription_id != made.subscription_id
        and _asks_alike(made, one)
        and _targets(made) == _targets(one)
    ]
    return tuple(_doubt("subscriptions.query-taken", one) for one in alike[:1])


def name_doubts(made: Subscription, others: Iterable[Subscription]) -> tuple[Problem, ...]:
    """Return which other subscription has the name of one already."""
    others = [one for one in others if one.subscription_id != made.subscription_id]
    alike = [one for one in others if folded_name(one.name) == folded_name(made.name)]
    return tuple(_doubt("subscriptions.name-taken", one) for one in alike[:1])


def _asked_before(made: Subscription, others: Iterable[Subscription]) -> tuple[Problem, ...]:
    """Return a note where another subscription has the same query."""
    alike = [one for one in others if _asks_alike(made, one)]
    return tuple(_doubt("subscriptions.asked-already", one) for one in alike[:1])


def name_or_query(name: str, query: str) -> str:
    """Return a name on one line; a subscription without one is named after its query."""
    return one_line(name, NAME_LIMIT) or one_line(query, NAME_LIMIT) or "?"


def free_name(name: str, others: Sequence[Subscription]) -> str:
    """Return a name that no other subscription has: `name`, or with a number behind it."""
    taken = {folded_name(one.name) for one in others}
    number, free = 2, name
    while folded_name(free) in taken:
        free, number = f"{name} ({number})", number + 1
    return free


def _doubt(code: str, other: Subscription) -> Problem:
    return Problem(
        code,
        {
            "name": one_line(other.name, NAME_LIMIT),
            "id": short_id(other.subscription_id),
            "query": one_line(other.query, QUERY_LIMIT),
            "sure": problem("cli.sure"),
        },
    )


def folded_name(name: str) -> str:
    """Return what names have in common that people take for the same."""
    return " ".join(name.split()).casefold()


def _asks_alike(one: Subscription, other: Subscription) -> bool:
    """Return whether two queries are the same text, apart from white space."""
    return (one.query.split(), one.language, one.time_zone) == (
        other.query.split(),
        other.language,
        other.time_zone,
    )


def _targets(one: Subscription) -> frozenset[tuple[str, str]]:
    return frozenset((channel.kind, channel.target) for channel in one.channels)


def read_tags(texts: Iterable[str]) -> tuple[Tag, ...]:
    """Return tags, each once; several may stand in one text, separated by commas."""
    words = (" ".join(one.split()) for text in texts for one in text.split(","))
    return tuple(dict.fromkeys(word for word in words if word))


def _require_new(subscription_id: str | None, registry: SubscriptionRepository) -> None:
    if subscription_id is not None and registry.get(subscription_id) is not None:
        raise UsageError(problem("subscriptions.id-taken", id=subscription_id))


def _made(wanted: NewSubscription, channels: tuple[Channel, ...], clock: Clock) -> Subscription:
    zone, now = read_time_zone(wanted.time_zone), clock.now()
    try:
        return Subscription(
            schema_version=3,
            subscription_id=wanted.subscription_id or digest_id("subscription", uuid.uuid4().hex),
            name=name_or_query(wanted.name or "", wanted.query),
            tags=read_tags(wanted.tags),
            query=wanted.query,
            language=wanted.language,
            time_zone=zone,
            channels=with_timings(channels, wanted.rules.channel_timings),
            include_historical=wanted.include_historical,
            rules=apply_rules(wanted.rules, NO_RULES, known_zone(zone), now),
            created=now,
        )
    except ValidationError as error:
        raise UsageError(problem("subscriptions.invalid", text=explain(error))) from error
