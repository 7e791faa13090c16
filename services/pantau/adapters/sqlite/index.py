"""The search index in SQLite: FTS5 narrows, the evaluator verifies.

This module stores; `sqlite.search` searches. The text is stored in FTS5 as our own tokens, so its
tokenizer cannot differ from ours. The words table is contentless, and an article's old words are
removed by computing them again. That requires the same tokenization, hence `INDEX_VERSION`: with
another version the words are rebuilt from the documents.
"""

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from pantau.adapters.sort_key import SLOT_BITS, first_key, ordering
from pantau.adapters.sqlite import words
from pantau.adapters.sqlite.database import SqliteDatabase
from pantau.adapters.sqlite.outlines import OutlinePart, first_seen, moments, outlines
from pantau.adapters.sqlite.search import find
from pantau.common.time.milliseconds import millis
from pantau.indexer.tallies import tally_of, tally_of_times
from pantau.ports import (
    Clock,
    Filters,
    Outline,
    RejectedDocument,
    SearchPage,
    SearchRequest,
    Tally,
)
from pantau.query.ast import Query
from pantau.query.fts5.columns import COLUMNS, TOKENIZER
from pantau_schemas.codec import SchemaError, decode, encode, without_unknown
from pantau_schemas.events.article import EnrichedArticle

INDEX_VERSION: Final = f"2 {' '.join(COLUMNS)} {TOKENIZER}"
"""Increment when tokenization or stored facts change."""

_MOST_MERGES: Final = 20_000
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
            # The next slot within the same millisecond, on which filters rely.
            place = (place & ~_SLOTS) | ((place + 1) & _SLOTS)
        published = None if article.published is None else millis(article.published)
        connection.execute(
            "INSERT INTO documents VALUES (?, ?, ?, ?)",
            (place, article.article_id, article.revision, published),
        )
        event = encode(without_unknown(article))  # as in the other index
        connection.execute("INSERT INTO events VALUES (?, ?)", (place, event))
        words.insert(connection, place, article)

    def _forget(self, connection: sqlite3.Connection, place: int, article: EnrichedArticle) -> None:
        words.delete(connection, place, article)
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

    def remove(self, article_ids: Iterable[str]) -> int:
        """Remove articles, each in a transaction of its own."""
        return sum(map(self._remove_one, article_ids))

    def _remove_one(self, article_id: str) -> bool:
        with self._database.transaction() as connection:
            row = connection.execute(
                "SELECT ordering, event FROM documents JOIN events USING (ordering) WHERE "
                "article_id = ?",
                (article_id,),
            ).fetchone()
            if row is not None:
                self._forget(connection, row[0], decode(EnrichedArticle, row[1]))
        return row is not None

    def revisions(self, article_ids: Sequence[str]) -> Mapping[str, int]:
        """Return the revisions of those that are stored."""
        found: dict[str, int] = {}
        with self._database.reading() as connection:
            for one in article_ids:
                row = connection.execute(
                    "SELECT revision FROM documents WHERE article_id = ?", (one,)
                ).fetchone()
                if row is not None:
                    found[one] = row[0]
        return found

    def rebuild(self, progress: Callable[[int, int], None]) -> int:
        """Write the words of all articles into a second table, and put it in place of the first.

        A few hundred articles a transaction; the next call goes on after the last one.
        """
        done, total = 0, self.count()
        with self._database.transaction() as connection:
            words.begin(connection)
        while True:
            with self._database.transaction() as connection:
                number = words.go_on(connection)
                if not number:
                    words.replace(connection)
                    break
            done += number
            progress(done, max(done, total))
        return self.count()

    def expunge(self) -> None:
        """Merge the lists of words until no list of a removed article is left, bit by bit.

        FTS5 keeps the words of a removed article until the list that holds them is merged with all
        later ones. Each step is a transaction of its own: others write in between. Those add lists
        of their own, so the number of steps is bounded; see
        https://www.sqlite.org/fts5.html#the_merge_command.
        """
        for _ in range(_MOST_MERGES):
            with self._database.transaction() as connection:
                if not words.merge(connection):
                    return

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

    def count(self, *, searchable: bool = False) -> int:
        """Return the number of articles; each can be found at once."""
        del searchable
        with self._database.reading() as connection:
            return int(connection.execute("SELECT count(*) FROM documents").fetchone()[0])

    def search(self, request: SearchRequest) -> SearchPage:
        """Find articles, newest first; `now` in the query is the time of this call."""
        with self._database.reading() as connection:
            return find(connection, request, self._clock.now())

    def outlines(
        self,
        query: Query,
        filters: Filters,
        limit: int,
        *,
        titles: bool = False,
        stories: bool = True,
    ) -> Sequence[Outline]:
        """Read the stored events without validation or tokenization."""
        request = SearchRequest(query, filters, limit=limit, count=False)
        part = OutlinePart(titles=titles, stories=stories)
        with self._database.reading() as connection:
            return outlines(connection, request, self._clock.now(), part)

    def first_seen(self, query: Query, filters: Filters, limit: int) -> Mapping[str, datetime]:
        """Read the times from the sort keys, and no event."""
        request = SearchRequest(query, filters, limit=limit, count=False)
        with self._database.reading() as connection:
            return first_seen(connection, request, self._clock.now())

    def tally(
        self,
        query: Query,
        filters: Filters,
        limit: int,
        starts: Sequence[datetime],
        *,
        sources: bool = False,
    ) -> Tally:
        """Read the times from the sort keys, and the sources if they are requested."""
        if sources:
            found = self.outlines(query, filters, limit, stories=False)
            return tally_of(starts, found, sources=True)
        return tally_of_times(starts, self._moments(query, filters, limit))

    def _moments(self, query: Query, filters: Filters, limit: int) -> Sequence[datetime]:
        request = SearchRequest(query, filters, limit=limit, count=False)
        with self._database.reading() as connection:
            return moments(connection, request, self._clock.now())

    def _bring_up_to_date(self) -> None:
        with self._database.reading() as connection:
            row = connection.execute("SELECT version FROM index_version").fetchone()
        if row is None or row[0] != INDEX_VERSION:
            self._rebuild()

    def _rebuild(self) -> None:
        with self._database.transaction() as connection:
            words.abandon(connection)
            connection.execute("INSERT INTO words (words) VALUES ('delete-all')")
            for place, event in connection.execute("SELECT ordering, event FROM events"):
                try:
                    article = decode(EnrichedArticle, event)
                # Of an unsupported version: it stays unsearchable rather than prevent the start.
                except SchemaError:
                    continue
                words.insert(connection, place, article)
            connection.execute("DELETE FROM index_version")
            connection.execute("INSERT INTO index_version VALUES (?)", (INDEX_VERSION,))
