"""Translation of a query to an Elasticsearch 9 query in JSON, made of our own tokens.

Elasticsearch parses no user text. The query is for an index whose mapping is generated from the
field table (text fields with the `standard` analyzer and a gap of 100 between values, keywords,
dates). If `exact`, it finds exactly the articles that the evaluator accepts; otherwise it finds a
superset, and the evaluator must verify each hit. It is not exact if

- a pattern is too expensive for Elasticsearch (`limits`): then the field must only have a value;
- parentheses are nested deeper than `MAX_DEPTH` after flattening: Elasticsearch rejects more than
  30;
- NEAR or ATLEAST has a prefix, and `expand` is off (`proximity`);
- lists have more phrases than Elasticsearch takes clauses (`lists`).

Below a negation the approximation is reversed: inexact parts are omitted there. Scores are
constant. A query has at most `clauses.MAX_LEAVES` leaves, fewer than the clauses that every
Elasticsearch allows (1,024).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, TypeAlias

from pantau.query import ast
from pantau.query.elasticsearch import leaves, lists, proximity
from pantau.query.elasticsearch.leaves import EVERYTHING, NOTHING, Clause
from pantau.query.meaning import proximity_rules
from pantau.query.meaning.proximity_rules import Positional

MAX_DEPTH: Final = 24
"""Maximum nesting depth.

Elasticsearch's own limit is 30 (`indices.query.bool.max_nested_depth`); the rest is for enclosing
queries.
"""


@dataclass(frozen=True, slots=True)
class ElasticQuery:
    """A query in Elasticsearch's language. Unless `exact`, it may find more than the query."""

    body: dict[str, Any]
    exact: bool


def to_elastic(query: ast.Query, now: datetime, *, expand: bool = True) -> ElasticQuery:
    """Translate a query; `now` is the value of that word, as in `Document`.

    Without `expand`, the result has no clause that Elasticsearch may reject because the index has
    too many words.
    """
    phrases = lists.phrases_fit(query)
    found = _Translation(now, expand, phrases).whole(query, MAX_DEPTH - 1)
    return ElasticQuery({"constant_score": {"filter": found.body}}, found.exact)


_Parts: TypeAlias = tuple[list[ast.Query], list[ast.Query]]
_ManyFields: TypeAlias = (
    ast.Term
    | ast.Phrase
    | ast.Prefix
    | ast.Wildcard
    | ast.Fuzzy
    | ast.Regex
    | ast.Range
    | ast.Exists
    | ast.ExactCase
    | ast.InList
)


@dataclass(frozen=True, slots=True)
class _Translation:
    """Translates a query recursively. `room` is the remaining depth.

    `under` requests an approximation from below instead of above; `phrases` says whether those of
    lists are written out.
    """

    now: datetime
    expand: bool
    phrases: bool

    def whole(self, query: ast.Query, room: int, *, under: bool = False) -> Clause:
        needed, barred = _parts(query)
        if not barred and len(needed) == 1:
            return self._any(list(_alternatives(needed[0])), room, under=under)
        if room < 2:
            return _unknown(under=under)
        if not barred and not needed:
            return EVERYTHING
        musts = [self.whole(one, room - 1, under=under) for one in needed]
        nots = [
            self.whole(other, room - 1, under=not under)
            for one in barred
            for other in _alternatives(one)
        ]
        return _all(musts, nots)

    def _any(self, queries: list[ast.Query], room: int, *, under: bool) -> Clause:
        if len(queries) == 1:
            if isinstance(queries[0], ast.Boolean):
                return self.whole(queries[0], room, under=under)
            return self._leaf(queries[0], room, under=under)
        if room < 2:
            return _unknown(under=under)
        found = [self.whole(one, room - 1, under=under) for one in queries]
        exact = all(one.exact for one in found)
        if any(one.body == EVERYTHING.body for one in found):
            return Clause(EVERYTHING.body, exact)
        bodies = _terms_together(one.body for one in found if one.body != NOTHING.body)
        if len(bodies) < 2:
            return Clause(bodies[0] if bodies else NOTHING.body, exact)
        return Clause({"bool": {"should": bodies, "minimum_should_match": 1}}, exact)

    def _leaf(self, query: ast.Query, room: int, *, under: bool) -> Clause:
        if isinstance(query, ast.Near | ast.AtLeast):
            return self._places(query, room, under=under)
        if isinstance(query, ast.InList):
            return self._listed(query, under=under)
        found = leaves.leaf(query, self.now)
        return found if found.exact or not under else _unknown(under=True)

    def _listed(self, query: ast.InList, *, under: bool) -> Clause:
        bodies, exact = lists.listed(query, query.fields[0], phrases=self.phrases)
        if not exact and under:
            return _unknown(under=True)
        if len(bodies) < 2:
            return Clause(bodies[0] if bodies else NOTHING.body, exact)
        return Clause({"bool": {"should": bodies, "minimum_should_match": 1}}, exact)

    def _places(self, query: Positional, room: int, *, under: bool) -> Clause:
        body = proximity.translate(query, expand=self.expand)
        if body is None:
            return (
                _unknown(under=True)
                if under
                else replace(self.whole(proximity.wider(query), room), exact=False)
            )
        return NOTHING if body == NOTHING.body else Clause(body)


def _unknown(*, under: bool) -> Clause:
    return replace(NOTHING if under else EVERYTHING, exact=False)


def _all(musts: list[Clause], nots: list[Clause]) -> Clause:
    """Combine by AND, with exclusions."""
    exact = all(one.exact for one in (*musts, *nots))
    if any(one.body == NOTHING.body for one in musts) or any(
        one.body == EVERYTHING.body for one in nots
    ):
        return Clause(NOTHING.body, exact)
    needed = [one.body for one in musts if one.body != EVERYTHING.body]
    barred = _terms_together(one.body for one in nots if one.body != NOTHING.body)
    if not barred:
        if len(needed) < 2:
            return Clause(needed[0] if needed else EVERYTHING.body, exact)
        return Clause({"bool": {"filter": needed}}, exact)
    return Clause(
        {"bool": {"filter": needed, "must_not": barred} if needed else {"must_not": barred}}, exact
    )


def _parts(query: ast.Query) -> _Parts:
    """Return the required and excluded parts, flattening nested conjunctions."""
    if isinstance(query, ast.MatchAll):
        return [], []
    if not isinstance(query, ast.Boolean):
        return [query], []
    needed: list[ast.Query] = []
    barred = list(query.must_not)
    if query.must:
        for clause in query.must:
            inner_needed, inner_barred = _parts(clause)
            needed += inner_needed
            barred += inner_barred
    else:
        needed.append(query if not query.must_not else replace(query, must_not=()))
    return needed, barred


def _alternatives(query: ast.Query) -> Iterator[ast.Query]:
    """Yield the alternatives, each in one field, flattening nested disjunctions."""
    if isinstance(query, ast.Boolean) and not query.must and not query.must_not:
        if not query.should:
            yield ast.MatchNone()
        for clause in query.should:
            yield from _alternatives(clause)
    elif isinstance(query, _ManyFields) and len(query.fields) > 1:
        for name in query.fields:
            yield replace(query, fields=(name,))
    elif isinstance(query, ast.Near | ast.AtLeast):
        names = proximity_rules.fields(query)
        yield from (proximity_rules.restricted(query, name) for name in names)
        if not names:
            yield ast.MatchNone()
    else:
        yield query


def _terms_together(bodies: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Merge all words that are searched in one field into one clause."""
    words: dict[str, list[str]] = {}
    found: list[dict[str, Any]] = []
    for body in bodies:
        if "term" in body:
            ((name, value),) = body["term"].items()
            known = words.setdefault(name, [])
            if not known:
                found.append({"terms": {name: known}})
            if value not in known:
                known.append(value)
        elif body not in found:
            found.append(body)
    return [_single(body) for body in found]


def _single(body: dict[str, Any]) -> dict[str, Any]:
    for name, values in body.get("terms", {}).items():
        if len(values) == 1:
            return {"term": {name: values[0]}}
    return body
