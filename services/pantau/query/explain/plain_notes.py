"""Notes on how a query is interpreted that its writer may not expect, in plain words."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final

from pantau.query import ast
from pantau.query.explain.plain import Group, shape
from pantau.query.explain.plain_leaves import ClauseDescriber
from pantau.query.explain.plain_words import quoted
from pantau.query.parsing.lucene_scanner import Kind, scan
from pantau_schemas.fields import FIELDS, FieldKind

_OPERATOR: Final = re.compile(r"(?:^|\W)or(?:\W|$)|\|\|", re.IGNORECASE)
_LONGEST: Final = 60
"""Maximum length of a quoted clause."""


def notes(query: ast.Query, text: str, language: str, teller: ClauseDescriber) -> list[str]:
    """Return notes on peculiarities of the query, in the reader's language; each kind once."""
    found = [*_of_tree(query, text, language, teller)]
    if language != "kql" and _has_or_not(text, own=language == "pantau"):
        found.append(teller.words.say("note_or_not"))
    found += _of_whole(query, teller)
    return list(dict.fromkeys(found))


def _of_tree(query: ast.Query, text: str, language: str, teller: ClauseDescriber) -> Iterator[str]:
    say = teller.words.say
    for node in ast.walk(query):
        if not isinstance(node, ast.Boolean):
            continue
        if node.must and node.should and language != "kql":
            yield say("note_spare", value=quoted(_piece(text, node.should[0])))
        elif len(node.should) > 1 and _is_split(node, text):
            yield say("note_split", value=_piece(text, node.should[0]))
        elif any(_side_by_side(one, other, text) for one, other in pairwise(node.should)):
            yield say("note_list")


def _of_whole(query: ast.Query, teller: ClauseDescriber) -> Iterator[str]:
    say, whole = teller.words.say, shape(query)
    if isinstance(whole, Group) and whole.none and not whole.parts:
        yield say("note_all_but")
    nodes = list(ast.walk(query))
    if any(_is_value(node) for node in nodes):
        yield say("note_exact")
    dates = [node for node in nodes if isinstance(node, ast.DateRange)]
    if any(end is not None and end.at is None for node in dates for end in (node.low, node.high)):
        yield say("note_now", moment=teller.moment(teller.now))


def _piece(text: str, node: ast.Query) -> str:
    piece = " ".join(text[node.start : node.end].split())
    return piece if len(piece) <= _LONGEST else piece[: _LONGEST - 1] + "…"


def _is_split(node: ast.Boolean, text: str) -> bool:
    """Return whether a written word was split into several: all parts have the same position."""
    places = {(one.start, one.end) for one in node.should}
    (start, end), *others = places
    return not others and all(map(_is_word, node.should)) and not re.search(r"\s", text[start:end])


def _is_word(node: ast.Query) -> bool:
    return isinstance(node, ast.Term | ast.Prefix) and FIELDS[node.fields[0]].kind is FieldKind.TEXT


def _side_by_side(one: ast.Query, other: ast.Query, text: str) -> bool:
    """Return whether two clauses are adjacent without an operator between them."""
    if (one.start, one.end) == (other.start, other.end):
        return _is_word(one) and re.search(r"\s", text[one.start : one.end]) is not None
    return one.end < other.start and not _OPERATOR.search(text[one.end : other.start])


def _is_value(node: Any) -> bool:
    """Return whether a clause compares whole values with several spellings.

    Names, not codes.
    """
    names = getattr(node, "fields", ()) if isinstance(node, ast.Term) else ()
    return any(FIELDS[name].kind is FieldKind.KEYWORD for name in names)


def _has_or_not(text: str, *, own: bool) -> bool:
    lexemes = scan(text, own=own)
    return any(
        one.kind is Kind.OR and other.kind in {Kind.NOT, Kind.MINUS}
        for one, other in pairwise(lexemes)
    )
