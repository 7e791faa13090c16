"""Translates a pasted query of any search engine into the language `pantau`."""

import re
from dataclasses import dataclass
from typing import Final, Literal

from pantau.errors import UsageError
from pantau.problems import problem
from pantau.query.diagnosis import engine
from pantau.query.diagnosis.checks import names, operators
from pantau.query.diagnosis.masked import masked
from pantau.query.errors import QueryError
from pantau.query.parsing import languages, writer
from pantau.query.parsing.lucene_scanner import LIST_NAME
from pantau_schemas.events.subscription import QueryLanguage
from pantau_schemas.fields import FIELDS

Origin = Literal["lucene", "kql", "pantau", "vendor"]
"""`vendor` is the Boolean syntax of news databases and alert services."""

_COMPARED: Final = re.compile(r"(?<![\w.:])(?P<name>[a-z_]+)\s*(?:<=?|>=?)\s*[\w\"\x1a]")
_SMALL: Final = re.compile(r"(?<=[\w\")*\x1a])\s+(?:and|or)\s+|(?:^|[\s(])not\s+", re.IGNORECASE)
_LUCENE: Final = re.compile(
    r"(?<!\S)[+\-](?=[\w\"(\x1a])|&&|\|\||_exists_:|[\[{][^\[\]{}]*\sTO\s|[\w\"\x1a]~\d*|\^\d"
)

_LISTED: Final = re.compile(rf"(?:people|organizations|places|entity_ids):\s*@{LIST_NAME.pattern}")


@dataclass(frozen=True, slots=True)
class Understood:
    """A pasted query, its origin, and the same query in the language `pantau`."""

    typed: str
    origin: Origin
    query: str

    @property
    def is_changed(self) -> bool:
        """True if the query differs from the pasted text."""
        return self.query != self.typed


def recognise(text: str) -> Origin:
    """Return the query language that a text is most likely written in."""
    hidden = masked(text, regex=False)
    if languages.own_operator(text) is not None or _LISTED.search(hidden):
        return "pantau"
    if next(operators.proximity(text, "lucene"), None) is not None:
        return "vendor"
    small = [found[0].strip(" \t\r\n(") for found in _SMALL.finditer(hidden)]
    if _LUCENE.search(hidden) is None and (
        any(found["name"] in FIELDS for found in _COMPARED.finditer(hidden))
        or (_has_field(hidden) and (not small or any(word.islower() for word in small)))
    ):
        return "kql"
    if next(names.names(text, "lucene"), None) is not None:
        return "vendor"
    return "lucene"


def _has_field(hidden: str) -> bool:
    """Return whether a field of ours is written as Kibana's help writes it: `title: banjir`."""
    return any(
        found["name"] in FIELDS and found["rest"].isspace()
        for found in re.finditer(r"(?<![\w.])(?P<name>[a-z_]+)\s*:(?P<rest>.)", hidden, re.DOTALL)
    )


def understand(text: str, time_zone: str = "UTC") -> Understood:
    """Return what a pasted query means, as a query in the language `pantau`.

    Raises UsageError where it cannot be read and no repair is known, or for a time zone that is
    none.
    """
    origin = recognise(text)
    if origin == "kql":
        written = _from_kql(text, time_zone)
        if written is not None:
            return Understood(text, origin, written)
        origin = "lucene"
    query, language = engine.whole_repair(text, "pantau", time_zone) or (text, "pantau")
    try:
        languages.parse(query, language, time_zone)
    except QueryError as error:
        raise UsageError(problem("query.not-understood", reason=error.place())) from error
    return Understood(text, origin, query)


def _from_kql(text: str, time_zone: str) -> str | None:
    """Return a query in KQL in the language `pantau`; None where that cannot be done."""
    start: tuple[str, QueryLanguage] = (text, "kql")
    query, language = engine.whole_repair(text, "kql", time_zone) or start
    try:
        tree = languages.parse(query, language, time_zone)
        written = query if language == "pantau" else writer.write(tree, query, time_zone)
        bare = _without_outer(written)
        languages.parse(bare, "pantau", time_zone)
    except (QueryError, writer.UnwritableError):
        return None
    return (engine.whole_repair(bare, "pantau", time_zone) or (bare, language))[0]


def _without_outer(text: str) -> str:
    """Remove parentheses around the whole text."""
    hidden = masked(text)
    if not (hidden.startswith("(") and hidden.endswith(")")):
        return text
    depth = 0
    for place, sign in enumerate(hidden):
        depth += (sign == "(") - (sign == ")")
        if not depth and place < len(hidden) - 1:
            return text
    return text[1:-1]
