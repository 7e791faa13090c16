"""The search index in SQLite: FTS5 narrows, the evaluator verifies.

This module stores; `sqlite.search` searches. The text is stored in FTS5 as our own tokens, so its
tokenizer cannot differ from ours. The words table is contentless, and an article's old words are
removed by computing them again. That requires the same tokenization, hence `INDEX_VERSION`: with
another version the words are rebuilt from the documents.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from pantau.adapters.sort_key import SLOT_BITS, first_key, ordering
from pantau.adapters.sqlite.database import SqliteDatabase
from pantau.adapters.sqlite.search import find, outlines
from pantau.common.time.milliseconds import millis
from pantau.indexer.filters import names
from pantau.ports import Clock, Filters, Outline, RejectedDocument, SearchPage, SearchRequest
from pantau.query.ast import Query
from pantau.query.fts5.columns import COLUMNS, TOKENIZER, index_columns
from pantau.query.text.document import Document
from pantau_schemas.codec import SchemaError, decode, encode
from pantau_schemas.events.article import EnrichedArticle

INDEX_VERSION: Final = f"2 {' '.join(COLUMNS)} {TOKENIZER}"
"""Increment when tokenization or stored facts change."""

_COLUMN_LIST: Final = ", ".join(COLUMNS)
_PLACES: Final = ", ".join("?" * len(COLUMNS))
_INSERT_WORDS: Final = f"INSERT INTO words (rowid, {_COLUMN_LIST}) VALUES (?, {_PLACES})"  # noqa: S608 (constants)
_DELETE_WORDS: Final = (
    f"INSERT INTO words (words, rowid, {_COLUMN_LIST}) VALUES ('delete', ?, {_PLACES})"  # noqa: S608 (constants)
)
_SLOTS: Final = (1 << SLOT_BITS) - 1


class SqliteSearchIndex:
    """Implements `pantau.ports.SearchIndex`."""

    def __init__(self, database: SqliteDatabase, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._bring_up_to_date()

    def put(self, articles: Iterable[EnrichedArticle]) -> Sequence[RejectedDocument]:
        """Store articles and their words in one transaction."""
        with self._database.transaction() as connection:
            for article in articles:
                self._put_one(connection, article)
        return ()

    def _put_one(self, connection: sqlite3.Connection, article: EnrichedArticle) -> None:
        held = connection.execute(
            "SELECT ordering, revision, event FROM documents JOIN events USING (ordering) WHERE "
            "article_id = ?",
            (article.article_id,),
        ).fetchone()
        if held is not None:
            place, revision, event = held
            if revision > article.revision:
                return
            self._forget(connection, place, decode(EnrichedArticle, event))
        place = ordering(article.first_seen, article.article_id)
        while connection.execute("SELECT 1 FROM documents WHERE ordering = ?", (place,)).fetchone():
            place = (place & ~_SLOTS) | (
                (place + 1) & _SLOTS
            )  # within its millisecond, which filters rely on
        published = None if article.published is None else millis(article.published)
        connection.execute(
            "INSERT INTO documents VALUES (?, ?, ?, ?)",
            (place, article.article_id, article.revision, published),
        )
        connection.execute("INSERT INTO events VALUES (?, ?)", (place, encode(article)))
        connection.execute(_INSERT_WORDS, (place, *_words(article)))

    def _forget(self, connection: sqlite3.Connection, place: int, article: EnrichedArticle) -> None:
        connection.execute(_DELETE_WORDS, (place, *_words(article)))
        connection.execute("DELETE FROM documents WHERE ordering = ?", (place,))
        connection.execute("DELETE FROM events WHERE ordering = ?", (place,))

    def forget(self, before: datetime) -> int:
        """Delete expired articles, a few hundred per transaction: others need to write too."""
        count = 0
        while True:
            with self._database.transaction() as connection:
                rows = connection.execute(
                    "SELECT ordering, event FROM events WHERE ordering < ? ORDER BY ordering "
                    "LIMIT 200",
                    (first_key(before),),
                ).fetchall()
                for place, event in rows:
                    self._forget(connection, place, decode(EnrichedArticle, event))
            count += len(rows)
            if not rows:
                return count

    def refresh(self) -> None:
        """Do nothing: committed articles are searchable."""

    def get(self, article_id: str) -> EnrichedArticle | None:
        """Return one article, or None."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT event FROM documents JOIN events USING (ordering) WHERE article_id = ?",
                (article_id,),
            ).fetchone()
        return decode(EnrichedArticle, row[0]) if row else None

    def count(self) -> int:
        """Return the number of articles."""
        with self._database.reading() as connection:
            return int(connection.execute("SELECT count(*) FROM documents").fetchone()[0])

    def search(self, request: SearchRequest) -> SearchPage:
        """Find articles, newest first; `now` in the query is the time of this call."""
        with self._database.reading() as connection:
            return find(connection, request, self._clock.now())

    def outlines(
        self, query: Query, filters: Filters, limit: int, *, titles: bool = False
    ) -> Sequence[Outline]:
        """Read the stored events without validation or tokenization."""
        request = SearchRequest(query, filters, limit=limit, count=False)
        with self._database.reading() as connection:
            return outlines(connection, request, self._clock.now(), titles=titles)

    def _bring_up_to_date(self) -> None:
        with self._database.reading() as connection:
            row = connection.execute("SELECT version FROM index_version").fetchone()
        if row is None or row[0] != INDEX_VERSION:
            self._rebuild()

    def _rebuild(self) -> None:
        with self._database.transaction() as connection:
            connection.execute("INSERT INTO words (words) VALUES ('delete-all')")
            for place, event in connection.execute("SELECT ordering, event FROM events"):
                try:
                    article = decode(EnrichedArticle, event)
                except (
                    SchemaError
                ):  # of an unsupported version: it stays unsearchable rather than prevent the start
                    continue
                connection.execute(_INSERT_WORDS, (place, *_words(article)))
            connection.execute("DELETE FROM index_version")
            connection.execute("INSERT INTO index_version VALUES (?)", (INDEX_VERSION,))


def _words(article: EnrichedArticle) -> tuple[str, ...]:
    columns = index_columns(
        Document.from_article(article), names=sorted(names(article)), historical=article.historical
    )
    return tuple(columns[name] for name in COLUMNS)
