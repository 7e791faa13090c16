"""A trial message: what a channel gets, sent at once, outside the pipeline."""

import logging
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from pantau.errors import PantauError
from pantau.messages.languages import Lang
from pantau.notifier.attempt import send
from pantau.notifier.composing.outgoing import single_message
from pantau.ports import ChannelDriver, Clock, Log, Record
from pantau.problems import Problem, problem
from pantau.stream.envelope import record_for
from pantau.usecases.channels.health import id_of, read_state
from pantau_schemas.events.alert import Alert, ArticleSummary, Delivery, Snippet
from pantau_schemas.events.subscription import (
    Channel,
    ChannelState,
    Subscription,
    describe_channel,
)
from pantau_schemas.ids import delivery_id, digest_id
from pantau_schemas.topics import CHANNEL_STATE

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TrialResult:
    """The outcome of a trial message; `problem` is None if the receiver accepted it."""

    channel: Channel
    problem: Problem | None


async def send_trials(
    subscription: Subscription,
    drivers: Mapping[str, ChannelDriver],
    clock: Clock,
    timeout_seconds: float,
    lang: Lang,
) -> tuple[TrialResult, ...]:
    """Send a trial message to each channel of a subscription, one after the other.

    It has the form that alerts have there, by the template if there is one. Nothing is stored;
    see `note_trials`. A message that fails is not tried again.
    """
    alert = _trial_alert(subscription, clock, lang)
    results = []
    for channel in subscription.channels:
        delivery = _delivery(alert, channel, clock)
        message = single_message(delivery, alert, subscription, channel)
        outcome = await send(drivers.get(channel.kind), message, timeout_seconds)
        error = outcome.error
        told = error and (error.problem or problem("delivery.other", text=str(error)))
        results.append(TrialResult(channel, told or None))
    return tuple(results)


def note_trials(log: Log, clock: Clock, results: Iterable[TrialResult]) -> None:
    """Store when channels accepted a trial message, in their states.

    A stopped channel stays stopped: its state is otherwise as it was. Where nothing can be stored,
    that is logged: the messages are sent, and whoever sent them has to read what became of them.
    """
    accepted = [one.channel for one in results if one.problem is None]
    now = clock.now()
    try:
        records = [_note(log, channel, now) for channel in accepted]
        if records:
            log.append(records)
    except PantauError as error:
        _log.warning("that a trial message was accepted could not be stored: %s", error)


def _note(log: Log, channel: Channel, now: datetime) -> Record:
    stored = read_state(log, id_of(channel)) or ChannelState(
        channel_id=id_of(channel), channel=describe_channel(channel), updated=now
    )
    only_tried = stored.updated in (now, stored.tried)
    updated = now if only_tried else stored.updated
    state = stored.model_copy(update={"tried": now, "updated": updated})
    return record_for(state, CHANNEL_STATE, source="cli", time=now)


def _trial_alert(subscription: Subscription, clock: Clock, lang: Lang) -> Alert:
    now = clock.now()
    text = problem("subscriptions.trial-text", name=subscription.name).text(lang)
    return Alert(
        alert_id=digest_id("trial", uuid.uuid4().hex),
        subscription_id=subscription.subscription_id,
        subscription_name=subscription.name,
        query=subscription.query,
        article=ArticleSummary(
            article_id=digest_id("trial article", uuid.uuid4().hex),
            revision=1,
            title=problem("subscriptions.trial-title").text(lang),
            source="pantau",
            lang=lang,
            first_seen=now,
        ),
        snippets=(Snippet(field="text", text=text, marks=()),),
        matched_at=now,
        time_zone=subscription.time_zone,
    )


def _delivery(alert: Alert, channel: Channel, clock: Clock) -> Delivery:
    now = clock.now()
    return Delivery(
        schema_version=4,
        delivery_id=delivery_id(alert.alert_id, id_of(channel)),
        alert_id=alert.alert_id,
        subscription_id=alert.subscription_id,
        channel_id=id_of(channel),
        channel=describe_channel(channel),
        created=now,
        updated=now,
    )
