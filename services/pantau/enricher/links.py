"""Mentions to entities, for the spans of any engine: names without titles, abbreviations, short names, groups."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from pantau_schemas.article import Entity, EntityType
from pantau_schemas.base import Span

from pantau.enricher.abbreviations import find_definitions
from pantau.enricher.engine import Mention, Ranges
from pantau.enricher.gazetteer import Gazetteer
from pantau.enricher.roles import role_before, trim_person
from pantau.enricher.words import Flag, word_flags

LEAST_ALONE: Final = 3
"""Letters that one word of a person's name must have to stand for the person."""
_NOT_ALONE: Final = int(Flag.COMMON | Flag.CAPITAL | Flag.CALENDAR | Flag.NO_NAME | Flag.OFFICE | Flag.ORG_HEAD)

Key = tuple[EntityType, str]


@dataclass(slots=True)
class _Group:
    """Mentions of one entity, while they are collected."""

    type: EntityType
    surfaces: list[str] = field(default_factory=list)
    mentions: list[Span] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Names:
    """What a text's mentions say about names: short forms, full names, and where else to look for them."""

    short_to_long: dict[str, tuple[str, EntityType]] = field(default_factory=dict)
    people: dict[tuple[str, ...], str] = field(default_factory=dict)
    nicknames: dict[str, str] = field(default_factory=dict)


def link(title: str, text: str, heading: Sequence[Mention], body: Sequence[Mention], skip: Ranges, known: Gazetteer) -> tuple[Entity, ...]:
    """Join the mentions of title and text into entities, in the order of their first mention."""
    names = _Names()
    found = _without_overlap(_trimmed(text, body))
    found = _define(text, found, skip, names)
    _collect_people(text, found, names)
    surfaces = _surfaces(text, found, names, known)
    found = _project(text, found, surfaces, skip)
    head = _project(title, _without_overlap(_trimmed(title, heading)), surfaces, (), all_names=True)
    _collect_people(title, head, names)
    groups: dict[Key, _Group] = {}
    for name, content, mentions in (("title", title, head), ("text", text, found)):
        _group(name, content, mentions, names, known, groups)
    return tuple(_entity(group, names, known) for group in groups.values())


def _trimmed(text: str, mentions: Iterable[Mention]) -> list[Mention]:
    return [
        Mention(*trim_person(text, one.start, one.end), one.type) if one.type == "person" else one for one in mentions
    ]


def _without_overlap(mentions: Iterable[Mention]) -> list[Mention]:
    """Keep the longest of mentions that overlap, the first of equal ones."""
    kept: list[Mention] = []
    for one in sorted(mentions):
        if kept and one.start < kept[-1].end:
            if one.end - one.start > kept[-1].end - kept[-1].start:
                kept.pop()
                while kept and kept[-1].end > one.start:
                    kept.pop()
                kept.append(one)
        else:
            kept.append(one)
    return kept


def _define(text: str, mentions: list[Mention], skip: Ranges, names: _Names) -> list[Mention]:
    """Read the definitions; both sides become mentions of what they say."""
    definitions = find_definitions(text, mentions, skip)
    if not definitions:
        return mentions
    extra: list[Mention] = []
    for one in definitions:
        short, long = text[one.short.start : one.short.end], text[one.long.start : one.long.end]
        if one.long.type == "person":
            names.nicknames.setdefault(short.lower(), long)
        else:
            names.short_to_long.setdefault(short, (long, one.long.type))
        extra += [one.long, one.short]
    ranges = [(one.start, one.end) for one in extra]
    kept = [one for one in mentions if not any(one.start < end and start < one.end for start, end in ranges)]
    return _without_overlap(kept + extra)


def _collect_people(text: str, mentions: Iterable[Mention], names: _Names) -> None:
    for one in mentions:
        if one.type == "person":
            name = text[one.start : one.end]
            words = tuple(name.lower().split())
            if len(words) > 1:
                names.people.setdefault(words, name)


def _surfaces(text: str, mentions: Sequence[Mention], names: _Names, known: Gazetteer) -> dict[str, EntityType]:
    """Give every form under which the names found may stand elsewhere, with its type."""
    surfaces: dict[str, EntityType] = {}
    flags = word_flags()
    for short, (long, kind) in names.short_to_long.items():
        surfaces[short] = surfaces[long] = kind
    for one in mentions:
        name = text[one.start : one.end]
        if one.type != "person":
            surfaces.setdefault(name, one.type)
    for name in names.people.values():
        words = name.split()
        for size in range(len(words), 0, -1):
            for start in range(len(words) - size + 1):
                part = words[start : start + size]
                if size == 1 and not _stands_alone(part[0], flags, known):
                    continue
                surfaces.setdefault(" ".join(part), "person")
    for short, name in names.nicknames.items():
        for form in (short.upper(), short.capitalize(), name):
            surfaces[form] = "person"
    for one in mentions:
        if one.type == "person" and " " not in (alone := text[one.start : one.end]):
            surfaces.setdefault(alone, "person")
    return surfaces


def _stands_alone(word: str, flags: dict[str, int], known: Gazetteer) -> bool:
    low = word.lower()
    if len(word) < LEAST_ALONE or not word[0].isupper() or known.get(low) is not None:
        return False
    return not flags.get(low, 0) & _NOT_ALONE or bool(flags.get(low, 0) & Flag.PERSON)


def _project(
    text: str, mentions: list[Mention], surfaces: dict[str, EntityType], skip: Ranges, *, all_names: bool = False
) -> list[Mention]:
    """Find the names wherever else they stand; a mention of the same range takes the type found elsewhere."""
    del all_names
    taken = bytearray(len(text))
    for one in mentions:
        taken[one.start : one.end] = b"\x01" * (one.end - one.start)
    for start, end in skip:
        taken[start:end] = b"\x01" * (end - start)
    added: list[Mention] = []
    for surface in sorted(surfaces, key=lambda form: (-len(form), form)):
        at = text.find(surface)
        while at >= 0:
            end = at + len(surface)
            if not any(taken[at:end]) and _bounded(text, at, end):
                added.append(Mention(at, end, surfaces[surface]))
                taken[at:end] = b"\x01" * (end - at)
            at = text.find(surface, end)
    retyped = [_retyped(text, one, surfaces) for one in mentions]
    return sorted(retyped + added)


def _retyped(text: str, one: Mention, surfaces: dict[str, EntityType]) -> Mention:
    kind = surfaces.get(text[one.start : one.end], one.type)
    return one if kind == one.type else Mention(one.start, one.end, kind)


def _bounded(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (before.isalnum() or before in {"-", "_", "/"} and before) and not (after.isalnum() or (after in {"-", "_", "/"} and after != ""))


def _group(
    name: str, content: str, mentions: Sequence[Mention], names: _Names, known: Gazetteer, groups: dict[Key, _Group]
) -> None:
    floor = 0
    latest: dict[str, tuple[str, ...]] = {}
    for one in mentions:
        surface = content[one.start : one.end]
        if one.type == "person":
            key: Key = ("person", _person_key(surface, names, latest))
        else:
            key = (one.type, _name_key(surface, one.type, names, known))
        group = groups.setdefault(key, _Group(one.type))
        group.surfaces.append(surface)
        group.mentions.append(Span(field=name, start=one.start, end=one.end))
        if one.type == "person":
            role = role_before(content, one.start, floor)
            if role is not None and role not in group.roles:
                group.roles.append(role)
            floor = one.end


def _person_key(surface: str, names: _Names, latest: dict[str, tuple[str, ...]]) -> str:
    """Give the full name that a mention means; of several, the one named last."""
    words = tuple(surface.lower().split())
    nickname = names.nicknames.get(" ".join(words))
    if nickname is not None:
        words = tuple(nickname.lower().split())
    fuller = [full for full in names.people if len(full) > len(words) and _within(words, full)]
    if fuller:
        recent = [full for full in latest.values() if full in fuller]
        words = recent[-1] if recent else max(fuller, key=len) if len(words) > 1 else fuller[0]
    full_name = " ".join(words)
    latest.pop(full_name, None)
    latest[full_name] = words
    return full_name


def _within(words: tuple[str, ...], full: tuple[str, ...]) -> bool:
    rest = iter(full)
    return all(word in rest for word in words)


def _name_key(surface: str, kind: EntityType, names: _Names, known: Gazetteer) -> str:
    low = surface.lower()
    if kind == "organization":
        for short, (long, _) in names.short_to_long.items():
            if low in {short.lower(), long.lower()}:
                return short.lower()
        return known.short_forms.get(low, low).lower()
    return low


def _entity(group: _Group, names: _Names, known: Gazetteer) -> Entity:
    name, long_name = _normal_form(group, names, known)
    return Entity(
        type=group.type, name=name, long_name=long_name, roles=tuple(group.roles), mentions=tuple(group.mentions)
    )


def _normal_form(group: _Group, names: _Names, known: Gazetteer) -> tuple[str, str | None]:
    if group.type == "person":
        nick = {nick for nick in names.nicknames}
        proper = [form for form in group.surfaces if form.lower() not in nick] or group.surfaces
        fullest = max(proper, key=lambda form: (len(form.split()), not form.isupper()))
        full = names.people.get(tuple(fullest.lower().split()), fullest)
        return (full.title() if full.isupper() and " " in full else full), None
    for surface in group.surfaces:
        if surface in names.short_to_long:
            return surface, names.short_to_long[surface][0]
    if group.type == "organization":
        shortest = min(group.surfaces, key=lambda form: (len(form), form))
        longest = max(group.surfaces, key=lambda form: (len(form), form))
        return shortest, (longest if longest.lower() != shortest.lower() and shortest.isupper() else None)
    surface = group.surfaces[0]
    if surface.isupper() and len(surface) > 3:
        place = known.get(surface)
        return (place.name if place is not None else surface.title()), None
    return surface, None
