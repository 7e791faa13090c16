"""Words around names of places and organisations: the sections of `data/contexts.txt`."""

from functools import cache
from typing import Literal

from pantau.enricher.lexicon.words import word_sections

Section = Literal[
    "HOME",
    "PERHAPS_HOME",
    "OF_PLACE",
    "OF_COUNTRY",
    "NO_NAME_WITH",
    "PEOPLES",
    "NO_PLACE_AFTER",
    "ENGINE_DECIDES",
    "OF_MANY",
    "FACILITY",
    "REGIONAL",
    "HEAD_OF_REGION",
    "OCCUPATION",
    "OFFICE SCOPE",
    "PEKERJAAN",
]


@cache
def context_words(section: Section) -> frozenset[str]:
    """Return the words of a section, in lower case; the file says what each is for."""
    return word_sections("contexts.txt")[section]
