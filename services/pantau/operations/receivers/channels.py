"""Operations on channels, over all subscriptions."""

from typing import Literal

from pydantic import Field

from pantau.operations.base.fields import Cursor, Reference
from pantau.operations.base.operation import Answer, Call, Input
from pantau.operations.base.pages import page_after
from pantau.usecases.channels.health import KnownChannel, find_channel, known_channels
from pantau.usecases.channels.resuming import resume_channel as use_again
from pantau.usecases.channels.shown import shown_channel
from pantau_schemas.base import UtcTime
from pantau_schemas.events.subscription import describe_channel


class ChannelsWanted(Input):
    """Which channels are listed."""

    ill: bool = Field(default=False, description="Only those at which alerts do not arrive.")
    limit: int = Field(default=100, ge=1, le=1_000)
    cursor: Cursor | None = None


class ChannelUse(Answer):
    """A channel, who uses it, and how it fares."""

    channel_id: str
    channel: str = Field(description="Without the part of a webhook's address that is a key.")
    status: Literal["unused", "works", "down", "failing", "waits", "stopped"]
    since: UtcTime | None
    problem: str | None
    last_delivery: UtcTime | None
    subscriptions: tuple[str, ...] = Field(description="Ids of the subscriptions that use it.")


class ChannelsFound(Answer):
    """A page of the channels of subscriptions, in the order of their ids."""

    items: tuple[ChannelUse, ...]
    cursor: str | None = Field(description="Of the next page; null at the end.")


def list_channels(call: Call, given: ChannelsWanted) -> ChannelsFound:
    """List the channels of all subscriptions, and how each one fares."""
    found = (one for one in _known(call) if one.health.is_ill or not given.ill)
    page, cursor = page_after(found, lambda one: one.health.channel_id, given.cursor, given.limit)
    return ChannelsFound(items=tuple(_use(call, one) for one in page), cursor=cursor)


class OneChannel(Input):
    """The channel that is meant."""

    id: Reference = Field(description="Id of a channel, or the start of it.")


def resume_channel(call: Call, given: OneChannel) -> ChannelUse:
    """Use a channel again that was stopped: its receiver was gone, or failed for too long.

    What failed meanwhile is sent now; many messages of a subscription come as one digest.
    """
    found = find_channel(given.id, _known(call))
    use_again(
        call.parts.store.log,
        call.parts.clock,
        found.channel,
        one_by_one=call.parts.settings.notify.resume_messages,
    )
    return _use(call, find_channel(found.health.channel_id, _known(call)))


def _known(call: Call) -> tuple[KnownChannel, ...]:
    return known_channels(call.parts.store.log, call.subscriptions.all())


def _use(call: Call, one: KnownChannel) -> ChannelUse:
    health = one.health
    return ChannelUse(
        channel_id=health.channel_id,
        channel=shown_channel(describe_channel(one.channel)),
        status=health.status,
        since=health.since,
        problem=health.describe().text(call.lang) if health.is_ill else None,
        last_delivery=health.delivered,
        subscriptions=tuple(each.subscription_id for each in one.subscriptions),
    )
