"""The names under which a query finds an article: every form of every entity.

A query asks for a thing by one of its names, and the article may use another. So the fields
`people`, `organizations` and `places` hold, for each entity, its normal form, the forms that the
article uses, the same without a company's legal form or the head of an area, and the known aliases;
each of them also without accents.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice
from typing import Final

from pantau.common.text.legal_forms import legal_variants
from pantau.common.text.person_forms import person_variants
from pantau_schemas.events.article import Entity, EntityType

MOST_FORMS: Final = 60
"""Forms of one entity that a field holds besides its normal form, the first ones."""
MOST_BYTES: Final = 64 * 1024
"""Size in UTF-8 of the forms besides normal ones that a field of one article holds."""
_KEPT: Final = 8_192
"""Entities whose forms are kept; a day of a large newsroom names about as many."""
_FEW_FORMS: Final = 6
_SHORT_FORMS: Final = 200
"""Characters of the article's own forms of an entity whose forms are kept."""
_WORDS: Final = """
pulau gunung mount mt mt. jalur provinsi propinsi kabupaten kab kab. kota kotamadya kecamatan kec
kec. distrik kapanewon kemantren desa kelurahan kalurahan dusun kampung nagari gampong gampoeng
pekon lembang tiyuh ohoi
"""
_HEADS: Final = frozenset(_WORDS.split())
"""First words of names of places that people leave out when they ask for one."""
_MARKS: Final = str.maketrans("‘’ʼ`´“”‐‑–\u00a0", "'''''\"\"--- ")


def names_of(entities: Sequence[Entity], kind: EntityType) -> tuple[str, ...]:
    """Return the names of the entities of one kind, each once.

    The normal forms come first, in the order of the entities, then all other forms, up to
    `MOST_FORMS` of each and `MOST_BYTES` in all.
    """
    wanted = [entity for entity in entities if entity.type == kind]
    names = dict.fromkeys([entity.name for entity in wanted])
    room = MOST_BYTES
    for entity in wanted:
        for form in _bounded(entity):
            if form in names:
                continue
            room -= len(form) if form.isascii() else len(form.encode("utf-8", "surrogatepass"))
            if room < 0:
                return tuple(names)
            names[form] = None
    return tuple(names)


def names_of_entity(entity: Entity) -> tuple[str, ...]:
    """Return the names of one entity that the fields of its article hold."""
    return tuple(dict.fromkeys((entity.name, *_bounded(entity))))


def ids_of(entities: Iterable[Entity]) -> tuple[str, ...]:
    """Return the stable ids of the known entities, each once."""
    return tuple(dict.fromkeys(entity.id for entity in entities if entity.id is not None))


def plain_spelling(name: str) -> str:
    """Return a name as a keyboard without accents writes it, or unchanged.

    Accents of Latin letters go (`São Paulo` is `Sao Paulo`), typographic quotation marks and
    hyphens become those of ASCII. A name in another script stays as it is.
    """
    if name.isascii():
        return name
    parts = unicodedata.normalize("NFKD", name.translate(_MARKS))
    plain = "".join(mark for mark in parts if not unicodedata.combining(mark))
    return plain if plain.isascii() else name


def _bounded(entity: Entity) -> Sequence[str]:
    """Return the forms of an entity besides its name, the first `MOST_FORMS`.

    The same things come under the same names in most articles, so those are kept; long ones, which
    no name in the news has, are not.
    """
    own = entity.surfaces if entity.long_name is None else (entity.long_name, *entity.surfaces)
    few = len(own) <= _FEW_FORMS and sum(map(len, own)) <= _SHORT_FORMS
    find = _kept_forms if few and len(entity.aliases) <= MOST_FORMS else _found_forms
    return find(entity.type, entity.name, own, entity.aliases)


def _found_forms(
    kind: EntityType, name: str, own: tuple[str, ...], aliases: tuple[str, ...]
) -> tuple[str, ...]:
    return tuple(islice(_forms(kind, name, own, aliases), MOST_FORMS))


_kept_forms: Final = lru_cache(maxsize=_KEPT)(_found_forms)


def _forms(
    kind: EntityType, name: str, own: tuple[str, ...], aliases: tuple[str, ...]
) -> Iterator[str]:
    own = _own(name, own)
    yield from own
    if kind == "organization":
        yield from chain.from_iterable(map(legal_variants, (*own, *aliases)))
    elif kind == "place":
        yield from filter(None, map(without_head, (*own, *aliases)))
    elif kind == "person":
        yield from chain.from_iterable(map(person_variants, own))
    yield from aliases
    for form in (*own, *aliases):
        if not form.isascii():
            yield plain_spelling(form)


def _own(name: str, own: tuple[str, ...]) -> tuple[str, ...]:
    """Return the forms that the article itself has; of one also written in capitals the other."""
    if len(own) > 1:
        loud = {form.casefold() for form in (name, *own) if not form.isupper()}
        own = tuple(form for form in own if not (form.isupper() and form.casefold() in loud))
    return own if name in own else (name, *own)


def without_head(place: str) -> str | None:
    """Return the name of an area without the word for its kind: Jiken, Lombok."""
    head, _, rest = place.partition(" ")
    return rest if rest and head.lower() in _HEADS else None
