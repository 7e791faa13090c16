"""Signatures of delivered documents (WebSub, 7.1): `X-Hub-Signature: method=hex digest`. Pure."""

import hmac
from typing import Final

METHODS: Final = ("sha1", "sha256", "sha384", "sha512")
"""The methods that the recommendation names; any other one is no signature."""
_LONGEST: Final = 200


def is_signed(header: str | None, secret: bytes, body: bytes) -> bool:
    """Return whether a header signs a body with a secret; compares in constant time.

    A header that is missing, malformed, or of an unknown method signs nothing.
    """
    # `compare_digest` raises TypeError for texts that are not ASCII.
    if header is None or len(header) > _LONGEST or not header.isascii():
        return False
    method, mark, given = header.strip().partition("=")
    method = method.strip().lower()
    # An empty secret would let anybody sign.
    if not mark or method not in METHODS or not secret:
        return False
    expected = hmac.new(secret, body, method).hexdigest()
    return hmac.compare_digest(expected, given.strip().lower())
