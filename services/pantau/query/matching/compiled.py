"""Queries compiled to functions, equivalent to `evaluate.accepts` and faster.

For many queries against one article. Conditions on the default fields become sets: grams (words,
pairs of neighbours) that are required, groups of which one is required, and excluded ones. Set
operations decide most articles; conditions beyond sets (sloppy and longer phrases, prefixes, other
fields) are checked after them, and rare ones are left to the evaluator.
"""

# otherwise every function below would carry its own tuple of types
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from pantau.query import ast
from pantau.query.matching.document_view import Gram, View
from pantau.query.meaning import proximity_rules
from pantau.query.meaning.evaluate import accepts
from pantau.query.meaning.word_tests import is_text
from pantau.query.text.document import KEYWORD_FIELDS
from pantau_schemas.fields import DEFAULT_FIELDS

Check = Callable[[View], bool]
Grams = tuple[Gram, ...]
_DEFAULT: Final = frozenset(DEFAULT_FIELDS)


def compiled(query: ast.Query) -> Check:
    """Return a function that returns whether a query accepts an article."""
    parts = _Conditions()
    parts.require(query)
    return parts.check()


@dataclass(slots=True)
class _Conditions:
    """Conditions that must all hold."""

    required: dict[Gram, None] = field(default_factory=dict)
    groups: list[Grams] = field(default_factory=list)
    forbidden: dict[Gram, None] = field(default_factory=dict)
    tests: list[Check] = field(default_factory=list)
    refused: list[Check] = field(default_factory=list)

    def require(self, query: ast.Query) -> None:
        """Add a condition."""
        match query:
            case ast.MatchAll():
                return
            case ast.Boolean():
                self._boolean(query)
                return
            case ast.Phrase() if _is_default(query.fields):
                self.required |= dict.fromkeys(query.terms if query.slop else pairwise(query.terms))
            case ast.Near():
                self._need(query.first)
                self._need(query.second)
            case ast.AtLeast():
                self._need(query.operand)
            case ast.ExactCase():
                self._need(query)
        # What is one look-up of a set is required as such; all else is a test, which costs more.
        gram = _gram(query)
        if gram is None:
            self.tests.append(_test(query))
        else:
            self.required[gram] = None

    def _need(self, operand: ast.Query) -> None:
        """Add the grams of which an operand of NEAR or ATLEAST requires one.

        All grams if it is a single phrase.
        """
        found = [proximity_rules.any_case(piece) for piece in proximity_rules.pieces(operand)]
        if len(found) == 1 and isinstance(found[0], ast.Phrase) and _is_default(found[0].fields):
            self.required |= dict.fromkeys(pairwise(found[0].terms))
            return
        grams, others = _split(tuple(found))
        if len(grams) == 1 and not others:
            self.required[grams[0]] = None
        elif grams and not others:
            self.groups.append(grams)

    def _boolean(self, query: ast.Boolean) -> None:
        for clause in query.must:
            self.require(clause)
        if not query.must:
            self._any_of(query.should)
        for clause in query.must_not:
            self._refuse(clause)

    def _any_of(self, clauses: tuple[ast.Query, ...]) -> None:
        if len(clauses) == 1:
            self.require(clauses[0])
            return
        grams, others = _split(clauses)
        if not others:
            self.groups.append(grams)
        else:
            self.tests.append(_either(grams, tuple(map(compiled, others))))

    def _refuse(self, query: ast.Query) -> None:
        clauses = query.should if isinstance(query, ast.Boolean) and not query.must else (query,)
        if isinstance(query, ast.Boolean) and query.must_not:
            self.refused.append(compiled(query))
            return
        grams, others = _split(clauses)
        self.forbidden |= dict.fromkeys(grams)
        self.refused += map(compiled, others)

    def check(self) -> Check:
        """Return the compiled function."""
        if self.groups or self.forbidden or self.refused or len(self.tests) > 1:
            return _all(self)
        if self.tests:
            return _tested(tuple(self.required), self.tests[0]) if self.required else self.tests[0]
        if len(self.required) == 1:
            return _has(next(iter(self.required)))
        return _has_all(tuple(self.required))


def _is_default(names: tuple[str, ...]) -> bool:
    return len(names) == len(_DEFAULT) and _DEFAULT.issuperset(names)


def _gram(query: ast.Query) -> Gram | None:
    """Return the gram of the default fields to which a leaf is equivalent."""
    match query:
        case ast.Term() if _is_default(query.fields):
            return query.text
        case ast.Phrase(slop=0, terms=(first, second)) if _is_default(query.fields):
            return first, second
        case _:
            return None


def _split(clauses: tuple[ast.Query, ...]) -> tuple[Grams, list[ast.Query]]:
    """Split clauses into grams and others; nested disjunctions are flattened."""
    grams: dict[Gram, None] = {}
    others: list[ast.Query] = []
    for clause in clauses:
        gram = _gram(clause)
        if gram is not None:
            grams[gram] = None
        elif isinstance(clause, ast.Boolean) and not clause.must and not clause.must_not:
            more, rest = _split(clause.should)
            grams |= dict.fromkeys(more)
            others += rest
        else:
            others.append(clause)
    return tuple(grams), others


def _has(gram: Gram) -> Check:
    return lambda view: gram in view.grams


# Functions below use default parameters for their variables: a hundred thousand functions are
# smaller without cells.


def _has_all(required: Grams) -> Check:
    def check(view: View, required: Grams = required) -> bool:
        grams = view.grams
        for gram in required:  # noqa: SIM110 (a generator costs more than the test)
            if gram not in grams:
                return False
        return True

    return check


def _tested(required: Grams, test: Check) -> Check:
    def check(view: View, required: Grams = required, test: Check = test) -> bool:
        grams = view.grams
        for gram in required:
            if gram not in grams:
                return False
        return test(view)

    return check


def _either(grams: Grams, checks: tuple[Check, ...]) -> Check:
    def check(view: View, grams: Grams = grams, checks: tuple[Check, ...] = checks) -> bool:
        if not view.grams.isdisjoint(grams):
            return True
        for one in checks:  # noqa: SIM110 (a generator costs more than the checks)
            if one(view):
                return True
        return False

    return check


def _all(parts: _Conditions) -> Check:
    def check(
        view: View,
        required: Grams = tuple(parts.required),
        groups: tuple[Grams, ...] = tuple(parts.groups),
        forbidden: Grams = tuple(parts.forbidden),
        tests: tuple[Check, ...] = tuple(parts.tests),
        refused: tuple[Check, ...] = tuple(parts.refused),
    ) -> bool:
        grams = view.grams
        for gram in required:
            if gram not in grams:
                return False
        for group in groups:
            if grams.isdisjoint(group):
                return False
        if not grams.isdisjoint(forbidden):
            return False
        for test in tests:
            if not test(view):
                return False
        for test in refused:  # noqa: SIM110 (a generator costs more than the test)
            if test(view):
                return False
        return True

    return check


def _test(query: ast.Query) -> Check:  # noqa: PLR0911 (one return a kind of leaf)
    """Return the function for a leaf that is not a gram of the default fields."""
    match query:
        case ast.Term(fields=(name,), text=text) if is_text(name):
            return lambda view: text in view.of_field(name)
        case ast.Term(fields=(name,), text=text) if name in KEYWORD_FIELDS:
            return lambda view: view.document.has_keyword(name, text)
        # The view has all pairs of adjacent words, so a phrase of two is one look-up.
        case ast.Phrase(fields=(name,), terms=(first, second), slop=0):
            pair = (first, second)
            return lambda view: pair in view.of_field(name)
        case ast.Prefix(text=text) if _is_default(query.fields):
            return lambda view: view.begins(text)
        case ast.InList():
            return lambda view: view.listed(query)
        case ast.Near(first=ast.Term(text=first), second=ast.Term(text=second)) if first != second:
            return _words_near(query, first, second)
        case ast.AtLeast(operand=ast.Term(fields=names, text=text), count=count):
            return lambda view: any(
                len(view.document.tokens(name).positions(text)) >= count for name in names
            )
        case ast.Phrase(slop=0):
            return _adjacent(query)
        case ast.Phrase(terms=(first, second)) if first != second:
            return _within(query.fields, first, second, query.slop)
        case _:
            return lambda view: accepts(query, view.document)


def _adjacent(query: ast.Phrase) -> Check:
    """Match words in order; if the sets contain their pairs, the order nearly always holds."""
    names, terms, size = query.fields, list(query.terms), len(query.terms)

    def check(view: View) -> bool:
        for name in names:
            tokens = view.document.tokens(name)
            if len(tokens.starts) > 1:
                if accepts(query, view.document):
                    return True
                continue
            sequence, places = tokens.sequence, tokens.positions(terms[0])
            if len(places) * size > len(sequence):
                # A phrase that is long or begins with a very common word: the evaluator reads the
                # text once.
                if accepts(query, view.document):
                    return True
                continue
            tokens.meter.spend(len(places))
            if any(sequence[place : place + size] == terms for place in places):
                return True
        return False

    return check


def _words_near(query: ast.Near, first: str, second: str) -> Check:
    """Match two different words with at most `distance` others between them."""
    names, after, before = (
        proximity_rules.fields(query),
        query.distance,
        0 if query.ordered else query.distance + 1,
    )

    def check(view: View) -> bool:
        for name in names:
            tokens = view.document.tokens(name)
            ones = tokens.positions(first)
            others = tokens.positions(second) if ones else None
            if others:
                tokens.meter.spend(len(ones) + len(others))
            if others and _between(ones, others, before, after):
                return True
        return False

    return check


def _between(ones: list[int], others: list[int], before: int, after: int) -> bool:
    """Return whether `one - before <= other <= one + 1 + after` for some two, which are different.

    Both lists are ascending.
    """
    place, size = 0, len(others)
    for one in ones:
        while place < size and others[place] < one - before:
            place += 1
        if place == size:
            return False
        if others[place] <= one + 1 + after:
            return True
    return False


def _within(names: tuple[str, ...], first: str, second: str, slop: int) -> Check:
    """Match two different words, the second at most `slop` moves from its place."""

    def check(view: View) -> bool:
        for name in names:
            tokens = view.document.tokens(name)
            ones, others = tokens.index.get(first), tokens.index.get(second)
            if ones is not None and others is not None:
                tokens.meter.spend(len(ones) + len(others))
            if ones is not None and others is not None and _near(ones, others, slop):
                return True
        return False

    return check


def _near(ones: list[int], others: list[int], slop: int) -> bool:
    """Return whether `-slop <= other - one - 1 <= slop` for some; both lists are ascending."""
    place, size = 0, len(others)
    for one in ones:
        while place < size and others[place] < one + 1 - slop:
            place += 1
        if place == size:
            return False
        if others[place] <= one + 1 + slop:
            return True
    return False
