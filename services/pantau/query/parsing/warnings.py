"""Warnings for queries that are allowed but surely not meant."""

import difflib
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from pantau.errors import UsageError
from pantau.query import ast
from pantau.query.errors import QueryWarning
from pantau.query.parsing import clauses, languages
from pantau.query.parsing.lucene_scanner import Kind, Lexeme, scan
from pantau_schemas.fields import FIELDS, FieldKind

_CLAUSE_ENDS: Final = frozenset(
    {
        Kind.TERM,
        Kind.PREFIX,
        Kind.WILD,
        Kind.QUOTED,
        Kind.EXACT,
        Kind.CLOSE,
        Kind.TILDE,
        Kind.NUMBER,
    }
)
_CLAUSE_STARTS: Final = frozenset(
    {Kind.TERM, Kind.PREFIX, Kind.WILD, Kind.QUOTED, Kind.EXACT, Kind.AT_LEAST, Kind.OPEN}
)
_NUMBERED: Final = frozenset({"NEAR", "ONEAR", "ATLEAST"})
_LOWER: Final = frozenset({"and", "or", "not", "dan", "atau"})


def warnings(text: str, language: str) -> list[QueryWarning]:
    """Return what in the query is surely not meant, in order of place.

    A query that cannot be read has no warnings.
    """
    try:
        query = languages.parse(text, language, "UTC")
    except UsageError:
        return []
    of_language = list(_of_language(text, language))
    found = [*_of_tree(query, text), *of_language]
    if language != "kql" and not of_language:  # in another language the words mean something else
        lexemes = scan(text, own=language == "pantau")
        found += [*_of_words(text, lexemes), *_of_or_not(lexemes)]
    if language == "pantau":
        found += _of_half_operators(text, scan(text, own=True))
    return sorted(found, key=lambda warning: warning.position)


def _of_tree(query: ast.Query, text: str) -> Iterator[QueryWarning]:
    known: set[str] = set()
    for node in ast.walk(query):
        match node:
            case ast.MatchNone(unknown=str(name)) if name not in known:
                known.add(name)
                yield _unknown_field(name, node.start, text)
            case ast.Wildcard(pattern=pattern) if pattern[:1] in {"*", "?"}:
                message = "a pattern that begins with * or ? is tried on every word of every article: slow"
                yield QueryWarning(node.start, message)
            case ast.DateRange() if any(
                end is not None and end.at is None for end in (node.low, node.high)
            ):
                message = "`now` is when the article was first seen in alerts and replays, and the time of search in a search"
                yield QueryWarning(node.start, message)
            case ast.Boolean(must=(_, *_), should=(spare, *_)):
                message = "beside AND or + this is not needed, and changes nothing; put what belongs together in ( )"
                yield QueryWarning(spare.start, message)
            case ast.Boolean(should=(first, _, *_)) if _is_one_word(node.should, text):
                yield _split_word(first, text)
            case _:
                pass


def _is_one_word(alternatives: tuple[ast.Query, ...], text: str) -> bool:
    """Return whether these are the parts of a word that was written as one, and are not all the same."""
    first = alternatives[0]
    return (
        all(
            isinstance(one, ast.Term) and (one.start, one.end) == (first.start, first.end)
            for one in alternatives
        )
        and len({one.text for one in alternatives if isinstance(one, ast.Term)}) > 1
        and not any(map(str.isspace, text[first.start : first.end]))
        and text[first.start : first.start + 1] != '"'
    )


def _split_word(first: ast.Query, text: str) -> QueryWarning:
    word = text[first.start : first.end]
    repair = f'{text[: first.start]}"{word}"{text[first.end :]}'
    return QueryWarning(
        first.start, f"{word} is cut into several words, any one of which is enough (OR)", repair
    )


def _of_or_not(lexemes: list[Lexeme]) -> Iterator[QueryWarning]:
    for one, following in pairwise(lexemes):
        if one.kind is Kind.OR and following.kind in {Kind.NOT, Kind.MINUS}:
            message = "OR NOT is read as AND NOT; for an alternative put NOT and its clause in ( )"
            yield QueryWarning(one.start, message)


def _unknown_field(name: str, before: int, text: str) -> QueryWarning:
    place = text.rfind(name, 0, before)
    near = difflib.get_close_matches(name.lower(), FIELDS, n=1, cutoff=0.6)
    message = (
        f"there is no field {name}, so this matches nothing; the fields are {', '.join(FIELDS)}"
    )
    repair = None
    if near and place >= 0:
        repair = text[:place] + near[0] + text[place + len(name) :]
    return QueryWarning(max(place, 0), message, repair)


def _of_language(text: str, language: str) -> Iterator[QueryWarning]:
    own = languages.own_operator(text) if language != "pantau" else None
    if own is not None:
        message = f"{languages.language_of(own[0])}; in {language} it is ordinary text"
        yield QueryWarning(own.start(), message)


def _of_half_operators(text: str, lexemes: list[Lexeme]) -> Iterator[QueryWarning]:
    """Warn of operators of the language `pantau` that lack a part, so that they are words."""
    for lexeme, following in pairwise(lexemes):
        if lexeme.kind is not Kind.TERM:
            continue
        if lexeme.text in _NUMBERED and following.kind in _CLAUSE_STARTS | {Kind.EXACT}:
            repair = f"{text[: lexeme.end]}/5{text[lexeme.end :]}"
            yield QueryWarning(
                lexeme.start,
                f"{lexeme.text} without /n is an ordinary word; write {lexeme.text}/5",
                repair,
            )
        elif lexeme.text.startswith("=") and len(lexeme.text) > 1:
            repair = f'{text[: lexeme.start]}="{lexeme.text[1:]}"{text[lexeme.end :]}'
            yield QueryWarning(
                lexeme.start, f'exact case is written with quotes: ="{lexeme.text[1:]}"', repair
            )


def _of_words(text: str, lexemes: list[Lexeme]) -> Iterator[QueryWarning]:
    """Warn of what the Lucene syntax reads otherwise than people do.

    Words side by side, `and` in small letters.
    """
    groups: list[bool] = []
    told = False
    for place, lexeme in enumerate(lexemes[:-1]):
        following = lexemes[place + 1]
        if lexeme.kind is Kind.OPEN:
            one = (
                _one_value(lexemes, place)
                or _is_operand(lexemes, place)
                or _is_signed(lexemes, place)
            )
            groups.append(one or (bool(groups) and groups[-1]))
        elif lexeme.kind is Kind.CLOSE and groups:
            groups.pop()
        if lexeme.kind is Kind.TERM and lexeme.text in _LOWER and _is_between(lexemes, place):
            yield _lower_operator(text, lexeme)
        elif (
            not told
            and not (groups and groups[-1])
            and lexeme.kind in _CLAUSE_ENDS
            and following.kind in _CLAUSE_STARTS
            and following.text not in _LOWER
        ):
            told = True
            yield _side_by_side(text, lexeme, following)


def _side_by_side(text: str, lexeme: Lexeme, following: Lexeme) -> QueryWarning:
    message = 'without an operator between them any one of these is enough (OR); write AND, or "..." for a phrase'
    start, end = text[: lexeme.end], text[following.start :]
    return QueryWarning(following.start, message, f"{start} AND {end}")


def _is_between(lexemes: list[Lexeme], place: int) -> bool:
    """Return whether a word stands where an operator could.

    Something follows, and it is no field or value of one.
    """
    before = lexemes[place - 1].kind if place else None
    return lexemes[place + 1].kind in _CLAUSE_STARTS and before is not Kind.COLON


def _lower_operator(text: str, lexeme: Lexeme) -> QueryWarning:
    operator = {"dan": "AND", "atau": "OR"}.get(lexeme.text, lexeme.text.upper())
    message = f"{lexeme.text} in small letters is an ordinary word here; the operator is {operator}"
    return QueryWarning(lexeme.start, message, text[: lexeme.start] + operator + text[lexeme.end :])


def _is_operand(lexemes: list[Lexeme], place: int) -> bool:
    """Return whether a group is an operand of NEAR or ATLEAST, in which only OR makes sense."""
    if place and lexemes[place - 1].kind in {Kind.NEAR, Kind.AT_LEAST}:
        return True
    depth = 0
    for number in range(place, len(lexemes) - 1):
        depth += (lexemes[number].kind is Kind.OPEN) - (lexemes[number].kind is Kind.CLOSE)
        if not depth:
            return lexemes[number + 1].kind is Kind.NEAR
    return False


def _is_signed(lexemes: list[Lexeme], place: int) -> bool:
    """Return whether + or - stands before a group.

    Who writes signs means alternatives within it.
    """
    if place > 1 and lexemes[place - 1].kind is Kind.COLON:
        place -= 2
    return place > 0 and lexemes[place - 1].kind in {Kind.PLUS, Kind.MINUS}


def _one_value(lexemes: list[Lexeme], place: int) -> bool:
    """Return whether a group is that of a keyword field, in which neighbouring words are one value."""
    if place < 2 or lexemes[place - 1].kind is not Kind.COLON:
        return False
    names = clauses.fields_of(lexemes[place - 2].text)
    return bool(names) and all(clauses.kind_of(name) is not FieldKind.TEXT for name in names)
