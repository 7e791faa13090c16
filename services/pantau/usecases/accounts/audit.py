"""The audit log: who did what, when, and from where. Bounded by age and number."""

import secrets
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Final, Literal

from pantau.common.text.safe_text import one_line
from pantau.ports import Clock, Log, Record
from pantau.stream.envelope import record_for, removal_of
from pantau.usecases.accounts.person import Person
from pantau_schemas.codec import SchemaError, decode
from pantau_schemas.events.people.account import AuditEntry
from pantau_schemas.ids import digest_id
from pantau_schemas.topics import AUDIT

MOST: Final = 100_000
"""Entries that are kept; older ones go first, whatever their age."""
_SLACK: Final = 10_000
"""Entries beyond `MOST` that are removed together."""

AuditVia = Literal["session", "token", "sign-in", "command line"]


def entry(
    now: datetime,
    *,
    actor: str,
    via: AuditVia,
    action: str,
    subject: str = "",
    account_id: str | None = None,
    address: str = "",
) -> AuditEntry:
    """Return an entry; texts are cut to what an entry holds, and are one line."""
    return AuditEntry(
        entry_id=digest_id("audit", secrets.token_hex(16)),
        at=now,
        account_id=account_id,
        actor=one_line(actor, 100),
        via=via,
        action=action,
        subject=one_line(subject, 300),
        address=one_line(address, 64),
    )


def entry_by(person: Person, now: datetime, action: str, subject: str = "") -> AuditEntry:
    """Return the entry of something that a person did."""
    return entry(
        now,
        actor=person.name,
        via=person.via,
        action=action,
        subject=subject,
        account_id=person.account_id,
        address=person.address,
    )


def audit_record(given: AuditEntry) -> Record:
    """Return the record of an entry."""
    return record_for(given, AUDIT, source="cli", time=given.at)


class AuditLog:
    """The topic `audit` as a table."""

    def __init__(self, log: Log, clock: Clock) -> None:
        self._log = log
        self._clock = clock

    def write(self, given: AuditEntry) -> None:
        """Write an entry, and remove the oldest ones where there are too many."""
        self._log.append([audit_record(given)])
        self.prune()

    def prune(self) -> None:
        """Remove the oldest entries where there are more than `MOST` by some."""
        table = self._log.table(AUDIT.name)
        if table.count() < MOST + _SLACK:
            return
        stored = list(table.snapshot().values)
        self._log.append(removal_of(AUDIT, key) for key in stored[: len(stored) - MOST])

    def newest(self, limit: int, *, actor: str | None = None) -> list[AuditEntry]:
        """Return the newest entries, the newest first; of one actor, or of all."""
        return list(islice((one for one in self._all() if actor in {None, one.actor}), limit))

    def _all(self) -> Iterator[AuditEntry]:
        table = self._log.table(AUDIT.name)
        for value in table.newest(table.version()):
            try:
                yield decode(AuditEntry, value)
            except SchemaError:  # of a newer version
                continue
