"""API tokens: made, shown once, recognised, listed, revoked. Only digests are stored."""

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from pantau.common.text.safe_text import one_line
from pantau.errors import UsageError
from pantau.ports import Clock, Log
from pantau.problems import problem
from pantau.stream.envelope import record_for, removal_of
from pantau.stream.table_reading import read_or_none
from pantau.usecases.accounts.person import RIGHTS
from pantau.usecases.accounts.sessions import digest
from pantau.usecases.unreadable import read_table
from pantau_schemas.events.people.account import Account, ApiToken, Scope
from pantau_schemas.topics import API_TOKENS

START: Final = "pantau_"
"""Beginning of every token, by which scanners for secrets recognise it."""
_BYTES: Final = 32
_SHOWN: Final = len(START) + 4
_LONGEST: Final = 200
MOST: Final = 50
"""Tokens that an account may have."""
LONGEST_DAYS: Final = 3_650


class TokenRepository:
    """The topic `api-tokens` as a table."""

    def __init__(self, log: Log, clock: Clock) -> None:
        self._log = log
        self._clock = clock

    def add(
        self, account: Account, name: str, scopes: Collection[Scope], days: int | None
    ) -> tuple[ApiToken, str]:
        """Create a token that expires after some days; return it and the secret, shown this once.

        Raises UsageError for scopes beyond the account's role, and for more than `MOST` tokens.
        """
        beyond = sorted(set(scopes) - RIGHTS[account.role])
        if beyond:
            raise UsageError(problem("accounts.scope-beyond", scope=beyond[0], role=account.role))
        if not scopes or not name.strip():
            raise UsageError(problem("accounts.token-empty"))
        if days is not None and not 0 < days <= LONGEST_DAYS:
            raise UsageError(problem("accounts.token-days", most=LONGEST_DAYS))
        if len(self.of(account.account_id)) >= MOST:
            raise UsageError(problem("accounts.too-many-tokens", most=MOST))
        # Only the digest of the secret is stored; it is random, so it needs no slow hash.
        secret, now = START + secrets.token_urlsafe(_BYTES), self._clock.now()
        token = ApiToken(
            token_id=digest(secret),
            account_id=account.account_id,
            name=one_line(name.strip(), 100),
            prefix=secret[:_SHOWN],
            scopes=tuple(sorted(set(scopes))),
            created=now,
            expires=None if days is None else now + timedelta(days=days),
        )
        self._save(token)
        return token, secret

    def find(self, secret: str) -> ApiToken | None:
        """Return the token of a secret; None where there is none, or it has expired."""
        if not secret.startswith(START) or len(secret) > _LONGEST:
            return None
        found = self.by_id(digest(secret))
        return None if found is None or has_expired(found, self._clock.now()) else found

    def by_id(self, token_id: str) -> ApiToken | None:
        """Return a token by its id, an expired one too; None where there is none."""
        return read_or_none(self._log.table(API_TOKENS.name), ApiToken, token_id)

    def of(self, account_id: str | None = None) -> list[ApiToken]:
        """Return the tokens of an account, or of all, oldest first, expired ones included."""
        found, _ = read_table(self._log.table(API_TOKENS.name), API_TOKENS, ApiToken)
        mine = [one for one in found if account_id in {None, one.account_id}]
        return sorted(mine, key=lambda one: (one.created, one.token_id))

    def revoke(self, reference: str, account_id: str | None = None) -> ApiToken:
        """Remove a token by its prefix or the start of its id; of an account, or of any.

        Raises UsageError where there is none, or more than one.
        """
        found = [
            one
            for one in self.of(account_id)
            if one.prefix == reference
            or (len(reference) >= 8 and one.token_id.startswith(reference))
        ]
        if len(found) != 1:
            code = "accounts.no-token" if not found else "accounts.several-tokens"
            raise UsageError(problem(code, reference=reference[:100]))
        self._log.append([removal_of(API_TOKENS, found[0].token_id)])
        return found[0]

    def _save(self, token: ApiToken) -> None:
        now = self._clock.now()
        self._log.append([record_for(token, API_TOKENS, source="cli", time=now)])


def has_expired(token: ApiToken, now: datetime) -> bool:
    """Return whether a token has expired. Pure."""
    return token.expires is not None and now >= token.expires
