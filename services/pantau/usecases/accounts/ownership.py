"""Who owns which subscription, report schedule and channel, kept up to date with their tables."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Final

from pantau.common.stored_fields import stored_fields
from pantau.ports import Log
from pantau.usecases.accounts.person import Person
from pantau.usecases.channels.health import id_of
from pantau_schemas.codec import SchemaError, decode
from pantau_schemas.events.reports.schedule import ReportSchedule
from pantau_schemas.events.subscription import Subscription
from pantau_schemas.topics import REPORT_SCHEDULES, SUBSCRIPTIONS

_COUNTS: Final = 200
"""Counts of tables that are kept: a few for each person who looks."""


@dataclass(frozen=True, slots=True)
class Owned:
    """The owner of a subscription or a report schedule, and its channels."""

    owner: str | None
    channels: frozenset[str] = frozenset()


@dataclass(slots=True)
class SubscriptionOwners:
    """The owners of all subscriptions of a log. One for a process, used by several threads."""

    log: Log
    _known: dict[str, Owned] = field(default_factory=dict)
    _counts: dict[tuple[str, frozenset[str]], tuple[int, int]] = field(default_factory=dict)
    _versions: dict[str, int] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def current(self) -> Mapping[str, Owned]:
        """Return the owners by subscription, or schedule, as of now. Raises RetryError."""
        with self._lock:
            for topic, owned_by in _READ.items():
                changes = self.log.table(topic).changes(self._versions.get(topic, 0))
                if changes.values:
                    known = dict(self._known)  # readers keep the mapping that they have
                    for key, value in changes.values.items():
                        if value is None:
                            known.pop(key, None)
                        else:
                            known[key] = owned_by(value)
                    self._known = known
                self._versions[topic] = changes.version
            return self._known

    def sees(self, person: Person, subscription_id: str | None) -> bool:
        """Return whether a person sees a subscription that exists."""
        found = self.current().get(subscription_id or "")
        return found is not None and person.sees(found.owner)

    def counted(
        self, topic: str, seen: frozenset[str], version: int, count: Callable[[], int]
    ) -> int:
        """Return how many records of a version of a table are seen, counted once."""
        key = (topic, seen)
        known = self._counts.get(key)
        if known is None or known[0] != version:
            known = (version, count())
            with self._lock:
                if len(self._counts) >= _COUNTS:
                    self._counts.clear()
                self._counts[key] = known
        return known[1]

    def channels(self, person: Person) -> frozenset[str]:
        """Return the ids of the channels of all subscriptions that a person sees."""
        seen = (one.channels for one in self.current().values() if person.sees(one.owner))
        return frozenset(name for names in seen for name in names)


def owned_by(value: bytes) -> Owned:
    """Return the owner of a stored subscription; also of one that this version cannot read. Pure.

    What does not say an owner is seen by administrators alone.
    """
    try:
        found = decode(Subscription, value)
    except SchemaError:
        owner = stored_fields(value).get("owner")
        return Owned(owner if isinstance(owner, str) else None)
    return Owned(found.owner, frozenset(map(id_of, found.channels)))


def schedule_owned_by(value: bytes) -> Owned:
    """Return the owner of a stored report schedule, as `owned_by` does. Pure."""
    try:
        found = decode(ReportSchedule, value)
    except SchemaError:
        owner = stored_fields(value).get("owner")
        return Owned(owner if isinstance(owner, str) else None)
    return Owned(found.owner, frozenset((id_of(found.channel),)))


_READ: Final[Mapping[str, Callable[[bytes], Owned]]] = {
    SUBSCRIPTIONS.name: owned_by,
    REPORT_SCHEDULES.name: schedule_owned_by,
}
"""The topics whose records have an owner, and channels. Their ids are of one space: both are
digests of random bytes."""
