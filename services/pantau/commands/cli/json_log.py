"""Logs as JSON Lines: one object per record, for collectors such as Loki, Vector or Fluent Bit.

    {"time": "2026-03-02T08:00:00.125+00:00", "level": "WARNING", "logger": "pantau.keyed.jobs",
     "message": "...", "stage": "alerter", "topic": "articles.enriched", "key": "...", "offset": 7}

`time` carries its offset from UTC. Ids are fields of their own: those that a call passes as
`extra={"ids": {...}}`, and those of a `PantauError` that it logs. A traceback is in `error`.
"""

import json
import logging
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from pantau.common.text.safe_text import harmless
from pantau.errors import PantauError

LINE_LIMIT: Final = 2_000
"""Maximum length of a message in characters: outside input could be of any length."""
ID_LIMIT: Final = 200
ERROR_LIMIT: Final = 20_000
_OWN: Final = frozenset({"time", "level", "logger", "message", "service", "error"})


class JsonFormatter(logging.Formatter):
    """Formats a record as one line of JSON; `service` names the program in each of them."""

    def __init__(self, service: str | None = None) -> None:
        super().__init__()
        self._service = service

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        moment = datetime.fromtimestamp(record.created, UTC)
        fields: dict[str, Any] = {
            "time": moment.isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": _cut(harmless(record.getMessage()), LINE_LIMIT),
        }
        if self._service is not None:
            fields["service"] = self._service
        for name, value in _ids(record):
            if name not in _OWN:
                fields[name] = value if isinstance(value, int) else _cut(harmless(value), ID_LIMIT)
        if record.exc_info:
            lines = self.formatException(record.exc_info).split("\n")
            fields["error"] = _cut("\n".join(map(harmless, lines)), ERROR_LIMIT)
        return json.dumps(fields, ensure_ascii=False)


def _ids(record: logging.LogRecord) -> Iterator[tuple[str, int | str]]:
    """Yield the ids of a record and of the errors that it quotes."""
    arguments = record.args if isinstance(record.args, tuple) else ()
    error = record.exc_info[1] if record.exc_info else None
    for one in (*arguments, error):
        if isinstance(one, PantauError):
            yield from one.ids.items()
    given = getattr(record, "ids", None)
    if isinstance(given, Mapping):
        yield from ((str(name), _plain(value)) for name, value in given.items())


def _plain(value: object) -> int | str:
    return value if isinstance(value, int) else str(value)


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
