"""Operations on reports that are sent at fixed times."""

from pydantic import Field

from pantau.messages.languages import Lang
from pantau.operations.base.fields import Cursor, Name, Reference
from pantau.operations.base.operation import Answer, Call, Input
from pantau.operations.base.pages import page_after
from pantau.operations.subscription_models import Removed
from pantau.usecases.reports.schedules import ListedSchedule, ReportSchedules, WantedSchedule
from pantau_schemas.base import UtcTime, format_time
from pantau_schemas.events.alert import DeliveryStatus


class ScheduleFields(Input):
    """A report to send at fixed times."""

    subscription: Reference | None = Field(default=None, description="Id or name.")
    tag: Name | None = Field(default=None, description="All live subscriptions with this tag.")
    when: Name = Field(
        default="daily@07:00",
        description="Such as `daily@07:00`, `weekly:mon@07:00` or `monthly:last@18:00`.",
    )
    zone: Name | None = Field(
        default=None, description="IANA time zone; by default that of the settings."
    )
    to: Reference = Field(description="An e-mail address, or `webhook:https://...`.")
    language: Lang | None = Field(
        default=None, description="Of the report; by default that of the answer."
    )


class ScheduleEntry(Answer):
    """A scheduled report, without the secret of its channel."""

    id: str
    subscription_id: str | None
    tag: str | None
    about: str = Field(description="Name of the subscription, or the tag.")
    when: str
    time_zone: str
    channel: str = Field(description="Such as `email:desk@example.org`.")
    language: Lang
    created: UtcTime
    next_due: UtcTime
    latest: DeliveryStatus | None = Field(description="How the latest report was delivered.")


class ScheduleSaved(Answer):
    """A schedule that was saved; one that existed already is returned as it is."""

    schedule: ScheduleEntry
    secret: str | None = Field(
        description="The secret that was made for its webhook. It is shown this once."
    )
    notes: tuple[str, ...] = Field(description="What will keep reports from its channel.")


class SchedulesWanted(Input):
    """Which scheduled reports are listed."""

    limit: int = Field(default=100, ge=1, le=1_000)
    cursor: Cursor | None = None


class SchedulesFound(Answer):
    """A page of the scheduled reports, the oldest first."""

    items: tuple[ScheduleEntry, ...]
    cursor: str | None = Field(description="Of the next page; null at the end.")


class OneSchedule(Input):
    """The schedule that is meant."""

    id: Reference = Field(description="Its id, or the start of it.")


def schedule_report(call: Call, given: ScheduleFields) -> ScheduleSaved:
    """Send a report each day, week or month, by mail or webhook.

    Each report is about the time since the one before; it is made when it is sent.
    """
    wanted = WantedSchedule(
        when=given.when,
        to=given.to,
        subscription=given.subscription,
        tag=given.tag,
        zone=given.zone,
        language=given.language or call.lang,
    )
    done = _schedules(call).add(wanted, call.parts.settings)
    notes = tuple(one.text(call.lang) for one in done.warnings)
    return ScheduleSaved(schedule=_entry(done.listed), secret=done.new_secret, notes=notes)


def list_report_schedules(call: Call, given: SchedulesWanted) -> SchedulesFound:
    """List the reports that are sent at fixed times: what, when, and to whom."""
    page, cursor = page_after(_schedules(call).all(), _key, given.cursor, given.limit)
    return SchedulesFound(items=tuple(map(_entry, page)), cursor=cursor)


def remove_report_schedule(call: Call, given: OneSchedule) -> Removed:
    """Remove a schedule: its report is no longer sent."""
    gone = _schedules(call).remove(given.id)
    return Removed(removed=gone.schedule.subscription_id)


def _key(one: ListedSchedule) -> str:
    return f"{format_time(one.schedule.created)}~{one.schedule.subscription_id}"


def _schedules(call: Call) -> ReportSchedules:
    return ReportSchedules(call.parts.store.log, call.parts.clock)


def _entry(one: ListedSchedule) -> ScheduleEntry:
    return ScheduleEntry(
        id=one.schedule.subscription_id,
        subscription_id=one.schedule.about,
        tag=one.schedule.tag,
        about=one.about,
        when=one.when,
        time_zone=one.schedule.time_zone,
        channel=one.channel,
        language=one.schedule.language,
        created=one.schedule.created,
        next_due=one.next_due,
        latest=None if one.latest is None else one.latest.status,
    )
