"""Sign-in, and the person of a session or a token."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from pantau.errors import UsageError
from pantau.ports import Clock, Log, PasswordHasher
from pantau.problems import problem
from pantau.usecases.accounts.audit import AuditLog, AuditVia, entry
from pantau.usecases.accounts.directory import AccountDirectory
from pantau.usecases.accounts.people.sign_ins import SignInStates, has_first_password
from pantau.usecases.accounts.person import Person, person_of
from pantau.usecases.accounts.sessions import SessionRepository, is_over
from pantau.usecases.accounts.throttle import SignInThrottle
from pantau.usecases.accounts.tokens import TokenRepository, has_expired
from pantau_schemas.events.people.account import Account

_NAME_LIMIT: Final = 100


class SignInRefusedError(UsageError):
    """A sign-in that failed; `after_seconds` is how long the next one has to wait."""

    def __init__(self, code: str, after_seconds: int = 0) -> None:
        seconds = {"seconds": after_seconds} if after_seconds else {}
        super().__init__(problem(code, **seconds))
        self.after_seconds = after_seconds


@dataclass(frozen=True, slots=True)
class Accounts:
    """Everything about accounts that faces work with."""

    directory: AccountDirectory
    sessions: SessionRepository
    states: SignInStates
    tokens: TokenRepository
    audit: AuditLog
    throttle: SignInThrottle
    lasts: timedelta
    clock: Clock

    def sign_in(self, name: str, password: str, address: str) -> str:
        """Start a session; return the secret of its cookie.

        Raises SignInRefusedError: the same for a name that does not exist, a wrong password and a
        disabled account, after the same time.
        """
        name = name.strip()[:_NAME_LIMIT]
        self._begin(name, address)
        account = self.directory.by_name(name)
        if not self.directory.is_right(account, password) or account is None:
            # Of a name that no account has nothing is kept: people type passwords there.
            self._note("sign-in.refused", "?" if account is None else name, address)
            self._note_lock(account, address)
            raise SignInRefusedError("accounts.refused")
        self.throttle.succeeded(name, address)
        return self.admit(account, address)

    def admit(self, account: Account, address: str, subject: str = "") -> str:
        """Start a session of a person who has proved who they are; return its secret.

        `subject` is how they proved it, for the audit log; empty for a password.
        """
        self._note("sign-in.accepted", account.name, address, account, subject=subject)
        self.states.signed_in(account, self.throttle.network_of(address))
        return self.sessions.begin(account, address)

    def change_password(self, person: Person, current: str, new: str) -> str:
        """Replace a person's own password; return the secret of a new session.

        All other sessions end. Raises SignInRefusedError for a wrong password, UsageError for a
        new one that is too weak.
        """
        self._begin(person.name, person.address)
        account = self.directory.get(person.account_id)
        if not self.directory.is_right(account, current) or account is None:
            self._note("password.refused", person.name, person.address, account)
            self._note_lock(account, person.address)
            raise SignInRefusedError("accounts.wrong-password")
        self.throttle.succeeded(person.name, person.address)
        changed = self.directory.set_password(account, new)
        self._note("password.changed", person.name, person.address, account, via="session")
        return self.sessions.begin(changed, person.address)

    def sign_out(self, person: Person) -> None:
        """Close the session of a person."""
        self.sessions.end(person.reference)

    def by_cookie(self, secret: str, address: str) -> Person | None:
        """Return who has signed in with a cookie; None where the session is over."""
        session = self.sessions.find(secret)
        if session is None:
            return None
        account = self.directory.get(session.account_id)
        if account is None or is_over(session, account, self.lasts, self.clock.now()):
            return None
        return person_of(account, "session", reference=session.session_id, address=address)

    def by_token(self, secret: str, address: str) -> Person | None:
        """Return who a program acts for; None for a token that is not valid."""
        token = self.tokens.find(secret)
        account = None if token is None else self.directory.get(token.account_id)
        if token is None or account is None or account.disabled:
            return None
        return person_of(
            account, "token", scopes=token.scopes, reference=token.token_id, address=address
        )

    def is_current(self, person: Person) -> bool:
        """Return whether the session or token of a person still holds, for what lasts long.

        Rights and teams that changed meanwhile count as another person. Raises RetryError.
        """
        account = self.directory.get(person.account_id)
        if account is None or (account.role, account.teams) != (person.role, person.teams):
            return False
        now = self.clock.now()
        if person.via == "token":
            token = self.tokens.by_id(person.reference)
            return token is not None and not account.disabled and not has_expired(token, now)
        session = self.sessions.by_id(person.reference)
        return session is not None and not is_over(session, account, self.lasts, now)

    def has_first_password(self, person: Person) -> bool:
        """Return whether a person still has the password that was made for them."""
        account = self.directory.get(person.account_id)
        return account is not None and has_first_password(
            account, self.states.of(account.account_id)
        )

    def has_password(self, person: Person) -> bool:
        """Return whether a person has a password, and not the provider alone, to sign in by."""
        account = self.directory.get(person.account_id)
        return account is not None and account.password is not None

    def _begin(self, name: str, address: str) -> None:
        """Count an attempt. Raises SignInRefusedError where it has to wait.

        An administrator may have unlocked the name, in this process or another one.
        """
        wait = self._wait(name, address)
        if not wait:
            return
        account = self.directory.by_name(name)
        unlocked = None if account is None else self.states.of(account.account_id).unlocked
        if unlocked is not None:
            self.throttle.forgive(name, unlocked)
            wait = self._wait(name, address)
        if wait:
            raise SignInRefusedError("accounts.wait", wait)

    def _wait(self, name: str, address: str) -> int:
        def familiar() -> Collection[str]:
            account = self.directory.by_name(name)
            return () if account is None else self.states.of(account.account_id).networks

        return self.throttle.begin(name, address, self.clock.now(), familiar)

    def _note_lock(self, account: Account | None, address: str) -> None:
        until = None if account is None else self.throttle.locked_until(account.name, address)
        if account is not None and until is not None:
            self.states.locked(account, until)

    def _note(
        self,
        action: str,
        name: str,
        address: str,
        account: Account | None = None,
        *,
        via: AuditVia = "sign-in",
        subject: str = "",
    ) -> None:
        self.audit.write(
            entry(
                self.clock.now(),
                actor=name,
                via=via,
                action=action,
                subject=subject,
                account_id=None if account is None else account.account_id,
                address=address,
            )
        )


def build_accounts(
    log: Log,
    clock: Clock,
    passwords: PasswordHasher,
    *,
    session_days: float,
    throttle: SignInThrottle,
) -> Accounts:
    """Build the accounts of a store."""
    return Accounts(
        AccountDirectory(log, clock, passwords),
        SessionRepository(log, clock),
        SignInStates(log, clock),
        TokenRepository(log, clock),
        AuditLog(log, clock),
        throttle,
        timedelta(days=session_days),
        clock,
    )
