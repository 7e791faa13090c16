"""Operations on the people who sign in, for administrators and tokens of the scope `admin`.

Through a token or a language model nobody makes, changes or lets in an administrator: see
`Administration`.
"""

from typing import Annotated

from pydantic import Field

from pantau.errors import UsageError
from pantau.operations.base.fields import Cursor, Name, Version
from pantau.operations.base.operation import Answer, Call, Input
from pantau.operations.base.outcomes import require_version
from pantau.operations.base.pages import page_after
from pantau.problems import problem
from pantau.usecases.accounts.administration import Administration
from pantau.usecases.accounts.people.listing import PersonEntry, people_of, person_named
from pantau.usecases.accounts.signing_in import Accounts
from pantau_schemas.base import UtcTime
from pantau_schemas.events.people.account import TEAMS, PersonName, Role

Teams = Annotated[tuple[PersonName, ...], Field(max_length=TEAMS)]


class AccountsWanted(Input):
    """Which accounts are listed."""

    limit: int = Field(default=100, ge=1, le=1_000)
    cursor: Cursor | None = None


class AccountEntry(Answer):
    """An account: who it is, what it may do, and how it signs in."""

    name: str
    version: str
    role: Role
    teams: tuple[str, ...]
    disabled: bool = Field(description="Whether the person and their tokens are kept out.")
    created: UtcTime
    last_sign_in: UtcTime | None
    locked_until: UtcTime | None = Field(
        description="Until when sign-ins wait, because too many failed."
    )
    sessions: int = Field(ge=0, description="Open sessions.")
    has_first_password: bool = Field(
        description="Whether the person has still to choose a password of their own."
    )


class AccountsFound(Answer):
    """A page of the accounts, by name."""

    items: tuple[AccountEntry, ...]
    cursor: str | None = Field(description="Of the next page; null at the end.")


def list_accounts(call: Call, given: AccountsWanted) -> AccountsFound:
    """List the people who sign in: roles, teams, last sign-ins, and who is locked."""
    people = people_of(_accounts(call))
    page, cursor = page_after(people, lambda one: one.account.name, given.cursor, given.limit)
    return AccountsFound(items=tuple(map(_entry, page)), cursor=cursor)


class OneAccount(Input):
    """The account that is meant."""

    id: Name = Field(description="Name of an account.")


def read_account(call: Call, given: OneAccount) -> AccountEntry:
    """Return one person who signs in."""
    return _entry(person_named(_accounts(call), given.id))


class NewAccount(Input):
    """A person to add."""

    name: PersonName = Field(description="The name by which the person signs in.")
    role: Role = Field(default="editor", description="What the person may do.")
    teams: Teams = Field(default=(), description="Teams; what a team owns, its members see.")


class AccountAdded(Answer):
    """An account with the password that was made for it, which is shown this once."""

    version: str
    account: AccountEntry
    password: str = Field(description="The person is asked to choose another one.")


def add_account(call: Call, given: NewAccount) -> AccountAdded:
    """Add a person with a first password, which the answer shows this once."""
    made, password = administration(call).invite(given.name, given.role, given.teams)
    return _added(call, made.name, password)


class VersionOfAccount(OneAccount):
    """The account that is meant, in the version that was read."""

    if_version: tuple[Version, ...] = Field(
        default=(), description="Versions that the change is meant for; any without one."
    )


class AccountPatch(VersionOfAccount):
    """Changes of an account; what is left out stays."""

    role: Role | None = None
    teams: Teams | None = Field(default=None, description="In place of all teams.")
    disabled: bool | None = Field(default=None, description="Keeps the person out.")


def change_account(call: Call, given: AccountPatch) -> AccountEntry:
    """Change the role or the teams of a person, or keep them out for a while."""
    with call.parts.changing:
        require_version(given.if_version, person_named(_accounts(call), given.id).version)
        administration(call).edit(
            given.id, role=given.role, teams=given.teams, disabled=given.disabled
        )
    return _entry(person_named(_accounts(call), given.id))


def reset_password(call: Call, given: OneAccount) -> AccountAdded:
    """Create a new password for a person, shown this once; all their sessions end."""
    made, password = administration(call).reset_password(given.id)
    return _added(call, made.name, password)


def end_sessions(call: Call, given: OneAccount) -> AccountEntry:
    """Close all sessions of a person; their password and tokens stay valid."""
    administration(call).end_sessions(given.id)
    return _entry(person_named(_accounts(call), given.id))


def unlock_account(call: Call, given: OneAccount) -> AccountEntry:
    """Clear the wait of a person whose sign-ins failed too often."""
    administration(call).unlock(given.id)
    return _entry(person_named(_accounts(call), given.id))


def administration(call: Call) -> Administration:
    """Return the changes that the person of a call may make. Raises UsageError without accounts.

    Without a person a language model asks, over the standard input of MCP: what it reads must not
    talk it into making an administrator.
    """
    person = call.parts.person
    actor = "?" if person is None else person.name
    is_program = person is None or person.via == "token"
    return Administration(_accounts(call), call.subscriptions, actor, person, is_program)


def _accounts(call: Call) -> Accounts:
    if call.parts.accounts is None:
        raise UsageError(problem("people.off"))
    return call.parts.accounts


def _added(call: Call, name: str, password: str) -> AccountAdded:
    entry = _entry(person_named(_accounts(call), name))
    return AccountAdded(version=entry.version, account=entry, password=password)


def _entry(one: PersonEntry) -> AccountEntry:
    account = one.account
    return AccountEntry(
        name=account.name,
        version=one.version,
        role=account.role,
        teams=account.teams,
        disabled=account.disabled,
        created=account.created,
        last_sign_in=one.last_sign_in,
        locked_until=one.locked_until,
        sessions=one.sessions,
        has_first_password=one.has_first_password,
    )
