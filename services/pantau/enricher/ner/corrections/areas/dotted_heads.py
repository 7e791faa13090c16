"""Regencies and districts after an abbreviation with a dot: Kab. Malang, Kec. Cisitu.

The dot looks like the end of a sentence to an engine, which then finds the bare name, and that is
often the name of a town, too.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from pantau.enricher.lexicon.areas import find_areas
from pantau.enricher.lexicon.gazetteer import Gazetteer
from pantau.enricher.ner.corrections.spans import put
from pantau.enricher.ner.engine import Mention

_HEADS: Final = ("Kab. ", "Kec. ")
_NAMED: Final = re.compile(r"(?<![\w.])(?:Kab|Kec)\. (?P<name>[A-Z][\w'-]*(?: [A-Z][\w'-]*){0,4})")


def with_dotted_heads(
    text: str, mentions: Sequence[Mention], gazetteer: Gazetteer
) -> list[Mention]:
    """Return the mentions with the known areas after an abbreviated head, and with that head."""
    if not any(head in text for head in _HEADS):
        return list(mentions)
    found = list(_areas(text, gazetteer))
    return put(list(mentions), found) if found else list(mentions)


def _areas(text: str, gazetteer: Gazetteer) -> Iterator[Mention]:
    for found in _NAMED.finditer(text):
        start, end = found.span()
        while end > found.start("name"):
            low = text[start:end].lower()
            if gazetteer.get(low) is not None or find_areas(low):
                yield Mention(start, end, "place")
                break
            end = max(text.rfind(" ", found.start("name"), end), found.start("name"))
