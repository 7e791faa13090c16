"""Scheduled reports, made from the stored articles as each is sent."""

from dataclasses import dataclass
from datetime import datetime

from pantau.common.channels.report_content import ReportContent
from pantau.common.time import zones
from pantau.errors import RejectError
from pantau.ports import Clock, Store
from pantau.problems import problem
from pantau.usecases.reports.asked import ReportSubject
from pantau.usecases.reports.clipping import report_between
from pantau.usecases.reports.content import content_of
from pantau.usecases.subscriptions.repository import SubscriptionRepository
from pantau.usecases.subscriptions.tagged import has_tag
from pantau_schemas.events.reports.schedule import ReportSchedule


@dataclass(frozen=True, slots=True)
class StoredReports:
    """Implements `pantau.ports.ReportMaker`."""

    store: Store
    clock: Clock

    def make(self, schedule: ReportSchedule, since: datetime, until: datetime) -> ReportContent:
        """Return the report of a time, in the language and the zone of its schedule.

        Raises RetryError where the store does not answer, RejectError where the subscription is
        gone or has another owner.
        """
        with zones.one_call():
            zones.configure(schedule.time_zone)
            subject = subject_of_schedule(
                SubscriptionRepository(self.store.log, self.clock), schedule
            )
            found = report_between(
                subject, self.store, since, until, zones.known_zone(schedule.time_zone)
            )
            return content_of(found, schedule.language, schedule.time_zone)


def subject_of_schedule(
    repository: SubscriptionRepository, schedule: ReportSchedule
) -> ReportSubject:
    """Return what a scheduled report is about, as it stands now.

    That of a tag has the live subscriptions of its owner; of the operators, all of them. Raises
    RejectError where the subscription of another is gone, or has another owner.
    """
    if schedule.tag is not None:
        tagged = tuple(
            one
            for one in repository.all()
            if has_tag(one, (schedule.tag,))
            and not one.paused
            and schedule.owner in {None, one.owner}
        )
        return ReportSubject(schedule.tag, tagged)
    found = repository.get(schedule.about or "")
    if found is None or schedule.owner not in {None, found.owner}:
        raise RejectError(problem("subscriptions.missing", reference=schedule.about or ""))
    return ReportSubject(found.name, (found,))
