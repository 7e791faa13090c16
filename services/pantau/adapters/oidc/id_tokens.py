"""ID tokens, verified by joserfc."""

import logging
from collections.abc import Mapping
from typing import Any, Final

from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import Key, KeySet, import_key

from pantau.ports import ExpectedToken, IdTokenError, UnknownKeyError

log = logging.getLogger(__name__)

ALGORITHMS: Final = (
    *("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"),
    *("ES256", "ES384", "ES512", "EdDSA", "Ed25519"),
)
"""Signatures by a private key alone: with `none` or a shared secret anybody could sign."""
LEEWAY_SECONDS: Final = 60
"""How far the clocks of the provider and of this machine may differ."""
TOKEN_LIMIT: Final = 48 * 1024
"""Longest token, in characters."""
KEYS: Final = 100
"""Keys of a provider that are looked at; they have a few."""


class JoseIdTokens:
    """Implements `pantau.ports.IdTokenVerifier`."""

    def verify(
        self, token: str, keys: Mapping[str, Any], expected: ExpectedToken
    ) -> Mapping[str, Any]:
        """Return the claims of a token; see the port."""
        if len(token) > TOKEN_LIMIT:
            raise IdTokenError("the ID token is too long")
        try:
            claims = jwt.decode(token, KeySet(_signing(keys)), algorithms=ALGORITHMS).claims
            _registry(expected).validate(claims)
        except InvalidKeyIdError as error:
            message = "the ID token is signed by a key that the provider does not publish"
            raise UnknownKeyError(message) from error
        except JoseError as error:
            # Texts of the library name the claim; the ones about headers may quote the token.
            raise IdTokenError(f"the ID token is refused: {error.error}{_claim(error)}") from error
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise IdTokenError(
                f"the ID token or the keys cannot be read: {type(error).__name__}"
            ) from error
        _require_addressed(claims, expected)
        return claims


def _signing(keys: Mapping[str, Any]) -> list[Key]:
    """Return the keys of a JWK Set that sign, without those that could be guessed.

    What cannot be read is left out: it may be of a kind that is newer than the library (RFC 7517,
    5).
    """
    found = keys.get("keys")
    if not isinstance(found, list):
        raise TypeError("keys")
    usable = []
    for one in found[:KEYS]:
        if not isinstance(one, dict) or one.get("use", "sig") != "sig" or one.get("kty") == "oct":
            continue
        try:
            usable.append(import_key(one))
        except Exception:  # noqa: BLE001 (of the library, or of any of those that it reads keys by)
            log.info("a key of the sign-in provider cannot be read")
    return usable


def _registry(expected: ExpectedToken) -> jwt.JWTClaimsRegistry:
    return jwt.JWTClaimsRegistry(
        now=int(expected.now.timestamp()),
        leeway=LEEWAY_SECONDS,
        iss={"essential": True, "value": expected.issuer},
        aud={"essential": True, "value": expected.client_id},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True, "value": expected.nonce},
    )


def _require_addressed(claims: Mapping[str, Any], expected: ExpectedToken) -> None:
    """Raise IdTokenError for a token that was made for another client, or has odd values.

    A token for several audiences names the client that asked for it (OpenID Connect Core 1.0,
    3.1.3.7, 4 and 5). The library compares lists by their members, which a nonce is not.
    """
    audience, party = claims["aud"], claims.get("azp")
    if party is None and isinstance(audience, list) and len(audience) > 1:
        raise IdTokenError("the ID token is for several clients and does not say which one asked")
    if party is not None and party != expected.client_id:
        raise IdTokenError("the ID token was made for another client (azp)")
    if not isinstance(claims["nonce"], str) or not claims["sub"]:
        raise IdTokenError("the ID token has a nonce or a sub that is no text")


def _claim(error: JoseError) -> str:
    claim = getattr(error, "claim", None)
    return f" ({claim})" if isinstance(claim, str) and len(claim) <= 40 else ""
