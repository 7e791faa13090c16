"""Who asks, and what they may do and see. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from pantau.errors import UsageError
from pantau.problems import Problem
from pantau_schemas.events.people.account import Account, Role, Scope

Via = Literal["session", "token"]
RIGHTS: Final[Mapping[Role, frozenset[Scope]]] = {
    "admin": frozenset({"read", "write", "admin"}),
    "editor": frozenset({"read", "write"}),
    "reader": frozenset({"read"}),
}
"""The rights of each role."""
_INCLUDED: Final[Mapping[Scope, frozenset[Scope]]] = {
    "read": frozenset({"read"}),
    "write": frozenset({"read", "write"}),
    "admin": frozenset({"read", "write", "admin"}),
}
_MISSING: Final[Mapping[Scope, str]] = {
    "read": "accounts.needs-read",
    "write": "accounts.needs-write",
    "admin": "accounts.needs-admin",
}
TEAM: Final = "team:"
"""Beginning of an owner that is a team."""


class ForbiddenError(UsageError):
    """A request that the account or the token has no right to."""


@dataclass(frozen=True, slots=True)
class Person:
    """A person who has signed in, or for whom a program acts.

    `rights` are those of the role, and of a token at most those of its scopes. `reference` is the
    id of the session or token, `address` where the request came from.
    """

    account_id: str
    name: str
    role: Role
    teams: tuple[str, ...] = ()
    rights: frozenset[Scope] = frozenset()
    via: Via = "session"
    reference: str = ""
    address: str = ""

    @property
    def owners(self) -> frozenset[str]:
        """The owners that the person stands for: the account itself and its teams."""
        return frozenset({self.account_id, *(TEAM + one for one in self.teams)})

    def sees(self, owner: str | None) -> bool:
        """Return whether the person sees what an owner has.

        What has no owner, such as what the command line made, only administrators see.
        """
        return owner in self.owners if owner is not None else "admin" in self.rights

    def may(self, right: Scope) -> bool:
        """Return whether the person has a right."""
        return right in self.rights


def person_of(
    account: Account,
    via: Via,
    *,
    scopes: Collection[Scope] | None = None,
    reference: str = "",
    address: str = "",
) -> Person:
    """Return the person of an account; `scopes` are those of a token."""
    rights = RIGHTS[account.role]
    if scopes is not None:
        rights &= frozenset(right for one in scopes for right in _INCLUDED[one])
    return Person(
        account.account_id,
        account.name,
        account.role,
        account.teams,
        rights,
        via,
        reference,
        address,
    )


def require(person: Person | None, right: Scope) -> None:
    """Raise ForbiddenError where a person has not a right; without accounts everybody has all."""
    if person is not None and not person.may(right):
        raise ForbiddenError(Problem(_MISSING[right]))
