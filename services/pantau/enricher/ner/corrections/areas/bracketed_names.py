"""Names around brackets, whole: Rumah Sakit Angkatan Laut (RSAL) Sutan Wirasena.

A short form in brackets within a facility's name divides it for an engine, and in brackets right
behind a person stands the team or the party: `Luca Ferrante (Ducati Corse)`.
"""

import re
from typing import Final

from pantau.enricher.lexicon.contexts import context_words
from pantau.enricher.lexicon.gazetteer import Gazetteer
from pantau.enricher.lexicon.words import Flag, word_flags
from pantau.enricher.ner.engine import Mention

_SHORT: Final = re.compile(r"\((?:RS[A-Z]{0,4}|Ponpes|Pontren|PLT[A-Z]{1,2}|TPU|TMP|GOR)\) ")
_NAME: Final = re.compile(
    r"(?:(?:dr|Dr|drg|Prof|Ir|KH|H|Hj|R|RM|KRT|St)\.? )*[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,3}"
)
_OPENING: Final = " ("
_HEADS: Final = frozenset({"pondok", "pembangkit", "tempat", "pesantren"})
"""Further first words of facilities that are called by a short form."""
_ENDS: Final = int(Flag.CALENDAR | Flag.OFFICE)


def with_bracketed(text: str, mentions: list[Mention], gazetteer: Gazetteer) -> list[Mention]:
    """Return the mentions with such names whole."""
    for _, end, _ in mentions:
        if text[end : end + 2] == _OPENING:
            break
    else:
        return mentions  # no bracket follows a name
    found: list[Mention] = []
    for one in mentions:
        if found and one.start < found[-1].end:
            continue  # within a facility
        if one.type == "person":
            found.append(_body_of(text, found[-1], one, gazetteer) if found else one)
        else:
            found.append(_whole_facility(text, one, gazetteer))
    return found


def _body_of(text: str, before: Mention, one: Mention, gazetteer: Gazetteer) -> Mention:
    """Return a body in brackets behind a person as one, if a listed one begins it."""
    if before.type != "person" or text[before.end : one.start] != " (":
        return one
    first = text[one.start : one.end].partition(" ")[0]
    known = gazetteer.get(first) if text.startswith(")", one.end) else None
    if known is None or known.type != "organization" or first not in gazetteer.aliases(known.id):
        return one
    named = word_flags().get(first.lower(), 0) & Flag.PERSON
    return one if named else Mention(one.start, one.end, "organization")


def _whole_facility(text: str, one: Mention, gazetteer: Gazetteer) -> Mention:
    """Return a facility with its short form and the name behind that."""
    short = _SHORT.match(text, one.end + 1)
    if short is None or text[one.end] != " ":
        return one
    head = text[one.start : one.end].partition(" ")[0].lower()
    name = _NAME.match(text, short.end())
    if name is None or not (head in context_words("FACILITY") or head in _HEADS):
        return one
    end = _end(name, gazetteer)
    return one if end is None else Mention(one.start, end, one.type)


def _end(name: re.Match[str], gazetteer: Gazetteer) -> int | None:
    """Return where a facility's name ends, before a region or a day; None if it has none."""
    flags, words = word_flags(), name.group().split(" ")
    for size in range(1, len(words) + 1):
        end = name.start() + len(" ".join(words[:size]))
        rest = " ".join(words[size:])
        known = gazetteer.get(rest) if rest else None
        ends = rest and flags.get(words[size].lower(), 0) & _ENDS
        if not rest or ends or (known is not None and known.type == "place"):
            return end
    return None
