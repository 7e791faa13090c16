"""The content of the embedded index, so that an FTS5 expression can equal a query.

Text columns hold our own tokens, joined by single spaces, with a separator between the values of a
multi-valued field. The column `keywords` holds one token per fact: values of keyword fields,
existing fields, names for filters. FTS5's `ascii` tokenizer splits at ASCII whitespace and control
characters and folds ASCII letters; `encode` replaces those by private-use characters, one for one,
so nothing is split or folded, and prefixes stay prefixes.
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
"""The required `tokenize` option of the table: only whitespace and control characters split.

`tokenize_option` formats it as SQL.
"""
EVERY: Final = "*"
"""The fact of every article."""
NOTHING: Final = "!"
"""The fact of no article."""
HISTORICAL: Final = "historical"
"""The fact that an article is historical."""
LONGEST: Final = 2_000
"""Maximum length of a value that FTS5 stores whole (32,768 bytes, at most 6 per character).
"""
_BORDER: Final = " \ue000 "
_ESCAPE: Final = "\ue0ff"


def _codes() -> dict[int, str]:
    """Return the replacements of characters that FTS5 or SQLite would change.

    No code is a prefix of another.
    """
    codes = {point: chr(0xE000 + point) for point in (*range(0x21), 0x7F, *range(0x41, 0x5B))}
    codes |= {point: _ESCAPE + chr(point + 0x200) for point in range(0xE000, 0xE100)}
    codes |= {point: _ESCAPE + chr(point + 0x1000) for point in range(0xD800, 0xE000)}
    return codes


_CODES: Final = _codes()
_CODE: Final = re.compile(f"{_ESCAPE}.|[\ue000-\ue0fe]", re.DOTALL)


def tokenize_option() -> str:
    """Format `tokenize=...` for CREATE VIRTUAL TABLE."""
    quoted = TOKENIZER.replace('"', '""')
    return f'tokenize="{quoted}"'


def encode(text: str) -> str:
    """Encode a token or value so that FTS5 stores it unchanged.

    Tokens of text need it only if a query names them.
    """
    return text.translate(_CODES)


def decode(text: str) -> str:
    """Decode the output of `encode`."""
    return _CODE.sub(_read, text)


def _read(found: re.Match[str]) -> str:
    point = ord(found[0][-1])
    if len(found[0]) == 1:
        return chr(point - 0xE000)
    return chr(point - (0x1000 if point >= 0xE800 else 0x200))


def value_fact(name: str, value: str) -> str:
    """Format the fact that a keyword field has a value."""
    return f"{name}:{encode(value)}"


def exists_fact(name: str) -> str:
    """Format the fact that a text or date field exists."""
    return f"{name}?"


def name_fact(name: str) -> str:
    """Format the fact that an entity has this name, case-insensitively."""
    return f"@{encode(name.casefold())}"


def index_columns(
    document: Document, *, names: Iterable[str] = (), historical: bool = False
) -> dict[str, str]:
    """Return the text to store, by column. `names` are searched by the filter for entities."""
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
