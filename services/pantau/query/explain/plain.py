"""Queries described in plain words, in English and Indonesian.

What an article must have to be found:

    shape    the query with equivalent levels flattened: groups of `all` or `any`, and clauses
    read     that shape as a sentence, or as an indented list if it is nested
    notes    peculiarities of the interpretation that the writer may not expect (`plain_notes`)

The description is derived from the tree that the evaluator uses, so it says what will be matched,
not what was written.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, TypeAlias
from zoneinfo import ZoneInfo

from pantau.query import ast
from pantau.query.explain.plain_leaves import ClauseDescriber
from pantau.query.explain.plain_words import WORDS, DescriptionLanguage
from pantau.query.parsing.languages import check_time_zone

_INDENT: Final = "  "
_LONGEST: Final = 160
"""A longer sentence of three or more clauses becomes a list."""


@dataclass(frozen=True, slots=True)
class Group:
    """Parts of which `all` or `any` must hold, and `none` must not.

    `spare` ones have no effect.
    """

    kind: Literal["all", "any"]
    parts: "tuple[Part, ...]"
    none: "tuple[Part, ...]" = ()
    spare: "tuple[Part, ...]" = ()

    @property
    def inside(self) -> "tuple[Part, ...]":
        """All parts, whatever their role."""
        return self.parts + self.none + self.spare


Part: TypeAlias = Group | ast.Query
"""A group, or a clause."""


@dataclass(frozen=True, slots=True)
class Plain:
    """A query in plain words.

    `text` has line breaks if it is a list; `tree` is the same for programs.
    """

    text: str
    tree: object


def read(
    query: ast.Query, tongue: DescriptionLanguage, now: datetime, time_zone: str = "UTC"
) -> Plain:
    """Describe a query. `now` is the value of that word; times are shown in the zone.

    Raises UsageError.
    """
    return describe(query, describer(tongue, now, time_zone))


def describe(query: ast.Query, describer: ClauseDescriber) -> Plain:
    """Describe a query as `read` does."""
    return _QueryReader(describer).whole(shape(query))


def describer(
    tongue: DescriptionLanguage, now: datetime, time_zone: str = "UTC"
) -> ClauseDescriber:
    """Return the describer of clauses in a language. Raises UsageError for an invalid time zone."""
    zone: ZoneInfo = check_time_zone(time_zone)
    return ClauseDescriber(WORDS[tongue], now, zone)


def shape(query: ast.Query) -> Part:
    """Flatten levels of a query that mean the same as one."""
    if not isinstance(query, ast.Boolean):
        return query
    barred = [part for clause in query.must_not for part in _alternatives(shape(clause))]
    none = tuple(_once(part for part in barred if not _is_negative(part)))
    # A negation of a negation is the clause itself.
    wanted = [_any(part.none) for part in barred if _is_negative(part) and isinstance(part, Group)]
    if query.must:
        return _all([*map(shape, query.must), *wanted], none, tuple(map(shape, query.should)))
    either = _any(part for clause in query.should for part in _alternatives(shape(clause)))
    return _all([either, *wanted], none, ())


def _is_negative(part: Part) -> bool:
    return isinstance(part, Group) and part.kind == "all" and not part.parts


def _excludes_all(part: Part) -> bool:
    return isinstance(part, Group) and any(isinstance(one, ast.MatchAll) for one in part.none)


def _any(parts: Iterable[Part]) -> Part:
    """Build a group of alternatives."""
    found = tuple(_once(parts))
    whole = next((one for one in found if isinstance(one, ast.MatchAll)), None)
    if whole is not None:
        return whole  # the others find nothing more
    if len(found) < 2:
        return found[0] if found else ast.MatchNone()
    return Group("any", found)


def _all(parts: list[Part], none: tuple[Part, ...], spare: tuple[Part, ...]) -> Part:
    """Build a conjunction, flattening nested ones."""
    found: list[Part] = []
    for part in parts:
        if isinstance(part, Group) and part.kind == "all":
            found += part.parts
            none = part.none + none
            spare = part.spare + spare
        elif not isinstance(part, ast.MatchAll):
            found.append(part)
    held = tuple(_once(found))
    if not none and not spare and len(held) < 2:
        return held[0] if held else ast.MatchAll()
    return Group("all", held, tuple(_once(none)), spare)


def _alternatives(part: Part) -> tuple[Part, ...]:
    """Return the alternatives of a pure disjunction."""
    return part.parts if isinstance(part, Group) and part.kind == "any" else (part,)


def _once(parts: Iterable[Part]) -> Iterator[Part]:
    """Yield the distinct parts; equal clauses may have different positions in the text."""
    return iter(dict.fromkeys(parts))


def depth(part: Part) -> int:
    """Return the nesting depth of groups."""
    return 1 + max(map(depth, part.inside), default=0) if isinstance(part, Group) else 0


@dataclass(frozen=True, slots=True)
class _QueryReader:
    describer: ClauseDescriber

    def whole(self, part: Part) -> Plain:
        text = self._sentence(part) if depth(part) < 2 or _excludes_all(part) else ""
        if not text or (isinstance(part, Group) and len(part.inside) > 2 and len(text) > _LONGEST):
            text = "\n".join(self._lines(part))
        return Plain(text, self._tree(part))

    def _sentence(self, part: Part) -> str:
        say = self.describer.words.say
        if isinstance(part, ast.MatchAll):
            return f"{say('everything')}."
        if isinstance(part, ast.MatchNone):
            return f"{say('nothing')}: {self.describer.why_nothing(part)}."
        if not isinstance(part, Group):
            return f"{say('with', what=self.describer.leaf(part))}."
        if _excludes_all(part):
            return f"{say('nothing')}: {say('excluded')}."
        others = self.describer.listed(_leaves(part.none), "or") if part.none else ""
        if not part.parts:
            return f"{say('all_but', others=others) if others else say('everything')}."
        what = self.describer.listed(_leaves(part.parts), "and" if part.kind == "all" else "or")
        return f"{say('with', what=say('but', what=what, others=others) if others else what)}."

    def _lines(self, part: Part) -> Iterator[str]:
        """Format the list: a heading, then its items, indented."""
        assert isinstance(part, Group)  # noqa: S101 (a clause has no levels)
        say = self.describer.words.say
        if part.kind == "any":
            yield say("any_of_head")
        elif part.parts:
            yield say("all_of_head")
        else:
            yield say("all_but_head" if part.none else "everything")
            yield from self._items(part.none, 1)
            yield from self._more("spare", part.spare, 1)
            return
        yield from self._under(part, 1)

    def _under(self, group: Group, level: int) -> Iterator[str]:
        yield from self._items(group.parts, level)
        yield from self._more("none_of", group.none, level)
        yield from self._more("spare", group.spare, level)

    def _more(self, heading: str, parts: tuple[Part, ...], level: int) -> Iterator[str]:
        if len(parts) == 1 and heading == "none_of" and not isinstance(parts[0], Group):
            what = self.describer.leaf(parts[0])
            yield f"{_INDENT * level}- {self.describer.words.say('without', what=what)}"
        elif parts:
            yield f"{_INDENT * level}- {self.describer.words.say(heading)}"
            yield from self._items(parts, level + 2)

    def _items(self, parts: tuple[Part, ...], level: int) -> Iterator[str]:
        for part in parts:
            if not isinstance(part, Group):
                yield f"{_INDENT * level}- {self.describer.leaf(part)}"
                continue
            heading = "any_of" if part.kind == "any" else "all_of"
            yield f"{_INDENT * level}- {self.describer.words.say(heading)}"
            if part.kind == "all" and not part.parts:
                yield f"{_INDENT * (level + 2)}- {self.describer.words.say('every')}"
            yield from self._under(part, level + 2)

    def _tree(self, part: Part) -> object:
        if not isinstance(part, Group):
            return {"clause": self.describer.leaf(part), "start": part.start, "end": part.end}
        made: dict[str, object] = {part.kind: [self._tree(one) for one in part.parts]}
        for name, parts in (("none", part.none), ("spare", part.spare)):
            if parts:
                made[name] = [self._tree(one) for one in parts]
        return made


def _leaves(parts: tuple[Part, ...]) -> list[ast.Query]:
    return [part for part in parts if not isinstance(part, Group)]
