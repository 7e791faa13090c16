"""The pipeline: what `pantau status` says, and the dead letters."""

from typing import Any, Final

from pantau.console.asked import Asked
from pantau.console.output import Answer, ListAnswer, Moved, PageAnswer
from pantau.usecases.dead_letters.handling import DeadLetters
from pantau.usecases.dead_letters.reading import LetterFilter, LetterSummary
from pantau.usecases.feeds.outlook import read_outlook
from pantau.usecases.status import read_status
from pantau_schemas.base import format_time

COLUMNS: Final = (
    "dead_letter_id", "stage", "topic", "failed_at", "reason", "unreadable",
)  # fmt: skip


def show(asked: Asked) -> Answer:
    """Return how the pipeline stands."""
    letters = DeadLetters(asked.store.log, asked.parts.clock)
    values = {
        "status": read_status(asked.store),
        "outlook": read_outlook(asked.store, asked.parts.clock),
        "lags": asked.parts.lags(),
        "letters": letters.listed(LetterFilter(), 0, asked.lang).total,
    }
    return PageAnswer("pipeline.html", values)


def dead_letters(asked: Asked) -> Answer:
    """Return the records that could not be processed, the newest first."""
    letters = DeadLetters(asked.store.log, asked.parts.clock)
    wanted = LetterFilter(stage=asked.values.get("stage") or None)
    found = letters.listed(wanted, asked.rows, asked.lang)
    shown = [*reversed(found.shown)]
    values = {"found": shown, "total": found.total}
    more = {"has_more": found.total > len(shown)}
    return ListAnswer(
        PageAnswer("dead-letters.html", values), [*map(_fields, shown)], COLUMNS, more
    )


def retry(asked: Asked) -> Answer:
    """Put a dead letter back into its topic. Raises UsageError."""
    DeadLetters(asked.store.log, asked.parts.clock).retry([asked.named["id"]])
    return Moved("/pipeline/dead-letters", "console.retried")


def discard(asked: Asked) -> Answer:
    """Discard a dead letter. Raises UsageError."""
    DeadLetters(asked.store.log, asked.parts.clock).discard([asked.named["id"]])
    return Moved("/pipeline/dead-letters", "console.discarded")


def _fields(letter: LetterSummary) -> dict[str, Any]:
    failed = letter.failed_at
    return {
        "dead_letter_id": letter.dead_letter_id,
        "stage": letter.stage,
        "topic": letter.topic,
        "failed_at": format_time(failed) if failed is not None else None,
        "reason": letter.reason,
        "unreadable": letter.unreadable,
    }
