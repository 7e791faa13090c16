"""What the embedded index narrows by: an SQLite FTS5 expression that lets through all that the query accepts, or more.

Stored are our own tokens, joined by single spaces, so that FTS5 cannot cut otherwise than the evaluator does; it only
folds ASCII letters, which lets more through, never less. The evaluator verifies every row.

    CREATE VIRTUAL TABLE articles USING fts5(title, text, roles, quotes, keywords, tokenize="...")   with TOKENIZER
"""

import re
import string
from dataclasses import dataclass
from typing import Final

from pantau.query import ast
from pantau.query.document import KEYWORD_FIELDS, TEXT_FIELDS, Document
from pantau.query.evaluate import is_text

KEYWORDS: Final = "keywords"
"""The column of keyword values: one token a value, as written by `keyword_token`."""
COLUMNS: Final = (*TEXT_FIELDS, KEYWORDS)
"""The columns, in order."""
_PUNCTUATION: Final = string.punctuation.replace("'", "''")
TOKENIZER: Final = f"ascii tokenchars '{_PUNCTUATION}'"
"""What `tokenize` of the table must be: white space alone cuts. `tokenize_option` writes it as SQL."""
_VALUE: Final = "\ue000"
_SPACE: Final = "\ue001"
_DEEPEST: Final = 12
"""How deep parentheses may go; FTS5's parser has a stack of 100 entries."""
_BLANK: Final = re.compile(r"[\x00-\x20\x7f]")


def tokenize_option() -> str:
    """Write `tokenize=...` for CREATE VIRTUAL TABLE."""
    quoted = TOKENIZER.replace('"', '""')
    return f'tokenize="{quoted}"'


def index_columns(document: Document) -> dict[str, str]:
    """Give the text to store, by column."""
    columns = {name: " ".join(map(_plain, document.tokens(name).sequence)) for name in TEXT_FIELDS}
    columns[KEYWORDS] = " ".join(
        keyword_token(name, value) for name in KEYWORD_FIELDS for value in document.keywords(name)
    )
    return columns


def keyword_token(name: str, value: str) -> str:
    """Write a keyword value as one token."""
    return f"{name}{_VALUE}{_plain(value)}"


def _plain(text: str) -> str:
    """Replace what FTS5's ascii tokenizer would cut at (white space, control characters) or cannot hold."""
    return _BLANK.sub(_SPACE, text).encode("utf-8", "replace").decode("utf-8")


def _quote(*words: str) -> str:
    return '"' + " ".join(_plain(word).replace('"', '""') for word in words) + '"'


@dataclass(frozen=True, slots=True)
class _Part:
    """An expression, and how deep its parentheses go."""

    text: str
    depth: int = 0


def superset(query: ast.Query) -> str | None:
    """Give an FTS5 expression that every article which the query accepts satisfies; None if it cannot narrow."""
    part = _narrow(query)
    return None if part is None else part.text


def _narrow(query: ast.Query) -> _Part | None:
    match query:
        case ast.Term():
            return _each(query.fields, query.text, "")
        case ast.Prefix() if query.text:
            return _each(query.fields, query.text, " *")
        case ast.Phrase(slop=0):
            return _Part(_columns(query.fields, _quote(*query.terms)))
        case ast.Phrase():
            return _join(
                [_Part(_columns(query.fields, _quote(term))) for term in dict.fromkeys(query.terms)], " AND "
            )
        case ast.MatchNone():
            return _Part(f'{KEYWORDS} : "{_VALUE}"')
        case ast.Boolean():
            return _boolean(query)
        case _:
            return None


def _columns(names: tuple[str, ...], expression: str) -> str:
    return "{" + " ".join(names) + "} : " + expression


def _each(names: tuple[str, ...], text: str, suffix: str) -> _Part | None:
    """Look in text columns for a token, and among the keyword values for `field` and value."""
    parts = []
    columns = tuple(name for name in names if is_text(name))
    if columns:
        parts.append(_Part(_columns(columns, _quote(text) + suffix)))
    others = [name for name in names if name not in columns]
    parts += [_Part(f"{KEYWORDS} : {_quote(keyword_token(name, text))}{suffix}") for name in others]
    return _join(parts, " OR ")


def _boolean(query: ast.Boolean) -> _Part | None:
    if query.must:
        return _join([part for part in map(_narrow, query.must) if part is not None], " AND ")
    found = [_narrow(clause) for clause in query.should]
    parts = [part for part in found if part is not None]
    return _join(parts, " OR ") if len(parts) == len(found) else None


def _join(parts: list[_Part], operator: str) -> _Part | None:
    """Join as one level. Parts that are too deep for FTS5's parser are left out of AND; they undo an OR."""
    fitting = [part for part in parts if part.depth < _DEEPEST]
    if not fitting or (operator == " OR " and len(fitting) < len(parts)):
        return None
    if len(fitting) == 1:
        return fitting[0]
    return _Part(
        "(" + operator.join(part.text for part in fitting) + ")", 1 + max(part.depth for part in fitting)
    )
