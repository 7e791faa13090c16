"""The discovery document: the addresses of a provider, as it names them. Pure.

https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from pantau.errors import UsageError
from pantau.problems import Problem, problem
from pantau.settings.oidc import LOOPBACK

PLACE: Final = "/.well-known/openid-configuration"
LONGEST: Final = 2_000
"""Longest address of a provider, in characters."""


class ProviderError(UsageError):
    """A provider that does not answer, or answers in a way that cannot be trusted."""


@dataclass(frozen=True, slots=True)
class ProviderMetadata:
    """The addresses of a provider, and how it wants to be asked.

    `posts_secret` is true where the secret of the client belongs into the form and not into the
    header. `names_itself` is true where its answers have its issuer (RFC 9207).
    """

    authorization: str
    token: str
    keys: str
    end_session: str | None
    posts_secret: bool
    names_itself: bool


def discovery_address(issuer: str) -> str:
    """Return the address of the discovery document of an issuer."""
    return issuer.rstrip("/") + PLACE


def read_json(body: bytes, what: str) -> Mapping[str, Any]:
    """Return an object of JSON that a provider sent. Raises ProviderError; `what` names it."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise ProviderError(problem("oidc.no-json", what=what))
    return found


def read_metadata(body: bytes, issuer: str) -> ProviderMetadata:
    """Return what a discovery document says.

    Raises ProviderError for one of another issuer, and for addresses that are missing or would
    carry secrets in plain text.
    """
    found = read_json(body, PLACE)
    if found.get("issuer") != issuer:
        raise ProviderError(problem("oidc.other-issuer", setting="oidc.issuer"))
    plain = urlsplit(issuer).scheme == "http"
    methods = found.get("token_endpoint_auth_methods_supported")
    listed = methods if isinstance(methods, list) else ["client_secret_basic"]
    return ProviderMetadata(
        authorization=_address(found, "authorization_endpoint", plain=plain),
        token=_address(found, "token_endpoint", plain=plain),
        keys=_address(found, "jwks_uri", plain=plain),
        end_session=(
            _address(found, "end_session_endpoint", plain=plain)
            if found.get("end_session_endpoint")
            else None
        ),
        posts_secret="client_secret_basic" not in listed and "client_secret_post" in listed,
        names_itself=found.get("authorization_response_iss_parameter_supported") is True,
    )


def _address(found: Mapping[str, Any], name: str, *, plain: bool) -> str:
    """Return an address of a discovery document; `plain`: one of this machine may be http."""
    given = found.get(name)
    refused: Problem = problem("oidc.no-address", name=name)
    if not isinstance(given, str) or not 0 < len(given) <= LONGEST:
        raise ProviderError(refused)
    try:
        parts = urlsplit(given)
        port = parts.port
    except ValueError:
        raise ProviderError(refused) from None
    safe = parts.scheme == "https" or (
        plain and parts.scheme == "http" and parts.hostname in LOOPBACK
    )
    odd = any(not 32 < ord(char) < 127 for char in given)
    if not safe or odd or not parts.hostname or parts.username or parts.fragment or port == 0:
        raise ProviderError(refused)
    return given
