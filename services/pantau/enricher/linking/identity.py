"""The identity of an entity: a known place or organisation, or an entry of a user's dictionary.

Stable id, country, coordinates.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Final

from pantau.enricher.dictionaries.dictionary import Dictionary, DictionaryEntry, NameMatch
from pantau.enricher.lexicon.gazetteer import Gazetteer, GazetteerPlace, KnownName
from pantau.enricher.lexicon.memo import remembered
from pantau.enricher.lexicon.public_people import person_id, person_names
from pantau.enricher.lexicon.regional import Office, find_office
from pantau.enricher.linking.area_names import area_aliases
from pantau.enricher.linking.legal_forms import without_legal_form
from pantau.enricher.linking.local_bodies import Meant, owned_body
from pantau.enricher.linking.toponyms import locate
from pantau.enricher.ner.engine import Mention


@dataclass(frozen=True, slots=True)
class Own:
    """Results of users' dictionaries for an article: names found in its title and its text."""

    dictionary: Dictionary = field(default_factory=Dictionary)
    heading: Sequence[NameMatch] = ()
    body: Sequence[NameMatch] = ()

    def by_start(self) -> dict[tuple[str, int], DictionaryEntry]:
        """Return the entries found, by field and start."""
        hits = (("title", self.heading), ("text", self.body))
        return {(name, hit.mention.start): hit.entry for name, found in hits for hit in found}


_REPUBLIC: Final = (" republik indonesia", " ri", " (ri)")
"""Endings, in lower case, that names of state bodies have or lack."""
_KINDS: Final = ("bank ", "partai ", "kementerian ", "the ")
"""Beginnings, in lower case, that names of organisations have or lack."""
_AS_LISTED: Final[Meant] = {}
MOST_ALIASES: Final = 16
"""Known aliases that one entity carries into the event."""
NOTHING_OWN: Final = Own()
"""No result of any dictionary."""


def with_own(mentions: list[Mention], hits: Sequence[NameMatch]) -> list[Mention]:
    """Replace all overlapping mentions by the names of dictionaries.

    Both are in order and without overlaps.
    """
    if not hits:
        return mentions
    kept = [hit.mention for hit in hits]
    at = 0
    for one in mentions:
        while at < len(hits) and hits[at].mention.end <= one.start:
            at += 1
        if at == len(hits) or one.end <= hits[at].mention.start:
            kept.append(one)
    return sorted(kept)


def of_entry(entry: DictionaryEntry) -> dict[str, Any]:
    """Return the data of a dictionary entry as fields of an entity.

    Missing data is omitted.
    """
    said = {
        "name": entry.name,
        "aliases": entry.aliases or None,
        "id": entry.id,
        "country": entry.country,
        "latitude": entry.latitude,
        "longitude": entry.longitude,
    }
    return {name: value for name, value in said.items() if value is not None}


_WHOLE: Final = frozenset({", ", ", negara bagian ", ", negara bagian di ", ", a state in "})
"""Text between a place and the one that it lies in."""
_REGENT: Final = "bupati "
_STATE_BEFORE: Final = ("negara bagian ", "state of ")
_KIND_BEFORE: Final = (_REGENT, *_STATE_BEFORE)
_FARTHEST: Final = 14
"""Code points before a name that are searched for words that call it a state."""


def places_named(
    texts: Iterable[tuple[str, Sequence[Mention]]], lang: str, known: Gazetteer
) -> dict[str, GazetteerPlace]:
    """Return, by lower-case name, the known places that the mentions of some texts denote."""
    names: dict[str, None] = {}
    inside: dict[str, str] = {}
    states: set[str] = set()
    regencies: set[str] = set()
    for text, mentions in texts:
        before: tuple[int, str] | None = None
        for start, end, kind in mentions:
            if kind != "place":
                continue
            name = text[start:end].lower()
            names[name] = None
            # Of "Georgia, United States", the second name says where the first one is.
            if before is not None and (between := text[before[0] : start]) in _WHOLE:
                inside.setdefault(before[1], name)
                if between != ", ":
                    states.add(before[1])
            near = text[max(0, start - _FARTHEST) : start].lower()
            if near.endswith(_KIND_BEFORE):
                (regencies if near.endswith(_REGENT) else states).add(name)
            before = end, name
    return locate(names, lang, known, inside, states, regencies)


def of_place(place: GazetteerPlace | None, name: str) -> dict[str, Any]:
    """Return the known data of a place as fields of its entity, which the article calls `name`."""
    if place is None:
        return {}
    return {
        "id": place.id,
        "country": place.country,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "aliases": area_aliases(place, name),
    }


def of_person(name: str) -> dict[str, Any]:
    """Return the id of a person of the news, by the fullest name in the article."""
    known = person_id(name.lower())
    return {} if known is None else {"id": known}


def of_organization(
    forms: Iterable[str], known: Gazetteer, meant: Meant = _AS_LISTED
) -> Mapping[str, Any]:
    """Return the known data of an organisation as fields of its entity, by the first known name.

    Of a short form that the article defines only the long one counts: another KPK than the usual
    one has no id. `meant` has what common names mean in the article.
    """
    forms = tuple(forms)
    for low in map(str.lower, forms) if meant else ():
        if low in meant:
            body = meant[low]
            # The article means a body that no list has.
            if body is None:
                return {}
            return {"id": body.id, "country": body.country, "aliases": ()}
    return _only_listed(forms[0], known) if len(forms) == 1 else _listed(forms, known)


@remembered
def _only_listed(form: str, known: Gazetteer) -> Mapping[str, Any]:
    return _listed((form,), known)


def _listed(forms: Sequence[str], known: Gazetteer) -> Mapping[str, Any]:
    """Return what the lists say of an organisation, whatever its article means."""
    office = _office(forms, known)
    names = office.names if office is not None else ()
    found = known_organization(forms, known)
    if found is not None:
        return {"id": found.id, "country": found.country, "aliases": names}
    return {"id": office.id, "country": "ID", "aliases": names} if office is not None else {}


def organization_id(name: str, known: Gazetteer, meant: Meant = _AS_LISTED) -> str | None:
    """Return the id of the organisation that a name means, None if no list knows it."""
    if meant and (low := name.lower()) in meant:
        body = meant[low]
        return None if body is None else body.id
    found = known_organization((name,), known)
    if found is not None:
        return found.id
    office = _office((name,), known)
    return office.id if office is not None else None


@remembered
def usual_key(low: str, known: Gazetteer) -> tuple[str | None, str]:
    """Return the id or else the usual name of an organisation by one of its names in lower case.

    And that name without a legal form. It is what the lists say, whatever the article means.
    """
    return organization_id(low, known) or known.short_forms.get(low), without_legal_form(low)


def _office(forms: Iterable[str], known: Gazetteer) -> Office | None:
    return next(filter(None, (find_office(form, known) for form in forms)), None)


def aliases_of(entity: Mapping[str, Any], known: Gazetteer) -> tuple[str, ...]:
    """Return the other names of an entity that its id or its dictionary entry brings."""
    own, key = entity.get("aliases", ()), entity.get("id")
    return _other_names(entity["name"], own, key, known) if own or key is not None else ()


@remembered
def _other_names(
    known_as: str, own: Sequence[str], key: str | None, known: Gazetteer
) -> tuple[str, ...]:
    names = dict.fromkeys((*own, *known.aliases(key), *person_names(key)))
    return tuple(name for name in names if name != known_as)[:MOST_ALIASES]


def known_organization(forms: Sequence[str], known: Gazetteer) -> KnownName | None:
    """Return the organisation that the first known one of some names means.

    A name is known without a company's legal form and without what only says its kind, too.
    """
    if len(forms) == 1:  # as mostly
        return _single_organization(forms[0], known)
    return _first_organization(forms, known)


@remembered
def _single_organization(name: str, known: Gazetteer) -> KnownName | None:
    return _first_organization((name,), known)


def _first_organization(forms: Sequence[str], known: Gazetteer) -> KnownName | None:
    bare = map(without_legal_form, forms)
    for form in chain(forms, bare, chain.from_iterable(map(_without_kind, forms))):
        found = known.get(form)
        if found is not None and found.type == "organization" and found.id is not None:
            return found
    return next(filter(None, (owned_body(form.lower(), known) for form in forms)), None)


def _without_kind(name: str) -> Iterator[str]:
    """Yield a name without the republic after it, then without its kind before it, too.

    `DPR RI` is DPR, `Bank BCA` is BCA.
    """
    low = name.lower()
    if not (low.endswith(_REPUBLIC) or low.startswith(_KINDS)):  # as mostly
        return
    end = next((len(low) - len(one) for one in _REPUBLIC if low.endswith(one)), len(low))
    if end < len(low):
        yield name[:end]
    start = next((len(one) for one in _KINDS if low.startswith(one)), 0)
    if 0 < start < end:
        yield name[start:end]
