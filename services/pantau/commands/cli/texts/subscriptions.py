"""How subscriptions look: a table of them, one of them whole, one as JSON."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from rich.text import Text

from pantau.adapters.terminal.screen import open_screen, print_pairs, print_table
from pantau.commands.cli.language import current
from pantau.commands.cli.printing import put
from pantau.commands.cli.say import print_text, say, text_of
from pantau.commands.cli.texts.channels import STYLES, health_fields
from pantau.common.files.jsonlines import line_writer
from pantau.common.stored_problems import stored_text
from pantau.common.text.safe_text import one_line
from pantau.common.time.zones import zoned_text
from pantau.usecases.channels.health import id_of
from pantau.usecases.rules.words import rules_in_words, words_of_timing
from pantau.usecases.subscriptions.repository import (
    CurrentSubscription,
    SubscriptionStatus,
    public,
    short_id,
)
from pantau_schemas.base import format_time
from pantau_schemas.events.subscription import (
    Channel,
    Subscription,
    WebhookChannel,
    describe_channel,
)

_STATUS: Final[dict[SubscriptionStatus, tuple[str, str]]] = {
    "live": ("subscriptions.is-live", "green"),
    "paused": ("subscriptions.is-paused", "yellow"),
    "suspended": ("subscriptions.is-suspended", "red"),
}
"""The text of a status, and its style."""


def print_json(one: CurrentSubscription, *, reveal: bool = False) -> None:
    """Print a subscription as a line of JSON, secrets masked unless they are to be revealed."""
    fields = public(one.subscription, reveal=reveal, state=one.suspension)
    for channel, shown in zip(one.subscription.channels, fields["channels"], strict=True):
        health = one.health.get(id_of(channel))
        if health is not None:
            shown.update(health_fields(health))
    if one.alerts is not None:
        last = one.alerts.last
        fields["last_alert"] = None if last is None else format_time(last)
        fields["alerts_in_7_days"] = one.alerts.recent
    line_writer()(fields)


def print_all(found: Sequence[CurrentSubscription]) -> None:
    """Print a table of subscriptions, and how many there are."""
    rows = [(_status(one), _cell(one)) for one in found]
    titles = (say("subscriptions.column-state"), say("subscriptions.column-subscription"))
    print_table(open_screen(), titles, rows)
    paused = sum(one.subscription.paused for one in found)
    suspended = sum(one.suspension is not None for one in found)
    counts = [say("subscriptions.count", count=len(found))]
    counts += [say("subscriptions.count-paused", count=paused)] if paused else []
    counts += [say("subscriptions.count-suspended", count=suspended)] if suspended else []
    put(", ".join(counts))


def print_one(one: CurrentSubscription) -> None:
    """Print a subscription whole."""
    given = one.subscription
    historical = (
        "subscriptions.historical-too"
        if given.include_historical
        else "subscriptions.historical-not"
    )
    rows = [
        (say("subscriptions.label-name"), given.name),
        (say("subscriptions.label-id"), given.subscription_id),
        *([(say("subscriptions.label-tags"), ", ".join(given.tags))] if given.tags else []),
        (say("subscriptions.label-query"), given.query),
        (say("subscriptions.label-language"), given.language),
        (say("subscriptions.label-time-zone"), given.time_zone),
        *((say("subscriptions.label-to"), _channel(one, channel)) for channel in given.channels),
        *((say("timing.label"), one) for one in _rules(given)),
        (say("subscriptions.label-historical"), say(historical)),
        (say("subscriptions.column-state"), say(_STATUS[one.status][0])),
    ]
    if one.suspension is not None:
        told = stored_text(one.suspension.problem, None, current())
        rows.append((say("subscriptions.label-problem"), told))
    rows.append((say("subscriptions.label-created"), format_time(given.created)))
    print_pairs(open_screen(), rows)
    if not given.channels:
        print_text("subscriptions.no-channel")


def _channel(one: CurrentSubscription, channel: Channel) -> str:
    """Return a channel, and how it fares where that is known."""
    health = one.health.get(id_of(channel))
    name = describe_channel(channel)
    if channel.timing is not None:
        name = f"{name}, {text_of(words_of_timing(channel.timing))}"
    if isinstance(channel, WebhookChannel):
        name = say("subscriptions.to-payload", channel=name, version=channel.payload)
        if channel.format != "pantau":
            name = say(
                "subscriptions.to-format", channel=describe_channel(channel), format=channel.format
            )
    return name if health is None else f"{name} ({one_line(text_of(health.describe()), 300)})"


def _rules(given: Subscription) -> list[str]:
    """Return the rules in plain words, a line each; none where they are as by default."""
    return [text_of(one) for one in rules_in_words(given, datetime.now(UTC))]


def _status(one: CurrentSubscription) -> Text:
    code, style = _STATUS[one.status]
    return Text(say(code), style)


def _cell(one: CurrentSubscription) -> Text:
    """Put name and id, query, channels and what is wrong below each other."""
    given = one.subscription
    name, query = one_line(given.name, 80), one_line(given.query, 300)
    named = name != one_line(given.query, 80)
    text = Text(name, "bold") if named else Text(query, "cyan")
    text.append(f"  {short_id(given.subscription_id)}", "dim")
    if named:
        text.append(f"\n{query}", "cyan")
    if given.language != "lucene":
        text.append(f" ({given.language})", "dim")
    if rules := _rules(given):
        text.append(f"\n{one_line('; '.join(rules), 300)}", "dim")
    for channel in given.channels:
        shown = say("subscriptions.to", channel=one_line(describe_channel(channel)))
        text.append(f"\n{shown}", "dim")
        health = one.health.get(id_of(channel))
        if health is not None and health.is_ill:
            told = one_line(text_of(health.describe()), 300)
            text.append(f"\n  {told}", STYLES[health.status])
    if one.alerts is not None and one.alerts.last is not None:
        when = zoned_text(one.alerts.last)
        text.append("\n")
        text.append(say("subscriptions.last-alert", when=when, count=one.alerts.recent), "dim")
    if one.suspension is not None:
        why = one_line(stored_text(one.suspension.problem, None, current()), 300)
        text.append(f"\n{say('subscriptions.suspended-why', problem=why)}", "red")
    return text
