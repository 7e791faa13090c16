"""People after a rank or a title, whole, and pairs of people apart.

`AKBP Christian Kadang` is called Kadang, too, though that is a common word, and `Jimmy
Carter-Inriaty Karawahen` are two.
"""

import re
from collections.abc import Iterator
from typing import Final

from pantau.enricher.lexicon.areas import find_areas
from pantau.enricher.lexicon.gazetteer import Gazetteer
from pantau.enricher.lexicon.words import Flag, word_flags
from pantau.enricher.ner.corrections.persons.name_words import may_be_named
from pantau.enricher.ner.engine import Mention

_TITLES: Final = frozenset(
    {
        "AKBP", "AKP", "Kompol", "Kombes", "Pol", "Pol.", "Iptu", "Ipda", "Aiptu", "Aipda",
        "Bripka", "Briptu", "Inf", "Kav", "Arm", "Czi", "Serda", "Praka", "Pratu", "dr.", "drg.",
        "drh.", "Mgr.", "Pdt.", "Prof.", "Dr.", "Drs.", "Dra.", "Ir.", "Hj.", "TNI",
    }
)  # fmt: skip
"""Ranks and titles that a name follows."""
_LONGEST_TITLE: Final = 12
_WORD: Final = re.compile(r" ([A-Z][a-z’']+)(?![\w’'-])")
_PARTICLES: Final = (
    "Desak ", "Baiq ", "Lalu ", "Umbu ", "Rambu ", "Sayu ", "Jro ", "Puang ", "Karaeng ",
    "Cokorda ", "Gusti ",
)  # fmt: skip
_PARTICLE: Final = re.compile(
    r"(?<=[a-z,] )(?P<word>(?:Desak|Baiq|Lalu|Umbu|Rambu|Sayu|Jro|Puang|Karaeng|Cokorda|Gusti) )\Z"
)
"""Titles of birth that are part of a name."""
_LONGEST_PARTICLE: Final = 12
_DEGREES: Final = re.compile(
    r", (?:[SM]\.[A-Z]|S\.?(?:H|E|T|Pd|Sos|Ag|STP|Kom)\b|M\.?(?:Si|M|H|Pd|Kes)\b)"
)
_MOST: Final = 2
_SHORTEST: Final = 3
_NO_NAME: Final = int(
    Flag.OFFICE | Flag.RANK | Flag.HONORIFIC | Flag.CALENDAR | Flag.ORG_HEAD | Flag.PLACE_HEAD
    | Flag.SPEAKING | Flag.NO_NAME | Flag.DEGREE
)  # fmt: skip
_PAIR: Final = re.compile(r"(?<=[a-z])-(?=[A-Z])")
_PAIRS: Final = re.compile(r"(?i:pasangan|paslon|duet|ganda|kandidat)(?!\w)")
_NEAR: Final = 60
"""Characters before a pair in which a word for one stands."""
_STATES: Final = frozenset(
    {"Presiden", "Gubernur", "Bupati", "Walikota", "Kota", "Camat", "Lurah", "Negara"}
)
"""Offices, or their last word, that a known area or a name follows, and no other body."""


def with_whole_people(text: str, mentions: list[Mention], gazetteer: Gazetteer) -> list[Mention]:
    """Return the mentions with people after a rank whole, and pairs parted."""
    if any(text.find("-", one.start, one.end) > 0 or text[one.start] == "(" for one in mentions):
        mentions = [part for one in mentions for part in _both(text, one)]
    mentions = _behind_bodies(text, _with_particles(text, mentions), gazetteer)
    return _ranked(text, mentions, gazetteer)


def _both(text: str, one: Mention) -> Iterator[Mention]:
    """Yield both people of a pair, else the mention itself."""
    bracket = text.find(") ", one.start, one.end) if text[one.start] == "(" else -1
    if bracket > 0 and one.type == "person":  # (Unimed) Syamsul Gultom
        yield Mention(bracket + len(") "), one.end, "person")
        return
    hyphen = _PAIR.search(text, one.start, one.end) if one.type == "person" else None
    if hyphen is None:
        yield one
        return
    first, second = text[one.start : hyphen.start()], text[hyphen.end() : one.end]
    full = " " in first and " " in second
    before = text[max(0, one.start - _NEAR) : one.start].rpartition(".")[2]
    if "-" not in second and (full or _PAIRS.search(before)):
        yield Mention(one.start, hyphen.start(), "person")
        yield Mention(hyphen.end(), one.end, "person")
    else:
        yield one


def _with_particles(text: str, mentions: list[Mention]) -> list[Mention]:
    """Return the mentions with the particles and degrees that show people: Desak, S.Pd."""
    found: list[Mention] = []
    for one in mentions:
        if one.type != "person":
            graduate = _DEGREES.match(text, one.end) if text.startswith(", ", one.end) else None
            found.append(one._replace(type="person") if graduate and _may_study(text, one) else one)
            continue
        particle = None
        if text.endswith(_PARTICLES, 0, one.start):
            particle = _PARTICLE.search(text, max(0, one.start - _LONGEST_PARTICLE), one.start)
        if particle is None:
            found.append(one)
            continue
        start = particle.start("word")
        if found and found[-1].end > start:
            if found[-1].start != start or found[-1].type != "person":
                start = one.start
            else:
                found.pop()  # Umbu, Lili Pekuwalu
        found.append(Mention(start, one.end, "person"))
    return found


def _may_study(text: str, one: Mention) -> bool:
    """Return whether a name before degrees has no word of a body or an area."""
    flags = word_flags()
    return not any(
        flags.get(word, 0) & (Flag.ORG_HEAD | Flag.PLACE_HEAD)
        for word in text[one.start : one.end].lower().split(" ")
    )


def _behind_bodies(text: str, mentions: list[Mention], gazetteer: Gazetteer) -> list[Mention]:
    """Return the mentions with the first names that a listed body took: Gerindra Baiq, Isvie."""
    found: list[Mention] = []
    for one in mentions:
        before = found[-1] if found else None
        if (
            one.type == "person"
            and before is not None
            and before.type == "organization"
            and before.end + 1 == one.start
            and (parts := _parted(text, before, gazetteer)) is not None
        ):
            found[-1] = Mention(parts[0], parts[1], "organization")
            found.append(Mention(parts[1] + 1, one.end, "person"))
        else:
            found.append(one)
    return found


def _parted(text: str, body: Mention, gazetteer: Gazetteer) -> tuple[int, int] | None:
    """Return where a listed body begins and ends in a name that holds more than it."""
    words = text[body.start : body.end].split(" ")
    if len(words) < 2 or gazetteer.get(" ".join(words)) is not None:
        return None
    low = words[-1].lower()
    if not words[-1].isalpha() or not may_be_named(low, gazetteer) or find_areas(low):
        return None
    end = body.end - len(words[-1]) - 1
    for first in range(len(words) - 1):
        name = " ".join(words[first:-1])
        known = gazetteer.get(name)
        if known is not None and known.type == "organization":
            return end - len(name), end
    return None


def _ranked(text: str, mentions: list[Mention], gazetteer: Gazetteer) -> list[Mention]:
    """Return the mentions with people after ranks, titles and offices of areas whole."""
    found: list[Mention] = []
    for index, one in enumerate(mentions):
        if one.type != "person":
            found.append(one)
            continue
        floor = found[-1].end if found else 0
        start = _titled_start(text, one.start, floor)
        if start is None:
            found.append(one._replace(start=_held_start(text, one.start, floor, gazetteer)))
            continue
        limit = mentions[index + 1].start if index + 1 < len(mentions) else len(text)
        found.append(Mention(start, _end(text, one.end, limit), "person"))
    return found


def _titled_start(text: str, start: int, floor: int) -> int | None:
    """Return where a person's name begins after a title; None if none is before it."""
    for _ in range(_MOST + 1):
        before = _word_before(text, start)
        if before in _TITLES:
            return start if start >= floor else None
        if not (before[:1].isupper() and before[1:].islower() and before.isalpha()):
            break
        start -= len(before) + 1
    return None


def _held_start(text: str, start: int, floor: int, gazetteer: Gazetteer) -> int:
    """Return where a name begins after an office: the Paskalis of Wakil Gubernur Paskalis Wenda."""
    first = _word_before(text, start)
    begin = start - len(first) - 1
    if begin < floor or not (first.istitle() and first.isalpha() and len(first) > _SHORTEST):
        return start
    held = _word_before(text, begin) in _STATES and may_be_named(first.lower(), gazetteer)
    return begin if held and not find_areas(first.lower()) else start


def _word_before(text: str, start: int) -> str:
    """Return the word that a space parts from what begins at a position, if it is short."""
    if text[start - 1 : start] != " ":
        return ""
    return text[max(0, start - _LONGEST_TITLE) : start - 1].rpartition(" ")[2]


def _end(text: str, end: int, limit: int) -> int:
    """Return where a person's name ends whose last words are common ones with capitals."""
    flags = word_flags()
    for _ in range(_MOST):
        word = _WORD.match(text, end, limit)
        if word is None or flags.get(word[1].lower(), 0) & _NO_NAME:
            break
        end = word.end()
    return end
