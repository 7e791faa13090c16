"""Passwords: which are taken, and what is hashed. Pure.

The rules are those of NIST SP 800-63B (revision 4, 3.1.1.2): a least length, no rules about kinds
of characters, and Unicode normalised before it is hashed.
"""

import secrets
import unicodedata
from typing import Final

from pantau.errors import UsageError
from pantau.problems import problem

LEAST: Final = 12
"""Shortest password, in characters."""
MOST: Final = 256
"""Longest password, in characters: hashing takes no longer for a longer one, reading does."""
_FEW: Final = 4
"""Least number of different characters."""
_LETTERS: Final = "abcdefghijkmnpqrstuvwxyz23456789"
"""Characters of passwords that are made: 32 that nobody mistakes for others, 5 bits each."""
_GROUPS: Final = 4
_GROUP: Final = 4


def normalised(password: str) -> str:
    """Return a password as it is hashed: in NFKC, so that each keyboard writes the same."""
    return unicodedata.normalize("NFKC", password[: MOST + 1])


def require_password(password: str, name: str) -> None:
    """Raise UsageError for a password that is too short or long, or easily guessed."""
    given = normalised(password)
    if not LEAST <= len(given) <= MOST:
        raise UsageError(problem("accounts.password-length", least=LEAST, most=MOST))
    if len(set(given)) < _FEW or (len(name) > 3 and name.casefold() in given.casefold()):
        raise UsageError(problem("accounts.password-weak"))


def new_password(name: str) -> str:
    """Return a random password of 80 bits that a person can read out, as `k7fm-2xqp-9hvd-w3tn`."""
    while True:
        groups = ("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))
        made = "-".join(groups)
        try:
            require_password(made, name)
        except UsageError:  # it has the name in it, or few different characters: about never
            continue
        return made
