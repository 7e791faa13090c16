"""The lessons of each bundled network, and the annotation style in which it reads.

One reads every language, and is asked in the average of the styles of both languages. The other
reads English alone, and is asked as English corpora are annotated; it learns more English.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from training.lessons import DEVELOPMENT, names
from training.silver import LANGUAGES

SILVER: Final = "silver-"
"""The beginning of the domains of silver sentences."""
SILVER_DOMAINS: Final = {SILVER + lang: place for place, lang in enumerate(LANGUAGES)}


@dataclass(frozen=True, slots=True)
class Recipe:
    """The lessons of a network beside the silver, and the annotation styles that it adopts."""

    file: str
    """The name of the bundled file."""
    meant: tuple[str, ...]
    """The domains whose average the network adopts: labelled news and encyclopedias, silver."""
    styles: Mapping[str, str]
    """The domains of the corpora that do not have one of their own."""
    further: tuple[str, ...] = ()
    """Corpora that the teachers do not learn."""
    once: frozenset[str] = field(default_factory=frozenset)
    """Corpora of other text than news: not repeated, no say in the steps between labels."""
    forms: bool = False
    """True if Indonesian sentences are repeated with names of rarer forms."""
    untold: bool = False
    """True if the teachers learn no development set, even for the network that ships."""
    fused: bool = False
    """True if the optimiser makes each step in one piece: half the time, and other roundings."""

    def learnt(self, *, hold_out: bool) -> tuple[str, ...]:
        """Return the corpora that the network learns; `hold_out` excludes development sets."""
        held = () if hold_out else tuple(DEVELOPMENT)
        return (*names(hold_out=True), *self.further, *held)

    def domains(self, *, hold_out: bool) -> dict[str, int]:
        """Return the number of each domain, those of the silver first."""
        found = dict(SILVER_DOMAINS)
        for name in self.learnt(hold_out=hold_out):
            found.setdefault(self.domain(name), len(found))
        return found

    def domain(self, name: str) -> str:
        """Return the domain of a corpus."""
        return self.styles.get(name, name)


RECIPES: Final[Mapping[str, Recipe]] = MappingProxyType(
    {
        "all": Recipe(
            file="network.npz",
            meant=("idner", "nergrit", "wikigold", SILVER + "id", SILVER + "en"),
            styles=DEVELOPMENT,
        ),
        "english": Recipe(
            file="network_english.npz",
            meant=("wikigold", "uner", SILVER + "en"),
            styles={**DEVELOPMENT, "ewt-dev": "uner", "pud": "uner"},
            further=("pud", "crossner"),
            once=frozenset({"crossner"}),
            forms=True,
            untold=True,
            fused=True,
        ),
    }
)
"""By what the command calls them, in the order in which they are made."""
