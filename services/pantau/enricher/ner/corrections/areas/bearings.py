"""Places from which reports of quakes and storms measure: 92 kilometer barat daya Painan."""

from collections.abc import Iterator, Sequence
from typing import Final

from pantau.enricher.ner.corrections.areas.named_sites import is_plain_name
from pantau.enricher.ner.corrections.spans import Words, with_free
from pantau.enricher.ner.engine import Mention

UNITS: Final = frozenset({"kilometer", "km", "Km", "KM", "mil"})
"""Words before a bearing."""
_BEARINGS: Final = frozenset(
    {
        "barat", "timur", "utara", "selatan", "tenggara", "daya", "laut", "sebelah", "arah", "dari",
        "Barat", "Timur", "Utara", "Selatan", "Tenggara", "Daya", "Laut",
    }
)  # fmt: skip
_LONGEST: Final = 3
"""Words of a place's name."""
_MOST_BEARINGS: Final = 5


def with_bearings(words: Words, units: Sequence[int], mentions: list[Mention]) -> list[Mention]:
    """Return the mentions with the places after the tokens `units` and a bearing."""
    found = (words.mention(first, last, "place") for first, last in _places(words.tokens, units))
    return with_free(len(words.passage.text), mentions, found)


def _places(tokens: Sequence[str], units: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the first token of each place, and the one after it."""
    for at in units:
        first = at + 1
        while first < len(tokens) and first - at <= _MOST_BEARINGS and tokens[first] in _BEARINGS:
            first += 1
        last = first
        while last < len(tokens) and last - first < _LONGEST and _may_be_name(tokens[last]):
            last += 1
        if at + 1 < first < last:
            yield first, last


def _may_be_name(token: str) -> bool:
    return is_plain_name(token.title() if token.isupper() else token)
