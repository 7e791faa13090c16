"""The outlet in a dateline.

`JAKARTA, Outlet.com -`, `Outlet.com, Jakarta -`, `JAKARTA, Feb 3 (Agency) -`. The outlet published
the news and is not its subject; the city before or after it is, and so is the day.
"""

import re
from typing import Final

from pantau.enricher.lexicon.gazetteer import load_gazetteer
from pantau.enricher.lexicon.words import Flag, word_flags

_OUTLET: Final = (
    r"(?i:i?[a-z0-9][\w-]*\.(?:com|co\.id|id|net|news|tv|co|org)|detikcom|antara(?:news)?|kompas|tempo|republika|okezone|sindonews|viva"
    r"|merdeka|suara|tribun\w*|jpnn|bisnis|kontan|liputan6|cnn indonesia|cnbc indonesia|bbc news "
    r"indonesia|voa|beritasatu)"
)
_SITE: Final = r"(?i:[a-z0-9][\w-]*\.(?:com|co\.id|id|net|news|tv|co|org))"
_DATELINE: Final = re.compile(
    # `CITY, Outlet`, `Outlet, City` or `CITY, date (Outlet)`, then a dash
    rf"\s*(?:(?P<first>{_OUTLET}), ?[A-Z]|[A-Z][\w.'’/-]*(?:,? [A-Z0-9][\w.'’/-]*){{0,4}}?(?:, "
    rf"?(?P<second>{_OUTLET})"
    r"|,? ?(?P<third>\([A-Z]\w+(?:[. ]\w+){0,2}\)) ?\.?(?:-|–|—|:)))"
)
_ALONE: Final = re.compile(rf"\s*(?P<outlet>{_OUTLET})\s?(?:--?|–|—)\s")
_NO_DASH: Final = re.compile(
    rf"\s*(?P<outlet>{_SITE}), (?=[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)? ?[-–—A-Z(])"
)
_ANY_OUTLET: Final = re.compile(
    # `CITY, Any Outlet`, up to the dash; the city in capitals
    r"\s*[A-Z][A-Z .'’/-]{2,40}, ?(?P<outlet>[A-Z][\w.'’]*(?: [A-Z][\w.'’]*){0,3})"
)
_DASHES: Final = (" - ", " – ", " — ", " -- ", " –", " —", "—", ".-", ": ", "- ")
_REACH: Final = 90
"""Maximum length of a dateline in characters."""


def find_outlet(text: str, start: int = 0) -> tuple[int, int] | None:
    """Return the span of the outlet in the dateline of the line at `start`, or None."""
    head = text[start : start + _REACH].partition("\n")[0]
    span = _in_line(head)
    return (start + span[0], start + span[1]) if span else None


def _in_line(head: str) -> tuple[int, int] | None:
    alone = _ALONE.match(head) or _NO_DASH.match(head)
    if alone:
        return alone.span("outlet")
    dash = min((at for at in map(head.find, _DASHES) if at > 0), default=-1)
    if dash < 0:
        return None
    found = _DATELINE.match(head[: dash + 4])
    if found and found.lastgroup:
        return found.span(found.lastgroup)
    other = _ANY_OUTLET.fullmatch(head[:dash])
    return other.span("outlet") if other and _may_be_outlet(other["outlet"]) else None


def _may_be_outlet(name: str) -> bool:
    """Return whether the text after the city is neither its country or region nor a date."""
    known = load_gazetteer().get(name)
    flags = word_flags()
    dated = any(flags.get(word.lower(), 0) & int(Flag.CALENDAR) for word in name.split())
    return not dated and (known is None or known.type != "place")
