"""The search index in SQLite: FTS5 narrows, the one evaluator verifies.

The text is stored in FTS5 as our own tokens, so its tokenizer cannot differ from ours; the words table is
contentless, and an article's old words are taken out by computing them again. That needs the tokens to be
cut as they were, hence `INDEX_VERSION`: with another version the words are built anew from the documents.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final

from pantau.adapters.ordering import SLOT_BITS, millis, ordering
from pantau.adapters.sqlite_database import SqliteDatabase
from pantau.errors import UsageError
from pantau.indexer.filters import accepts
from pantau.ports import Filters, Hit, RejectedDocument, SearchPage, SearchRequest
from pantau.query.document import Document
from pantau.query.evaluate import evaluate
from pantau.query.fts import COLUMNS, TOKENIZER, index_columns, superset
from pantau_schemas.article import EnrichedArticle
from pantau_schemas.codec import SchemaError, decode, encode

INDEX_VERSION: Final = f"1 {' '.join(COLUMNS)} {TOKENIZER}"
"""Raise the number when tokens are cut otherwise than before."""
COUNT_LIMIT: Final = 10_000
"""Totals above this are given as "at least"."""

_COLUMN_LIST: Final = ", ".join(COLUMNS)
_PLACES: Final = ", ".join("?" * len(COLUMNS))
_INSERT_WORDS: Final = f"INSERT INTO words (rowid, {_COLUMN_LIST}) VALUES (?, {_PLACES})"  # noqa: S608 (constants)
_DELETE_WORDS: Final = f"INSERT INTO words (words, rowid, {_COLUMN_LIST}) VALUES ('delete', ?, {_PLACES})"  # noqa: S608 (constants)


class SqliteSearchIndex:
    """Implements `pantau.ports.SearchIndex`."""

    def __init__(self, database: SqliteDatabase) -> None:
        self._database = database
        self._bring_up_to_date()

    def put(self, articles: Iterable[EnrichedArticle]) -> Sequence[RejectedDocument]:
        """Store articles and their words in one transaction."""
        with self._database.transaction() as connection:
            for article in articles:
                self._put_one(connection, article)
        return ()

    def _put_one(self, connection: sqlite3.Connection, article: EnrichedArticle) -> None:
        held = connection.execute(
            "SELECT ordering, revision, event FROM documents WHERE article_id = ?", (article.article_id,)
        ).fetchone()
        if held is not None:
            place, revision, event = held
            if revision > article.revision:
                return
            self._forget(connection, place, decode(EnrichedArticle, event))
        place = ordering(article.first_seen, article.article_id)
        while connection.execute("SELECT 1 FROM documents WHERE ordering = ?", (place,)).fetchone():
            place += 1
        connection.execute(
            "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                place,
                article.article_id,
                article.revision,
                article.source,
                article.lang,
                article.historical,
                encode(article),
            ),
        )
        connection.execute(_INSERT_WORDS, (place, *_words(article)))

    def _forget(self, connection: sqlite3.Connection, place: int, article: EnrichedArticle) -> None:
        connection.execute(_DELETE_WORDS, (place, *_words(article)))
        connection.execute("DELETE FROM documents WHERE ordering = ?", (place,))

    def forget(self, before: datetime) -> int:
        """Remove old articles, a few hundred in a transaction: others want to write too."""
        count = 0
        while True:
            with self._database.transaction() as connection:
                rows = connection.execute(
                    "SELECT ordering, event FROM documents WHERE ordering < ? ORDER BY ordering LIMIT 200",
                    (millis(before) << SLOT_BITS,),
                ).fetchall()
                for place, event in rows:
                    self._forget(connection, place, decode(EnrichedArticle, event))
            count += len(rows)
            if not rows:
                return count

    def refresh(self) -> None:
        """Nothing to do: what is committed is findable."""

    def get(self, article_id: str) -> EnrichedArticle | None:
        """Look one article up."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT event FROM documents WHERE article_id = ?", (article_id,)
            ).fetchone()
        return decode(EnrichedArticle, row[0]) if row else None

    def count(self) -> int:
        """Count the articles."""
        with self._database.reading() as connection:
            return int(connection.execute("SELECT count(*) FROM documents").fetchone()[0])

    def search(self, request: SearchRequest) -> SearchPage:
        """Walk the candidates newest first, verifying each, until the page is full and the rest is counted."""
        hits: list[Hit] = []
        total = 0
        cursor: str | None = None
        last = 0
        with self._database.reading() as connection:
            for place, event in self._candidates(connection, request):
                article = decode(EnrichedArticle, event)
                if not accepts(request.filters, article):
                    continue
                match = evaluate(request.query, Document.from_article(article))
                if match is None:
                    continue
                total += 1
                if len(hits) < request.limit:
                    hits.append(Hit(article, match.spans))
                    last = place
                elif cursor is None:
                    cursor = str(last)
                if cursor is not None and (not request.count or total > COUNT_LIMIT):
                    break
        if not request.count:
            return SearchPage(tuple(hits), None, total_is_lower_bound=False, cursor=cursor)
        return SearchPage(tuple(hits), min(total, COUNT_LIMIT), total > COUNT_LIMIT, cursor)

    def _candidates(
        self, connection: sqlite3.Connection, request: SearchRequest
    ) -> Iterator[tuple[int, bytes]]:
        where, values = _conditions(request.filters)
        narrowed = superset(request.query)
        if request.cursor is not None:
            where.append("documents.ordering < ?")
            values.append(_read_cursor(request.cursor))
        if narrowed is None:
            source, order = "documents", "documents.ordering"
        else:
            source, order = "words JOIN documents ON documents.ordering = words.rowid", "words.rowid"
            where.append("words MATCH ?")
            values.append(narrowed)
        statement = (
            f"SELECT documents.ordering, documents.event FROM {source}"  # noqa: S608 (pieces are constants)
            f" WHERE {' AND '.join(where) or '1'} ORDER BY {order} DESC"
        )
        yield from connection.execute(statement, values)

    def _bring_up_to_date(self) -> None:
        with self._database.reading() as connection:
            row = connection.execute("SELECT version FROM index_version").fetchone()
        if row is None or row[0] != INDEX_VERSION:
            self._rebuild()

    def _rebuild(self) -> None:
        with self._database.transaction() as connection:
            connection.execute("INSERT INTO words (words) VALUES ('delete-all')")
            for place, event in connection.execute("SELECT ordering, event FROM documents"):
                try:
                    article = decode(EnrichedArticle, event)
                except SchemaError:  # of a version that is gone: it stays unfound rather than stop the start
                    continue
                connection.execute(_INSERT_WORDS, (place, *_words(article)))
            connection.execute("DELETE FROM index_version")
            connection.execute("INSERT INTO index_version VALUES (?)", (INDEX_VERSION,))


def _words(article: EnrichedArticle) -> tuple[str, ...]:
    columns = index_columns(Document.from_article(article))
    return tuple(columns.get(name, "") for name in COLUMNS)


def _conditions(filters: Filters) -> tuple[list[str], list[object]]:
    """Give what SQL can decide of the filters; `accepts` decides the rest, and all of it again."""
    where: list[str] = []
    values: list[object] = []
    for column, wanted in (("source", filters.sources), ("lang", filters.languages)):
        if wanted:
            where.append(f"documents.{column} IN ({', '.join('?' * len(wanted))})")
            values += wanted
    for comparison, moment in ((">=", filters.since), ("<", filters.until)):
        if moment is not None:
            where.append(f"documents.ordering {comparison} ?")
            values.append(millis(moment) << SLOT_BITS)
    if filters.historical is not None:
        where.append("documents.historical = ?")
        values.append(filters.historical)
    return where, values


def _read_cursor(cursor: str) -> int:
    try:
        return int(cursor)
    except ValueError as error:
        message = f"cursor {cursor!r} is none that a search gave"
        raise UsageError(message) from error
