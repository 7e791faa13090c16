"""Decisions about what a person writes, and what the audit log says of it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from pantau.errors import UsageError
from pantau.ports import Clock, Log, Record
from pantau.problems import problem
from pantau.stream.envelope import record_for, time_of
from pantau.usecases.accounts.audit import audit_record, entry_by
from pantau.usecases.accounts.owned_topics import (
    AUDITED,
    belonging,
    channel_in,
    subscription_in,
)
from pantau.usecases.accounts.ownership import SubscriptionOwners
from pantau.usecases.accounts.person import Person, require
from pantau_schemas.codec import SchemaError, decode
from pantau_schemas.events.dead_letter import DeadLetter
from pantau_schemas.events.feed import Feed
from pantau_schemas.events.reports.schedule import ReportSchedule
from pantau_schemas.events.subscription import Subscription, SubscriptionState
from pantau_schemas.topics import (
    DEAD_LETTERS,
    FEEDS,
    REPORT_SCHEDULES,
    SUBSCRIPTION_STATE,
    SUBSCRIPTIONS,
    TOPICS,
)

_OWNED: Final[Mapping[str, type[Subscription | ReportSchedule]]] = {
    SUBSCRIPTIONS.name: Subscription,
    REPORT_SCHEDULES.name: ReportSchedule,
}
"""The topics whose records name their owner."""


class OwnedWriting:
    """Decides about the records that a person writes."""

    def __init__(
        self, log: Log, person: Person, ownership: SubscriptionOwners, clock: Clock
    ) -> None:
        self._log = log
        self._clock = clock
        self._person = person
        self._ownership = ownership

    def allowed(self, records: Iterable[Record]) -> list[Record]:
        """Return records as they are to be written, with those of the audit log.

        Raises UsageError for a record that is not the person's to write.
        """
        found: list[Record] = []
        for one in records:
            require(self._person, "write")
            record = self._allowed(one)
            found.append(record)
            found.extend(self._audited(record))
        return found

    def _allowed(self, record: Record) -> Record:
        kind = belonging(record.topic)
        if record.topic in _OWNED:
            return self._owned(record)
        if kind == "subscription":
            named = subscription_in(record.value) if record.value else self._stored(record)
            self._require(self._ownership.sees(self._person, named or record.key), record)
        elif kind == "channel":
            channel = channel_in(record.value) if record.value else record.key
            self._require(channel in self._ownership.channels(self._person), record)
        elif kind == "letters":
            self._require_letter(record)
        elif kind == "operators":
            require(self._person, "admin")
        elif kind != "shared":
            raise UsageError(problem("accounts.closed", topic=record.topic))
        return record

    def _stored(self, record: Record) -> str | None:
        """Return the subscription that the stored value of a removed key names."""
        value = self._log.table(record.topic).get(record.key)
        return None if value is None else subscription_in(value)

    def _owned(self, record: Record) -> Record:
        """Return the record with its owner: the former one, else the person."""
        known = self._ownership.current().get(record.key)
        if known is not None:
            self._require(self._person.sees(known.owner), record)
        if record.value is None:
            return record
        given = decode(_OWNED[record.topic], record.value)
        owner = given.owner
        if owner is None or not self._person.sees(owner):
            owner = known.owner if known is not None else self._person.account_id
        if given.owner == owner:
            return record
        source = record.headers.get("ce_source", "/pantau/cli").rpartition("/")[2]
        moment = time_of(record) or given.created
        owned = given.model_copy(update={"owner": owner})
        return record_for(owned, TOPICS[record.topic], source=source, time=moment)

    def _require_letter(self, record: Record) -> None:
        """Raise UsageError for a letter that is not the person's to close.

        Those of records that belong to nobody are the administrators'.
        """
        letter = decode(DeadLetter, record.value or b"")
        kind = belonging(letter.topic)
        if kind == "subscription" and letter.value:
            seen = self._ownership.sees(self._person, subscription_in(letter.value))
            self._require(seen, record)
        else:
            require(self._person, "admin")

    def _require(self, is_allowed: bool, record: Record) -> None:  # noqa: FBT001 (the condition)
        if not is_allowed:
            raise UsageError(problem("accounts.not-yours", id=record.key[:100]))

    def _audited(self, record: Record) -> Iterator[Record]:
        """Yield what the audit log says of a record."""
        if record.topic not in AUDITED:
            return
        known = TOPICS[record.topic].compacted and self._log.table(record.topic).get(record.key)
        verb = "removed" if record.value is None else "changed" if known else "added"
        action, subject = f"{record.topic}.{verb}", _name_of(record, known or None)
        yield audit_record(entry_by(self._person, self._clock.now(), action, subject))


def _name_of(record: Record, stored: bytes | None) -> str:
    """Return how people know what a record is about; an address comes without its password."""
    value = record.value or stored or b""
    try:
        if record.topic == SUBSCRIPTIONS.name:
            return decode(Subscription, value).name
        if record.topic == FEEDS.name:
            feed = decode(Feed, value)
            return feed.title or feed.feed_id
        if record.topic == SUBSCRIPTION_STATE.name:
            return decode(SubscriptionState, value).subscription_id
        if record.topic == DEAD_LETTERS.name:
            letter = decode(DeadLetter, value)
            done = "put back" if letter.put_back_at is not None else "discarded"
            return f"{letter.dead_letter_id} {done}"
    except SchemaError:
        pass
    return record.key
