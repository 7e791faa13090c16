"""Who a provider says that a person is: the claims of an ID token. Pure."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from pantau.settings import OidcSettings
from pantau_schemas.events.people.account import Role
from pantau_schemas.ids import digest_id

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}")
_OTHER: Final = re.compile(r"[^a-z0-9._-]+")
_LONGEST: Final = 40
_VALUES: Final = 1_000
"""Values of a claim that are looked at."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A person as the provider knows them.

    `identity` never changes and is nobody else's: the issuer and the subject. `name` is one that an
    account can have; `is_exact` where the claim says just that. `role` is None for a person who is
    kept out; `says_role` where a claim of the person decides it.
    """

    identity: str
    name: str
    is_exact: bool
    role: Role | None
    says_role: bool


def read_claims(claims: Mapping[str, Any], settings: OidcSettings) -> Claimed:
    """Return the person of verified claims."""
    given = claims.get(settings.name_claim)
    text = given.strip() if isinstance(given, str) else ""
    role, says_role = _role(claims, settings)
    return Claimed(
        identity=digest_id("oidc", str(claims["iss"]), str(claims["sub"])),
        name=plain_name(text),
        is_exact=_NAME.fullmatch(text) is not None,
        role=role,
        says_role=says_role,
    )


def plain_name(text: str) -> str:
    """Return a name of an account for what a provider calls a person, such as an address of mail.

    Of an address it is what stands before the @. Empty texts and those without a letter of the
    Latin alphabet or a digit give `person`.
    """
    bare = unicodedata.normalize("NFKD", text[:1_000].partition("@")[0])
    letters = "".join(char for char in bare if not unicodedata.combining(char)).casefold()
    made = _OTHER.sub("-", letters).strip("._-")[:_LONGEST].rstrip("._-")
    return made or "person"


def numbered(name: str, number: int) -> str:
    """Return a name with a number behind it, cut to what an account can have."""
    ending = f"-{number}"
    return name[: _LONGEST - len(ending)] + ending


def _role(claims: Mapping[str, Any], settings: OidcSettings) -> tuple[Role | None, bool]:
    """Return the highest role that a person has, and whether a claim of theirs says so."""
    default = None if settings.default_role == "none" else settings.default_role
    if settings.role_claim is None:
        return default, False
    given = frozenset(_values(claims, settings.role_claim))
    ranks: tuple[tuple[Role, tuple[str, ...]], ...] = (
        ("admin", settings.admin_values),
        ("editor", settings.editor_values),
        ("reader", settings.reader_values),
    )
    found = next((role for role, values in ranks if not given.isdisjoint(values)), None)
    return (default, True) if found is None else (found, True)


def _values(claims: Mapping[str, Any], name: str) -> list[str]:
    """Return the texts of a claim; a name with dots may lead into other claims."""
    found: Any = claims.get(name)
    if found is None:
        found = claims
        for part in name.split("."):
            found = found.get(part) if isinstance(found, Mapping) else None
    listed = found if isinstance(found, list) else [found]
    return [one for one in listed[:_VALUES] if isinstance(one, str)]
