"""Augmentation by forms of names that are rarer in the labelled sentences than in news.

Initials, clan names and patronymics (`M. Yusuf X`, `X br Y`, `X bin Y`, `La Ode X`), lists of
names, names at the end of a line without a full stop, and an office with its place and its holder.
"""

import random
from collections.abc import Iterable, Sequence
from typing import Final

from pantau.enricher.ner.trained.tokens import tokenize
from training.corpora import CORPORA, Sentence

SHARE: Final = 0.15
"""Share of the sentences with a person that are repeated with other names."""
UNENDED: Final = 0.3
"""Share of these without their full stop."""
LISTED: Final = 0.15
"""Share of their people that become a list."""
HELD: Final = 0.15
"""Share of their people that follow an office and its place, where a corpus labels such places."""
OFFICES: Final = ("Lurah", "Camat", "Kapolsek", "Kapolres", "Bupati", "Danramil", "Wali Kota")
LABELS_SEATS: Final = frozenset({"nergrit", "nergrit-dev"})
"""Corpora in which the place of an office is a name."""
FORMS: Final = (
    "{x} {y}",
    "{i}. {x} {y}",
    "{i}. {x}",
    "{i}.{j}. {x}",
    "{i}.{j}. {x} {y}",
    "{x} {i}. {y}",
    "{x} br {y}",
    "{x} bin {y}",
    "{x} binti {y}",
    "La Ode {x}",
    "La Ode {x} {y}",
    "Wa Ode {x}",
    "Anak Agung {x}",
    "Anak Agung Gede {x}",
    "I Gusti Ngurah {x}",
    "I Gusti Ayu {x} {y}",
    "Ida Bagus {x}",
    "Andi {x}",
    "Andi {x} {y}",
    "Tengku {x}",
    "Tengku {x} {y}",
    "Teuku {x} {y}",
    "Cut {x}",
    "Baiq {x} {y}",
    "Lalu {x} {y}",
    "Daeng {x}",
    "Moh. {x} {y}",
    "Muh. {x}",
)
INITIALS: Final = "ABDEFHIJKLMNRSTWYZ"

Words = list[tuple[str, str]]
"""Tokens with their tags."""


class _Names:
    """The names of a corpus, of which new ones are made."""

    def __init__(self, sentences: Iterable[Sentence], chance: random.Random) -> None:
        spans = [span for one in sentences for span in _spans(one)]
        people = [words for kind, words in spans if kind == "PER" and len(words) > 1]
        people = [words for words in people if all(map(_usual, words))]
        self._first = sorted({words[0] for words in people})
        self._last = sorted({words[-1] for words in people})
        self._places = sorted({words[0] for kind, words in spans if _is_seat(kind, words)})
        self._chance = chance

    def __bool__(self) -> bool:
        return bool(self._first)

    def person(self) -> Words:
        """Return a new name in a random form."""
        draw = self._chance.choice
        name = draw(FORMS).format(
            x=draw(self._first), y=draw(self._last), i=draw(INITIALS), j=draw(INITIALS)
        )
        first, *rest = tokenize(name)[0]
        return [(first, "B-PER"), *((token, "I-PER") for token in rest)]

    def persons(self, *, seats: bool) -> Words:
        """Return a new name, a list of them, or one after an office and a place."""
        drawn = self._chance.random()
        if drawn < LISTED:
            return [*self.person(), (",", "O"), *self.person(), ("dan", "O"), *self.person()]
        if seats and self._places and drawn < LISTED + HELD:
            office = self._chance.choice(OFFICES).split()
            place = self._chance.choice(self._places)
            return [*((word, "O") for word in office), (place, "B-LOC"), *self.person()]
        return self.person()


def with_forms(sentences: Sequence[Sentence], corpus: str) -> list[Sentence]:
    """Repeat some Indonesian sentences about people with names of rarer forms."""
    if CORPORA[corpus].lang != "id":
        return list(sentences)
    chance = random.Random(corpus)  # noqa: S311 (repeatable, not secret)
    names = _Names(sentences, chance)
    found: list[Sentence] = []
    for sentence in sentences:
        found.append(sentence)
        if names and "B-PER" in sentence.tags and chance.random() < SHARE:
            words = _renamed(sentence, names, seats=corpus in LABELS_SEATS)
            if words[-1] == (".", "O") and chance.random() < UNENDED:
                del words[-1]
            tokens, tags = zip(*words, strict=True)
            found.append(Sentence(tokens, tags))
    return found


def _renamed(sentence: Sentence, names: _Names, *, seats: bool) -> Words:
    """Return a sentence with a new name for each of its people."""
    words: Words = []
    for token, tag in zip(sentence.tokens, sentence.tags, strict=True):
        if tag == "B-PER":
            words += names.persons(seats=seats)
        elif tag != "I-PER":
            words.append((token, tag))
    return words


def _spans(sentence: Sentence) -> list[tuple[str, list[str]]]:
    """Return the type and the words of each name."""
    found: list[tuple[str, list[str]]] = []
    for token, tag in zip(sentence.tokens, sentence.tags, strict=True):
        mark, _, kind = tag.partition("-")
        if mark == "B":
            found.append((kind, [token]))
        elif mark == "I":
            found[-1][1].append(token)
    return found


def _usual(word: str) -> bool:
    return len(word) > 1 and word.isalpha() and word.istitle()


def _is_seat(kind: str, words: Sequence[str]) -> bool:
    return kind == "LOC" and len(words) == 1 and _usual(words[0])
