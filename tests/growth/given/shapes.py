"""Inputs by shape: text that grows with a number of characters, whatever that number is.

A shape is what an attacker repeats. Whoever reads text in time that grows faster than the text does
so for one of them: something repeated, something opened and never closed, two things in turn,
nests, words without end.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import permutations
from typing import Final

from tests.growth.given.pieces import FOUND, NESTS, PIECES, Kind

ORDINARY: Final = (
    "Pemerintah menyalurkan bantuan bagi warga Demak yang terdampak banjir, kata Kepala Badan "
    "itu, Aminah Sari. "
)
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"


BLOCK: Final = 100
"""Characters of a block at most, unless its pieces alone are longer.

A block is never cut, so one longer than the smallest size measured would be the same text there at
two sizes, and growth would seem to begin late and steeply.
"""


@dataclass(frozen=True, slots=True)
class Shape:
    """A text of every length."""

    name: str
    make: Callable[[int], str]


@cache
def shapes(kind: Kind) -> tuple[Shape, ...]:
    """Return every shape of a kind of text but those that are chosen by a seed."""
    return tuple(
        map(
            _kept,
            (
                *_found(kind),
                *_repeats(kind),
                *_near_misses(kind),
                *_nests(kind),
                *_words(),
                *_alone(),
            ),
        )
    )


def _kept(shape: Shape) -> Shape:
    """Return a cached shape's texts; many functions get the same."""
    return Shape(shape.name, lru_cache(maxsize=8)(shape.make))


def some_shapes(kind: Kind, most: int, seed: str) -> list[Shape]:
    """Return `most` shapes, chosen by a seed: a third of them repeats of one piece."""
    chosen = random.Random(seed)
    repeats = [shape for shape in shapes(kind) if shape.name.startswith("repeat ")]
    found = [shape for shape in shapes(kind) if shape.name.startswith("found ")]
    others = [shape for shape in shapes(kind) if not shape.name.startswith(("repeat ", "found "))]
    return [
        *found,
        *chosen.sample(repeats, most // 3),
        *chosen.sample(others, min(len(others), most - most // 3)),
    ]


def pairs(kind: Kind, most: int | None, seed: str) -> list[Shape]:
    """Return shapes of two pieces, in turn and one after the other.

    `most` of them, chosen by a seed.
    """
    found = _all_pairs(kind)
    if most is not None:
        found = random.Random(seed).sample(found, most)
    return [
        Shape(f"{form} {one!r} {other!r}", _paired(form, one, other))
        for one, other in found
        for form in _FORMS
    ]


@cache
def _all_pairs(kind: Kind) -> list[tuple[str, str]]:
    return list(permutations(PIECES[kind], 2))


def blocks(kind: Kind, most: int, seed: str) -> list[Shape]:
    """Return shapes whose block repeats: a few pieces, some of them several times.

    All chosen by a seed.
    """
    chosen = random.Random(seed)
    found = []
    for _ in range(most):
        pieces = chosen.sample(PIECES[kind], chosen.randint(2, 4))
        most_each = BLOCK // sum(map(len, pieces))
        block = "".join(
            piece * min(chosen.choice((1, 1, 1, 3, 10, 40)), max(1, most_each)) for piece in pieces
        )
        found.append(Shape(f"block {block!r}", lambda size, block=block: filled(block, size)))  # type: ignore[misc]
    return found


def framed(kind: Kind, most: int, seed: str) -> list[Shape]:
    """Return shapes of one run, then another between an opener and its closer."""
    chosen = random.Random(seed)
    found = []
    for _ in range(most):
        before, within, end = chosen.sample(PIECES[kind], 3)
        opener, closer = chosen.choice(NESTS[kind])
        name = f"frame {before!r} {opener!r} {within!r} {end!r} {closer!r}"
        found.append(Shape(name, _frame(before, opener, within, end + closer)))
    return found


def _frame(before: str, opener: str, within: str, end: str) -> Callable[[int], str]:
    return lambda size: filled(before, size // 2) + " " + opener + filled(within, size // 2) + end


_FORMS: Final = ("turns", "halves", "runs")


def _paired(form: str, one: str, other: str) -> Callable[[int], str]:
    if form == "turns":
        return lambda size: filled(one + other, size)
    if form == "runs":
        return lambda size: filled(one * 12 + other, size)
    return lambda size: filled(one, size // 2) + filled(other, size // 2)


def filled(piece: str, size: int) -> str:
    """Return a piece repeated up to a number of characters, never cut within the piece."""
    return piece * max(1, size // len(piece))


def _found(kind: Kind) -> Iterator[Shape]:
    for block in FOUND[kind]:
        yield Shape(f"found {block!r}", lambda size, block=block: filled(block, size))  # type: ignore[misc]


def _repeats(kind: Kind) -> Iterator[Shape]:
    for piece in dict.fromkeys(PIECES[kind]):
        yield Shape(f"repeat {piece!r}", lambda size, piece=piece: filled(piece, size))  # type: ignore[misc]


def _near_misses(kind: Kind) -> Iterator[Shape]:
    """Yield what looks like something until its end.

    An opener with no closer, a run that breaks off.
    """
    for opener in dict.fromkeys(opener for opener, _ in NESTS[kind]):
        yield Shape(
            f"unclosed {opener!r}",
            lambda size, opener=opener: opener + filled(ORDINARY, size - len(opener)),  # type: ignore[misc]
        )
    for run, end in (
        ("a", "!"),
        (" ", "a"),
        ("\\", "a"),
        ("1", "a"),
        ("A", "b"),
        ("(", "a"),
        ("-", "a"),
        ("\n", "a"),
    ):
        yield Shape(
            f"run {run!r} before {end!r}",
            lambda size, run=run, end=end: "a" + filled(run, size - 2) + end,  # type: ignore[misc]
        )
        yield Shape(
            f"quoted run {run!r}",
            lambda size, run=run: '"' + filled(run, size - 2),  # type: ignore[misc]
        )


def _nests(kind: Kind) -> Iterator[Shape]:
    for opener, closer in NESTS[kind]:
        yield Shape(
            f"nest {opener!r} {closer!r}",
            lambda size, opener=opener, closer=closer: _nested(opener, closer, size),  # type: ignore[misc]
        )
        yield Shape(
            f"nests of 50 {opener!r} {closer!r}",
            lambda size, opener=opener, closer=closer: filled(  # type: ignore[misc]
                opener * 50 + closer * 50 + " ", size
            ),
        )


def _nested(opener: str, closer: str, size: int) -> str:
    depth = max(1, size // (len(opener) + len(closer)))
    return opener * depth + "a" + closer * depth


def _words() -> Iterator[Shape]:
    yield Shape("one long word", lambda size: _letters(size, 1))
    yield Shape("different words", lambda size: " ".join(_different(size, str.lower)))
    yield Shape("different Names", lambda size: " ".join(_different(size, str.title)))
    yield Shape("different CAPITALS", lambda size: " ".join(_different(size, str.upper)))
    yield Shape("different pairs of Names.", lambda size: _sentences(_different(size, str.title)))
    yield Shape(
        "different names in quotes",
        lambda size: " ".join(f'"{x}"' for x in _different(size, str.title)),
    )
    yield Shape(
        "different abbreviations",
        lambda size: " ".join(
            f"Aa {x} ({x[:3].upper()})" for x in _different(size // 2, str.title)
        ),
    )
    yield Shape(
        "words that share a beginning",
        lambda size: " ".join("aaaaaa" + x for x in _different(size // 2, str.lower)),
    )
    yield Shape("different lines", lambda size: "\n".join(_different(size, str.title)))
    yield Shape(
        "different numbers", lambda size: " ".join(str(number) for number in range(size // 6))
    )


def _alone() -> Iterator[Shape]:
    yield Shape("ordinary", lambda size: filled(ORDINARY, size))
    yield Shape(
        "characters by chance", lambda size: "".join(random.Random(1).choices(_CHANCE, k=size))
    )


_CHANCE: Final = (
    _LETTERS + "ABCDE" + " \n" * 3 + "\"'()[]{}<>/\\&;:,.!?-_=*~^|%#@0123456789éİ漢\u0301😀"
)


def _letters(size: int, seed: int) -> str:
    return "".join(random.Random(seed).choices(_LETTERS, k=size))


def _different(size: int, case: Callable[[str], str]) -> list[str]:
    letters = _letters(size, 7)
    return [case(letters[start : start + 6]) for start in range(0, len(letters) - 5, 7)]


def _sentences(words: list[str]) -> str:
    return " ".join(f"{one} {other}." for one, other in zip(words[::2], words[1::2], strict=False))
