"""What the embedded index stores of an article, so that an FTS5 expression can mean exactly what a query means.

Text columns hold our own tokens, joined by single spaces, with a mark between the values of a field
of several. The column `keywords` holds one token a fact: values of keyword fields, fields that
exist, names that filters know. FTS5's `ascii` tokenizer cuts at ASCII white space and control
characters and folds ASCII letters; `encode` writes those as characters for private use, one for
one, so nothing is cut or folded, and what begins alike still does.
"""

import re
import string
from collections.abc import Iterable
from typing import Final

from pantau.query.text.document import DATE_FIELDS, KEYWORD_FIELDS, TEXT_FIELDS, Document

KEYWORDS: Final = "keywords"
"""The column of facts."""
COLUMNS: Final = (*TEXT_FIELDS, KEYWORDS)
"""The columns, in order."""
_PUNCTUATION: Final = string.punctuation.replace("'", "''")
TOKENIZER: Final = f"ascii tokenchars '{_PUNCTUATION}'"
"""What `tokenize` of the table must be: white space and control characters alone cut.

`tokenize_option` writes it as SQL.
"""
EVERY: Final = "*"
"""The fact that every article has."""
NOTHING: Final = "!"
"""The fact that no article has."""
HISTORICAL: Final = "historical"
"""The fact that an article is one of the past."""
LONGEST: Final = 2_000
"""Values up to this many characters are never cut by FTS5 (32,768 bytes, of at most 6 a character and the field).
"""
_BORDER: Final = " \ue000 "
_ESCAPE: Final = "\ue0ff"


def _codes() -> dict[int, str]:
    """Return what is written in place of characters that FTS5 or SQLite would change.

    No code begins another.
    """
    codes = {point: chr(0xE000 + point) for point in (*range(0x21), 0x7F, *range(0x41, 0x5B))}
    codes |= {point: _ESCAPE + chr(point + 0x200) for point in range(0xE000, 0xE100)}
    codes |= {point: _ESCAPE + chr(point + 0x1000) for point in range(0xD800, 0xE000)}
    return codes


_CODES: Final = _codes()
_CODE: Final = re.compile(f"{_ESCAPE}.|[\ue000-\ue0fe]", re.DOTALL)


def tokenize_option() -> str:
    """Write `tokenize=...` for CREATE VIRTUAL TABLE."""
    quoted = TOKENIZER.replace('"', '""')
    return f'tokenize="{quoted}"'


def encode(text: str) -> str:
    """Write a token or value so that FTS5 keeps it as it is.

    Tokens of text need it only where a query names them.
    """
    return text.translate(_CODES)


def decode(text: str) -> str:
    """Read what `encode` wrote."""
    return _CODE.sub(_read, text)


def _read(found: re.Match[str]) -> str:
    point = ord(found[0][-1])
    if len(found[0]) == 1:
        return chr(point - 0xE000)
    return chr(point - (0x1000 if point >= 0xE800 else 0x200))


def value_fact(name: str, value: str) -> str:
    """Write that a keyword field has a value."""
    return f"{name}:{encode(value)}"


def exists_fact(name: str) -> str:
    """Write that a text or date field is there."""
    return f"{name}?"


def name_fact(name: str) -> str:
    """Write that somebody or something is named so, without regard to case."""
    return f"@{encode(name.casefold())}"


def index_columns(
    document: Document, *, names: Iterable[str] = (), historical: bool = False
) -> dict[str, str]:
    """Return the text to store, by column. `names` are what the filter for entities looks among."""
    columns = {name: _text(document, name) for name in TEXT_FIELDS}
    facts = [EVERY]
    facts += [exists_fact(name) for name in (*TEXT_FIELDS, *DATE_FIELDS) if document.has(name)]
    facts += [
        value_fact(name, value) for name in KEYWORD_FIELDS for value in document.keywords(name)
    ]
    facts += [name_fact(name) for name in names]
    if historical:
        facts.append(HISTORICAL)
    columns[KEYWORDS] = " ".join(facts)
    return columns


def _text(document: Document, name: str) -> str:
    tokens = document.tokens(name)
    if len(tokens.starts) < 2:
        return " ".join(tokens.sequence)
    ends = (*tokens.starts[1:], len(tokens.sequence))
    return _BORDER.join(
        " ".join(tokens.sequence[start:end]) for start, end in zip(tokens.starts, ends, strict=True)
    )
