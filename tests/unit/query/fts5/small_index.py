"""An FTS5 table in memory, laid out as the embedded index is."""

import sqlite3
from collections.abc import Sequence

from pantau.query.fts5.columns import COLUMNS, index_columns, tokenize_option
from pantau.query.text.document import Document


def open_index() -> sqlite3.Connection:
    """Open an empty one."""
    connection = sqlite3.connect(":memory:")
    connection.execute(
        f"CREATE VIRTUAL TABLE words USING fts5({', '.join(COLUMNS)}, {tokenize_option()})"
    )
    return connection


def fill_index(index: sqlite3.Connection, found: Sequence[Document]) -> None:
    """Replace the content by these articles, numbered from 0."""
    index.execute("DELETE FROM words")
    marks = ", ".join("?" * (1 + len(COLUMNS)))
    for number, document in enumerate(found):
        columns = index_columns(document)
        index.execute(
            f"INSERT INTO words (rowid, {', '.join(COLUMNS)}) VALUES ({marks})",  # noqa: S608 (constants)
            [number, *(columns[name] for name in COLUMNS)],
        )
