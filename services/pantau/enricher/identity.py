"""Which known place or organisation an entity is: its stable id, its country, where it lies."""

from collections.abc import Iterable, Sequence
from typing import Any

from pantau.enricher.engine import Mention
from pantau.enricher.gazetteer import Gazetteer, Place
from pantau.enricher.places import locate


def places_named(
    texts: Iterable[tuple[str, Sequence[Mention]]], lang: str, known: Gazetteer
) -> dict[str, Place]:
    """Give, by the name in lower case, the known places that the mentions of some texts mean."""
    names = (
        text[one.start : one.end].lower()
        for text, mentions in texts
        for one in mentions
        if one.type == "place"
    )
    return locate(dict.fromkeys(names), lang, known)


def of_place(place: Place | None) -> dict[str, Any]:
    """Give what is known of a place as fields of its entity."""
    if place is None:
        return {}
    return {
        "id": place.id,
        "country": place.country,
        "latitude": place.latitude,
        "longitude": place.longitude,
    }


def of_organization(surfaces: Sequence[str], long_name: str | None, known: Gazetteer) -> dict[str, Any]:
    """Give what is known of an organisation as fields of its entity.

    What the article says that a short form stands for counts alone: another KPK than the usual one has no id.
    """
    for form in (long_name,) if long_name is not None else sorted(surfaces, key=len, reverse=True):
        found = known.get(form)
        if found is not None and found.type == "organization":
            return {"id": found.id, "country": found.country}
    return {}
