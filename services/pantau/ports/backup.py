"""Backups: a store as parts, the file that holds them, and their encryption."""

from collections.abc import Iterator
from typing import Literal, Protocol


class Copier(Protocol):
    """All that a store keeps, as named streams of bytes: for backups."""

    @property
    def backend(self) -> Literal["sqlite", "kafka"]:
        """The kind of store: a copy of one kind is no copy of another."""

    @property
    def layout(self) -> int:
        """The version of what is copied; an older one can be restored."""

    def parts(self) -> Iterator[tuple[str, Iterator[bytes]]]:
        """Yield the parts with their names, each to be read to its end before the next.

        Taken together they are a state from which the stages go on without losing or repeating
        anything, although the store is written meanwhile. Raises RetryError.
        """

    def require_empty(self) -> None:
        """Raise UsageError unless the place to restore to is empty. Creates what it lacks."""

    def restore(self, name: str, content: Iterator[bytes]) -> None:
        """Restore a part, in the order of `parts`. Raises RetryError; then begin again."""

    def complete(self) -> None:
        """Put what was restored in place, after the last part. Raises RetryError."""


class Archive(Protocol):
    """A file with named parts, written once and read in any order."""

    def write(self, name: str, content: Iterator[bytes]) -> tuple[int, str]:
        """Write a part; return its size in bytes and its SHA-256, in hexadecimal."""

    def read(self, name: str) -> Iterator[bytes]:
        """Yield a part in pieces. Raises UsageError when there is none, or it is damaged."""

    def close(self, *, keep: bool) -> None:
        """Close the file; one that was written takes its name if it is to be kept."""


class Cipher(Protocol):
    """Encryption by a passphrase."""

    @property
    def salt(self) -> bytes:
        """The salt that was mixed with the passphrase, kept beside the encrypted bytes."""

    def encrypt(self, name: str, content: Iterator[bytes]) -> Iterator[bytes]:
        """Yield a part encrypted."""

    def decrypt(self, name: str, content: Iterator[bytes]) -> Iterator[bytes]:
        """Yield a part decrypted.

        Raises UsageError when the passphrase is another one, or the part was changed or cut off.
        """
