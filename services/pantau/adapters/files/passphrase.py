"""Encryption of backups by a passphrase: scrypt and AES-256-GCM of the package `cryptography`.

A part is a sequence of frames: four bytes of length (big-endian) and that many bytes, each sealed
under a nonce that is used once: a random number for the part, and the number of the frame. The name
of the part, and whether a frame is the last one, are authenticated with it: frames cannot be
exchanged, moved to another part, or cut off unnoticed (the construction STREAM, see
https://eprint.iacr.org/2015/189).
"""

import os
from collections.abc import Iterator
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from pantau.errors import UsageError
from pantau.problems import problem

SALT: Final = 16
_COST: Final = 2**15
"""Work of scrypt (RFC 7914) with r = 8, p = 1: 32 MB and about a tenth of a second a guess."""
_FRAME: Final = 1024 * 1024
_PREFIX: Final = 7
_LENGTH: Final = 4
_TAG: Final = 16


class PassphraseCipher:
    """Implements `pantau.ports.Cipher`. Without a salt, a new one is drawn."""

    def __init__(self, passphrase: str, salt: bytes | None = None) -> None:
        self.salt = os.urandom(SALT) if salt is None else salt
        derived = Scrypt(salt=self.salt, length=32, n=_COST, r=8, p=1)
        self._key = AESGCM(derived.derive(passphrase.encode("utf-8", "surrogatepass")))

    def encrypt(self, name: str, content: Iterator[bytes]) -> Iterator[bytes]:
        """Yield a prefix of nonces, and the frames."""
        prefix = os.urandom(_PREFIX)
        yield prefix
        frames = _frames(content)
        current, number = next(frames, b""), 0
        # A frame is held back until it is known whether it is the last one, which is sealed into
        # it.
        for following in frames:
            yield self._sealed(current, name, prefix, number, last=False)
            current, number = following, number + 1
        yield self._sealed(current, name, prefix, number, last=True)

    def _sealed(self, frame: bytes, name: str, prefix: bytes, number: int, *, last: bool) -> bytes:
        sealed = self._key.encrypt(_nonce(prefix, number), frame, _about(name, last=last))
        return len(sealed).to_bytes(_LENGTH, "big") + sealed

    def decrypt(self, name: str, content: Iterator[bytes]) -> Iterator[bytes]:
        """Yield the frames, each after it was checked."""
        buffer = _Buffer(content)
        prefix = buffer.take(_PREFIX)
        number, last = 0, False
        while not last:
            size = int.from_bytes(buffer.take(_LENGTH), "big")
            # The length is not authenticated, so it is bounded before so much is read.
            if len(prefix) < _PREFIX or not _TAG <= size <= _FRAME + _TAG:
                raise UsageError(problem("upkeep.passphrase", name=name))
            sealed = buffer.take(size)
            last = buffer.ended
            try:
                yield self._key.decrypt(_nonce(prefix, number), sealed, _about(name, last=last))
            except InvalidTag as error:
                raise UsageError(problem("upkeep.passphrase", name=name)) from error
            number += 1


def _nonce(prefix: bytes, number: int) -> bytes:
    return prefix + number.to_bytes(5, "big")


def _about(name: str, *, last: bool) -> bytes:
    return name.encode() + (b"\x01" if last else b"\x00")


def _frames(content: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the content in frames of one size; the last may be shorter."""
    buffer = _Buffer(content)
    while frame := buffer.take(_FRAME):
        yield frame


class _Buffer:
    """Bytes of an iterator, taken in pieces of any size."""

    def __init__(self, content: Iterator[bytes]) -> None:
        self._content = content
        self._held = bytearray()

    def take(self, size: int) -> bytes:
        """Return the next bytes; fewer at the end."""
        self._fill(size)
        taken = bytes(self._held[:size])
        del self._held[:size]
        return taken

    @property
    def ended(self) -> bool:
        """True if there is nothing more."""
        self._fill(1)
        return not self._held

    def _fill(self, size: int) -> None:
        while len(self._held) < size:
            piece = next(self._content, None)
            if piece is None:
                return
            self._held += piece
