"""Logs on standard error: in colour for people, plain lines for files, JSON for collectors."""

import logging
import math
import sys
from copy import copy
from typing import Any

from pantau.commands.cli.language import current
from pantau.common.text.safe_text import harmless
from pantau.errors import PantauError
from pantau.messages.languages import DEFAULT, Lang
from pantau.problems import Problem

LINE_LIMIT = 2_000
"""Maximum length of a message in characters: external text could be of any length."""
POLLERS = ("pantau.poller.service", "pantau.poller.telemetry")
"""Loggers of warnings about feeds. Filters of a logger do not see records of those below it."""


class HarmlessFormatter(logging.Formatter):
    """Formats a message as one line, whatever it quotes: no forged lines, no terminal sequences.

    Only tracebacks have more lines.
    """

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 (a name of `logging`)
        """Format the message."""
        message = harmless(record.message)
        if len(message) > LINE_LIMIT:
            message = f"{message[: LINE_LIMIT - 1]}…"
        record.message = message
        return super().formatMessage(record)

    def formatException(self, ei: Any) -> str:  # noqa: N802 (as above)
        """Format a traceback; its last line may quote anything."""
        return "\n".join(harmless(line) for line in super().formatException(ei).split("\n"))


class PersonFormatter(HarmlessFormatter):
    """Formats a message in the language of the person at the terminal, as far as it is known."""

    def format(self, record: logging.LogRecord) -> str:
        """Format a record; other handlers get it as it was."""
        lang = current()
        if lang == DEFAULT:
            return super().format(record)
        from pantau.messages.finished.recognition import indonesian

        told = copy(record)
        if isinstance(record.args, tuple):
            told.args = tuple(_in_words(one, lang) for one in record.args)
        told.msg, told.args = indonesian(told.getMessage()), ()
        return super().format(told)


def _in_words(value: object, lang: Lang) -> object:
    return value.text(lang) if isinstance(value, Problem | PantauError) else value


class FewAtOnce(logging.Filter):
    """Limits bursts of warnings.

    If the network is down, a thousand feeds report the same. Of the suppressed ones only their
    existence is reported; `pantau feeds list --problems` has them all.
    """

    def __init__(self, most: int = 5, seconds: float = 60.0) -> None:
        super().__init__()
        self._most = most
        self._seconds = seconds
        self._count = 0
        self._since = -math.inf

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether to write a record; the last one of a burst mentions the others."""
        if record.levelno != logging.WARNING:
            return True
        if record.created - self._since > self._seconds:
            self._since, self._count = record.created, 0
        self._count += 1
        if self._count == self._most + 1:
            record.msg, record.args = (
                "more feeds have problems: `pantau feeds list --problems` shows all",
                (),
            )
        return self._count <= self._most + 1


def set_up_logging(level: str, style: str = "text", *, service: str | None = None) -> None:
    """Write the program's own logs from `level` on, and warnings of libraries.

    `style` is `text` or `json`; JSON lines name the `service`.
    """
    if style == "json":
        from pantau.commands.cli.json_log import JsonFormatter

        handler: logging.Handler = logging.StreamHandler()
        handler.setFormatter(JsonFormatter(service))
    elif sys.stderr.isatty():
        from rich.console import Console
        from rich.logging import RichHandler

        handler = RichHandler(
            console=Console(stderr=True),
            show_path=False,
            markup=False,
            rich_tracebacks=False,
            omit_repeated_times=True,
            log_time_format="%H:%M:%S",
        )
        handler.setFormatter(PersonFormatter("%(message)s"))
    else:
        handler = logging.StreamHandler()
        handler.setFormatter(HarmlessFormatter("%(asctime)s %(levelname)-7s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("pantau").setLevel(level)
    if level != "DEBUG":
        # kafka-python writes ten lines per second of each outage; the adapters log it once, and
        # raise what matters.
        logging.getLogger("kafka").setLevel(logging.CRITICAL)
        few = FewAtOnce()
        for name in POLLERS:
            logging.getLogger(name).filters[:] = [few]
