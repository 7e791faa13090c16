"""Schedules of reports: added, listed, removed."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from pydantic import TypeAdapter, ValidationError

from pantau.common.channels.mail_links import ChannelToken
from pantau.common.time import zones
from pantau.common.time.zones import known_zone, zone_name
from pantau.errors import UsageError
from pantau.messages.languages import Lang
from pantau.notifier.reports.occasions import SETTLING, last_end, next_moment, report_id
from pantau.ports import Clock, Log
from pantau.problems import Problem, problem
from pantau.stream.envelope import record_for, removal_of
from pantau.usecases.channels.health import id_of
from pantau.usecases.channels.reading import (
    channel_warnings,
    kind_and_target,
    new_secret,
    read_channels,
)
from pantau.usecases.reports.asked import subject_of
from pantau.usecases.rules.timings import read_digest, write_timing
from pantau.usecases.subscriptions.repository import SubscriptionRepository
from pantau.usecases.unreadable import read_table
from pantau_schemas.base import format_time
from pantau_schemas.codec import SchemaError, decode
from pantau_schemas.events.alert import Delivery
from pantau_schemas.events.reports.schedule import ReportSchedule
from pantau_schemas.events.rules import Digest
from pantau_schemas.events.subscription import (
    EmailChannel,
    Tag,
    WebhookChannel,
    describe_channel,
)
from pantau_schemas.ids import delivery_id, digest_id
from pantau_schemas.topics import DELIVERIES, REPORT_SCHEDULES

if TYPE_CHECKING:
    from pantau.settings import Settings

_TAG: Final[TypeAdapter[str]] = TypeAdapter(Tag)
_KINDS: Final = frozenset({"email", "webhook"})


@dataclass(frozen=True, slots=True)
class WantedSchedule:
    """A schedule as a person asks for it.

    `when` is such as `daily@07:00`, `weekly:mon@07:00` or `monthly:last@18:00`, `to` an e-mail
    address or a channel such as `webhook:https://...`.
    """

    when: str
    to: str
    subscription: str | None = None
    tag: str | None = None
    zone: str | None = None  # None: that of the settings
    language: Lang = "en"


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A schedule that was saved; `new_secret` signs its webhook and is shown this once."""

    listed: "ListedSchedule"
    new_secret: str | None
    warnings: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class ListedSchedule:
    """A schedule as it stands: the end of the time of its next report, and the latest delivery."""

    schedule: ReportSchedule
    about: str  # name of the subscription, or the tag
    next_due: datetime
    latest: Delivery | None

    @property
    def channel(self) -> str:
        """Where it is sent, such as `email:desk@example.org`; no secret."""
        return describe_channel(self.schedule.channel)

    @property
    def when(self) -> str:
        """Its times as `read_digest` reads them."""
        return write_timing(self.schedule.timing)

    def public(self) -> dict[str, Any]:
        """Return the schedule for JSON, without the secret of its channel."""
        one = self.schedule
        return {
            "id": one.subscription_id,
            "subscription_id": one.about,
            "tag": one.tag,
            "about": self.about,
            "when": self.when,
            "time_zone": one.time_zone,
            "channel": self.channel,
            "language": one.language,
            "owner": one.owner,
            "created": format_time(one.created),
            "next_due": format_time(self.next_due),
            "latest": None if self.latest is None else self.latest.status.value,
        }


@dataclass(frozen=True, slots=True)
class ReportSchedules:
    """The topic `report-schedules` as a table."""

    log: Log
    clock: Clock
    _subscriptions: SubscriptionRepository = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_subscriptions", SubscriptionRepository(self.log, self.clock))

    def all(self) -> list[ListedSchedule]:
        """Return all that can be read, oldest first."""
        found, _ = read_table(
            self.log.table(REPORT_SCHEDULES.name), REPORT_SCHEDULES, ReportSchedule
        )
        found.sort(key=lambda one: (one.created, one.subscription_id))
        return [self._listed(one) for one in found]

    def find(self, reference: str) -> ListedSchedule:
        """Return the schedule whose id is, or alone begins with, a text. Raises UsageError."""
        known = self.all()
        exact = [one for one in known if one.schedule.subscription_id == reference]
        found = exact or [
            one for one in known if reference and one.schedule.subscription_id.startswith(reference)
        ]
        if len(found) != 1:
            raise UsageError(problem("reports.no-schedule", reference=reference[:100]))
        return found[0]

    def add(self, wanted: WantedSchedule, settings: "Settings") -> Scheduled:
        """Save a schedule; an equal one that exists is returned as it is.

        Raises UsageError for a subject, a time, a zone or a channel that cannot be used.
        """
        subject = subject_of(self._subscriptions, wanted.subscription, wanted.tag)
        timing = _digest(wanted.when)
        secret = new_secret()
        channel = _channel(wanted.to, secret, settings)
        one = subject.subscriptions[0] if wanted.subscription is not None else None
        made = ReportSchedule(
            subscription_id=digest_id("report", secrets.token_hex(16)),
            about=None if one is None else one.subscription_id,
            tag=_one_tag(subject.name) if one is None else None,
            timing=timing,
            time_zone=_zone(wanted.zone),
            channel=channel,
            language=wanted.language,
            owner=None if one is None else one.owner,
            created=self.clock.now(),
        )
        # A form that is sent twice makes one schedule.
        known = next((each for each in self.all() if _is_same(each.schedule, made)), None)
        if known is not None:
            return Scheduled(known, None, ())
        self.log.append([record_for(made, REPORT_SCHEDULES, source="cli", time=made.created)])
        shown = secret if isinstance(channel, WebhookChannel) else None
        return Scheduled(self._listed(made), shown, tuple(channel_warnings((channel,), settings)))

    def remove(self, reference: str) -> ListedSchedule:
        """Remove a schedule; what waits for it is cancelled. Raises UsageError."""
        found = self.find(reference)
        self.log.append([removal_of(REPORT_SCHEDULES, found.schedule.subscription_id)])
        return found

    def hand_over(self, former: str | None, owner: str | None, about: str | None = None) -> None:
        """Change the owner of all schedules of a former one, or of those about a subscription.

        Without a new owner they are removed: nobody could see what they send.
        """
        known, _ = read_table(
            self.log.table(REPORT_SCHEDULES.name), REPORT_SCHEDULES, ReportSchedule
        )
        theirs = (one for one in known if one.owner == former and about in {None, one.about})
        now = self.clock.now()
        records = [
            removal_of(REPORT_SCHEDULES, one.subscription_id)
            if owner is None
            else record_for(
                one.model_copy(update={"owner": owner}), REPORT_SCHEDULES, source="cli", time=now
            )
            for one in theirs
        ]
        if records:
            self.log.append(records)

    def mailed_to(self, meant: ChannelToken) -> ListedSchedule | None:
        """Return the schedule whose mails have a token of their receiver; None if there is none."""
        value = self.log.table(REPORT_SCHEDULES.name).get(meant.subscription_id)
        try:
            found = None if value is None else decode(ReportSchedule, value)
        except SchemaError:  # of a newer version
            return None
        is_theirs = found is not None and id_of(found.channel) == meant.channel_id
        return self._listed(found) if found is not None and is_theirs else None

    def _listed(self, schedule: ReportSchedule) -> ListedSchedule:
        now = self.clock.now()
        return ListedSchedule(
            schedule,
            self._name(schedule),
            next_moment(schedule, max(now, schedule.created)) - SETTLING,
            self._latest(schedule, now),
        )

    def _name(self, schedule: ReportSchedule) -> str:
        if schedule.about is None:
            return schedule.tag or ""
        try:
            found = self._subscriptions.get(schedule.about)
        except UsageError:  # it cannot be read
            found = None
        return schedule.about if found is None else found.name

    def _latest(self, schedule: ReportSchedule, now: datetime) -> Delivery | None:
        """Return the delivery of the latest report that was due."""
        named = report_id(schedule, last_end(schedule, now))
        key = delivery_id(named, id_of(schedule.channel))
        value = self.log.table(DELIVERIES.name).get(key)
        try:
            return None if value is None else decode(Delivery, value)
        except SchemaError:  # of a newer version
            return None


def _channel(text: str, secret: str, settings: "Settings") -> EmailChannel | WebhookChannel:
    """Return where a report goes; an address alone is a channel, too. Raises UsageError."""
    given = text.strip()
    if "@" in given and ":" not in given:
        given = f"email:{given}"
    if kind_and_target(given)[0] in _KINDS:  # others have no place for a report
        (channel,) = read_channels((given,), secret, settings)
        if isinstance(channel, EmailChannel | WebhookChannel):
            return channel
    raise UsageError(problem("reports.no-channel", text=text[:100]))


def _one_tag(text: str) -> str:
    """Return a tag as it is stored. Raises UsageError for several tags with a comma."""
    try:
        return _TAG.validate_python(" ".join(text.split()))
    except ValidationError as error:
        raise UsageError(problem("reports.no-subject")) from error


def _digest(text: str) -> Digest:
    """Return when a report is sent. Raises UsageError for other times that messages may have."""
    timing: Digest | None = None
    try:
        timing = read_digest(text, "when")
    except UsageError as error:
        if error.problem is None or error.problem.code != "timing.no-digest":
            raise  # it names the part that is wrong, such as the time of day
    if timing is None or timing.every == "hour":
        raise UsageError(problem("reports.no-timing", text=text[:100]))
    return timing


def _zone(text: str | None) -> str:
    if text is None:
        return zones.current_name()
    try:
        return zone_name(text)
    except ValueError as error:
        raise UsageError(problem("reports.no-zone", text=text[:100])) from error


def _is_same(one: ReportSchedule, other: ReportSchedule) -> bool:
    def essence(given: ReportSchedule) -> tuple[Any, ...]:
        tag = None if given.tag is None else given.tag.casefold()
        return (
            *(given.about, tag, given.timing, given.language),
            *(known_zone(given.time_zone).key, id_of(given.channel)),
        )

    return essence(one) == essence(other)
