"""Messages on their way to channels, and the drivers that deliver them."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from pantau.common.channels.message_content import MessageContent
from pantau.common.channels.report_content import ReportContent
from pantau.common.channels.summary import Summary
from pantau.messages.languages import Lang
from pantau.ports.clock import Clock
from pantau.ports.fetching import Fetcher
from pantau_schemas.events.alert import Alert, Delivery
from pantau_schemas.events.reports.schedule import ReportChannel, ReportSchedule
from pantau_schemas.events.subscription import Channel, MessageTemplate

if TYPE_CHECKING:
    from pantau.settings import Settings


@dataclass(frozen=True, slots=True)
class Message:
    """An alert on its way to one channel."""

    delivery: Delivery
    alert: Alert
    channel: Channel
    lang: Lang | None = None  # that the subscription's rules ask for; None: that of the article
    template: MessageTemplate | None = None

    @property
    def message_id(self) -> str:
        """The id of the message, the same on every attempt."""
        return self.delivery.delivery_id


@dataclass(frozen=True, slots=True)
class RuleMessage:
    """A message of several alerts, as the rules of a subscription made it, to one channel."""

    delivery: Delivery
    content: MessageContent
    channel: Channel
    lang: Lang | None = None  # that the subscription's rules ask for; None: that of its articles
    complete: bool = True  # False: alerts of it were not found
    template: MessageTemplate | None = None

    @property
    def message_id(self) -> str:
        """The id of the message, the same on every attempt."""
        return self.delivery.delivery_id


@dataclass(frozen=True, slots=True)
class SummaryMessage:
    """A summary on its way to one channel, in place of the alerts that it covers."""

    summary: Summary
    channel: Channel

    @property
    def message_id(self) -> str:
        """The id of the message, the same on every attempt."""
        return self.summary.summary_id


@dataclass(frozen=True, slots=True)
class ReportMessage:
    """A scheduled report on its way to its channel."""

    delivery: Delivery
    content: ReportContent
    channel: ReportChannel

    @property
    def message_id(self) -> str:
        """The id of the message, the same on every attempt."""
        return self.delivery.delivery_id


AnyMessage = Message | RuleMessage | SummaryMessage | ReportMessage


class ReportMaker(Protocol):
    """Makes scheduled reports. Called in threads."""

    def make(self, schedule: ReportSchedule, since: datetime, until: datetime) -> ReportContent:
        """Return the report of a time, half-open.

        Raises RetryError where the store does not answer, RejectError where the subscription is
        gone or has another owner. A tag that no subscription has makes an empty report.
        """


class ChannelDriver(Protocol):
    """Delivers messages to channels of one kind."""

    async def send(self, message: AnyMessage) -> None:
        """Deliver the message; on return the receiver has it. A repeat has the same `message_id`.

        Raises RetryError when a later attempt may succeed, RejectError when none will.
        """

    async def close(self) -> None:
        """Close files and connections."""


class Closable(Protocol):
    """A resource with connections."""

    async def close(self) -> None:
        """Close the connections."""


@dataclass(frozen=True, slots=True)
class ChannelResources:
    """The resources that a driver may be built with."""

    settings: "Settings"
    fetcher: Fetcher
    clock: Clock


class ChannelBuilder(Protocol):
    """Builds the driver of one kind of channel; see `pantau.common.channels.kinds`."""

    def __call__(self, resources: ChannelResources) -> ChannelDriver:
        """Return the driver. It opens nothing before it sends."""
