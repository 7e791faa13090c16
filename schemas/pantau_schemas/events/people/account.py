"""Accounts, sessions and API tokens. Secrets are stored as digests alone."""

from typing import Annotated, Literal

from pydantic import Field, SecretStr, StringConstraints, field_serializer

from pantau_schemas.base import Event, Identifier, UtcTime

Role = Literal["admin", "editor", "reader"]
"""Rights of an account: people and the pipeline too; changes; reading alone."""
Scope = Literal["read", "write", "admin"]
"""Rights of an API token, at most those of its account's role."""
PersonName = Annotated[
    str, StringConstraints(min_length=1, max_length=40, pattern=r"^[a-z0-9][a-z0-9._-]*$")
]
"""A name by which a person signs in, or of a team: small letters, digits, `.`, `_` and `-`."""
TEAMS: int = 20
"""Maximum number of teams of an account."""
NETWORKS: int = 8
"""Networks that are remembered of the sign-ins of an account."""


class Account(Event):
    """A person who signs in. Key: `account_id`; removed by a tombstone."""

    schema_version: Literal[2] = 2
    account_id: Identifier
    name: PersonName
    role: Role
    teams: tuple[PersonName, ...] = Field(
        default=(), max_length=TEAMS, description="Teams; what a team owns, its members see."
    )
    password: SecretStr | None = Field(
        default=None,
        description="Argon2id hash in the PHC string format (RFC 9106); never logged or shown. "
        "None: the person signs in by the provider alone.",
    )
    credentials: int = Field(
        default=1,
        ge=1,
        description="Raised with each new password: sessions of a former one have ended.",
    )
    disabled: bool = False
    created: UtcTime
    identity: Identifier | None = Field(
        default=None,
        description="Whom a provider of OpenID Connect knows as this person: a digest of "
        "its issuer and subject. None: nobody.",
    )

    @field_serializer("password", when_used="json")
    def _reveal(self, password: SecretStr | None) -> str | None:
        """Serialize the hash, because the store needs it."""
        return None if password is None else password.get_secret_value()


class Session(Event):
    """A person who is signed in. Key: `session_id`; removed by a tombstone."""

    schema_version: Literal[1] = 1
    session_id: Identifier = Field(description="SHA-256 of the secret in the cookie, in hex.")
    account_id: Identifier
    credentials: int = Field(ge=1, description="That of the account at the sign-in.")
    address: str = Field(default="", max_length=64, description="Where the sign-in came from.")
    created: UtcTime


class SignInState(Event):
    """How an account signs in: the last time, and what keeps it out. Key: `account_id`.

    Removed by a tombstone. Apart from the account, so that a sign-in never undoes a change of it.
    """

    schema_version: Literal[2] = 2
    account_id: Identifier
    last: UtcTime | None = Field(default=None, description="The last sign-in that succeeded.")
    locked_until: UtcTime | None = Field(
        default=None, description="Until when sign-ins wait, because too many failed."
    )
    unlocked: UtcTime | None = Field(
        default=None, description="Failures up to this moment count no longer."
    )
    first_password: int | None = Field(
        default=None,
        ge=1,
        description="The `credentials` that a password made by Pantau has; the person is to "
        "choose their own.",
    )
    networks: tuple[Annotated[str, StringConstraints(max_length=64)], ...] = Field(
        default=(),
        max_length=NETWORKS,
        description="Networks that sign-ins which succeeded came from, the newest first; failures "
        "elsewhere do not keep the person out there.",
    )


class ApiToken(Event):
    """A secret by which programs act for an account. Key: `token_id`; removed by a tombstone."""

    schema_version: Literal[1] = 1
    token_id: Identifier = Field(description="SHA-256 of the token, in hex.")
    account_id: Identifier
    name: str = Field(min_length=1, max_length=100, description="What it is for.")
    prefix: str = Field(max_length=20, description="Its first characters, by which people know it.")
    scopes: tuple[Scope, ...] = Field(min_length=1, max_length=3)
    created: UtcTime
    expires: UtcTime | None = Field(default=None, description="None: never.")


class AuditEntry(Event):
    """An action, for the audit log. Key: `entry_id`."""

    schema_version: Literal[1] = 1
    entry_id: Identifier
    at: UtcTime
    account_id: Identifier | None = Field(
        default=None, description="None: the command line, or nobody who is known."
    )
    actor: str = Field(
        max_length=100,
        description="The name of the account; of the command line its user; `?` of nobody known.",
    )
    via: Literal["session", "token", "sign-in", "command line"]
    action: str = Field(max_length=60, description="A code such as `subscriptions.changed`.")
    subject: str = Field(default="", max_length=300, description="What it was done to.")
    address: str = Field(default="", max_length=64, description="Where the request came from.")
