"""Clauses that a click writes into the text of a query, and takes out again. Pure.

The text of the query is the only truth: a filter is a clause of it, so an address, an alert, the
command line and Kibana mean the same. A clause is added as `(QUERY) AND field:"value"`.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from pantau_schemas.events.subscription import QueryLanguage

EVERYTHING: Final = "*"
FIELDS: Final = ("source", "lang", "people", "organizations", "places")
"""Fields that a facet writes."""
_NAMES: Final = "|".join(FIELDS)
_VALUE: Final = r'"(?P<value>(?:[^"\\]|\\.)*)"'
_CLAUSES: Final[dict[str, re.Pattern[str]]] = {
    "kql": re.compile(rf"(?:^| and )(?P<bar>not )?(?P<field>{_NAMES}): {_VALUE}$"),
    "lucene": re.compile(rf"(?:^| AND )(?P<bar>NOT )?(?P<field>{_NAMES}):{_VALUE}$"),
}
_ATOM: Final = re.compile(r"[^\s()\"'/\[\]{}:<>!&|]+|\"[^\"\\]*\"")
"""A word, or a phrase: what needs no brackets to be one operand."""
_REGEX_END: Final = re.compile(r"(?<!\\)(?:\\\\)*/")
_WORDS: Final = frozenset({"AND", "OR", "NOT", "TO"})


@dataclass(frozen=True, slots=True)
class FacetClause:
    """A value that articles must have in a field, or, `barred`, must not have."""

    field: str
    value: str
    barred: bool = False


def written(clause: FacetClause, language: QueryLanguage) -> str:
    """Return a clause as it stands in a query."""
    value = clause.value.replace("\\", "\\\\").replace('"', '\\"')
    if language == "kql":
        return f'{"not " if clause.barred else ""}{clause.field}: "{value}"'
    return f'{"NOT " if clause.barred else ""}{clause.field}:"{value}"'


@lru_cache(maxsize=4)  # each of the hundreds of links of a page splits the same query
def split(query: str, language: QueryLanguage) -> tuple[str, tuple[FacetClause, ...]]:
    """Return the core of a query and the clauses that were added behind it, in their order.

    Nothing is taken for such a clause whose removal could change how the rest is read: the core is
    a word, a phrase, or in brackets.
    """
    pattern = _CLAUSES["kql" if language == "kql" else "lucene"]
    core, found = query.strip(), []
    while (match := pattern.search(core)) is not None:
        value = re.sub(r"\\(.)", r"\1", match["value"])
        found.append(FacetClause(match["field"], value, barred=match["bar"] is not None))
        core = core[: match.start()]
    if not core or is_one_operand(core, language):
        return core or EVERYTHING, tuple(reversed(found))
    return query.strip(), ()


def joined(core: str, clauses: tuple[FacetClause, ...], language: QueryLanguage) -> str:
    """Return the query of a core and clauses."""
    texts = [written(one, language) for one in clauses]
    if core != EVERYTHING or not texts or all(one.barred for one in clauses):
        texts.insert(0, core if is_one_operand(core, language) or not texts else f"({core})")
    return (" and " if language == "kql" else " AND ").join(texts)


def with_clause(query: str, clause: FacetClause, language: QueryLanguage) -> str:
    """Return a query that demands a clause, too; it replaces the one about the same value."""
    core, clauses = split(query, language)
    same = (clause.field, clause.value)
    kept = tuple(one for one in clauses if (one.field, one.value) != same)
    return joined(core or EVERYTHING, (*kept, clause), language)


def without_clause(query: str, clause: FacetClause, language: QueryLanguage) -> str:
    """Return a query without a clause that was added to it."""
    core, clauses = split(query, language)
    return joined(core, tuple(one for one in clauses if one != clause), language)


def is_one_operand(core: str, language: QueryLanguage) -> bool:
    """Return whether a query is a word, a phrase, or wholly in one pair of brackets."""
    if core == EVERYTHING or (_ATOM.fullmatch(core) and core.upper() not in _WORDS):
        return not core.startswith(("-", "+"))
    return core.startswith("(") and _closes_at(core, language) == len(core) - 1


def _closes_at(core: str, language: QueryLanguage) -> int:
    """Return where the bracket closes that a query opens with; -1 if that is unknown."""
    depth, quoted, place = 0, False, 0
    while place < len(core):
        char = core[place]
        if char == "\\":
            place += 1
        elif char == '"':
            quoted = not quoted
        elif char == "/" and not quoted and language != "kql":
            end = _REGEX_END.search(core, place + 1)
            if end is None:
                return -1
            place = end.end() - 1  # a regular expression may hold any bracket
        elif not quoted and char in "()":
            depth += 1 if char == "(" else -1
            if not depth:
                return place
        place += 1
    return -1
