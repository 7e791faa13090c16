"""Translation of a single-field leaf to a clause of an Elasticsearch query.

Clauses are written so that Elasticsearch does not analyse, cap or score anything: a phrase goes
through the `whitespace` analyzer, which splits the tokens that are joined here; patterns and fuzzy
words are rewritten as `constant_score`, which covers every term of the field (`max_expansions`
applies only if the best terms are chosen).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from pantau.query import ast
from pantau.query.elasticsearch import proximity
from pantau.query.elasticsearch.limits import (
    LONGEST_PATTERN,
    REGEX_STATES,
    regex_fits,
    wildcard_fits,
)
from pantau.query.meaning import date_math
from pantau.query.meaning.patterns import literal_parts
from pantau.query.meaning.word_tests import is_text
from pantau.query.text import tokenizer
from pantau.query.text.tokenizer import units
from pantau_schemas.base import format_time
from pantau_schemas.fields import KEYWORD_LIMIT

_REWRITE: Final = "constant_score"


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause; unless `exact`, it finds everything intended, and maybe more."""

    body: dict[str, Any]
    exact: bool = True


EVERYTHING: Final = Clause({"match_all": {}})
NOTHING: Final = Clause({"match_none": {}})


def leaf(query: ast.Query, now: datetime) -> Clause:  # noqa: PLR0911 (one return a kind of leaf)
    """Translate a leaf of at most one field."""
    match query:
        case ast.MatchAll():
            return EVERYTHING
        case ast.Term(fields=(name,), text=text):
            # Elasticsearch does not index longer values, and refuses queries with longer terms.
            return Clause({"term": {name: text}}) if units(text) <= _longest(name) else NOTHING
        case ast.Phrase(fields=(name,)):
            return _phrase(name, query.terms, query.slop)
        case ast.Prefix(fields=(name,), text=text):
            return _prefix(name, text)
        case ast.Wildcard(fields=(name,), pattern=pattern):
            return _wildcard(name, pattern)
        case ast.Fuzzy(fields=(name,)):
            return _fuzzy(name, query.text, query.edits)
        case ast.Regex(fields=(name,), pattern=pattern):
            return _regex(name, pattern)
        case ast.Range(fields=(name,)):
            return _range(name, query)
        case ast.DateRange():
            return _dates(query, now)
        case ast.Exists(fields=(name,)):
            return Clause({"exists": {"field": name}})
        case ast.ExactCase(fields=(name,)):
            return Clause(proximity.exact_case(query, name))
        case _:
            return NOTHING


def _longest(name: str) -> int:
    """Return the maximum length of a token, or a value, of a field in UTF-16 units."""
    return tokenizer.LIMIT if is_text(name) else KEYWORD_LIMIT


def _phrase(name: str, terms: tuple[str, ...], slop: int) -> Clause:
    if any(units(term) > tokenizer.LIMIT for term in terms):
        return NOTHING
    if len(terms) == 1:
        return Clause({"term": {name: terms[0]}})
    wanted: dict[str, Any] = {"query": " ".join(terms), "analyzer": "whitespace"}
    if slop:
        wanted["slop"] = slop
    return Clause({"match_phrase": {name: wanted}})


def _prefix(name: str, text: str) -> Clause:
    length = units(text)
    if length > _longest(name):
        return NOTHING
    # The slice counts characters, the limit UTF-16 units, of which a character has up to two.
    start = text if length <= LONGEST_PATTERN else text[: LONGEST_PATTERN // 2]
    return Clause({"prefix": {name: {"value": start, "rewrite": _REWRITE}}}, exact=start == text)


def _wildcard(name: str, pattern: str) -> Clause:
    if not wildcard_fits(pattern):
        start, _ = literal_parts(pattern)
        return Clause(_prefix(name, start).body, exact=False)
    return Clause({"wildcard": {name: {"value": pattern, "rewrite": _REWRITE}}})


def _fuzzy(name: str, text: str, edits: int) -> Clause:
    # An edit removes one character, which has up to two UTF-16 units.
    if units(text) > _longest(name) + 2 * edits:
        return NOTHING
    wanted = {"value": text, "fuzziness": edits, "transpositions": True, "rewrite": _REWRITE}
    return Clause({"fuzzy": {name: wanted}})


def _regex(name: str, pattern: str) -> Clause:
    if not regex_fits(pattern):
        return Clause(_prefix(name, "").body, exact=False)
    wanted = {
        "value": pattern,
        "flags": "ALL",
        "max_determinized_states": REGEX_STATES,
        "rewrite": _REWRITE,
    }
    return Clause({"regexp": {name: wanted}})


def _range(name: str, query: ast.Range) -> Clause:
    """Translate a range; open at both ends it matches any term.

    A `range` without bounds would be `exists`, which matches an empty text, too.
    """
    ends: dict[str, str] = {}
    if query.low is not None:
        ends["gte" if query.include_low else "gt"] = query.low
    if query.high is not None:
        ends["lte" if query.include_high else "lt"] = query.high
    return Clause({"range": {name: ends}}) if ends else _prefix(name, "")


def _dates(query: ast.DateRange, now: datetime) -> Clause:
    """Format both bounds to the millisecond, so that Elasticsearch does not round."""
    ends = {
        sign: format_time(date_math.resolve(moment, now))
        for sign, moment in (("gte", query.low), ("lte", query.high))
        if moment is not None
    }
    if not ends:
        return Clause({"exists": {"field": query.field}})
    return Clause({"range": {query.field: {**ends, "format": "strict_date_time"}}})
