"""Proofs of who a person is, which a provider of OpenID Connect signs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class ExpectedToken:
    """The demands on an ID token: who signed it, for whom, for which sign-in, and until when."""

    issuer: str
    client_id: str
    nonce: str
    now: datetime


class IdTokenError(Exception):
    """An ID token that proves nothing; the text says why, and has no part of the token."""


class UnknownKeyError(IdTokenError):
    """An ID token that is signed by a key which is not among those of the provider."""


class IdTokenVerifier(Protocol):
    """Verifies ID tokens; see OpenID Connect Core 1.0, 3.1.3.7."""

    def verify(
        self, token: str, keys: Mapping[str, Any], expected: ExpectedToken
    ) -> Mapping[str, Any]:
        """Return the claims of a token that one of the keys, a JWK Set, has signed.

        Signature, issuer, audience, time and nonce are checked. Raises IdTokenError.
        """
