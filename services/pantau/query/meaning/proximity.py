"""Positions of words, phrases and prefixes in a field, and the proximity operators over them.

Complexity: finding a phrase is linear in the tokens of the field, whatever the phrase repeats;
everything else is n log n in the number of occurrences. The n of an operator plays no part. All of
it is charged to the meter of the tokens.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import Final, TypeAlias

from pantau.query import ast
from pantau.query.meaning import sloppy_phrase
from pantau.query.meaning.proximity_rules import fields, pieces, width
from pantau.query.text.document import Document, Tokens
from pantau_schemas.fields import VALUE_GAP

_TOKEN: Final = 2
"""The cost of reading a token in units."""
_PLACE: Final = 6
"""The cost of an occurrence in units: adding it to a set, and sorting."""

Places: TypeAlias = dict[int, set[int]]
"""Start positions of occurrences, by their width in tokens."""
Found: TypeAlias = Iterator[tuple[str, set[int]]]
"""Names of fields with positions of words."""


def occurrences(query: ast.Phrase, tokens: Tokens) -> Iterator[tuple[int, ...]]:
    """Yield the positions of each occurrence of a phrase."""
    if query.slop:
        lists = _lists(query, tokens)
        if lists:
            yield from sloppy_phrase.matches(lists, query.terms, query.slop, tokens.meter)
        return
    size = len(query.terms)
    for start in _beginnings(query, tokens):
        yield tuple(range(start, start + size))


def _lists(query: ast.Phrase, tokens: Tokens) -> list[list[int]]:
    """Return the positions of each word; an empty list if a word does not occur."""
    tokens.meter.spend(len(query.terms))
    lists = []
    for word in query.terms:
        positions = tokens.positions(word)
        if not positions:
            return []
        lists.append(positions)
    return lists


def _beginnings(query: ast.Phrase, tokens: Tokens) -> Iterator[int]:
    """Yield the start positions of a phrase without slop.

    The other words are looked up from each position of the rarest one; if that is more work than
    reading the text once, the text is read.
    """
    lists = _lists(query, tokens)
    if not lists:
        return
    lengths = list(map(len, lists))
    least = min(lengths)
    if len(lists) * least > len(tokens.sequence):
        yield from _runs(query.terms, tokens, tokens.sequence)
        return
    # Most positions fail at one of the first words, so those behind cost little.
    shift = lengths.index(least)
    tokens.meter.spend(_PLACE * least * min(len(lists), 8))
    others = [
        (number - shift, positions) for number, positions in enumerate(lists) if number != shift
    ]
    for position in lists[shift]:
        for offset, positions in others:
            if not _holds(positions, position + offset):
                break
        else:
            yield position - shift


def _holds(ordered: list[int], wanted: int) -> bool:
    place = bisect_left(ordered, wanted)
    return place < len(ordered) and ordered[place] == wanted


def _runs(terms: tuple[str, ...], tokens: Tokens, sequence: list[str]) -> Iterator[int]:
    """Yield the start positions of a run of tokens, by the algorithm of Knuth, Morris and Pratt.

    No run spans values.
    """
    tokens.meter.spend(_TOKEN * (len(terms) + len(sequence)))
    # The length of the longest proper prefix of the terms that is a suffix of those up to each.
    borders = [0]
    known = 0
    for term in terms[1:]:
        while known and terms[known] != term:
            known = borders[known - 1]
        known += terms[known] == term
        borders.append(known)
    size = len(terms)
    for number, (first, last) in enumerate(pairwise((*tokens.starts, len(sequence)))):
        # Positions of later values are moved on by the gap, so that no phrase spans two of them.
        shift = 1 - size + VALUE_GAP * number
        met = 0
        for place in range(first, last):
            word = sequence[place]
            while met and (met == size or terms[met] != word):
                met = borders[met - 1]
            met += terms[met] == word
            if met == size:
                yield place + shift


def exact_case(query: ast.ExactCase, document: Document) -> bool:
    """Return whether the words occur with this capitalisation in a field."""
    return any(True for name in query.fields for _ in _exact_starts(query, document, name))


def _exact_starts(query: ast.ExactCase, document: Document, name: str) -> Iterator[int]:
    text = document.joined(name)
    different = set(query.terms)
    document.meter.spend(len(different) * (1 + len(text) // 100))
    if all(term in text for term in different):
        tokens = document.tokens(name)
        yield from _runs(query.terms, tokens, tokens.written)


def _places(operand: ast.Query, document: Document, name: str) -> Places:
    """Return every occurrence of an operand in a field."""
    found: Places = {}
    tokens, meter = document.tokens(name), document.meter
    for piece in pieces(operand, name):
        starts = found.setdefault(width(piece), set())
        match piece:
            case ast.Term():
                positions = tokens.positions(piece.text)
                meter.spend(_PLACE * len(positions))
                starts.update(positions)
            case ast.Prefix():
                for word in tokens.beginning(piece.text):
                    positions = tokens.index[word]
                    meter.spend(_PLACE * (1 + len(positions)))
                    starts.update(positions)
            case ast.Phrase():
                starts.update(_beginnings(piece, tokens))
            case ast.ExactCase():
                starts.update(_exact_starts(piece, document, name))
    return {size: starts for size, starts in found.items() if starts}


def exact_case_words(query: ast.ExactCase, document: Document) -> Found:
    """Yield the positions of all words with this capitalisation."""
    for name in query.fields:
        yield name, _words({len(query.terms): set(_exact_starts(query, document, name))})


def _words(places: Places) -> set[int]:
    """Return the positions of all words of occurrences, each once."""
    found: set[int] = set()
    for size, starts in places.items():
        free = 0
        for start in sorted(starts):
            found.update(range(max(start, free), start + size))
            free = start + size
    return found


def _ends(places: Places) -> list[int]:
    """Return the end of each occurrence: the position after its last token."""
    return sorted({start + size for size, starts in places.items() for start in starts})


def _starts(places: Places) -> list[int]:
    return sorted(set().union(*places.values()))


def near(query: ast.Near, document: Document) -> bool:
    """Return whether two occurrences are near enough in a field."""
    for name in fields(query):
        first, second = _both(query, document, name)
        if first and second:
            if _follows(_ends(first), _starts(second), query.distance):
                return True
            if not query.ordered and _follows(_ends(second), _starts(first), query.distance):
                return True
    return False


def _both(query: ast.Near, document: Document, name: str) -> tuple[Places, Places]:
    first = _places(query.first, document, name)
    return first, _places(query.second, document, name) if first else {}


def _follows(ends: list[int], starts: list[int], distance: int) -> bool:
    """Return whether `0 <= start - end <= distance` for some; both lists are ascending."""
    place, size = 0, len(starts)
    for end in ends:
        while place < size and starts[place] < end:
            place += 1
        if place == size:
            return False
        if starts[place] <= end + distance:
            return True
    return False


def near_words(query: ast.Near, document: Document) -> Found:
    """Yield the positions of the words of all occurrences that have another one near enough."""
    for name in fields(query):
        first, second = _both(query, document, name)
        if not first or not second:
            continue
        one = _with_neighbour(first, second, query.distance, before=not query.ordered, after=True)
        other = _with_neighbour(second, first, query.distance, before=True, after=not query.ordered)
        yield name, _words(one) | _words(other)


def _with_neighbour(
    places: Places, others: Places, distance: int, *, before: bool, after: bool
) -> Places:
    """Return the occurrences that have one of the others close before or after them."""
    starts, ends = _starts(others), _ends(others)
    return {
        size: {
            start
            for start in found
            if (after and _any_between(starts, start + size, start + size + distance))
            or (before and _any_between(ends, start - distance, start))
        }
        for size, found in places.items()
    }


def _any_between(ordered: list[int], low: int, high: int) -> bool:
    return bisect_left(ordered, low) < bisect_right(ordered, high)


def at_least(query: ast.AtLeast, document: Document) -> bool:
    """Return whether a field has enough occurrences."""
    return any(_enough(query, document, name) for name in fields(query))


def _enough(query: ast.AtLeast, document: Document, name: str) -> Places:
    """Return the occurrences in a field; none if there are too few of them."""
    found = _places(query.operand, document, name)
    if sum(map(len, found.values())) < query.count:
        return {}
    return found if len(found) < 2 or _innermost(found) >= query.count else {}


def _innermost(places: Places) -> int:
    """Return the number of occurrences that contain no other.

    Of those that begin together the shortest, if none ends before it.
    """
    sizes: dict[int, int] = {}
    for size in sorted(places, reverse=True):
        sizes.update(dict.fromkeys(places[size], size))
    count, end = 0, None
    for start in sorted(sizes, reverse=True):
        if end is None or start + sizes[start] < end:
            count, end = count + 1, start + sizes[start]
    return count


def at_least_words(query: ast.AtLeast, document: Document) -> Found:
    """Yield the positions of the words of all occurrences, in the fields that have enough."""
    for name in fields(query):
        yield name, _words(_enough(query, document, name))
