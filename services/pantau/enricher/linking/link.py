"""Linking of mentions to entities, for the spans of any engine.

Names without titles, short names, groups, canonical forms.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from pydantic import TypeAdapter

from pantau.enricher.budget import GROUPING, LINKING, UNLIMITED, Budget
from pantau.enricher.dictionaries.dictionary import DictionaryEntry
from pantau.enricher.lexicon.char_mask import CharMask
from pantau.enricher.lexicon.gazetteer import Gazetteer, GazetteerPlace
from pantau.enricher.lexicon.public_people import person_id
from pantau.enricher.linking.abbreviations import LEGAL_IN_BRACKETS
from pantau.enricher.linking.companies import longer_names
from pantau.enricher.linking.english_roles import english_role, is_head
from pantau.enricher.linking.identity import (
    NOTHING_OWN,
    Own,
    aliases_of,
    of_entry,
    of_organization,
    of_person,
    of_place,
    organization_id,
    places_named,
    usual_key,
    with_own,
)
from pantau.enricher.linking.local_bodies import Meant, local_bodies
from pantau.enricher.linking.names import Names, project, without_overlap
from pantau.enricher.linking.roles import is_rank, role_beside
from pantau.enricher.linking.split import (
    closed_mentions,
    outside_people,
    split_mentions,
    trimmed,
)
from pantau.enricher.ner.corrections.headline_places import (
    with_names_of_text,
    without_villagers,
)
from pantau.enricher.ner.engine import Mention, Ranges
from pantau_schemas.events.article import Entity, EntityType, Prominence

Key = tuple[EntityType, str]

_ENTITIES: Final = TypeAdapter(tuple[Entity, ...])
"""All entities of an article are built in one call: several times as fast as one by one."""
_OPENING: Final = " ("
"""The text allowed between a name and its short form."""
_FORMER: Final = ("former", "Former")
_CLOSING: Final = (")", " RI)")
"""The text after a short form in brackets."""
_LONGEST_SHORT_PLACE: Final = 3
"""A place in capitals with at most this many letters is a short form, such as DIY.

A longer one is only capitalised.
"""


MOST_WITH_ALIASES: Final = 300
"""Entities of one article that carry aliases, the first ones.

News articles name fewer; a text that lists a whole gazetteer must not multiply in size.
"""


class Found(NamedTuple):
    """The mentions that an engine found in the title and the text of an article.

    `skip` is the text's boilerplate; `lead` is the end of the first paragraph in code points.
    """

    title: str
    text: str
    heading: Sequence[Mention]
    body: Sequence[Mention]
    skip: Ranges
    lead: int = 0
    lang: str = "id"
    own: Own = NOTHING_OWN
    budget: Budget = UNLIMITED


class Linked(NamedTuple):
    """The entities of an article by first mention, and the positions of people and others."""

    entities: tuple[Entity, ...]
    people: list[tuple[int, int]]
    others: list[tuple[int, int]]


class _Group:
    """Mentions of one entity, while they are collected.

    Surface forms in order of first mention.
    """

    __slots__ = ("entry", "mentions", "roles", "surfaces", "type")

    def __init__(self, kind: EntityType, entry: DictionaryEntry | None) -> None:
        self.type = kind
        self.entry = entry
        self.surfaces: dict[str, None] = {}
        self.mentions: list[dict[str, str | int]] = []
        self.roles: dict[str, None] = {}


def link(found: Found, known: Gazetteer) -> Linked:
    """Link the mentions of title and text to entities.

    The text comes first: its types also apply to the title, where capitals carry little
    information.
    """
    budget = found.budget
    names = Names(known, budget)
    news = closed_mentions(found.text, budget.within(LINKING, found.body))
    news = _outside(found.text, news, found.skip)
    body = with_own(without_overlap(trimmed(found.text, news, known)), found.own.body)
    body = split_mentions(found.text, names.define(found.text, body, found.skip), names)
    body = without_villagers(found.text, body)
    names.collect_people(found.text, body)
    surfaces = names.surfaces(found.text, body)
    body = with_own(project(found.text, body, surfaces, found.skip, budget), found.own.body)
    # Only now the title, with what the whole text says of its names.
    heading = without_overlap(trimmed(found.title, found.heading, known))
    heading = project(found.title, outside_people(found.title, heading, surfaces), surfaces)
    heading = with_names_of_text(found.title, heading, found.text, body)
    heading = with_own(heading, found.own.heading)
    names.collect_people(found.title, heading)
    texts = (found.title, heading), (found.text, body)
    places = places_named(texts, found.lang, known)
    defined = {short: long for short, (long, _) in names.short_to_long.items()}
    organizations = {
        text[start:end].lower()
        for text, mentions in texts
        for start, end, kind in mentions
        if kind == "organization"
    }
    meant = local_bodies(organizations, texts, defined, places, known)
    grouping = _Grouping(names, found, places, meant, longer_names(organizations))
    grouping.add("title", found.title, heading, budget)
    grouping.add("text", found.text, body, budget)
    entities = [grouping.entity(group) for group in grouping.groups.values()]
    for entity in entities[:MOST_WITH_ALIASES]:
        entity["aliases"] = aliases_of(entity, known)
    return Linked(
        _ENTITIES.validate_python(entities),
        [(start, end) for start, end, kind in body if kind == "person"],
        [(start, end) for start, end, kind in body if kind != "person"],
    )


def _says_more(told: str | None, role: str) -> bool:
    """Return whether an English office is longer than what its words alone show.

    So `Attorney General` is than `Attorney`, an office than a rank, and `mayor` than what is left
    without it: Mayor is a rank in Indonesian.
    """
    if told is None:
        return False
    headless = role.startswith(_FORMER) and not is_head(role.rpartition(" ")[2])
    return role in told or headless or is_rank(role)


def _is_short(place: str) -> bool:
    """Return whether a place's name is a short form, such as AS or U.S."""
    return place.isupper() and (len(place) <= _LONGEST_SHORT_PLACE or "." in place)


def _outside(text: str, mentions: Iterable[Mention], skip: Ranges) -> Iterable[Mention]:
    """Remove mentions that overlap boilerplate."""
    if not skip:
        return mentions
    skipped = CharMask(len(text), skip)
    return [one for one in mentions if not skipped.touches(one.start, one.end)]


class _Grouping:
    """Mentions grouped by entity."""

    def __init__(
        self,
        names: Names,
        found: Found,
        places: Mapping[str, GazetteerPlace],
        meant: Meant,
        longer: Mapping[str, str],
    ) -> None:
        self.groups: dict[Key, _Group] = {}
        self._by_surface: dict[Key, _Group] = {}
        self._title = found.title
        self._text = found.text
        self._places = places
        self._meant = meant
        self._longer = longer
        self._lead = found.lead
        self._lang = found.lang
        self._own = found.own.dictionary or None
        self._entries = found.own.by_start()
        self._names = names
        self._known = names.known
        self._recent: dict[tuple[str, ...], int] = {}  # person to the number of the last mention
        self._full_names: dict[str, tuple[str, ...]] = {}  # by spellings of one person only
        self._mentions = 0
        self._short_forms = {
            form.lower(): organization_id(long, names.known, meant) or long.lower()
            for short, (long, _) in names.short_to_long.items()
            for form in (short, long)
        }

    def add(self, name: str, content: str, mentions: Sequence[Mention], budget: Budget) -> None:
        """Add the mentions of a field, as far as the budget allows."""
        limits = [start for start, _, kind in mentions if kind == "person"]
        after, floor = iter([*limits[1:], len(content)]), 0
        entries, english = self._entries, self._lang == "en"
        for start, end, kind in budget.within(GROUPING, mentions):
            surface = content[start:end]
            group = self._group(kind, surface, entries.get((name, start)) if entries else None)
            group.surfaces[surface] = None
            group.mentions.append({"field": name, "start": start, "end": end})
            if kind == "person":
                ceiling = next(after)
                told = english_role(content, (start, end), floor, ceiling) if english else None
                role, floor = role_beside(content, (start, end), floor, ceiling)
                role = told if role is None or _says_more(told, role) else role
                if (
                    role is not None
                    and role not in group.roles
                    and (name == "text" or role in self._text)
                ):
                    # from a headline only roles that the text has too: Title Case hides where they
                    # end
                    group.roles[role] = None

    def _group(self, kind: EntityType, surface: str, entry: DictionaryEntry | None) -> _Group:
        """Return the group of a mention.

        It is the same for every mention with that spelling, unless several people are called so.
        """
        if entry is not None:
            return self._find_group(kind, surface, entry)
        group = self._by_surface.get((kind, surface))
        if group is None:
            group = self._find_group(kind, surface, None)
            if kind != "person" or surface in self._full_names:
                self._by_surface[kind, surface] = group
        elif kind == "person":
            self._note(self._full_names[surface])
        return group

    def _find_group(self, kind: EntityType, surface: str, entry: DictionaryEntry | None) -> _Group:
        """Find the group of a mention; mentions of a dictionary entry share the entry's."""
        key = self._key(surface, kind)
        if entry is None and self._own is not None:
            entry = self._own.get(key, kind, self._lang)
        if entry is not None:
            key = f"\n{entry.key}"
        group = self.groups.get((kind, key))
        if group is None:
            group = self.groups[kind, key] = _Group(kind, entry)
        return group

    def _key(self, surface: str, kind: EntityType) -> str:
        low = surface.lower()
        if kind == "organization":
            return self._short_forms.get(low) or self._organization_key(low)
        if kind == "person":
            asked = tuple(low.split())
            words = self._names.full_name(asked, self._recent)
            if self._names.is_sure(asked):
                self._full_names[surface] = words
            self._note(words)
            full = " ".join(words)
            return person_id(full) or full
        place = self._places.get(low)
        if place is None and surface in self._names.short_to_long:
            low = self._names.short_to_long[surface][0].lower()  # Polewali Mandar (Polman)
            place = self._places.get(low)
        return low if place is None else place.id or low

    def _note(self, words: tuple[str, ...]) -> None:
        """Remember a mention of a person, whom a part of the name may mean next."""
        self._mentions += 1
        self._recent[words] = self._mentions

    def _organization_key(self, low: str) -> str:
        """Return what all names of an organisation in lower case have in common."""
        known, bare = usual_key(low, self._known)
        if low in self._meant:
            known = organization_id(low, self._known, self._meant)
        return (known or self._longer.get(bare) or bare).lower()

    def entity(self, group: _Group) -> dict[str, Any]:
        """Return a group as the fields of an entity."""
        surfaces = tuple(group.surfaces)
        name, long_name = self._normal_form(group.type, surfaces)
        fields: dict[str, Any] = {
            "type": group.type,
            "name": name,
            "long_name": long_name,
            "roles": tuple(group.roles),
            "mentions": self._mentioned(group),
            "surfaces": surfaces,
            "prominence": self._prominence(group.mentions[0]),
        }
        fields |= self._identity(group, surfaces, name)
        if group.entry is not None:
            fields |= of_entry(group.entry)
            fields["roles"] = tuple(dict.fromkeys((*group.roles, *group.entry.roles)))
            if long_name == group.entry.name:
                fields["long_name"] = None
        return fields

    def _mentioned(self, group: _Group) -> Sequence[dict[str, str | int]]:
        """Return the mentions of a group.

        A short or legal form in brackets belongs to the mention of the preceding name, as
        Indonesian news is annotated (idner-news-2k, 38 of 40 times). In tokenized texts, where
        marks are separate words, each form is a mention (as in NERGrit, wikigold and EWT).
        """
        if group.type != "organization":
            return group.mentions
        found: list[dict[str, str | int]] = []
        for mention in group.mentions:
            content = self._title if mention["field"] == "title" else self._text
            start, end = int(mention["start"]), int(mention["end"])
            before = found[-1] if found else mention
            # `before` may be this mention itself, whose end is not where it starts.
            if (
                before["field"] == mention["field"]
                and int(before["end"]) + len(_OPENING) == start
                and content.endswith(_OPENING, 0, start)
                and content.startswith(_CLOSING, end)
            ):
                before["end"] = content.index(")", end) + 1
            elif content.startswith(LEGAL_IN_BRACKETS, end):
                found.append(mention | {"end": end + len(LEGAL_IN_BRACKETS)})
            else:
                found.append(dict(mention))
        return found

    def _identity(self, group: _Group, surfaces: Sequence[str], name: str) -> Mapping[str, Any]:
        """Return the known data of an entity; of a person by the normal form `name`."""
        if group.type == "place":
            return of_place(self._places.get(surfaces[0].lower()), surfaces[0])
        if group.type == "organization":
            short_to_long = self._names.short_to_long
            for form in surfaces if short_to_long else ():
                if form in short_to_long:
                    return of_organization((short_to_long[form][0],), self._known, self._meant)
            forms = surfaces if group.entry is None else (*surfaces, group.entry.name)
            return of_organization(sorted(forms, key=len, reverse=True), self._known, self._meant)
        return of_person(name)

    def _prominence(self, first: dict[str, str | int]) -> Prominence:
        """Return the prominence of an entity, by its first mention: the title is read first."""
        if first["field"] == "title":
            return "title"
        return "lead" if int(first["start"]) < self._lead else "body"

    def _normal_form(self, kind: EntityType, surfaces: Sequence[str]) -> tuple[str, str | None]:
        """Return the name, and its full form if the article defines it."""
        if kind == "person":
            return self._person(surfaces), None
        short_to_long = self._names.short_to_long
        for surface in surfaces if short_to_long else ():
            if surface in short_to_long:
                return self._names.parts.get(surface, surface), short_to_long[surface][0]
        if kind == "organization":
            if len(surfaces) == 1:  # the usual case
                return surfaces[0], None
            surfaces = tuple(form for form in surfaces if ") " not in form) or surfaces
            shortest = min(surfaces, key=lambda form: (len(form), form))
            longest = max(surfaces, key=lambda form: (len(form), form))
            differs = longest.lower() != shortest.lower() and shortest.isupper()
            return shortest, longest if differs else None
        surface = next((form for form in surfaces if not _is_short(form)), surfaces[0])
        if not surface.isupper() or _is_short(surface):
            return surface[0].upper() + surface[1:], None
        place = self._known.get(surface)
        return (place.name if place is not None else surface.title()), None

    def _person(self, surfaces: Sequence[str]) -> str:
        """Return the fullest form, not in capitals if there is another."""
        fullest = surfaces[0]
        if len(surfaces) > 1:
            proper = [
                form for form in surfaces if form.lower() not in self._names.nicknames
            ] or surfaces
            fullest = max(proper, key=lambda form: (len(form.split()), not form.isupper()))
        words = self._full_names.get(fullest)
        if words is None:
            words = self._names.full_name(tuple(fullest.lower().split()), self._recent)
        name = self._names.people.get(words, fullest)
        return name.title() if name.isupper() and " " in name else name
