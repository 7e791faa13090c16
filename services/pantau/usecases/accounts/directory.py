"""The accounts: listed, found, added, changed, removed."""

import secrets
from collections.abc import Iterable
from threading import Lock

from pydantic import SecretStr, TypeAdapter, ValidationError

from pantau.common.text.nearest import nearest
from pantau.errors import UsageError
from pantau.ports import Clock, Log, PasswordHasher
from pantau.problems import problem, suggesting
from pantau.stream.envelope import record_for, removal_of
from pantau.stream.table_reading import read_or_none
from pantau.usecases.accounts.passwords import normalised, require_password
from pantau.usecases.unreadable import read_table
from pantau_schemas.events.people.account import TEAMS, Account, PersonName, Role
from pantau_schemas.ids import digest_id
from pantau_schemas.topics import ACCOUNTS

_NAME = TypeAdapter(PersonName)


class AccountDirectory:
    """The topic `accounts` as a table. For use by several threads.

    What a change depends on is read again under a lock, which is not held while a password is
    hashed: that takes a while.
    """

    def __init__(self, log: Log, clock: Clock, passwords: PasswordHasher) -> None:
        self._log = log
        self._clock = clock
        self._passwords = passwords
        self._changing = Lock()

    def all(self) -> list[Account]:
        """Return all accounts that this version can read, by name."""
        found, _ = read_table(self._log.table(ACCOUNTS.name), ACCOUNTS, Account)
        return sorted(found, key=lambda one: one.name)

    def get(self, account_id: str) -> Account | None:
        """Return an account by its id; None for one that is missing or cannot be read."""
        # Nobody signs in here with an account of a newer version.
        return read_or_none(self._log.table(ACCOUNTS.name), Account, account_id)

    def by_name(self, name: str) -> Account | None:
        """Return an account by its name; None where there is none."""
        return next((one for one in self.all() if one.name == name), None)

    def find(self, name: str) -> Account:
        """Return an account by its name. Raises UsageError."""
        found = self.by_name(name)
        if found is None:
            near = nearest(name, (one.name for one in self.all()))
            raise UsageError(suggesting(problem("accounts.missing", name=name[:100]), near))
        return found

    def add(self, name: str, role: Role, teams: Iterable[str], password: str) -> Account:
        """Add an account. Raises UsageError for a name that is taken or none, a weak password."""
        _require_name(name)
        require_password(password, name)
        self._require_free(name)
        account = Account(
            # Random: a new account of a former name owns nothing of the former one.
            account_id=digest_id("account", secrets.token_hex(16)),
            name=name,
            role=role,
            teams=_teams(teams),
            password=SecretStr(self._passwords.hash(normalised(password))),
            created=self._clock.now(),
        )
        with self._changing:
            self._require_free(name)  # again: the same form may have been sent twice
            self._save(account)
        return account

    def add_known(self, name: str, role: Role, identity: str) -> Account:
        """Add an account without a password, of a person whom a provider knows.

        Raises UsageError for a name that is taken or none, and for a person who has an account.
        """
        _require_name(name)
        account = Account(
            account_id=digest_id("account", secrets.token_hex(16)),
            name=name,
            role=role,
            created=self._clock.now(),
            identity=identity,
        )
        with self._changing:
            self._require_free(name)
            self._require_unknown(identity)  # they may sign in twice at the same moment
            self._save(account)
        return account

    def by_identity(self, identity: str) -> Account | None:
        """Return the account of a person whom a provider knows; None where there is none."""
        return next((one for one in self.all() if one.identity == identity), None)

    def link(self, account: Account, identity: str) -> Account:
        """Admit a person whom a provider knows to an account of nobody else's.

        Raises UsageError.
        """
        with self._changing:
            current = self._current(account)
            if current.identity is not None:
                raise UsageError(problem("oidc.linked", name=current.name))
            self._require_unknown(identity)
            changed = current.model_copy(update={"identity": identity})
            self._save(changed)
        return changed

    def change(
        self,
        account: Account,
        *,
        role: Role | None = None,
        teams: Iterable[str] | None = None,
        disabled: bool | None = None,
    ) -> Account:
        """Change an account; None leaves a field as it is. Raises UsageError.

        One administrator who can sign in has to be left.
        """
        given = {
            "role": role,
            "teams": None if teams is None else _teams(teams),
            "disabled": disabled,
        }
        update = {name: value for name, value in given.items() if value is not None}
        with self._changing:
            current = self._current(account)
            changed = current.model_copy(update=update)
            if changed.role != "admin" or changed.disabled:
                self.require_removable(current)
            self._save(changed)
        return changed

    def set_password(self, account: Account, password: str) -> Account:
        """Replace a password; all sessions of the account end. Raises UsageError."""
        require_password(password, account.name)
        hashed = self._passwords.hash(normalised(password))
        with self._changing:
            # An account that was disabled or removed meanwhile stays so.
            current = self._current(account)
            changed = current.model_copy(
                update={"password": SecretStr(hashed), "credentials": current.credentials + 1}
            )
            self._save(changed)
        return changed

    def is_right(self, account: Account | None, password: str) -> bool:
        """Return whether a password is that of an account.

        Takes as long for an account that does not exist, or is disabled, as for others.
        """
        known = account is not None and not account.disabled
        kept = account.password if account is not None and known else None
        stored = None if kept is None else kept.get_secret_value()
        return self._passwords.verify(stored, normalised(password)) and known

    def remove(self, account: Account) -> None:
        """Remove an account; its sessions and tokens end with it. Raises UsageError."""
        with self._changing:
            self.require_removable(self._current(account))
            self._log.append([removal_of(ACCOUNTS, account.account_id)])

    def require_removable(self, account: Account) -> None:
        """Raise UsageError for the last administrator who can sign in."""
        if account.role != "admin" or account.disabled:
            return
        others = (one for one in self.all() if one.account_id != account.account_id)
        if not any(one.role == "admin" and not one.disabled for one in others):
            raise UsageError(problem("accounts.last-admin", name=account.name))

    def _current(self, account: Account) -> Account:
        """Return an account as it is now. Raises UsageError if it was removed."""
        found = self.get(account.account_id)
        if found is None:
            raise UsageError(problem("accounts.missing", name=account.name))
        return found

    def _require_free(self, name: str) -> None:
        if any(one.name == name for one in self.all()):
            raise UsageError(problem("accounts.taken", name=name))

    def _require_unknown(self, identity: str) -> None:
        found = self.by_identity(identity)
        if found is not None:
            raise UsageError(problem("accounts.taken", name=found.name))

    def _save(self, account: Account) -> None:
        now = self._clock.now()
        self._log.append([record_for(account, ACCOUNTS, source="cli", time=now)])


def _require_name(name: str) -> None:
    try:
        _NAME.validate_python(name)
    except ValidationError as error:
        raise UsageError(problem("accounts.no-name", name=name[:100])) from error


def _teams(teams: Iterable[str]) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(teams))
    for one in found:
        _require_name(one)
    if len(found) > TEAMS:
        raise UsageError(problem("accounts.too-many-teams", most=TEAMS))
    return found
