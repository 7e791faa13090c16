"""People named by their offices alone: `kata Kapolres`, `the minister said`."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from pantau.enricher.lexicon.contexts import context_words

_PHRASE: Final = 4
"""Maximum number of words that refer to an office."""


class Offices:
    """The offices of an article and who holds them, by canonical name."""

    def __init__(self, roles: Mapping[str, Sequence[str]]) -> None:
        self._roles = roles

    def holder(self, words: Sequence[str]) -> str | None:
        """Return the only person with a named office: `Kapolres`, `the minister`."""
        plain = [
            word
            for word in words[:_PHRASE]
            if word.lower() not in {"the", "sang", "itu", "tersebut"}
        ]
        for size in range(len(plain), 0, -1):
            phrase = " ".join(plain[:size]).lower()
            if len(phrase) < 3:
                continue
            found = self._holders.get(phrase)
            if found is not None:
                return found
        return None

    @cached_property
    def _holders(self) -> dict[str, str | None]:
        """The words of offices, up to `_PHRASE` in a row, mapped to the holder.

        None if there are several.
        """
        holders: dict[str, str | None] = {}
        for name, held in self._roles.items():
            for phrase in {phrase for role in held for phrase in _phrases(role.lower())}:
                holders[phrase] = None if phrase in holders else name
        return holders


def _phrases(role: str) -> Iterator[str]:
    """Yield the runs of up to `_PHRASE` words of an office.

    None ends with a word that is no office without the next: `the finance department said`.
    """
    words = role.split(" ")
    for start in range(len(words)):
        for end in range(start + 1, min(start + _PHRASE, len(words)) + 1):
            last = words[end - 1]
            if last in context_words("OFFICE SCOPE") and last not in context_words("OCCUPATION"):
                continue
            yield " ".join(words[start:end])
