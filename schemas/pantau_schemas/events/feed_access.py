"""How one feed's server is asked, where that differs from the settings of all feeds."""

import re
from typing import Annotated, Final, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, StringConstraints, field_serializer, model_validator

from pantau_schemas.base import Model

HeaderName = Annotated[
    str, StringConstraints(pattern=r"^[!#$%&'*+.^_`|~0-9A-Za-z-]+$", max_length=100)
]
"""Name of a request header (RFC 9110, 5.6.2)."""
_LINE: Final = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_RESERVED: Final = frozenset(
    {
        *("host", "connection", "content-length", "transfer-encoding", "upgrade", "te", "trailer"),
        *("proxy-authorization", "proxy-connection", "keep-alive", "expect", "accept-encoding"),
    }
)
"""Headers that belong to the connection, not to the user (RFC 9110, 7.6.1)."""


class FeedAccess(Model):
    """Options of the requests for one feed. Every field that is absent follows the settings.

    Header values, the password and the proxy's address are secrets: they are written to the store
    and nowhere else.
    """

    user_agent: str | None = Field(
        default=None, min_length=1, max_length=500, description="The header User-Agent."
    )
    headers: dict[HeaderName, SecretStr] = Field(
        default_factory=dict, max_length=20, description="Further request headers, such as Cookie."
    )
    username: str | None = Field(
        default=None, max_length=200, description="Login; answers Basic and Digest challenges."
    )
    password: SecretStr | None = Field(default=None, description="Password of that login.")
    proxy: SecretStr | None = Field(
        default=None,
        description="HTTP proxy, as http://user:password@host:port; the guard checks its address, "
        "and resolves and checks the feed's host before the proxy is asked for it.",
    )
    ca_bundle: str | None = Field(
        default=None,
        max_length=1_000,
        description="Path of a PEM file, where the poller runs, with authorities to trust as well.",
    )
    verify_tls: bool = Field(
        default=True, description="False accepts any certificate of the feed's server."
    )
    encoding: str | None = Field(
        default=None,
        pattern=r"^[A-Za-z0-9._:-]{1,40}$",
        description="Character encoding of the document, whatever it declares.",
    )
    max_bytes: int | None = Field(
        default=None, gt=0, le=1_000_000_000, description="Of a body, after decompression."
    )

    @field_serializer("headers", when_used="json")
    def _reveal_headers(self, headers: dict[str, SecretStr]) -> dict[str, str]:
        return {name: value.get_secret_value() for name, value in headers.items()}

    @field_serializer("password", "proxy", when_used="json")
    def _reveal(self, secret: SecretStr | None) -> str | None:
        return secret.get_secret_value() if secret is not None else None

    @model_validator(mode="after")
    def _check(self) -> Self:
        """Refuse what would end a header line early, and headers of the connection."""
        for name, value in self.headers.items():
            if name.lower() in _RESERVED:
                message = f"the header {name} belongs to the connection and cannot be set"
                raise ValueError(message)
            if _LINE.search(value.get_secret_value()):
                message = f"the value of the header {name} has control characters"
                raise ValueError(message)
        login = (self.username or "", self.user_agent or "")
        if any(_LINE.search(text) for text in login):
            message = "user_agent and username cannot have control characters"
            raise ValueError(message)
        if self.password is not None and self.username is None:
            message = "a password needs a username"
            raise ValueError(message)
        if self.proxy is not None:
            _check_proxy(self.proxy.get_secret_value())
        return self

    @property
    def secret_parts(self) -> tuple[str, ...]:
        """Names of the fields that hold a secret, for listings that show that there is one."""
        names = [f"header {name}" for name in self.headers]
        names += ["password"] if self.password is not None else []
        return (*names, *(["proxy"] if self.proxy is not None else []))


def _check_proxy(address: str) -> None:
    """Raise ValueError for an address that no proxy has; the message never repeats it."""
    message = "the proxy must be written as http://host:port or http://user:password@host:port"
    try:
        parts = urlsplit(address)
        usable = parts.scheme == "http" and parts.hostname and parts.port is not None
    except ValueError:
        raise ValueError(message) from None
    if not usable or parts.path not in {"", "/"} or parts.query or parts.fragment:
        raise ValueError(message)
