"""Sign-ins that are under way: what the browser keeps of them in a cookie, signed. Pure.

The cookie binds the answer of the provider to the browser that asked, so that nobody can be signed
in to another person's account by a link (RFC 9700, 4.7). It needs no memory of the console, which
may have several processes.
"""

import base64
import binascii
import hashlib
import hmac
import json
import secrets
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Final

LASTS: Final = timedelta(minutes=10)
"""How long a person may take at the provider."""
LONGEST: Final = 3_500
"""Longest cookie, in characters; browsers keep 4,096 bytes."""
BACK_LIMIT: Final = 1_000
"""Longest page to go back to, in characters."""
_PURPOSE: Final = b"oidc sign-in\0"
_RANDOM: Final = 32


@dataclass(frozen=True, slots=True)
class PendingSignIn:
    """A sign-in under way. `state`, `nonce` and `verifier` have 256 random bits each.

    `back` is the page to go back to, `until` the second, as a timestamp, at which it is over.
    """

    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)
    back: str
    until: int

    @property
    def challenge(self) -> str:
        """The challenge of PKCE by the method S256 (RFC 7636, 4.2)."""
        return _packed(hashlib.sha256(self.verifier.encode("ascii")).digest())


def new_pending(back: str, now: datetime) -> PendingSignIn:
    """Return a new sign-in that leads back to a page."""
    state, nonce, verifier = (secrets.token_urlsafe(_RANDOM) for _ in range(3))
    until = int((now + LASTS).timestamp())
    return PendingSignIn(state, nonce, verifier, back if len(back) <= BACK_LIMIT else "/", until)


def pack_pending(pending: PendingSignIn, key: bytes) -> str:
    """Return a sign-in as the value of a cookie."""
    body = _packed(json.dumps(asdict(pending), separators=(",", ":")).encode())
    return f"{body}.{_proof(body, key)}"


def read_pending(text: str, key: bytes, now: datetime) -> PendingSignIn | None:
    """Return the sign-in of a cookie; None for one that we did not write, or that is over."""
    body, dot, proof = text.partition(".")
    # `compare_digest` raises TypeError for texts that are not ASCII.
    if len(text) > LONGEST or not text.isascii() or not dot:
        return None
    if not hmac.compare_digest(_proof(body, key), proof):
        return None
    try:
        found = PendingSignIn(**json.loads(_unpacked(body)))
    except (ValueError, TypeError, binascii.Error):  # of another version
        return None
    return found if now.timestamp() < found.until else None


def _proof(body: str, key: bytes) -> str:
    return _packed(hmac.new(key, _PURPOSE + body.encode("ascii"), hashlib.sha256).digest())


def _packed(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def _unpacked(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
