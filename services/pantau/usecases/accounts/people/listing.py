"""The people who sign in, with what an administrator has to know of each."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from pantau.usecases.accounts.people.sign_ins import has_first_password
from pantau.usecases.accounts.sessions import is_over
from pantau.usecases.accounts.signing_in import Accounts
from pantau_schemas.events.people.account import Account, Session, SignInState
from pantau_schemas.ids import digest_id


@dataclass(frozen=True, slots=True)
class PersonEntry:
    """An account as lists show it, without its password.

    `last_sign_in` is None for a person who never signed in, `locked_until` for one who may.
    `sessions` counts those that are open. `has_first_password` is true until the person replaces
    the password that was made for them.
    """

    account: Account
    last_sign_in: datetime | None
    locked_until: datetime | None
    sessions: int
    has_first_password: bool

    @property
    def version(self) -> str:
        """A text that differs between two states of what administrators change."""
        given = self.account
        return digest_id("account", given.role, *given.teams, str(given.disabled))


def people_of(accounts: Accounts) -> list[PersonEntry]:
    """Return all people by name."""
    return _entries(accounts, accounts.directory.all(), accounts.states.all())


def person_named(accounts: Accounts, name: str) -> PersonEntry:
    """Return one person by name. Raises UsageError where there is none."""
    account = accounts.directory.find(name)
    (found,) = _entries(
        accounts, [account], {account.account_id: accounts.states.of(account.account_id)}
    )
    return found


def _entries(
    accounts: Accounts, found: Iterable[Account], states: Mapping[str, SignInState]
) -> list[PersonEntry]:
    now = accounts.clock.now()
    sessions: defaultdict[str, list[Session]] = defaultdict(list)
    for one in accounts.sessions.all():
        sessions[one.account_id].append(one)
    made = []
    for account in found:
        own = sessions[account.account_id]
        state = states.get(account.account_id) or SignInState(account_id=account.account_id)
        open_sessions = sum(not is_over(one, account, accounts.lasts, now) for one in own)
        # Sessions of a version that noted no sign-ins tell when the last one was.
        began = [one.created for one in own] + ([] if state.last is None else [state.last])
        locked = state.locked_until
        made.append(
            PersonEntry(
                account,
                max(began, default=None),
                locked if locked is not None and locked > now else None,
                open_sessions,
                has_first_password(account, state),
            )
        )
    return made
