"""Headlines written as sentences: Title Case and ALL CAPS without the capitals that mean nothing.

`Fans Serang Nadine Kusuma` becomes `fans serang Nadine Kusuma`, so that an engine which learnt from
sentences can read it. Every character keeps its place.
"""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from enum import Enum, auto
from typing import Final

from pantau.enricher.lexicon.char_mask import CharMask
from pantau.enricher.lexicon.common import GIVEN_NAMES, is_affixed, is_common, is_seldom_a_name
from pantau.enricher.lexicon.contexts import context_words
from pantau.enricher.lexicon.gazetteer import Gazetteer
from pantau.enricher.lexicon.words import Flag, word_flags
from pantau.enricher.ner.engine import Mention
from pantau.enricher.ner.scan import NO_NAME, OFFICE, PERSON, PLACE_HEAD, PREPOSITION

HEADLINE_WORD: Final = re.compile(r"[^\W\d_]+(?:[.'’-][^\W\d_]+)*")
_VERBS: Final = frozenset({"serang", "buru"})
"""Towns and islands whose names are verbs that headlines use."""
_ATTACKS: Final = frozenset(
    {
        "gempur", "bombardir", "rudal", "gebuk", "libas", "bantai", "hajar", "gilas", "tekuk",
        "bekuk", "ciduk", "cokok", "ringkus", "gerebek", "geruduk", "satroni", "lalap", "gasak",
        "bungkam", "tundukkan", "taklukkan", "kalahkan", "sikat", "tahan", "imbangi", "jajal",
        "lumat", "pecundangi", "tumbangkan", "depak", "sindir", "semprot", "sentil", "colek",
        "gaet", "gandeng", "boyong", "jamu", "lawan", "vs",
    }
)  # fmt: skip
"""Verbs of headlines that stand between names and are seldom written in texts."""
_NOUNS: Final = frozenset({"solo", "batu", "pati", "bima", "natal", "siak"})
"""Towns whose names are nouns or the like."""
_PEOPLE_OF: Final = frozenset({"warga", "penduduk", "pemkab", "pemkot", "polres", "dprd", "asal"})
"""Words before the name of a town that no verb follows."""
_BEFORE_TOWN: Final = PREPOSITION | PLACE_HEAD | OFFICE
_SMALL: Final = int(Flag.COMMON | Flag.CAPITAL)
_TITLE: Final = int(Flag.OFFICE | Flag.RANK | Flag.HONORIFIC)
_MOSTLY_CAPITALS: Final = 0.8
"""Share of capitals among the letters of a headline in ALL CAPS."""


class _Kind(Enum):
    """The kinds of words in a headline."""

    WORD = auto()
    EITHER = auto()
    LIKELY = auto()
    """A word that often is a name: beside another that may be one, it is."""
    NAME = auto()


_BESIDE: Final = {
    _Kind.EITHER: {_Kind.NAME, _Kind.LIKELY},
    _Kind.LIKELY: {_Kind.NAME, _Kind.LIKELY, _Kind.EITHER},
}
"""Beside which words one that may be a name is a name."""


def is_verb(low: str, before: str, flags: dict[str, int]) -> bool:
    """Return whether a town's name is rather a word: Serang without `di` or `Warga` before it."""
    if low in _NOUNS and before in context_words("OF_PLACE"):
        return False
    if not (low in _VERBS or low in _NOUNS or is_common(low)):
        return False
    return not (flags.get(before, 0) & _BEFORE_TOWN or before in _PEOPLE_OF)


def in_sentence_case(text: str, named: Sequence[Mention], gazetteer: Gazetteer) -> str:
    """Return an Indonesian headline with capitals only where a name may stand.

    The words of the mentions `named` are names. A word that is a name or not (`Yoga`, `Putri`)
    keeps its capital beside one that must be a name.
    """
    words = list(HEADLINE_WORD.finditer(text))
    kinds = _kinds(words, named, gazetteer)
    letters = [mark for mark in text if mark.isalpha()]
    capitals = sum(map(str.isupper, letters)) > _MOSTLY_CAPITALS * len(letters)
    pieces: list[str] = []
    at = 0
    for index, word in enumerate(words):
        pieces.append(text[at : word.start()])
        at = word.end()
        kind = kinds[index]
        if kind in _BESIDE:
            beside = _stands_beside(_BESIDE[kind], text, words, kinds, index)
            kind = _Kind.NAME if beside else _Kind.WORD
        written = _written(word.group(), kind, gazetteer, capitals=capitals)
        # Another case may have another length (`İ`), and the places of names are counted in the
        # text as it was.
        pieces.append(written if len(written) == at - word.start() else word.group())
    pieces.append(text[at:])
    return "".join(pieces)


def _kinds(
    words: Sequence[re.Match[str]], named: Sequence[Mention], gazetteer: Gazetteer
) -> list[_Kind]:
    """Return for each word whether it is a word, a part of a name, or may be either."""
    taken = CharMask(words[-1].end() if words else 0, ((one.start, one.end) for one in named))
    flags = word_flags()
    return [
        _Kind.NAME if taken.touches(*word.span()) else _kind(word.group().lower(), flags, gazetteer)
        for word in words
    ]


def _kind(low: str, flags: dict[str, int], gazetteer: Gazetteer) -> _Kind:
    """Return the kind of a word that no list of names has found in the headline."""
    seen = flags.get(low, 0)
    if is_common(low) or seen & NO_NAME or low in _ATTACKS:
        return _Kind.WORD
    if low in GIVEN_NAMES:
        return _Kind.EITHER
    if is_common(f"di{low}") or is_affixed(low) or is_seldom_a_name(low) or seen & _TITLE:
        return _Kind.LIKELY if seen & PERSON else _Kind.WORD
    if seen & _SMALL or gazetteer.get(low) is not None:
        return _Kind.EITHER
    return _Kind.NAME


def _stands_beside(
    others: AbstractSet[_Kind],
    text: str,
    words: Sequence[re.Match[str]],
    kinds: Sequence[_Kind],
    index: int,
) -> bool:
    """Return whether a word directly precedes or follows one of some kinds."""
    return any(
        kinds[first if other else first + 1] in others
        and text[words[first].end() : words[first + 1].start()] == " "
        for first, other in ((index - 1, True), (index, False))
        if 0 <= first < len(words) - 1
    )


def _written(word: str, kind: _Kind, gazetteer: Gazetteer, *, capitals: bool) -> str:
    """Return a word as it would stand in a sentence."""
    if not capitals:
        plain = kind is _Kind.NAME or (word.isupper() and len(word) > 1)
        return word if plain else word.lower()
    if kind is _Kind.WORD:
        return word.lower()
    known = gazetteer.get(word)
    short = known is not None and word in gazetteer.aliases(known.id)
    return word if short else word.capitalize()
