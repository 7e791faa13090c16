"""Offices of Indonesia's regions, and the regions of those who head them.

`Polres Humbang Hasundutan` and `Dinas Kesehatan Kabupaten Garut` are organisations as wholes, by
pattern: a head that every region has, and the name of a region. In `Kapolres Lahat` and `Bupati
Bima` the region is a place, and nobody's name.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from pantau.enricher.lexicon.contexts import context_words
from pantau.enricher.lexicon.gazetteer import Gazetteer
from pantau.enricher.lexicon.regional import REGIONAL_HEADS
from pantau.enricher.lexicon.words import word_flags
from pantau.enricher.ner.corrections.persons.name_words import may_be_full_name
from pantau.enricher.ner.corrections.spans import Words, put
from pantau.enricher.ner.engine import Mention
from pantau.enricher.ner.scan import HONORIFIC, PLACE_TAIL, RANK

_KINDS: Final = frozenset({"province", "regency", "town"})
_BISHOPS: Final = frozenset({"Mgr", "Mgr.", "Kardinal", "Pdt", "Pdt."})
"""Titles of bishops, before their names."""
_PROVINCE: Final = "province"
_GOVERNMENT: Final = "pemerintah"
"""First word of a region's government, in which the region is the name."""
_LONG: Final = tuple(
    tuple(full.lower().split())
    for full in REGIONAL_HEADS.values()
    if not full.lower().startswith(_GOVERNMENT)
)
_FREE: Final = frozenset({"dinas", "inspektorat", "sekretariat", "satpol"})
"""First words that others follow before the region: Dinas Pekerjaan Umum dan Tata Ruang."""
_INNER: Final = frozenset({"dan", ","})
_LONGEST: Final = 12
"""Tokens of the head of an office, marks included."""
_LONGEST_REGION: Final = 6
_OFFICE: Final = "Dinas"
_BRANCH: Final = "Suku"
"""The word before an office for its branch in a town: Suku Dinas Kesehatan Jakarta Barat."""
_TOWN: Final = "Kota"
"""The word after a region for the police of its town: Polres Bogor Kota."""


def _forms(words: Sequence[str]) -> set[str]:
    return {form for word in words for form in (word.capitalize(), word.upper())}


_HEAD_FORMS: Final = frozenset(_forms([*REGIONAL_HEADS, *(words[0] for words in _LONG), *_FREE]))


@cache
def _official_forms() -> frozenset[str]:
    """Return the offices that the name of a region follows, as texts write them."""
    words = context_words("HEAD_OF_REGION")
    return words | _forms(sorted(words))


@cache
def office_forms() -> frozenset[str]:
    """Return the words that begin an office of a region or name who heads it."""
    return _HEAD_FORMS | _official_forms()


def with_offices(words: Words, heads: Sequence[int], mentions: list[Mention]) -> list[Mention]:
    """Return the mentions with the offices of regions whole, and the regions of officials."""
    sure: list[Mention] = []
    for at in heads:
        if not sure or words.starts[at] >= sure[-1].end:
            sure += _found(words, at)
    return put(_without_regions(words, mentions, sure), sure) if sure else mentions


def _without_regions(
    words: Words, mentions: Sequence[Mention], sure: Sequence[Mention]
) -> list[Mention]:
    """Return the mentions without the officials' regions that names are glued to.

    `Gubernur Sumatera Barat Mahyeldi` holds a region and a person.
    """
    regions = {one.start: one.end for one in sure if one.type == "place"}
    behind = {end + 1 for end in regions.values()}
    return [
        Mention(regions[one.start] + 1, one.end, "person")
        if one.end > regions.get(one.start, one.end) + 1
        else Mention(one.start, one.end, "person")
        if one.start in behind and _may_hold(words, one)
        else one
        for one in mentions
    ]


def _may_hold(words: Words, one: Mention) -> bool:
    """Return whether an organisation right behind an official's region is rather the official."""
    lowers = words.passage.text[one.start : one.end].lower().split(" ")
    return (
        one.type == "organization"
        and len(lowers) > 1
        and (may_be_full_name(lowers, words.gazetteer))
    )


def _found(words: Words, at: int) -> Iterator[Mention]:
    """Yield the office or the official's region at a token that may begin one."""
    tokens, gazetteer = words.tokens, words.gazetteer
    official = tokens[at] in _official_forms()
    first = at + 1 if official else _head_end(tokens, at, gazetteer)
    last = _region_end(tokens, first, gazetteer) if first else 0
    if not last:
        return
    several = last - first > 1 or _is_province(tokens[first], gazetteer)
    if official and not _is_followed_rightly(tokens, last, several):
        return
    if not official and tokens[last : last + 1] == [_TOWN]:
        last += 1
    begin = first if official else at
    if tokens[at] == _OFFICE and at and tokens[at - 1] == _BRANCH:
        begin -= 1
    yield words.mention(begin, last, "place" if official else "organization")


def _head_end(tokens: Sequence[str], at: int, gazetteer: Gazetteer) -> int:
    """Return the token after the head of an office; 0 if there is none."""
    low = tokens[at].lower()
    if low in REGIONAL_HEADS:
        return at + 1
    for words in _LONG:
        if low == words[0]:
            stop = at + len(words)
            whole = [token.lower() for token in tokens[at:stop]] == list(words)
            if whole and _region_end(tokens, stop, gazetteer):
                return stop
    return _free_end(tokens, at, gazetteer) if low in _FREE else 0


def _free_end(tokens: Sequence[str], at: int, gazetteer: Gazetteer) -> int:
    """Return the token after a head of any words with capitals, where a region begins."""
    for index in range(at + 1, min(at + _LONGEST, len(tokens))):
        token = tokens[index]
        if token in _HEAD_FORMS or not (token[0].isupper() or token in _INNER):
            return 0
        if tokens[index - 1] != "," and _region_end(tokens, index, gazetteer):
            return index
    return 0


def _region_end(tokens: Sequence[str], first: int, gazetteer: Gazetteer) -> int:
    """Return the token after the longest name of a region; 0 if there is none."""
    if first >= len(tokens) or not tokens[first][0].isupper():
        return 0
    lowers = [token.lower() for token in tokens[first : first + _LONGEST_REGION]]
    found = gazetteer.longest(lowers, 0, len(lowers))
    if found is None or found[1].type != "place":
        return 0
    name = " ".join(lowers[: found[0]])
    return first + found[0] if any(one.kind in _KINDS for one in gazetteer.places(name)) else 0


def _is_province(token: str, gazetteer: Gazetteer) -> bool:
    """Return whether a word is a province, as which no person is called: Kepri, NTT."""
    found = gazetteer.places(token)
    return bool(found) and found[0].kind == _PROVINCE


def _is_followed_rightly(tokens: Sequence[str], last: int, several: bool) -> bool:  # noqa: FBT001 (several words)
    """Return whether what follows a region, of several words or one, leaves it a region.

    A single word may begin the name of a person: Bupati Bima Arya.
    """
    after = tokens[last] if last < len(tokens) else ""
    if not after[:1].isupper() or after in _BISHOPS:
        return True
    seen = word_flags().get(after.lower(), 0)
    return bool(seen & (RANK | HONORIFIC)) or (several and not seen & PLACE_TAIL)
