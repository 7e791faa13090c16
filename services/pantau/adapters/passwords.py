"""Passwords, hashed by Argon2id (RFC 9106)."""

import secrets
from functools import cached_property
from threading import Lock
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MEMORY_KIB: Final = 19_456
ROUNDS: Final = 2
LANES: Final = 1
"""Parameters of OWASP's Password Storage Cheat Sheet: 19 MiB, two iterations, one lane."""


class Argon2Passwords:
    """Implements `pantau.ports.PasswordHasher`.

    One password at a time: whoever sends many takes the memory and the processor of one.
    """

    def __init__(self, memory_kib: int = MEMORY_KIB, rounds: int = ROUNDS) -> None:
        self._argon2 = PasswordHasher(
            time_cost=rounds, memory_cost=memory_kib, parallelism=LANES, hash_len=32, salt_len=16
        )
        self._lock = Lock()

    def hash(self, password: str) -> str:
        """Return the hash of a password in the PHC string format."""
        with self._lock:
            return self._argon2.hash(_bytes(password))

    def verify(self, stored: str | None, password: str) -> bool:
        """Return whether a password is that of a hash; see the port."""
        nobodys = self._nobodys  # made for the first one, whether it has a hash or not
        against = nobodys if stored is None else stored
        with self._lock:
            try:
                self._argon2.verify(against, _bytes(password))
            except (VerificationError, InvalidHashError):
                return False
        return stored is not None

    @cached_property
    def _nobodys(self) -> str:
        """The hash of a password that nobody knows."""
        return self._argon2.hash(secrets.token_bytes(32))


def _bytes(password: str) -> bytes:
    return password.encode("utf-8", "surrogatepass")
