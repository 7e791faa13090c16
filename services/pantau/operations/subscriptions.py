"""Operations on subscriptions."""

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from pydantic import Field

from pantau.common.time import zones
from pantau.errors import UsageError
from pantau.operations.base.fields import Cursor, Text
from pantau.operations.base.operation import Call, Input
from pantau.operations.base.outcomes import UnconfirmedError, require_version
from pantau.operations.base.pages import page_after
from pantau.operations.subscription_models import (
    CopyOfSubscription,
    FeedAddressEntry,
    MuteOfSubscription,
    OneSubscription,
    PreviewAnswer,
    PreviewOfSubscription,
    Removed,
    SubscriptionEntry,
    SubscriptionFields,
    SubscriptionPatch,
    SubscriptionSaved,
    SubscriptionsFound,
    TrialEntry,
    TrialsSent,
    VersionOfSubscription,
    entry_of,
)
from pantau.problems import Problem, answered_by, problem
from pantau.usecases.channels.shown import shown_channel
from pantau.usecases.moments import parse_moment
from pantau.usecases.rules.muting import mute, unmute
from pantau.usecases.search.spellings import speller
from pantau.usecases.subscriptions import feed_addresses as addresses
from pantau.usecases.subscriptions.backtest.as_fields import backtest_fields
from pantau.usecases.subscriptions.backtest.asked import AskedQuery, asked_subscription
from pantau.usecases.subscriptions.backtest.backtest import backtest
from pantau.usecases.subscriptions.backtest.contents import read_newest
from pantau.usecases.subscriptions.backtest.past_counts import save_counts
from pantau.usecases.subscriptions.editing import SubscriptionChanges, copy, edit
from pantau.usecases.subscriptions.lists import chosen
from pantau.usecases.subscriptions.repository import (
    CurrentSubscription,
    remove,
    set_paused,
    version_of,
)
from pantau.usecases.subscriptions.subscribing import Confirm, NewSubscription, subscribe
from pantau_schemas.base import format_time
from pantau_schemas.events.subscription import describe_channel

T = TypeVar("T")


class SubscriptionList(Input):
    """Which subscriptions are listed."""

    match: Text | None = Field(default=None, description="Part of a name, query, tag or channel.")
    tag: Text | None = Field(default=None, description="Only with this tag; `A+B`: with both.")
    limit: int = Field(default=50, ge=1, le=200)
    cursor: Cursor | None = None


def list_subscriptions(call: Call, given: SubscriptionList) -> SubscriptionsFound:
    """List subscriptions, the oldest first."""
    tags = () if given.tag is None else (given.tag,)
    found = chosen(call.subscriptions.listed(), match=given.match, tags=tags)
    page, cursor = page_after(found, _key, given.cursor, given.limit)
    return SubscriptionsFound(items=tuple(_entry(call, one) for one in page), cursor=cursor)


def read_subscription(call: Call, given: OneSubscription) -> SubscriptionEntry:
    """Return one subscription: its query, channels, rules, and how it stands."""
    return _entry(call, call.subscriptions.found(given.id))


def create_subscription(call: Call, given: SubscriptionFields) -> SubscriptionSaved:
    """Save a query and where its alerts go.

    What is doubtful is refused until `confirm` is true: a query that matches everything or nothing,
    or the name or query of another subscription.
    """
    _refuse_files(given.channels)
    wanted = NewSubscription(
        query=given.query,
        language=given.language,
        time_zone=given.time_zone or zones.current_name(),
        targets=given.channels,
        name=given.name,
        include_historical=given.include_historical,
        tags=given.tags,
        payload=given.payload,
        format=given.format,
        rules=given.rules.given(),
        is_sure=given.confirm,
    )
    parts = call.parts
    done = _confirmed(
        given.confirm,
        lambda confirm: subscribe(
            wanted,
            call.subscriptions,
            parts.settings,
            parts.clock,
            confirm,
            spell=speller(parts.store),
        ),
    )
    save_counts(done.subscription, parts.store, parts.clock)
    notes = (
        *(one.text(call.lang) for one in done.doubts),
        *(one.text(call.lang) for one in done.warnings),
    )
    return _saved(call, done.subscription.subscription_id, done.new_secret, notes)


def update_subscription(call: Call, given: SubscriptionPatch) -> SubscriptionSaved:
    """Change a subscription; it keeps its id, its history, and what is not given.

    What is doubtful about a new query or name is refused until `confirm` is true.
    """
    _refuse_files(given.channels or ())
    changes = SubscriptionChanges(
        query=given.query,
        language=given.language,
        time_zone=given.time_zone,
        name=given.name,
        include_historical=given.include_historical,
        targets=given.channels,
        tags=given.tags,
        payload=given.payload,
        format=given.format,
        rules=given.rules.given(),
    )
    parts, repository = call.parts, call.subscriptions
    with parts.changing:
        before = _current(call, given)
        done = _confirmed(
            given.confirm,
            lambda confirm: edit(
                before.subscription.subscription_id,
                changes,
                repository,
                parts.settings,
                parts.store.log,
                confirm,
            ),
        )
    save_counts(done.subscription, parts.store, parts.clock)
    notes = (
        *(one.text(call.lang) for one in done.doubts),
        *(one.text(call.lang) for one in done.warnings),
    )
    return _saved(call, done.subscription.subscription_id, done.new_secret, notes)


def copy_subscription(call: Call, given: CopyOfSubscription) -> SubscriptionSaved:
    """Save a subscription again under another name: same query, channels and rules, no history."""
    made = _confirmed(
        given.confirm,
        lambda confirm: copy(
            given.id, given.name, call.subscriptions, confirm, given.rules.given()
        ),
    )
    save_counts(made, call.parts.store, call.parts.clock)
    return _saved(call, made.subscription_id, None, ())


def remove_subscription(call: Call, given: VersionOfSubscription) -> Removed:
    """Remove a subscription; its alerts stay, and those that wait for a channel are cancelled."""
    with call.parts.changing:
        found = _current(call, given)
        remove(call.subscriptions, [found.subscription.subscription_id])
    return Removed(removed=found.subscription.subscription_id)


def pause_subscription(call: Call, given: OneSubscription) -> SubscriptionEntry:
    """Pause a subscription: it raises no alerts until it is resumed."""
    with call.parts.changing:
        set_paused(call.subscriptions, [given.id], paused=True)
    return read_subscription(call, given)


def resume_subscription(call: Call, given: OneSubscription) -> SubscriptionEntry:
    """Resume a paused or suspended subscription."""
    with call.parts.changing:
        set_paused(call.subscriptions, [given.id], paused=False)
    return read_subscription(call, given)


def mute_subscription(call: Call, given: MuteOfSubscription) -> SubscriptionEntry:
    """Send no messages of a subscription; its alerts are recorded meanwhile."""
    with call.parts.changing:
        mute(call.subscriptions, [given.id], until=given.until, until_growth=given.until_growth)
    return read_subscription(call, OneSubscription(id=given.id))


def unmute_subscription(call: Call, given: OneSubscription) -> SubscriptionEntry:
    """Send messages of a muted subscription again; what waited comes as one."""
    with call.parts.changing:
        unmute(call.subscriptions, [given.id])
    return read_subscription(call, given)


def send_trial_messages(call: Call, given: OneSubscription) -> TrialsSent:
    """Send a trial message to each channel of a subscription now."""
    found = call.subscriptions.find(given.id)
    return TrialsSent(
        items=tuple(
            TrialEntry(
                channel=shown_channel(describe_channel(one.channel)),
                sent=one.problem is None,
                problem=None if one.problem is None else one.problem.text(call.lang),
            )
            for one in call.parts.send_trials(found, call.lang)
        )
    )


def preview_subscription(call: Call, given: PreviewOfSubscription) -> PreviewAnswer:
    """Show what a subscription would have sent: alerts and stories a day, and messages.

    Its rules, changed by those given, run over the stored articles. Nothing is saved or sent.
    """
    if given.subscription is None and given.query is None:
        raise UsageError(problem("api.no-preview"))
    parts, now, zone = call.parts, call.parts.clock.now(), zones.current()
    query = None
    if given.query is not None:
        query_zone = given.time_zone or zones.current_name()
        query = AskedQuery(given.query, given.language, query_zone)
    log, rules = parts.store.log, given.rules.given()
    asked = asked_subscription(log, parts.clock, given.subscription, query, rules)
    since = parse_moment(given.since, now, zone)
    end = now + timedelta(milliseconds=1)
    until = end if given.until is None else parse_moment(given.until, now, zone)
    found = backtest(asked, parts.store, since, until)
    contents = read_newest(found, parts.store, given.contents, parts.render_template)
    return PreviewAnswer.model_validate(backtest_fields(found, contents))


def _confirmed(is_sure: bool, run: Callable[[Confirm], T]) -> T:  # noqa: FBT001 (of the input)
    """Run a change; raise UnconfirmedError for a doubt that was not confirmed."""
    doubts: list[Problem] = []

    def confirm(doubt: Problem) -> bool:
        doubts.append(doubt)
        return is_sure

    try:
        return run(confirm)
    except UsageError as error:
        if doubts and not is_sure:
            raise UnconfirmedError(answered_by(doubts[0], "api.sure")) from error
        raise


def _current(call: Call, given: VersionOfSubscription) -> CurrentSubscription:
    found = call.subscriptions.found(given.id)
    require_version(given.if_version, version_of(found))
    return found


def _saved(
    call: Call, subscription_id: str, secret: str | None, notes: tuple[str, ...]
) -> SubscriptionSaved:
    entry = _entry(call, call.subscriptions.found(subscription_id))
    return SubscriptionSaved(version=entry.version, subscription=entry, secret=secret, notes=notes)


def _entry(call: Call, one: CurrentSubscription) -> SubscriptionEntry:
    return entry_of(one, call.lang, call.parts.clock.now())


def _key(one: CurrentSubscription) -> str:
    return f"{format_time(one.subscription.created)}~{one.subscription.subscription_id}"


def _refuse_files(channels: tuple[str, ...]) -> None:
    """Raise UsageError for a channel that writes to a file: a client must not name files."""
    for one in channels:
        if one.strip().casefold().startswith("file"):
            raise UsageError(problem("console.no-file-channel", channel=one[:200]))


def make_feed_address(call: Call, given: OneSubscription) -> FeedAddressEntry:
    """Create a secret address at which newsreaders get the alerts of a subscription.

    A former address of it ends. Without `console.public_url` it is a path of the console.
    """
    parts = call.parts
    made = addresses.make_feed_address(parts.store.log, parts.clock, given.id)
    whole = f"{parts.settings.console.public_url or ''}{made.path}"
    return FeedAddressEntry(
        subscription_id=made.subscription.subscription_id,
        atom=f"{whole}.atom",
        json_feed=f"{whole}.json",
    )


def revoke_feed_address(call: Call, given: OneSubscription) -> Removed:
    """Remove the secret address of a subscription's feed."""
    found, _ = addresses.revoke_feed_address(call.parts.store.log, given.id)
    return Removed(removed=found.subscription_id)
