"""Scanner of the Lucene syntax.

The lexical states and longest-match rule of Lucene's classic query parser. The language `pantau`
has three more tokens, which take precedence.
"""

import re
from dataclasses import dataclass
from enum import Enum
from typing import Final

from pantau.query.errors import QueryError
from pantau.query.parsing.unclosed import closed


class Kind(Enum):
    """Kinds of tokens."""

    AND = "AND"
    OR = "OR"
    NOT = "NOT"
    PLUS = "+"
    MINUS = "-"
    BARE = "a lone operator"
    OPEN = "("
    CLOSE = ")"
    COLON = ":"
    STAR = "*"
    CARET = "^"
    QUOTED = "a phrase"
    TERM = "a word"
    TILDE = "~"
    PREFIX = "a prefix"
    WILD = "a wildcard"
    REGEX = "a regular expression"
    RANGE_OPEN = "[ or {"
    NUMBER = "a number"
    TO = "TO"
    RANGE_QUOTED = "a quoted end of a range"
    RANGE_GOOP = "an end of a range"
    RANGE_CLOSE = "] or }"
    NEAR = "NEAR/n or ONEAR/n"
    AT_LEAST = "ATLEAST/n"
    EXACT = "words in exact case"
    LIST = "a list"
    END = "the end"


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A token of a query, as written."""

    kind: Kind
    text: str
    start: int
    end: int


_SPACE: Final = " \\t\\n\\r\\u3000"
_START: Final = rf'(?:[^{_SPACE}+\-!():^\[\]"{{}}~*?\\/]|\\.)'
_CHAR: Final = rf'(?:[^{_SPACE}!():^\[\]"{{}}~*?\\/]|\\.)'
_BLANKS: Final = re.compile(f"[{_SPACE}]+")
_BARE: Final = re.compile(f"[+\\-!][{_SPACE}]")
_WORD: Final = re.compile(rf"(?:{_START}|[*?])(?:{_CHAR}|[*?])*", re.DOTALL)
_UNESCAPED: Final = re.compile(r"\\.|([*?])", re.DOTALL)
_QUOTED: Final = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_TILDE: Final = re.compile(rf"~{_CHAR}*", re.DOTALL)
_REGEX: Final = re.compile(r"/(?:\\/|[^/])*/", re.DOTALL)
_NUMBER: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_RANGE_QUOTED: Final = re.compile(r'"(?:\\"|[^"])+"', re.DOTALL)
_RANGE_GOOP: Final = re.compile(r"[^ \]}]+", re.DOTALL)
_OPERATORS: Final = {
    "AND": Kind.AND,
    "&&": Kind.AND,
    "OR": Kind.OR,
    "||": Kind.OR,
    "NOT": Kind.NOT,
}
_SIGNS: Final = {
    "!": Kind.NOT,
    "+": Kind.PLUS,
    "-": Kind.MINUS,
    "(": Kind.OPEN,
    ")": Kind.CLOSE,
    ":": Kind.COLON,
    "^": Kind.CARET,
    "[": Kind.RANGE_OPEN,
    "{": Kind.RANGE_OPEN,
}


_OWN: Final = re.compile(r"(O?NEAR|ATLEAST)/([0-9]*)")
_OWN_ENDS: Final = re.compile(f'[{_SPACE}()"]|$')
LIST_NAME: Final = re.compile(r"[^\W_](?:[\w.\-]{0,62}\w)?")
"""The name of a list: up to 64 letters, digits, `_`, `.` and `-`."""
_LIST: Final = re.compile(rf"@{LIST_NAME.pattern}(?=[{_SPACE}()^~]|$)")


def scan(query: str, *, own: bool = False) -> list[Lexeme]:
    """Split a query into its tokens; the last one is END.

    `own`: with those of the language `pantau`.

    Raises QueryError.
    """
    found: list[Lexeme] = []
    place = 0
    in_range = False
    while place < len(query):
        if found and found[-1].kind is Kind.CARET:
            lexeme = _number(query, place)
        elif in_range:
            # Lucene has a state of its own between brackets, where almost every sign is part of a
            # word.
            blank = _range_blanks(query, place)
            if blank > place:
                place = blank
                continue
            lexeme = _range_lexeme(query, place)
        elif blanks := _BLANKS.match(query, place):
            place = blanks.end()
            continue
        else:
            lexeme = (_own_lexeme(query, place) if own else None) or _lexeme(query, place)
        if lexeme.kind in {Kind.RANGE_OPEN, Kind.RANGE_CLOSE}:
            in_range = lexeme.kind is Kind.RANGE_OPEN
        found.append(lexeme)
        place = lexeme.end
    # A boost needs a number even at the end of the query; this raises the error for its absence.
    if found and found[-1].kind is Kind.CARET:
        _number(query, place)
    found.append(Lexeme(Kind.END, "", len(query), len(query)))
    return found


def _number(query: str, place: int) -> Lexeme:
    number = _NUMBER.match(query, place)
    if number is None:
        raise QueryError(
            query, place, "a number right after ^, such as banjir^2", _escaped(query, place - 1)
        )
    return Lexeme(Kind.NUMBER, number[0], place, number.end())


def _range_blanks(query: str, place: int) -> int:
    """Return the end of the whitespace between the parts of a range.

    Only a space always ends a bound: a tab in front of other characters belongs to them.
    """
    if query[place] == " ":
        return place + 1
    if (
        query[place] in "\t\n\r\u3000"
        and (found := _RANGE_GOOP.match(query, place))
        and found.end() == place + 1
    ):
        return place + 1
    return place


def _range_lexeme(query: str, place: int) -> Lexeme:
    if query[place] in "]}":
        return Lexeme(Kind.RANGE_CLOSE, query[place], place, place + 1)
    quoted, goop = _RANGE_QUOTED.match(query, place), _RANGE_GOOP.match(query, place)
    if quoted is not None and (goop is None or quoted.end() >= goop.end()):
        return Lexeme(Kind.RANGE_QUOTED, quoted[0], place, quoted.end())
    if goop is None:  # unreachable: a space was skipped, a closing bracket consumed
        raise QueryError(query, place, "an end of a range")
    return Lexeme(Kind.TO if goop[0] == "TO" else Kind.RANGE_GOOP, goop[0], place, goop.end())


def _lexeme(query: str, place: int) -> Lexeme:
    sign = query[place]
    if sign in _SIGNS:
        # A sign before a blank is a word of its own to Lucene (BAREOPER).
        if _BARE.match(query, place):
            return Lexeme(Kind.BARE, sign, place, place + 2)
        return Lexeme(_SIGNS[sign], sign, place, place + 1)
    pattern, kind, problem = _WORD, Kind.TERM, "a word"
    if sign == '"':
        pattern, kind, problem = _QUOTED, Kind.QUOTED, 'a closing "'
    elif sign == "/":
        pattern, kind, problem = (
            _REGEX,
            Kind.REGEX,
            "a closing /, or \\/ where no regular expression is meant",
        )
    elif sign == "~":
        pattern, kind = _TILDE, Kind.TILDE
    found = pattern.match(query, place)
    if found is None:
        if sign == "\\":
            raise QueryError(
                query, place, "a character after \\, or \\\\ for the sign itself", query + "\\"
            )
        repair = closed(query) if sign == '"' else _escaped(query, place)
        raise QueryError(
            query,
            place,
            f"{problem}; nothing closes this {sign}" if sign in '"/' else problem,
            repair,
        )
    if kind is Kind.TERM:
        kind = _kind(found[0])
    return Lexeme(kind, found[0], place, found.end())


def _own_lexeme(query: str, place: int) -> Lexeme | None:
    """Scan NEAR/n, ONEAR/n, ATLEAST/n, `="..."` and `@list`; None if there is none of them."""
    if query[place] == "@":
        found = _LIST.match(query, place)
        return None if found is None else Lexeme(Kind.LIST, found[0], place, found.end())
    if query.startswith('="', place):
        found = _QUOTED.match(query, place + 1)
        if found is None:
            raise QueryError(query, place + 1, 'a closing "; nothing closes this "', closed(query))
        return Lexeme(Kind.EXACT, query[place : found.end()], place, found.end())
    operator = _OWN.match(query, place)
    if operator is None:
        return None
    name, end = operator[1], operator.end()
    if not operator[2] or not _OWN_ENDS.match(query, end):
        # The repair keeps what follows, parted by a space, and has a number where none stands.
        rest = query[end:]
        rest = rest if rest[:1] in {" ", ""} else f" {rest}"
        repair = f"{query[:place]}{name}/{operator[2] or 5}{rest}"
        raise QueryError(query, end, f"a whole number after {name}/, such as {name}/5", repair)
    return Lexeme(Kind.AT_LEAST if name == "ATLEAST" else Kind.NEAR, operator[0], place, end)


def _kind(word: str) -> Kind:
    if word in _OPERATORS:
        return _OPERATORS[word]
    wild = [found.start() for found in _UNESCAPED.finditer(word) if found[1]]
    if not wild:
        return Kind.TERM
    if word == "*":
        return Kind.STAR
    return Kind.PREFIX if wild == [len(word) - 1] and word[-1] == "*" else Kind.WILD


def _escaped(query: str, place: int) -> str:
    return query[:place] + "\\" + query[place:]


_HEX: Final = re.compile("[0-9a-fA-F]{4}")


def unescape(query: str, text: str, start: int) -> str:
    r"""Remove the escapes of a piece of the query that begins at `start`.

    `\:` is `:`, `\u0041` is `A`.
    """
    if "\\" not in text:
        return text
    parts = []
    place = 0
    while place < len(text):
        char = text[place]
        if char != "\\":
            parts.append(char)
            place += 1
        elif text[place + 1 : place + 2] == "u":
            digits = text[place + 2 : place + 6]
            if not _HEX.fullmatch(digits):
                raise QueryError(
                    query,
                    start + place,
                    "four hexadecimal digits after \\u, or \\\\u for the characters",
                )
            parts.append(chr(int(digits, 16)))
            place += 6
        elif place + 1 == len(text):
            raise QueryError(
                query, start + place, "a character after \\, or \\\\ for the sign itself"
            )
        else:
            parts.append(text[place + 1])
            place += 2
    joined = "".join(parts)
    # Two \u escapes may form one character, like a surrogate pair in UTF-16.
    return (
        joined.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        if "\\u" in text
        else joined
    )
