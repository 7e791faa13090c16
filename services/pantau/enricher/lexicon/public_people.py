"""People of the news who are called by several names: Joko Widodo is Jokowi.

`data/people.tsv` is made by hand. It lists who is called so often by a nickname, initials or
another spelling that a query by one name would miss the articles with the other.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

from pantau.enricher.lexicon.gazetteer import ASKED_FOR, data_lines

_PREFIX: Final = "person:"


@dataclass(frozen=True, slots=True)
class PublicPeople:
    """Ids by name in lower case, and the names of each id, the usual one first."""

    ids: dict[str, str]
    names: dict[str, tuple[str, ...]]


@cache
def load_public_people() -> PublicPeople:
    """Read the people from their data file."""
    ids: dict[str, str] = {}
    names: dict[str, tuple[str, ...]] = {}
    for line in data_lines("people.tsv"):
        key, *forms = line.split("\t")
        names[_PREFIX + key] = tuple(form.removeprefix(ASKED_FOR) for form in forms)
        ids |= {form.lower(): _PREFIX + key for form in forms if not form.startswith(ASKED_FOR)}
    return PublicPeople(ids, names)


def person_id(name: str) -> str | None:
    """Return the id of the person of the news that a name in lower case means."""
    return load_public_people().ids.get(name)


def person_names(identifier: str | None) -> tuple[str, ...]:
    """Return every name of a person of the news, the usual one first; none for another id."""
    return () if identifier is None else load_public_people().names.get(identifier, ())


def is_usual_name(name: str) -> bool:
    """Return whether a name, in whatever case, is the usual one of a person of the news."""
    low = name.lower()
    return (usual := person_names(person_id(low))) != () and usual[0].lower() == low
