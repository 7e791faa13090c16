"""Which place a name means, where several have it.

In Indonesian and Malay news the Indonesian one, else the most populous, unless the article names
other places that lie where another of them lies: Georgia beside Atlanta is the state, Banjar beside
Kalimantan Selatan the regency.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from pantau.enricher.lexicon.gazetteer import Gazetteer, Place

AT_HOME: Final = frozenset({"id", "ms"})
"""Languages of articles in which an Indonesian place is meant first."""
_WHOLE: Final = 1
_PART: Final = 2
_NEAR: Final = 3
"""What another place of the article says for a candidate: its country is named; a part of it is.

One of the same region.
"""


def locate(names: Iterable[str], lang: str, known: Gazetteer) -> dict[str, Place]:
    """Return for each name, in lower case, the place that it means.

    Names that are not known are left out.
    """
    several: dict[str, tuple[Place, ...]] = {}
    candidates = {name: found for name in names if (found := known.places(name))}
    meant = {name: found[0] for name, found in candidates.items()}
    for name, found in candidates.items():
        if len(found) > 1:
            several[name] = found if lang in AT_HOME else _abroad(found)
    if several:
        votes = _votes(candidates.values())
        for name, found in several.items():
            meant[name] = _best(found, votes)
    return meant


def _votes(named: Iterable[tuple[Place, ...]]) -> Counter[str]:
    """Count what the names whose places are all of one country say for others.

    Several names of one place say it once.
    """
    votes: Counter[str] = Counter()
    seen: set[Place] = set()
    for found in named:
        place = found[0]
        if any(one.country != place.country for one in found) or place in seen:
            continue
        seen.add(place)
        if place.country is None:
            continue
        votes[place.country] += _WHOLE if place.kind == "country" else _PART
        if place.region is not None and all(one.region == place.region for one in found):
            votes[place.region] += _NEAR
    return votes


def _abroad(found: tuple[Place, ...]) -> tuple[Place, ...]:
    """Order candidates for news that is not Indonesian; what was put first by hand stays there."""
    first, *others = found
    if first.kind in {"", "country", "state", "city"}:
        return found
    others.sort(key=lambda one: (one.kind != "country", -one.population))
    if others and others[0].population > first.population and others[0].country != first.country:
        return (others[0], first, *others[1:])
    return found


def _best(found: tuple[Place, ...], votes: Counter[str]) -> Place:
    """Return the likeliest, unless another has more said for it.

    For a country's name more is needed.
    """
    usual = found[0]
    least = _PART if usual.kind == "country" else _WHOLE
    best, most = usual, max(least - 1, _support(usual, votes))
    for one in found[1:]:
        support = _support(one, votes)
        if support > most:
            best, most = one, support
    return best


def _support(place: Place, votes: Counter[str]) -> int:
    return votes[place.country or ""] + votes[place.region or ""]
