"""Names that a hyphen joins to another or to a prefix.

`Kamboja-Thailand` names two places and `Prabowo-Gibran` two people; the Jawa Barat of `se-Jawa
Barat` is a place without its prefix.
"""

from collections.abc import Sequence
from functools import cache
from typing import Final

from pantau.enricher.lexicon.areas import find_areas
from pantau.enricher.lexicon.char_mask import CharMask
from pantau.enricher.lexicon.gazetteer import Gazetteer, KnownName
from pantau.enricher.lexicon.public_people import load_public_people
from pantau.enricher.lexicon.words import word_flags
from pantau.enricher.linking.names import without_overlap
from pantau.enricher.ner.engine import Mention
from pantau.enricher.ner.scan import PERSON
from pantau_schemas.events.article import EntityType

_ALL: Final = "se"
_PREFIXES: Final = frozenset({_ALL, "non", "eks", "pro", "anti", "luar", "antar"})
_ROUTES: Final = frozenset(
    {"jalur", "ruas", "rute", "jurusan", "lintas", "relasi", "perbatasan", "tol", "jalan", "trayek"}
)
"""Words before the two ends of a way."""
_ONE: Final = frozenset({"soekarno-hatta", "sukarno-hatta"})
"""Pairs of people after whom one thing is called: an airport."""
_LONGEST: Final = 5
"""Tokens of the name of a place behind a prefix."""


def kind_of_pair(first: str, second: str, gazetteer: Gazetteer) -> EntityType | None:
    """Return what two words are that a hyphen joins: two places, people or bodies, or None."""
    if not (first[:1].isupper() and second[:1].isupper()):
        return None
    both = gazetteer.get(first), gazetteer.get(second)
    if all(one is not None and _is_region(one) for one in both):
        return "place"
    if all(
        one is not None and _is_body(one, word)
        for one, word in zip(both, (first, second), strict=True)
    ):
        return "organization"
    names, flags = _single_names(), word_flags()
    first, second = _written(first), _written(second)
    known = sum(word in names for word in (first, second))
    if f"{first}-{second}".lower() in _ONE:
        return None
    people = all(word in names or flags.get(word.lower(), 0) & PERSON for word in (first, second))
    return "person" if known and people else None


def _is_body(known: KnownName, word: str) -> bool:
    """Return whether a known name is an organisation that is written so: Grab-GoTo, TNI-Polri."""
    return known.type == "organization" and known.name == word and not known.weak


def _is_region(known: KnownName) -> bool:
    """Return whether a known name is a country, or a region of Indonesia that is no other word."""
    return known.sure or (known.is_home and not known.weak)


def _are_places(first: str, second: str, gazetteer: Gazetteer) -> bool:
    """Return whether a place is rather two, of which each is known alone: Gambir-Kroya."""
    if gazetteer.get(f"{first}-{second}") is not None or find_areas(f"{first}-{second}".lower()):
        return False
    return all(_is_place(word, gazetteer) for word in (first, second))


def _is_place(word: str, gazetteer: Gazetteer) -> bool:
    known = gazetteer.get(word)
    if known is not None:
        return known.type == "place"
    return word[:1].isupper() and bool(find_areas(word.lower()))


def _written(word: str) -> str:
    """Return a word in capitals as a name is written."""
    return word.title() if word.isupper() else word


def with_hyphened(
    tokens: Sequence[str],
    starts: Sequence[int],
    joined: Sequence[int],
    mentions: list[Mention],
    gazetteer: Gazetteer,
) -> list[Mention]:
    """Return the mentions with both names of pairs, and with places behind a prefix.

    `joined` are the tokens in which a hyphen stands before a capital.
    """
    taken = CharMask(starts[-1] + len(tokens[-1]), ((one.start, one.end) for one in mentions))
    own = {(one.start, one.end): one.type for one in mentions}
    found: list[Mention] = []
    for index in joined:
        token, start = tokens[index], starts[index]
        first, _, second = token.partition("-")
        end = start + len(token)
        if first.lower() in _PREFIXES:
            place = _behind(tokens, starts, index, len(first) + 1, gazetteer)
            if place is not None:
                found.append(place)
            continue
        whole = own.get((start, end))
        kind = _kind_here(tokens, index, whole, gazetteer)
        # What the engine found there stays, unless it is this very token, and of the same kind.
        if kind is None or (taken.touches(start, end) and kind != whole):
            continue
        found.append(Mention(start, start + len(first), kind))
        found.append(Mention(end - len(second), end, kind))
    if not found:
        return mentions
    mask = CharMask(starts[-1] + len(tokens[-1]), ((one.start, one.end) for one in found))
    return without_overlap(
        [*(one for one in mentions if not mask.touches(one.start, one.end)), *found]
    )


def _kind_here(
    tokens: Sequence[str], index: int, whole: EntityType | None, gazetteer: Gazetteer
) -> EntityType | None:
    """Return what the halves of a token are; `whole` is what an engine took it for."""
    first, _, second = tokens[index].partition("-")
    if not (first and second):
        return None
    kind = kind_of_pair(first, second, gazetteer)
    if kind == "organization" and gazetteer.get(tokens[index]) is not None:
        return None  # TPNPB-OPM
    route = kind is None and index > 0 and tokens[index - 1].lower() in _ROUTES
    if (route or whole == "place") and _are_places(first, second, gazetteer):
        return "place"  # jalur Kudus-Purwodadi
    return kind


def _behind(
    tokens: Sequence[str], starts: Sequence[int], index: int, size: int, gazetteer: Gazetteer
) -> Mention | None:
    """Return the place behind a prefix of `size` characters, the hyphen included, or None."""
    words = [tokens[index][size:], *tokens[index + 1 : index + _LONGEST]]
    lowers = [word.lower() for word in words]
    found = gazetteer.longest(lowers, 0, len(lowers))
    if found is None or found[1].type != "place" or not words[found[0] - 1][:1].isupper():
        return None
    if not found[1].sure and tokens[index][: size - 1].lower() != _ALL:
        return None
    last = index + found[0] - 1
    return Mention(starts[index] + size, starts[last] + len(tokens[last]), "place")


@cache
def _single_names() -> frozenset[str]:
    """Return the names of one word by which people of the news are called."""
    forms = (form for names in load_public_people().names.values() for form in names)
    return frozenset(form for form in forms if " " not in form)
