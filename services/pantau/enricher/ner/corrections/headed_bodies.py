"""Bodies whose first word shows their kind, which an engine missed, cut short or split.

`LBH Menara Keadilan`, `PT Makassar Toraja Tour` and `Keuskupan Larantuka` are organisations as far
as their capitals go; the person behind an office, or a title, ends them.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from pantau.enricher.lexicon.common import is_affixed, is_common
from pantau.enricher.lexicon.words import Flag, word_flags
from pantau.enricher.linking.names import without_overlap
from pantau.enricher.ner.corrections.persons.name_words import is_after_office, may_be_full_name
from pantau.enricher.ner.corrections.spans import Words
from pantau.enricher.ner.engine import Mention

_NAMED: Final = frozenset(
    {
        "PT", "CV", "LBH", "LSM", "Yayasan", "Keuskupan", "Ponpes", "Perumda", "Perseroda",
        "Koperasi", "Paguyuban", "Padepokan", "Sanggar", "Sinode",
    }
)  # fmt: skip
"""First words of bodies that have a name of their own."""
_PLAIN: Final = frozenset({"Koperasi", "Paguyuban", "Padepokan", "Sanggar", "Perumda", "Pusat"})
"""Those that common words alone make no name: Koperasi Simpan Pinjam."""
_OF_MEMBERS: Final = frozenset(
    {
        "Komunitas", "Front", "Forum", "Persatuan", "Perkumpulan", "Perhimpunan", "Himpunan",
        "Ikatan", "Aliansi", "Asosiasi", "Serikat", "Laskar", "Konsorsium", "Federasi",
        "Konfederasi", "Jaringan", "Solidaritas",
    }
)  # fmt: skip
"""First words of bodies that are called by who their members are, in common words as well."""
_LEAST_OF_MEMBERS: Final = 3
"""Words of such a name, its head with them."""
_LEAST_PLAIN: Final = 5
"""Common words that are together a name: Koperasi Simpan Pinjam Sejahtera Bersama."""
_COMPANIES: Final = frozenset({"PT", "CV", "Perumda", "Perseroda"})
"""Those whose names are often those of people."""
_LEGAL: Final = ("(", "Persero", ")")
_UNIT: Final = "Unit"
"""The word with which a part of a state's company follows its legal form."""
_HOUSES: Final = frozenset({"Ponpes", "Pondok"})
"""Those that are places, unless an office is theirs."""
_PAIRED: Final = {"Pondok": "Pesantren", "Kantor": "Hukum", "Firma": "Hukum", "Pusat": "Studi"}
"""First and second words of further ones."""
_CHURCH: Final = "Gereja"
_CREEDS: Final = frozenset({"Kristen", "Protestan", "Masehi", "Batak", "Toraja", "Kemah"})
"""Words after a church that is a body, and no building."""
_FACULTY: Final = "Fakultas"
_STUDENTS: Final = frozenset(
    {"mahasiswa", "mahasiswi", "alumni", "alumnus", "besar", "profesi", "(", "dekan"}
)
"""Words before a faculty, besides offices."""
BODY_HEADS: Final = frozenset({*_NAMED, *_OF_MEMBERS, *_PAIRED, _CHURCH, _FACULTY})
"""The first words of all."""
_AMPERSAND: Final = "&"
_INNER: Final = frozenset({"dan", "&"})
_LONGEST: Final = 12
"""Tokens after the head."""
_END: Final = "Indonesia"
"""The word with which names end."""
_STOPS: Final = int(
    Flag.RANK | Flag.HONORIFIC | Flag.CALENDAR | Flag.OFFICE | Flag.NO_NAME | Flag.DEGREE
)
"""Kinds of words that end a name, if no people are called so."""
_OWNERS: Final = frozenset({"pemilik", "pendiri", "pengasuh", "pengacara", "advokat", "bos"})
"""Words for people of a body, besides offices."""
_LONGEST_PERSON: Final = 4
_LEAST_COMMON: Final = 2
"""Common words of a body's name, its head aside, that a name of no such words ends."""


def with_headed_bodies(
    words: Words, heads: Sequence[int], mentions: list[Mention]
) -> list[Mention]:
    """Return the mentions with such bodies; `heads` are the tokens that may begin one."""
    if words.passage.headline:
        return mentions  # where every word has a capital
    begins = [one.start for one in mentions]
    gone: set[Mention] = set()
    added: list[Mention] = []
    past = 0
    for at in heads:
        if at < past:
            continue
        first, past = at, _end(words, at)
        if past - first < _least(words.tokens, at) or _is_of_known(words, first, past):
            continue
        body = words.mention(first, past, "organization")
        low = bisect_left(begins, body.start)
        if low and mentions[low - 1].end > body.start:
            continue  # part of a longer name
        inside = mentions[low : bisect_left(begins, body.end)]
        parts = list(_apart(words, first, past, inside))
        if parts and parts != inside:
            gone.update(inside)
            added += parts
    return (
        without_overlap([one for one in mentions if one not in gone] + added)
        if added
        else (mentions)
    )


def _least(tokens: Sequence[str], at: int) -> int:
    return _LEAST_OF_MEMBERS if tokens[at] in _PAIRED or tokens[at] in _OF_MEMBERS else 2


def _is_of_known(words: Words, first: int, last: int) -> bool:
    """Return whether a body of members holds a known one, where an engine decides."""
    if words.tokens[first] not in _OF_MEMBERS:
        return False
    known = (words.gazetteer.get(token) for token in words.tokens[first + 1 : last])
    return any(one is not None and one.type == "organization" for one in known)


def _end(words: Words, at: int) -> int:
    """Return the token after the capitals of a body that begins at a token; `at` if none does."""
    tokens = words.tokens
    second = tokens[at + 1] if at + 1 < len(tokens) else ""
    if tokens[at] in _PAIRED and second != _PAIRED[tokens[at]]:
        return at
    if tokens[at] == _CHURCH and second not in _CREEDS:
        return at
    faculty = tokens[at] == _FACULTY
    last = at + 1
    while last < len(tokens) and last - at <= _LONGEST:
        if tokens[last] in _INNER:
            if tokens[at] in _COMPANIES and tokens[last] != _AMPERSAND:
                break
            goes_on = last + 1 < len(tokens) and _goes_on(words, last + 1, common=True)
            if not goes_on or last == at + 1:
                break
        elif tuple(tokens[last : last + 3]) == _LEGAL and tokens[at] in _COMPANIES:
            if tokens[last + 3 : last + 4] != [_UNIT]:
                break
            last += 2
        elif not _goes_on(words, last, common=faculty):
            break
        last += 1
        if tokens[last - 1] == _END:
            break
    return last


def _goes_on(words: Words, index: int, *, common: bool) -> bool:
    """Return whether the token at an index may be part of a body's name; or a `common` word."""
    token = words.tokens[index]
    if not (token[0].isupper() and token.replace("-", "").replace("'", "").isalnum()):
        return False
    low = token.lower()
    seen = word_flags().get(low, 0)
    if seen & _STOPS and not seen & Flag.PERSON and not is_common(low):
        return False
    if common:
        return _is_ordinary(token) and not seen & Flag.ORG_HEAD
    return True


def _apart(words: Words, first: int, last: int, inside: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the body and the person behind it; nothing where an engine knows better.

    `inside` are the names that it found there.
    """
    body = words.mention(first, last, "organization")
    own = inside[0] if inside and inside[0].start == body.start else None
    led = _is_led(words, first)
    if own is not None and own.type == "place" and _is_house(words, first, own, body):
        return
    if words.tokens[first] == _FACULTY and not (led or _is_of_students(words.tokens, first)):
        return
    if own is not None and own.type == "organization" and own.end >= body.end:
        if led and own.end == body.end:
            yield from _with_person(words, first, last)
        return
    yield from _repaired(words, first, last, inside, led=led)


def _repaired(
    words: Words, first: int, last: int, inside: Sequence[Mention], *, led: bool
) -> Iterator[Mention]:
    """Yield a body that an engine missed or cut short, and the person behind it."""
    body = words.mention(first, last, "organization")
    holder = next((one for one in inside if one.type == "person" and one.start > body.start), None)
    if holder is not None and inside[0].start == body.start and inside[0].type == "organization":
        return  # as the engine has parted them
    if led:
        parts = _with_holder(body, holder) or list(_with_person(words, first, last))
        if parts:
            yield from parts
            return
    if not (inside and inside[-1].end > body.end):
        yield from _alone(words, first, last, led=led)


def _alone(words: Words, first: int, last: int, *, led: bool) -> Iterator[Mention]:
    """Yield a body behind which nobody is named, if its words name one."""
    plain = words.tokens[first] in _PLAIN and last - first < _LEAST_PLAIN
    if not plain or _is_specific(words.tokens[first + 1 : last]):
        house = words.tokens[first] in _HOUSES and not led
        yield words.mention(first, last, "place" if house else "organization")


def _is_house(words: Words, first: int, own: Mention, body: Mention) -> bool:
    """Return whether an engine has a body as a place, and it is none with a legal form."""
    return own[:2] == body[:2] and words.tokens[first] not in _COMPANIES


def _with_holder(body: Mention, holder: Mention | None) -> list[Mention]:
    """Return a body and its holder whom an engine found at its end, or nothing."""
    if holder is None or holder.end < body.end:
        return []
    return [Mention(body.start, holder.start - 1, "organization"), holder]


def _with_person(words: Words, first: int, last: int) -> Iterator[Mention]:
    """Yield a body and its holder whom no engine found, if its last words are a name."""
    size = _person(words, first, last)
    if size:
        yield words.mention(first, last - size, "organization")
        yield words.mention(last - size, last, "person")


def _is_of_students(tokens: Sequence[str], first: int) -> bool:
    return first > 0 and tokens[first - 1].lower() in _STUDENTS


def _is_led(words: Words, first: int) -> bool:
    """Return whether an office or an owner stands before a body."""
    start = words.starts[first]
    before = words.tokens[first - 1].lower() if first else ""
    return before in _OWNERS or is_after_office(words.passage.text, start)


def _person(words: Words, first: int, last: int) -> int:
    """Return how many tokens at the end of a body are the name of its holder."""
    flags = word_flags()
    for size in range(min(_LONGEST_PERSON, last - first - 2), 0, -1):
        lowers = [token.lower() for token in words.tokens[last - size : last]]
        begins = flags.get(lowers[0], 0) & Flag.PERSON
        # Yayasan Lentera Anak Lisda Sundari
        told = words.tokens[first] not in _COMPANIES and last - first - size > _LEAST_COMMON
        told = told and all(map(_is_ordinary, words.tokens[first + 1 : last - size]))
        if (begins or told) and may_be_full_name(lowers, words.gazetteer):
            return size
    return 0


def _is_specific(tokens: Sequence[str]) -> bool:
    """Return whether one of some words is no common one."""
    return not all(map(_is_ordinary, tokens))


def _is_ordinary(token: str) -> bool:
    """Return whether a word is a common one, and no name of people."""
    low = token.lower()
    seen = word_flags().get(low, 0)
    if seen & Flag.PERSON:
        return False
    return bool(seen & Flag.COMMON) or is_common(low) or is_affixed(low)
