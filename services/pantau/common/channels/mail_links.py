"""Links in mails by which a receiver unsubscribes or mutes, without an account. Pure.

A token names the subscription and the channel, and proves by HMAC-SHA-256 that we wrote it for this
purpose. It never expires: a mail may be read years later (RFC 8058 asks for no limit).
"""

import base64
import binascii
import hmac
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, Literal

Purpose = Literal["unsubscribe", "mute"]
LONGEST: Final = 600
"""Longest token in characters: with it the address still is one line of a mail's header."""


@dataclass(frozen=True, slots=True)
class ChannelToken:
    """The channel of a subscription that a token stands for."""

    subscription_id: str
    channel_id: str


@dataclass(frozen=True, slots=True)
class MailLinks:
    """Writes and reads tokens. `address` is that of the console, as others reach it."""

    address: str
    key: bytes

    def link(self, purpose: Purpose, subscription_id: str, channel_id: str) -> str | None:
        """Return the address of a purpose; None where it would be too long."""
        token = self.token(purpose, ChannelToken(subscription_id, channel_id))
        return f"{self.address}/{purpose}/{token}" if len(token) <= LONGEST else None

    def token(self, purpose: Purpose, meant: ChannelToken) -> str:
        """Return the token of a purpose: characters of an address, in three parts."""
        named = _packed(meant.subscription_id.encode("utf-8", "surrogatepass"))
        return f"{named}.{meant.channel_id}.{self._proof(purpose, meant)}"

    def read(self, purpose: Purpose, token: str) -> ChannelToken | None:
        """Return what a token stands for; None for one that we did not write for this purpose.

        The comparison takes the same time whatever differs.
        """
        parts = token.split(".") if len(token) <= LONGEST and token.isascii() else []
        if len(parts) != 3:
            return None
        subscription_id = _unpacked(parts[0])
        if subscription_id is None:
            return None
        meant = ChannelToken(subscription_id, parts[1])
        is_ours = hmac.compare_digest(self.token(purpose, meant), token)
        return meant if is_ours else None

    def _proof(self, purpose: Purpose, meant: ChannelToken) -> str:
        said = f"{purpose}\0{meant.subscription_id}\0{meant.channel_id}"
        made = hmac.new(self.key, said.encode("utf-8", "surrogatepass"), sha256)
        return _packed(made.digest())


def _packed(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def _unpacked(text: str) -> str | None:
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        return raw.decode("utf-8", "surrogatepass")
    except (binascii.Error, ValueError):
        return None
