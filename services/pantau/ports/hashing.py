"""Hashing of passwords."""

from typing import Protocol


class PasswordHasher(Protocol):
    """Hashes passwords so that trying many of them is costly."""

    def hash(self, password: str) -> str:
        """Return the hash of a password, with its salt and parameters."""

    def verify(self, stored: str | None, password: str) -> bool:
        """Return whether a password is that of a hash; False for a text that is no hash.

        Without a hash it takes as long as with one, and returns False.
        """
