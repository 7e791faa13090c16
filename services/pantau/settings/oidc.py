"""Settings of the sign-in by a provider of OpenID Connect."""

from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator

from pantau.settings.addresses import host_of
from pantau.settings.section import SettingsSection

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
"""Hosts of this machine, to which a plain http address is safe."""


class OidcSettings(SettingsSection):
    """Sign-in to the console by a provider of OpenID Connect, beside passwords.

    It requires pantau[oidc], `console.accounts` and `console.public_url`.
    """

    issuer: str | None = Field(
        default=None,
        max_length=300,
        description="Address of the provider, such as https://login.example.org/realms/news, "
        "exactly as it names itself. None: people sign in by their passwords alone.",
    )
    client_id: str = Field(
        default="", max_length=200, description="Name of this Pantau at the provider."
    )
    client_secret: SecretStr | None = Field(
        default=None,
        max_length=1_000,
        description="Secret of this Pantau at the provider. None: a public client, for which PKCE "
        "alone stands.",
    )
    label: str = Field(
        default="",
        max_length=40,
        description="Name of the provider on the sign-in page. By default its host.",
    )
    scopes: tuple[str, ...] = Field(
        default=("openid", "profile", "email"),
        description="Scopes that are asked for; openid is always among them.",
    )
    name_claim: str = Field(
        default="preferred_username",
        min_length=1,
        max_length=100,
        description="Claim of the ID token from which the name of a new account is made.",
    )
    role_claim: str | None = Field(
        default=None,
        max_length=100,
        description="Claim of the ID token that says what a person may do: a text or a list, such "
        "as groups, or realm_access.roles for one inside another. It counts at each sign-in. "
        "None: a new account has `default_role`, and administrators change it.",
    )
    admin_values: tuple[str, ...] = Field(
        default=("pantau-admin",), description="Values of `role_claim` of administrators."
    )
    editor_values: tuple[str, ...] = Field(
        default=("pantau-editor",), description="Values of `role_claim` of editors."
    )
    reader_values: tuple[str, ...] = Field(
        default=("pantau-reader",), description="Values of `role_claim` of readers."
    )
    default_role: Literal["admin", "editor", "reader", "none"] = Field(
        default="reader",
        description="Role of a person for whom `role_claim` says none; none keeps them out.",
    )
    create_accounts: bool = Field(
        default=True,
        description="Create an account for a person who signs in for the first time. Otherwise "
        "only those get in who have one.",
    )
    match_accounts: bool = Field(
        default=False,
        description="Let a person who signs in for the first time have the account whose name is "
        "their `name_claim`. Only for providers where people cannot choose that name themselves.",
    )
    allow_private: bool = Field(
        default=False,
        description="Whether the host of `issuer`, and no other, may have an address of a private "
        "network or of this machine.",
    )

    @field_validator("issuer")
    @classmethod
    def _check_issuer(cls, given: str | None) -> str | None:
        """Refuse an issuer to which a secret could be sent in plain text."""
        if not given:
            return None
        message = "expected an address such as https://login.example.org, without a query"
        try:
            parts = urlsplit(given)
            plain = not (parts.query or parts.fragment or parts.username or parts.port == 0)
        except ValueError:
            raise ValueError(message) from None
        safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
        if not plain or not safe or not parts.hostname:
            raise ValueError(message)
        return given

    @model_validator(mode="after")
    def _check_client(self) -> Self:
        """Refuse a provider without the name by which it knows this Pantau."""
        if self.issuer is not None and not self.client_id:
            message = "issuer is set: set client_id as well"
            raise ValueError(message)
        return self

    @property
    def host(self) -> str:
        """The host of `issuer`, empty without one."""
        return host_of(self.issuer)
