"""Organisations in English text whose names hold the names of places, people or other bodies.

`Reform Party of Malaysia`, `Harlow Finance (Europe) Ltd`, `Marlow, Tate and Co`, and apart from it
the country of `Britain's Harlow Society`.
"""

import re
from typing import Final

from pantau.enricher.lexicon.gazetteer import Gazetteer
from pantau.enricher.ner.engine import Mention

_HEADS: Final = (
    "Party|Bank|University|Association|Federation|Council|Institute|Fellowship|Church|Union"
    "|Movement|Society|Front|Left|Alliance|Academy"
)
_HEAD: Final = re.compile(rf"(?:{_HEADS}|Republic|Congress|Institution|Court|Authority|Trust)\Z")
"""Last words of a body that is called after a place: Reform Party of Malaysia."""
_LONGEST_HEAD: Final = 12
_RUN: Final = re.compile(
    rf"(?<![\w'’-])(?:[A-Z][\w'’-]*(?: and| &| for)? ){{1,5}}(?:{_HEADS}) of \Z"
)
"""A body that no engine found before the place that it is called after."""
_LONGEST_RUN: Final = 80
_THE: Final = "The "
_JOINTS: Final = (" of ", " of the ")
_IN_BRACKETS: Final = re.compile(
    r" \([A-Z][\w.]*(?: [A-Z][\w.]*)?\) (?:Sdn\.? |Pte\.? |Pvt\.? )?"
    r"(?:Ltd|Limited|Inc|Corp|Co|Bhd|Berhad|Plc|PLC|Holdings|SA|AG|BV|Tbk)(?!\w)\.?"
)
"""Where a company is, and its legal form: Harlow Finance (Europe) Ltd."""
_PARTNERS: Final = re.compile(r"[A-Z][\w'’-]+,? (?:and|&) Co(?:mpany)?(?!\w)")
"""The last partner of a firm: Marlow, Tate and Co."""
_AND: Final = frozenset({" and ", " & "})
LONGEST_JOINT: Final = 5
_FIRM: Final = re.compile(r" (?:Inc|Corp|Co|Ltd|Plc|PLC|LLC|Company|Corporation|Bhd|AG|SA)\.?\Z")
_POSSESSIVE: Final = re.compile(r" ?['’]s (?=[A-Z])")


def after_owner(name: str, gazetteer: Gazetteer) -> tuple[int, int] | None:
    """Return where a place ends that owns what follows, and where that begins.

    (7, 10) of `Britain's Harlow Society`; None if there is none.
    """
    found = _POSSESSIVE.search(name)
    if found is None or gazetteer.get(name) is not None:
        return None
    known = gazetteer.get(name[: found.start()])
    if known is None or known.type != "place" or known.weak:
        return None
    return found.span()


def of_place(text: str, before: Mention | None, one: Mention) -> Mention | None:
    """Return the body that a place is part of, from the mention before it or where none was found.

    None if it is part of nothing.
    """
    if before is not None and before.type == "organization":
        joint = text[before.end : one.start] if one.start - before.end <= len(_JOINTS[1]) else ""
        low = max(before.start, before.end - _LONGEST_HEAD)
        if joint in _JOINTS and _HEAD.search(text, low, before.end) is not None:
            return before._replace(end=one.end)
    least = max(0 if before is None else before.end, one.start - _LONGEST_RUN)
    found = _RUN.search(text, least, one.start) if text.startswith(" of ", one.start - 4) else None
    if found is None:
        return None
    start = found.start() + (len(_THE) if text.startswith(_THE, found.start()) else 0)
    return Mention(start, one.end, "organization")


def with_bracket(text: str, one: Mention) -> Mention:
    """Return a company with the place in brackets and the legal form behind its name."""
    found = _IN_BRACKETS.match(text, one.end)
    return one if found is None else one._replace(end=found.end())


def is_firm(name: str) -> bool:
    """Return whether a name ends with a legal form."""
    return _FIRM.search(name) is not None


def are_partners(text: str, before: Mention, one: Mention) -> bool:
    """Return whether a name and the firm after it are one firm.

    `Marlow, Tate and Co` is by its form; `Marlow and Tate Publishers Inc` if the text has `Marlow
    and Tate` elsewhere, too.
    """
    joint = text[before.end : one.start]
    if before.type == "place" or " " in text[before.start : before.end]:
        return False
    if joint == ", ":
        return _PARTNERS.fullmatch(text, one.start, one.end) is not None
    if joint not in _AND or not is_firm(text[one.start : one.end]):
        return False
    both = pair(text, before, one)
    return text.find(both) < before.start or text.find(both, one.start) >= 0


def pair(text: str, before: Mention, one: Mention) -> str:
    """Return a name and the first word of the one after it, with what joins them."""
    return text[before.start : one.start] + text[one.start : one.end].partition(" ")[0]
