"""Changes of a subscription: it keeps its id, its history, and what is not changed."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from pydantic import ValidationError

from pantau.common.portions import portions
from pantau.common.text.nearest import nearest
from pantau.common.time.zones import known_zone
from pantau.errors import UsageError
from pantau.ports import Log
from pantau.problems import Problem, problem, suggesting
from pantau.query.diagnosis.diagnosis import Diagnosis
from pantau.query.parsing.languages import read_time_zone
from pantau.settings import Settings
from pantau.stream.envelope import record_for
from pantau.usecases.channels.health import id_of
from pantau.usecases.channels.payloads import known_payloads, with_format, with_payload
from pantau.usecases.channels.reading import channel_warnings, new_secret, read_channels
from pantau.usecases.channels.shown import shown_channel
from pantau.usecases.rules.given import NO_CHANGE, GivenRules, apply_rules, with_timings
from pantau.usecases.search.queries import read_query
from pantau.usecases.search.spellings import Spell, as_read
from pantau.usecases.subscriptions.moved_deliveries import moved_deliveries
from pantau.usecases.subscriptions.query_doubts import query_doubts
from pantau.usecases.subscriptions.repository import SubscriptionRepository
from pantau.usecases.subscriptions.subscribing import (
    Confirm,
    Look,
    name_doubts,
    name_or_query,
    read_tags,
    require_all,
    same_query,
    unseen,
)
from pantau_schemas.base import members_of
from pantau_schemas.codec import explain
from pantau_schemas.events.subscription import (
    Channel,
    PayloadVersion,
    QueryLanguage,
    Subscription,
    Tag,
    WebhookChannel,
    WebhookFormat,
    describe_channel,
)
from pantau_schemas.ids import digest_id
from pantau_schemas.topics import DELIVERIES

MOVED_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class SubscriptionChanges:
    """The changes to make; None leaves a field unchanged."""

    query: str | None = None
    language: QueryLanguage | None = None
    time_zone: str | None = None
    name: str | None = None
    include_historical: bool | None = None
    targets: tuple[str, ...] | None = None  # in place of all channels
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    secret: str | None = None  # of webhooks; those that stay keep theirs
    tags: tuple[str, ...] | None = None  # in place of all tags
    added_tags: tuple[str, ...] = ()
    removed_tags: tuple[str, ...] = ()
    payload: PayloadVersion | None = None  # of all webhooks
    format: WebhookFormat | None = None  # of all webhooks
    rules: GivenRules = NO_CHANGE

    def __bool__(self) -> bool:
        """Return whether there is any change."""
        return self != SubscriptionChanges()


@dataclass(frozen=True, slots=True)
class Edited:
    """A subscription as it is now.

    `new_secret` is the secret made for webhooks that are new, to be shown this once; `moved` counts
    the open deliveries that go to another channel now.
    """

    subscription: Subscription
    new_secret: str | None
    doubts: tuple[Diagnosis, ...]
    moved: int
    warnings: tuple[Problem, ...] = ()  # about channels that are new


def edit(
    reference: str,
    changes: SubscriptionChanges,
    repository: SubscriptionRepository,
    settings: Settings,
    log: Log,
    confirm: Confirm,
    look: Look = unseen,
    spell: Spell = as_read,
) -> Edited:
    """Change a subscription, after a `look` at it where its query or rules change.

    Its id and alerts stay.

    Where one channel takes the place of another, alerts that were not delivered yet go to the new
    one. Raises UsageError for what cannot be used, and for what is doubtful about a new name or a
    new query, as `subscribe` does, unless `confirm` returns True. Nothing is changed then.
    """
    planned = plan_edit(
        repository.find(reference), changes, repository, settings, confirm, look, spell
    )
    (done,) = carry_out((planned,), repository, log)
    return done


@dataclass(frozen=True, slots=True)
class PlannedEdit:
    """A subscription before and after a change that is not saved yet."""

    before: Subscription
    after: Subscription
    new_secret: str | None
    doubts: tuple[Diagnosis, ...]
    warnings: tuple[Problem, ...]


def plan_edit(
    before: Subscription,
    changes: SubscriptionChanges,
    repository: SubscriptionRepository,
    settings: Settings,
    confirm: Confirm,
    look: Look = unseen,
    spell: Spell = as_read,
    stored: Sequence[Subscription] | None = None,
) -> PlannedEdit:
    """Change a subscription as `edit` does, and save nothing. Raises UsageError as `edit` does.

    `stored` are all subscriptions, read once where several are changed.
    """
    if not changes:
        raise UsageError(problem("subscriptions.no-change"))
    # Doubts are raised of what changes alone: the rest was confirmed when it was saved.
    others = repository.all() if stored is None else stored
    after, secret = _changed(before, changes, settings, others, repository.now())
    read = read_query(after.query, after.language, after.time_zone)
    query = repository.bound(read.query, after.query)
    doubts = name_doubts(after, others) if after.name != before.name else ()
    warnings = read.warnings
    if _asks(after) != _asks(before) or _sends(after) != _sends(before):
        look(query, after)
    if _asks(after) != _asks(before):
        warnings = spell(read, after.query, after.language)
        doubts = (*query_doubts(warnings), *same_query(after, others), *doubts)
    require_all(doubts, confirm)
    known = {id_of(one) for one in before.channels}
    come = [one for one in after.channels if id_of(one) not in known]
    return PlannedEdit(before, after, secret, warnings, tuple(channel_warnings(come, settings)))


def carry_out(
    planned: Sequence[PlannedEdit], repository: SubscriptionRepository, log: Log
) -> tuple[Edited, ...]:
    """Save changes, and move the deliveries that go to other channels now."""
    moved = [moved_deliveries(one.before, one.after, log, repository.now()) for one in planned]
    # The subscriptions first: the dispatcher looks up in them what it sends.
    repository.save(*(one.after for one in planned))
    for portion in portions([one for each in moved for one in each], MOVED_AT_ONCE):
        log.append([record_for(one, DELIVERIES, source="cli", time=one.updated) for one in portion])
    return tuple(
        Edited(one.after, one.new_secret, one.doubts, len(each), one.warnings)
        for one, each in zip(planned, moved, strict=True)
    )


def copy(
    reference: str,
    name: str,
    repository: SubscriptionRepository,
    confirm: Confirm,
    given: GivenRules = NO_CHANGE,
) -> Subscription:
    """Save a subscription again under another name: same query, channels and rules, no history.

    What is `given` replaces rules of the copy; a mute is not copied. Raises UsageError for rules
    that cannot be read, and for a name that is taken, unless `confirm` returns True.
    """
    before, now = repository.find(reference), repository.now()
    rules = before.rules.model_copy(update={"mute": None})
    made = before.model_copy(
        update={
            "subscription_id": digest_id("subscription", uuid.uuid4().hex),
            "name": name_or_query(name, before.query),
            "channels": with_timings(before.channels, given.channel_timings),
            "rules": apply_rules(given, rules, known_zone(before.time_zone), now),
            "created": now,
        }
    )
    require_all(name_doubts(made, repository.all()), confirm)
    repository.save(made)
    return made


def _sends(one: Subscription) -> tuple[object, ...]:
    """Return what decides which messages a subscription sends, besides its query."""
    timings = tuple((channel.kind, channel.target, channel.timing) for channel in one.channels)
    return one.rules, timings if any(timing for _, _, timing in timings) else ()


def _asks(one: Subscription) -> tuple[str, str, str]:
    return one.query, one.language, one.time_zone


def _changed(
    before: Subscription,
    changes: SubscriptionChanges,
    settings: Settings,
    others: Iterable[Subscription],
    now: datetime,
) -> tuple[Subscription, str | None]:
    channels, secret = _channels(before, changes, settings, others)
    fields: dict[str, Any] = {
        **members_of(before),
        "channels": with_timings(
            with_format(channels, changes.format), changes.rules.channel_timings
        ),
        **_given(changes),
    }
    fields["rules"] = apply_rules(changes.rules, before.rules, known_zone(fields["time_zone"]), now)
    if changes.query is not None and changes.name is None and before.name == before.query:
        fields["name"] = changes.query  # it was named after its query
    fields["tags"] = _tags(before, changes)
    fields["name"] = name_or_query(str(fields["name"]), fields["query"])
    try:
        return Subscription(**fields), secret
    except ValidationError as error:
        raise UsageError(problem("subscriptions.invalid", text=explain(error))) from error


def _tags(before: Subscription, changes: SubscriptionChanges) -> tuple[Tag, ...]:
    """Return the tags, in whatever letters those that go are written."""
    kept = before.tags if changes.tags is None else read_tags(changes.tags)
    gone = {one.casefold() for one in read_tags(changes.removed_tags)}
    tags = dict.fromkeys((*kept, *read_tags(changes.added_tags)))
    return tuple(one for one in tags if one.casefold() not in gone)


def _given(changes: SubscriptionChanges) -> Mapping[str, object]:
    names = ("query", "language", "name", "include_historical")
    given = {name: getattr(changes, name) for name in names if getattr(changes, name) is not None}
    if changes.time_zone is not None:
        given["time_zone"] = read_time_zone(changes.time_zone)
    return given


def _channels(
    before: Subscription,
    changes: SubscriptionChanges,
    settings: Settings,
    others: Iterable[Subscription],
) -> tuple[tuple[Channel, ...], str | None]:
    """Return the channels, and the secret that was made for new webhooks, if there are any."""
    secret = changes.secret or new_secret()
    kept = {describe_channel(one): one for one in before.channels}
    for target in changes.removed:
        name = _named(target, kept)
        del kept[name]
    if changes.targets is not None:
        given = read_channels(changes.targets, secret, settings)
        chosen = {describe_channel(one): kept.get(describe_channel(one), one) for one in given}
    else:
        chosen = dict(kept)
    for one in read_channels(changes.added, secret, settings):
        chosen.setdefault(describe_channel(one), one)
    made = [one for name, one in chosen.items() if name not in kept]
    # A secret is shown once, and only to those who did not give it themselves.
    shown = changes.secret is None and any(isinstance(one, WebhookChannel) for one in made)
    if changes.payload is not None:
        chosen = dict(zip(chosen, with_payload(chosen.values(), changes.payload, {}), strict=True))
    elif made:
        chosen |= zip(_names(made), with_payload(made, None, known_payloads(others)), strict=True)
    return tuple(chosen.values()), secret if shown else None


def _names(channels: Iterable[Channel]) -> Iterable[str]:
    return map(describe_channel, channels)


def _named(target: str, kept: Mapping[str, Channel]) -> str:
    for name, channel in kept.items():
        if target in {name, channel.target}:
            return name
    # Not one whose address holds a key: the error may be shown to others.
    near = nearest(target, (name for name in kept if shown_channel(name) == name))
    raise UsageError(suggesting(problem("subscriptions.no-such-channel", channel=target), near))
