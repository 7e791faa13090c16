"""The redactions in force: which articles were taken down, and must not be handled again.

Every part that takes in articles asks before it does: a record that was under way when its article
was taken down, a replay or a retried dead letter would bring it back otherwise.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from pantau.ports import Table
from pantau_schemas.base import Event
from pantau_schemas.events.alert import Alert
from pantau_schemas.events.article import ArticleFields
from pantau_schemas.ids import redaction_id

_digest: Final = lru_cache(maxsize=32_768)(redaction_id)
"""Cached, because every poll asks for all articles that its feed remembers."""


class Redactions:
    """The table `redactions` as a set of digests, held in memory: about 100 bytes each.

    Without a table nothing is redacted. `refresh` and the questions may come from different
    threads: the set is replaced as a whole.
    """

    def __init__(self, table: Table | None = None) -> None:
        self._table = table
        self._version: int | None = None
        self._keys: frozenset[str] = frozenset()

    def refresh(self) -> None:
        """Apply what was redacted since the last call. Raises RetryError."""
        if self._table is None:
            return
        if self._version is None:
            found = self._table.snapshot()
            self._keys = frozenset(found.values)
        else:
            found = self._table.changes(self._version)
            gone = {key for key, value in found.values.items() if value is None}
            if found.values:
                self._keys = (self._keys | found.values.keys()) - gone
        self._version = found.version

    def __bool__(self) -> bool:
        """Return whether anything is redacted."""
        return bool(self._keys)

    def names(self, identities: Iterable[str | None]) -> bool:
        """Return whether any of these identities of an article is redacted."""
        if not self._keys:
            return False
        return any(one is not None and _digest(one) in self._keys for one in identities)

    def covers(self, event: Event) -> bool:
        """Return whether an event is of an article that was taken down."""
        if not self._keys:
            return False
        if isinstance(event, ArticleFields):
            return self.names((event.article_id,))
        return isinstance(event, Alert) and self.names((event.article.article_id,))
