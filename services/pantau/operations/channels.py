"""Operations on channels, over all subscriptions."""

from typing import Literal

from pydantic import Field

from pantau.operations.base.fields import Reference
from pantau.operations.base.operation import Answer, Call, Input
from pantau.usecases.channels.health import KnownChannel, find_channel, known_channels
from pantau.usecases.channels.health import resume_channel as use_again
from pantau.usecases.channels.shown import shown_channel
from pantau_schemas.base import UtcTime
from pantau_schemas.events.subscription import describe_channel


class ChannelsWanted(Input):
    """Which channels are listed."""

    ill: bool = Field(default=False, description="Only those at which alerts do not arrive.")


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
    """All channels of subscriptions, by their names."""

    items: tuple[ChannelUse, ...]


def list_channels(call: Call, given: ChannelsWanted) -> ChannelsFound:
    """List the channels of all subscriptions, and how each one fares."""
    found = (one for one in _known(call) if one.health.is_ill or not given.ill)
    return ChannelsFound(items=tuple(_use(call, one) for one in found))


class OneChannel(Input):
    """The channel that is meant."""

    id: Reference = Field(description="Id of a channel, or the start of it.")


def resume_channel(call: Call, given: OneChannel) -> ChannelUse:
    """Use a channel again that was stopped because its receiver was gone.

    Alerts that failed meanwhile are sent now; what is over a channel's limit comes as a summary.
    """
    found = find_channel(given.id, _known(call))
    use_again(call.parts.store.log, call.parts.clock, found.channel)
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
