"""The words of articles in FTS5, and their second table while the first one is rebuilt.

While there is a second table, every write reaches it as well, for the articles that it has by then:
those up to the place that the table `rebuilding` names. So it is never behind, and takes the place
of the first in one transaction. All functions are called within one.
"""

import sqlite3
from collections.abc import Iterator
from typing import Final

from pantau.adapters.sqlite.layout import WORDS
from pantau.indexer.filters import names
from pantau.query.fts5.columns import COLUMNS, index_columns
from pantau.query.text.document import Document
from pantau_schemas.codec import SchemaError, decode
from pantau_schemas.events.article import EnrichedArticle

PORTION: Final = 200
"""Articles whose words are written in one transaction: others need to write, too."""

_TABLE: Final = "words"
_NEXT: Final = "words_next"
_COLUMN_LIST: Final = ", ".join(COLUMNS)
_PLACES: Final = ", ".join("?" * len(COLUMNS))
_INSERT: Final = {
    table: f"INSERT INTO {table} (rowid, {_COLUMN_LIST}) VALUES (?, {_PLACES})"  # noqa: S608 (constants)
    for table in (_TABLE, _NEXT)
}
_DELETE: Final = {
    table: f"INSERT INTO {table} ({table}, rowid, {_COLUMN_LIST}) VALUES ('delete', ?, {_PLACES})"  # noqa: S608 (constants)
    for table in (_TABLE, _NEXT)
}
_MERGED_PAGES: Final = 2_000
"""Pages of lists of words that are merged in one transaction: a few tenths of a second."""
_BEFORE_ALL: Final = -(2**63)


def insert(connection: sqlite3.Connection, place: int, article: EnrichedArticle) -> None:
    """Add the words of an article."""
    values = (place, *_words(article))
    for table in _tables(connection, place):
        connection.execute(_INSERT[table], values)


def delete(connection: sqlite3.Connection, place: int, article: EnrichedArticle) -> None:
    """Remove the words of an article, which must be those that were added."""
    values = (place, *_words(article))
    for table in _tables(connection, place):
        connection.execute(_DELETE[table], values)


def _tables(connection: sqlite3.Connection, place: int) -> Iterator[str]:
    yield _TABLE
    done = _done(connection)
    if done is not None and place <= done:
        yield _NEXT


def _done(connection: sqlite3.Connection) -> int | None:
    """Return the place of the last article in the second table; None if there is no such table."""
    row = connection.execute("SELECT done FROM rebuilding").fetchone()
    return None if row is None else int(row[0])


def begin(connection: sqlite3.Connection) -> None:
    """Create the second table, unless an interrupted rebuild left one."""
    if _done(connection) is None:
        connection.execute(f"CREATE VIRTUAL TABLE {_NEXT} USING fts5 ({WORDS})")
        connection.execute("INSERT INTO rebuilding VALUES (?)", (_BEFORE_ALL,))


def go_on(connection: sqlite3.Connection) -> int:
    """Add the next articles to the second table; return how many there were.

    An event of an unsupported version is left out, as it is when it is stored.
    """
    done = _done(connection)
    if done is None:  # another process finished it
        return 0
    rows = connection.execute(
        "SELECT ordering, event FROM events WHERE ordering > ? ORDER BY ordering LIMIT ?",
        (done, PORTION),
    ).fetchall()
    for place, event in rows:
        try:
            article = decode(EnrichedArticle, event)
        except SchemaError:
            continue
        connection.execute(_INSERT[_NEXT], (place, *_words(article)))
    if rows:
        connection.execute("UPDATE rebuilding SET done = ?", (rows[-1][0],))
    return len(rows)


def replace(connection: sqlite3.Connection) -> None:
    """Put the second table in place of the first."""
    if _done(connection) is None:
        return
    connection.execute(f"DROP TABLE {_TABLE}")
    connection.execute(f"ALTER TABLE {_NEXT} RENAME TO {_TABLE}")
    connection.execute("DELETE FROM rebuilding")


def merge(connection: sqlite3.Connection) -> bool:
    """Merge some of the lists of words into one; return whether there is more to merge.

    A merged list has no words of removed articles.
    """
    tables = [_TABLE] if _done(connection) is None else [_TABLE, _NEXT]
    before = connection.total_changes
    for table in tables:
        connection.execute(
            f"INSERT INTO {table} ({table}, rank) VALUES ('merge', ?)",  # noqa: S608 (constants)
            (-_MERGED_PAGES,),
        )
    # The statement itself counts as one change; see the documentation of FTS5.
    return connection.total_changes - before > len(tables)


def abandon(connection: sqlite3.Connection) -> None:
    """Remove the second table, whose words are of another version."""
    if _done(connection) is not None:
        connection.execute(f"DROP TABLE {_NEXT}")
        connection.execute("DELETE FROM rebuilding")


def _words(article: EnrichedArticle) -> tuple[str, ...]:
    columns = index_columns(
        Document.from_article(article), names=sorted(names(article)), historical=article.historical
    )
    return tuple(columns[name] for name in COLUMNS)
