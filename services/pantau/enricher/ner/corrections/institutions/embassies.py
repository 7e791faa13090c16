"""Embassies and consulates before the name of their country or city: Kedutaan Besar Jepang."""

import re
from bisect import bisect_left
from typing import Final

from pantau.enricher.ner.corrections.spans import put
from pantau.enricher.ner.engine import Mention

_SIGNS: Final = ("Kedu", "Konsulat ", "KJRI ", "KBRI ")
_HEAD: Final = re.compile(
    r"(?<![\w-])(?:Kedutaan Besar|Kedubes|Konsulat Jenderal|KJRI|KBRI) (?=(?P<own>RI(?!\w))|[A-Z])"
)


def with_embassies(text: str, mentions: list[Mention]) -> list[Mention]:
    """Return the mentions with embassies in place of the countries or cities in their names."""
    if not any(sign in text for sign in _SIGNS):
        return mentions
    starts = [one.start for one in mentions]
    found: list[Mention] = []
    for head in _HEAD.finditer(text):
        at = bisect_left(starts, head.end())
        one = mentions[at] if at < len(mentions) else None
        if head["own"]:
            found.append(Mention(head.start(), head.end("own"), "organization"))
        elif one is not None and one.start == head.end() and one.type == "place":
            found.append(Mention(head.start(), one.end, "organization"))
    return put(mentions, found) if found else mentions
