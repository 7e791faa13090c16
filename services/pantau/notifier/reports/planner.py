"""Plans deliveries of scheduled reports, at the ticks of the notifier."""

from collections.abc import Callable, Container
from datetime import datetime
from typing import Final

from pantau.notifier.agenda import Agenda
from pantau.notifier.reports.occasions import delivery_of, next_moment
from pantau.ports import Table
from pantau.stream.table_reading import TableReading
from pantau_schemas.base import Event
from pantau_schemas.events.reports.schedule import ReportSchedule
from pantau_schemas.topics import REPORT_SCHEDULES

AT_ONCE: Final = 200
"""Maximum number of schedules that a tick handles; the next one follows at once."""


class ReportPlanner:
    """The schedules of the table `report-schedules`, and when each is due next."""

    def __init__(
        self,
        schedules: Table,
        known: Container[str],
        owns: Callable[[str], bool],
        reading: TableReading,
    ) -> None:
        self._schedules = schedules
        self._known = known
        self._reading = reading
        self._agenda = Agenda(owns)
        self._taken: list[str] = []  # keys of ticks whose outcome may not be written yet
        self._version: int | None = None

    def refresh(self) -> None:
        """Apply the changes of the table."""
        table, version = self._schedules, self._version
        changes = table.snapshot() if version is None else table.changes(version)
        for key, value in changes.values.items():
            schedule = self._reading.read(ReportSchedule, REPORT_SCHEDULES, key, value)
            # A look at the first moment finds out whether the latest one was sent already.
            due = None if schedule is None else next_moment(schedule, schedule.created)
            self._agenda.put(key, due)
        self._version = changes.version
        for key in self._taken:
            self._agenda.again(key)
        self._taken = []

    def next_due(self) -> datetime | None:
        """Return when a report is due next; None if none is planned."""
        return self._agenda.first()

    def tick(self, now: datetime) -> tuple[tuple[Event, ...], bool]:
        """Return the deliveries of reports that are due, and whether more schedules wait."""
        keys = self._agenda.take(now, AT_ONCE)
        deliveries: list[Event] = []
        for key in keys:
            value = self._schedules.get(key)
            schedule = self._reading.read(ReportSchedule, REPORT_SCHEDULES, key, value)
            if schedule is None:
                self._agenda.put(key, None)
                continue
            delivery = delivery_of(schedule, now, self._known)
            if delivery is None:
                self._agenda.put(key, next_moment(schedule, now))
            else:
                # It stays due until its delivery is known: the outcome may not be written.
                deliveries.append(delivery)
                self._taken.append(key)
        return tuple(deliveries), len(keys) == AT_ONCE
