"""The moments of a scheduled report, and the time that each covers. Pure.

No state is kept for a schedule. A report has the id of its schedule and its moment, and its
delivery is a record under that id: a moment without one is to be sent, a moment with one was.
"""

from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from pantau.common.time.zones import known_zone
from pantau.notifier.plan import id_of
from pantau.notifier.rules.times.digests import next_digest
from pantau_schemas import ids
from pantau_schemas.events.alert import Delivery
from pantau_schemas.events.reports.schedule import ReportChannel, ReportSchedule
from pantau_schemas.events.subscription import describe_channel

SETTLING: Final = timedelta(seconds=60)
"""From the end of the time of a report until it is made: its last articles are indexed then."""
BACK: Final = 31
"""Maximum number of missed reports that the next one covers, after an outage."""
_LONGEST: Final[dict[Literal["hour", "day", "week", "month"], timedelta]] = {
    "hour": timedelta(hours=3),
    "day": timedelta(days=3),  # a zone may skip one when it goes over the date line
    "week": timedelta(days=9),
    "month": timedelta(days=33),
}
"""Upper bounds of the time between two moments."""


@dataclass(frozen=True, slots=True)
class ReportOccasion:
    """A report to make: the end of its time, which is its moment, and the beginning."""

    schedule: ReportSchedule
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class DueReport:
    """A report that has yet to be made, and its delivery."""

    delivery: Delivery
    occasion: ReportOccasion

    @property
    def channel(self) -> ReportChannel:
        """Where it is sent."""
        return self.occasion.schedule.channel

    @property
    def message_id(self) -> str:
        """The id of the message, the same on every attempt."""
        return self.delivery.delivery_id


def next_moment(schedule: ReportSchedule, after: datetime) -> datetime:
    """Return when the first report after a moment is due to be made."""
    zone = known_zone(schedule.time_zone)
    return next_digest(schedule.timing, zone, after - SETTLING) + SETTLING


def last_end(schedule: ReportSchedule, now: datetime) -> datetime:
    """Return the end of the time of the latest report that is due at a moment."""
    return end_before(schedule, now - SETTLING + timedelta(milliseconds=1))


def end_before(schedule: ReportSchedule, moment: datetime) -> datetime:
    """Return the latest end of a report's time that is earlier than a moment."""
    zone = known_zone(schedule.time_zone)
    end = next_digest(schedule.timing, zone, moment - _LONGEST[schedule.timing.every])
    while (later := next_digest(schedule.timing, zone, end)) < moment:
        end = later
    return end


def report_id(schedule: ReportSchedule, end: datetime) -> str:
    """Return the id of a report, the same for every attempt and in every process."""
    moment = end.isoformat(timespec="milliseconds")
    return ids.message_id(schedule.subscription_id, f"report {moment}")


def delivery_of(schedule: ReportSchedule, now: datetime, known: Container[str]) -> Delivery | None:
    """Return the delivery of the latest report; None if it exists, or was due before the schedule.

    Earlier ones that were missed are not sent: the latest covers their time.
    """
    end = last_end(schedule, now)
    named = report_id(schedule, end)
    channel = id_of(schedule.channel)
    delivery_id = ids.delivery_id(named, channel)
    if end < schedule.created or delivery_id in known:
        return None
    return Delivery(
        schema_version=4,
        delivery_id=delivery_id,
        alert_id=named,
        message_id=named,
        subscription_id=schedule.subscription_id,
        channel_id=channel,
        channel=describe_channel(schedule.channel),
        notice=True,  # it was asked for at this time: it is not joined with others in a flood
        created=now,
        updated=now,
    )


def occasion_of(
    schedule: ReportSchedule, delivery: Delivery, known: Container[str]
) -> ReportOccasion:
    """Return the report that a delivery is about, the same on every attempt.

    Its time begins at the end of the latest report that has a delivery, at most `BACK` before, so
    that what an outage missed is covered; the first report covers one day, week or month.
    """
    until = last_end(schedule, delivery.created)
    channel = id_of(schedule.channel)
    since = end_before(schedule, until)
    for _ in range(BACK):
        before = since < schedule.created
        if before or ids.delivery_id(report_id(schedule, since), channel) in known:
            break
        since = end_before(schedule, since)
    return ReportOccasion(schedule, since, until)
