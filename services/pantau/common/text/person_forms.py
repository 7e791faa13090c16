"""The ways in which a person's name is written with its initials and its other name."""

import re
from collections.abc import Iterator
from typing import Final

_ALIAS: Final = " alias "
"""The word between a name and what the person is also called."""
_INITIAL: Final = re.compile(r"(?<![^\W_])[A-HJ-Z](?= )")
"""An initial without its dot, before another word; I is a particle of Balinese names."""
_DOTTED: Final = re.compile(r"(?<![^\W_])((?:[A-Z]\. ?)+)")
_SHORTENED: Final = re.compile(r"(?<=[a-z])\.(?= )")
"""The dot of a shortened first name: Moh. Hatta."""


def person_variants(name: str) -> Iterator[str]:
    """Yield other ways to write a person's name.

    `B.J. Arif` is also `BJ Arif`, `M Arif` is also `M. Arif`, and `Arif alias Tejo` is each of the
    two. A name without these has none.
    """
    first, alias, second = name.partition(_ALIAS)
    if alias:
        yield first
        yield second
    if "." in name:
        plain = _SHORTENED.sub("", _DOTTED.sub(_without_dots, name))
        if plain != name:
            yield plain
    if _INITIAL.search(name) is not None:  # no name in most: a search costs less than `sub`
        yield _INITIAL.sub(r"\g<0>.", name)


def _without_dots(initials: re.Match[str]) -> str:
    """Return initials joined, with the blank after the last: A. A. and A.A. are AA."""
    held = initials[1]
    return held.replace(".", "").replace(" ", "") + (" " if held.endswith(" ") else "")
