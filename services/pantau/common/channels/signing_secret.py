"""The secret that signs webhooks, in the format of the Standard Webhooks specification 1.0."""

import base64
import binascii
from typing import Final

from pantau.errors import RejectError
from pantau.problems import problem

SECRET_PREFIX: Final = "whsec_"  # noqa: S105 (the public prefix of a secret)
SECRET_BYTES: Final = range(24, 65)
"""Allowed length of a secret in bytes, by the specification."""


def secret_bytes(secret: str) -> bytes:
    """Decode a secret. Raises RejectError, without quoting it."""
    try:
        decoded = base64.b64decode(secret.removeprefix(SECRET_PREFIX), validate=True)
    except (binascii.Error, ValueError):
        decoded = b""
    if not secret.startswith(SECRET_PREFIX) or len(decoded) not in SECRET_BYTES:
        raise RejectError(problem("channels.secret-form"))
    return decoded
