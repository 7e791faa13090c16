"""Sessions: begun by a sign-in, recognised by the secret of a cookie, ended."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Final

from pantau.ports import Clock, Log
from pantau.stream.envelope import record_for, removal_of
from pantau.stream.table_reading import read_or_none
from pantau.usecases.unreadable import read_table
from pantau_schemas.events.people.account import Account, Session
from pantau_schemas.topics import SESSIONS

_BYTES: Final = 32
_LONGEST: Final = 100
"""Longest secret that is looked at, in characters."""


def is_over(session: Session, account: Account | None, lasts: timedelta, now: datetime) -> bool:
    """Return whether a session has ended: by time, a new password, or its account. Pure."""
    if account is None or account.disabled or account.account_id != session.account_id:
        return True
    return now - session.created >= lasts or session.credentials != account.credentials


class SessionRepository:
    """The topic `sessions` as a table. Only digests of secrets are stored."""

    def __init__(self, log: Log, clock: Clock) -> None:
        self._log = log
        self._clock = clock

    def begin(self, account: Account, address: str) -> str:
        """Start a session; return the secret of its cookie."""
        secret, now = secrets.token_urlsafe(_BYTES), self._clock.now()
        self._save(
            Session(
                session_id=digest(secret),
                account_id=account.account_id,
                credentials=account.credentials,
                address=address[:64],
                created=now,
            )
        )
        return secret

    def find(self, secret: str) -> Session | None:
        """Return the session of a secret; None where there is none."""
        return self.by_id(digest(secret)) if 0 < len(secret) <= _LONGEST else None

    def by_id(self, session_id: str) -> Session | None:
        """Return a session by its id; None where there is none."""
        # One of a newer version counts as none: the person signs in again.
        return read_or_none(self._log.table(SESSIONS.name), Session, session_id)

    def end(self, session_id: str) -> None:
        """Close a session."""
        self._log.append([removal_of(SESSIONS, session_id)])

    def all(self) -> list[Session]:
        """Return all sessions that this version can read, those that are over included."""
        return read_table(self._log.table(SESSIONS.name), SESSIONS, Session)[0]

    def end_all(self, account_id: str) -> int:
        """Close all sessions of an account; return how many there were."""
        own = [one.session_id for one in self.all() if one.account_id == account_id]
        self._log.append(removal_of(SESSIONS, one) for one in own)
        return len(own)

    def _save(self, session: Session) -> None:
        now = self._clock.now()
        self._log.append([record_for(session, SESSIONS, source="cli", time=now)])


def digest(secret: str) -> str:
    """Return what is stored of a secret.

    A plain SHA-256 suffices: the secret has 256 random bits, so that nobody tries them all.
    """
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
