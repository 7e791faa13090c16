"""The words and values of the SQLite index, read from FTS5's own list of terms.

Reading all of it takes as long as FTS5 needs to walk its lists: about 6 microseconds per article.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Final

from pantau.query.fts5.columns import KEYWORDS, LONGEST, decode, encode, value_fact

_CREATE: Final = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab(main, words, col)"
)
_SELECT: Final = "SELECT term FROM temp.vocabulary WHERE term >= ? AND term < ? AND col IN ({})"
_LAST: Final = "\U0010ffff"


class SqliteVocabulary:
    """Implements `pantau.query.fts5.expand.Vocabulary`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        connection.execute(_CREATE)

    def words(self, names: tuple[str, ...], begins: str) -> Iterable[str]:
        """Yield each distinct word of some text fields with a prefix."""
        last = ""
        for term in self._terms(names, encode(begins)):
            if term != last:  # one row per column, in the order of the terms
                last = term
                yield term

    def values(self, name: str, begins: str) -> Iterable[str] | None:
        """Return each distinct value of a keyword field with a prefix.

        None if FTS5 may have truncated one.
        """
        facts = list(self._terms((KEYWORDS,), value_fact(name, begins)))
        if any(len(fact) > LONGEST for fact in facts):
            return None
        return [decode(fact[len(name) + 1 :]) for fact in facts]

    def _terms(self, columns: tuple[str, ...], begins: str) -> Iterator[str]:
        select = _SELECT.format(", ".join("?" * len(columns)))
        for (term,) in self._connection.execute(select, (begins, begins + _LAST, *columns)):
            yield term
