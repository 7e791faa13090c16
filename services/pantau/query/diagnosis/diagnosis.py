"""Types of what is found in a query."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from pantau.query.diagnosis.sentences import render
from pantau_schemas.events.subscription import QueryLanguage

Params: TypeAlias = Mapping[str, str | int]


class Severity(StrEnum):
    """How sure it is that the query does not mean what its writer means."""

    ERROR = "error"  # the query cannot be read
    WARNING = "warning"  # it can, and surely means something else
    NOTE = "note"  # it means what it says, which costs something or may surprise


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Replaces the characters from `start` up to `end` of a query, in code points."""

    start: int
    end: int
    replacement: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One place of a problem. Without `edits` there is no repair for it.

    `language` is the query language that the edits are written in; None is the query's own.
    """

    code: str
    start: int
    end: int
    params: Params = field(default_factory=dict)
    edits: tuple[Edit, ...] = ()
    language: QueryLanguage | None = None
    severity: Severity = Severity.WARNING


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A problem of one kind, at all of its places.

    `start` and `end` are the first place, in code points of the query as typed; `count` is the
    number of places. `suggestion` is the query with `edits` applied, in the query language
    `language`; it is None where no repair was found that can be read and removes the problem.
    """

    code: str
    start: int
    end: int
    severity: Severity
    language: QueryLanguage
    params: Params = field(default_factory=dict)
    count: int = 1
    edits: tuple[Edit, ...] = ()
    suggestion: str | None = None

    @property
    def position(self) -> int:
        """Where the first place begins."""
        return self.start

    @property
    def message(self) -> str:
        """The sentence for people, in English."""
        return self.text("en")

    def text(self, lang: str) -> str:
        """Return the sentence for people in the language `en` or `id`."""
        return render(self.code, self.params, self.count, lang)


def applied(text: str, edits: Iterable[Edit]) -> str:
    """Return the text with edits applied; of overlapping ones the first is kept."""
    parts, place = [], 0
    for edit in sorted(set(edits)):
        if edit.start < place:
            continue
        parts += [text[place : edit.start], edit.replacement]
        place = edit.end
    return "".join((*parts, text[place:]))


def difference(old: str, new: str) -> tuple[Edit, ...]:
    """Return the one edit that makes `new` of `old`; nothing if they are equal."""
    if old == new:
        return ()
    most = min(len(old), len(new))
    start = next((place for place in range(most) if old[place] != new[place]), most)
    tail = next(
        (size for size in range(most - start) if old[-1 - size] != new[-1 - size]), most - start
    )
    return (Edit(start, len(old) - tail, new[start : len(new) - tail]),)
