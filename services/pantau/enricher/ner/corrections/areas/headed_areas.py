"""Districts and villages after the word for their kind, and before the name of who heads them.

`Kecamatan Web`, `Kepala Desa Omega` and `Lurah Ngalang Suharyanta` hold names that are common
words, or are glued to a person's name; the register of areas tells where they end.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from pantau.enricher.lexicon.areas import HEADS, ISLAND, find_areas
from pantau.enricher.lexicon.common import is_common
from pantau.enricher.lexicon.gazetteer import Gazetteer
from pantau.enricher.lexicon.words import word_flags
from pantau.enricher.ner.corrections.areas.area_offices import AREA_OFFICES, heads_area
from pantau.enricher.ner.corrections.persons.name_words import end_of_name
from pantau.enricher.ner.corrections.spans import Words, put
from pantau.enricher.ner.engine import Mention, Passage
from pantau.enricher.ner.scan import PERSON
from pantau_schemas.events.article import EntityType

_LONGEST: Final = 5
"""Words of an area's name."""
_PEOPLE: Final = frozenset({"warga", "penduduk", "pasar", "pedagang"})
"""Words that the name of an area follows without the word for its kind: Warga Turi."""
AREA_CUES: Final = frozenset(
    form for word in (*HEADS, ISLAND, *_PEOPLE) for form in (word, word.capitalize(), word.upper())
)
"""Heads and words for people as texts write them."""
_LEADING: Final = frozenset(
    {"di", "ke", "dari", "dekat", "sekitar", "kawasan", "wilayah", "menuju", "hingga", "sampai"}
)
"""Words before a place and hardly ever before a person."""
PREPOSITIONS: Final = frozenset({"di", "ke", "dari", "dekat"})
"""Those that stand in small letters before an area of several words."""
_SETTLED: Final = frozenset(
    {"warga", "penduduk", "rumah", "permukiman", "pemukiman", "petani", "sawah", "kampung"}
)
"""Words that `di` and the name of a village or district follow."""
_LED: Final = _LEADING.union(AREA_OFFICES)
_LOOK_BACK: Final = 24
_BLANKS: Final = frozenset(" \n\t\u00a0")


def with_areas(
    words: Words, heads: Sequence[int], prepositions: Sequence[int], mentions: list[Mention]
) -> list[Mention]:
    """Return the mentions with the areas after their heads, after prepositions and offices."""
    spans = list(_spans(words, heads))
    mentions = put(mentions, spans) if spans else mentions
    spans = list(_led(words, prepositions, mentions))
    mentions = put(mentions, spans) if spans else mentions
    limits = [*(one.start for one in mentions[1:]), len(words.passage.text)]
    found: list[Mention] = []
    for one, limit in zip(mentions, limits, strict=False):
        led = "" if one.type == "organization" else _word_before(words.passage.text, one.start)
        if led.lower() in _LED:
            found += _parts(words.passage, one, led, limit, words.gazetteer)
        else:
            found.append(one)  # as mostly
    return found


def _spans(words: Words, heads: Sequence[int]) -> Iterator[Mention]:
    """Yield the areas after a head, with it, and those after a word for people, without it."""
    tokens, lang = words.tokens, words.passage.lang
    for at in heads:
        token = tokens[at]
        head = token.lower()
        people = head in _PEOPLE
        last = _area_end(tokens, at + 1, "" if people else head)
        if not last or (people and not _is_plain(tokens, at + 1, last, lang)):
            continue
        first = at if token[0].isupper() and not people else at + 1
        yield words.mention(first, last, "place")


def _led(
    words: Words, prepositions: Sequence[int], mentions: Sequence[Mention]
) -> Iterator[Mention]:
    """Yield the areas after a preposition that an engine missed or of which it found a part.

    The name is all that has capitals there, so that no longer name is cut. A single word must
    follow people or houses (`warga di Taman`), for most names of villages are words, too.
    """
    kinds: dict[tuple[int, int], EntityType] | None = None
    tokens = words.tokens
    for before in prepositions:
        at = before + 1
        last = at
        while last < len(tokens) and last - at < _LONGEST and tokens[last][0].isupper():
            last += 1
        if last == at:
            continue
        if last == at + 1 and not (
            _are_settled(tokens, before) or _region_follows(words, before, last)
        ):
            continue
        # Few texts come this far, so this is only built for one that does.
        if kinds is None:
            kinds = {(one.start, one.end): one.type for one in mentions}
        area = words.mention(at, last, "place")
        kind, name = kinds.get((area.start, area.end)), " ".join(tokens[at:last]).lower()
        if kind == "place" or (kind is not None and words.gazetteer.get(name) is not None):
            continue
        if find_areas(name):
            yield area


def _region_follows(words: Words, before: int, last: int) -> bool:
    """Return whether a region of Indonesia follows a name and a comma: dari Kokap, Kulon Progo."""
    tokens = words.tokens
    if tokens[before] == "ke" or tokens[last : last + 1] != [","] or last + 1 >= len(tokens):
        return False
    low = tokens[last - 1].lower()
    if is_common(low) or word_flags(words.passage.lang).get(low, 0) & PERSON:
        return False
    lowers = [token.lower() for token in tokens[last + 1 : last + 1 + _LONGEST]]
    found = words.gazetteer.longest(lowers, 0, len(lowers))
    known = found[1] if found is not None and tokens[last + 1][:1].isupper() else None
    return known is not None and known.is_home


def _are_settled(tokens: Sequence[str], before: int) -> bool:
    """Return whether a preposition follows people or houses: warga di, rumah di."""
    return bool(before) and tokens[before] == "di" and tokens[before - 1] in _SETTLED


def _is_plain(tokens: Sequence[str], first: int, last: int, lang: str) -> bool:
    """Return whether an area's name is no common word, and nothing else goes on behind it."""
    flags = word_flags(lang)
    words = [token.lower() for token in tokens[first:last]]
    if all(map(is_common, words)) or any(flags.get(word, 0) & PERSON for word in words):
        return False
    return last == len(tokens) or not tokens[last][0].isupper()


def _area_end(tokens: Sequence[str], first: int, head: str) -> int:
    """Return the token after the longest name of an area of that kind; 0 if there is none."""
    words: list[str] = []
    end = 0
    for index in range(first, min(first + _LONGEST, len(tokens))):
        word = tokens[index]
        if not (word[0].isupper() or (words and word.isalnum() and word[0].isdigit())):
            break
        words.append(word.lower())
        if find_areas(f"{head} {' '.join(words)}".lstrip()):
            end = index + 1
    return end


def _word_before(text: str, start: int) -> str:
    """Return the word that blanks or a line's end part from what begins at a position."""
    if text[start - 1 : start] not in _BLANKS:
        return ""
    words = text[max(0, start - _LOOK_BACK) : start].rpartition("\n")[2].rsplit(None, 1)
    return words[-1] if words else ""


def _parts(
    passage: Passage, one: Mention, led: str, limit: int, gazetteer: Gazetteer
) -> list[Mention]:
    """Return a mention as its parts: the area of an office, and who holds it.

    `led` is the word before it.
    """
    text, lang = passage.text, passage.lang
    name = text[one.start : one.end]
    if one.type == "place" and (gazetteer.get(name) is not None or find_areas(name.lower())):
        return [one]
    if led.lower() in _LEADING and led.islower() and _is_area(name, lang):
        return [Mention(one.start, one.end, "place")]
    kind = AREA_OFFICES.get(led.lower())
    words = name.split(" ")
    if kind is None or len(words) == 1 or not text.startswith(led, one.start - 1 - len(led)):
        return [one]
    # The longest area that has such an office counts; the rest is the name of its holder.
    for size in range(min(_LONGEST, len(words) - 1), 0, -1):
        area = " ".join(words[:size])
        if heads_area(area.lower(), kind, lang, gazetteer):
            end = one.start + len(area)
            last = end_of_name(text, one.end, limit, gazetteer)
            return [Mention(one.start, end, "place"), Mention(end + 1, last, "person")]
    return [one]


def _is_area(name: str, lang: str) -> bool:
    """Return whether a name that stands after a preposition is an area's and no person's."""
    low = name.lower()
    flags = word_flags(lang)
    return bool(find_areas(low)) and not any(flags.get(word, 0) & PERSON for word in low.split())
