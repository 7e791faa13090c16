"""Prints dead letters."""

from collections.abc import Iterable
from typing import Any

from pantau.adapters.terminal.screen import ago_text, open_screen, print_table
from pantau.commands.cli.language import current
from pantau.commands.cli.printing import put, put_bold
from pantau.commands.cli.say import print_text, say
from pantau.common.files.jsonlines import line_writer
from pantau.common.stored_problems import stored_text
from pantau.common.text.safe_text import harmless, one_line
from pantau.usecases.dead_letters.handling import LetterList
from pantau.usecases.dead_letters.reading import (
    AnyLetter,
    LetterFilter,
    LetterSummary,
    UnreadableLetter,
)
from pantau.usecases.dead_letters.writing import Retried
from pantau_schemas.base import format_time
from pantau_schemas.events.dead_letter import DeadLetter

_REASON_LIMIT = 300


def print_lines(letters: Iterable[AnyLetter]) -> None:
    """Print letters as lines of JSON, one at a time."""
    write = line_writer()
    for letter in letters:
        write(_fields(letter))


def _fields(letter: AnyLetter) -> dict[str, Any]:
    """Return the fields of a letter; of one that cannot be read, what is known of it."""
    if isinstance(letter, DeadLetter):
        return letter.model_dump(mode="json")
    return {
        "dead_letter_id": letter.dead_letter_id,
        "unreadable": True,
        "stage": letter.stage,
        "topic": letter.topic,
        "key": letter.key,
        "offset": letter.offset,
        "reason": letter.reason,
        "failed_at": None if letter.failed_at is None else format_time(letter.failed_at),
        "bytes": len(letter.value),
    }


def print_list(found: LetterList, wanted: LetterFilter) -> None:
    """Print a table of letters, and how many there are."""
    if not found.shown:
        _print_none(wanted)
        return
    titles = (
        say("dead-letters.column-id"),
        say("dead-letters.column-stage"),
        say("dead-letters.column-topic"),
        say("dead-letters.column-failed"),
        say("dead-letters.column-reason"),
    )
    rows = [
        (
            one_line(one.dead_letter_id[:8]),
            one_line(one.stage, 40),
            one_line(one.topic, 40),
            ago_text(one.failed_at, lang=current()),
            _reason(one),
        )
        for one in found.shown
    ]
    print_table(open_screen(), titles, rows)
    if len(found.shown) < found.total:
        print_text("dead-letters.count-of", count=len(found.shown), total=found.total)
    else:
        print_text("dead-letters.count", count=found.total)
    unreadable = sum(one.unreadable for one in found.shown)
    if unreadable:
        print_text("dead-letters.some-unreadable", count=unreadable)


def _print_none(wanted: LetterFilter) -> None:
    if (wanted.topic, wanted.reason, wanted.since) != (None, None, None):
        print_text("dead-letters.none-of-filter")
    elif wanted.stage is None:
        print_text("dead-letters.none")
    else:
        print_text("dead-letters.none-of-stage", stage=wanted.stage)


def _reason(one: LetterSummary) -> str:
    reason = one_line(one.reason, _REASON_LIMIT)
    if one.unreadable:
        return say("dead-letters.is-unreadable", reason=reason)
    return say("dead-letters.was-closed", reason=reason) if one.closed else reason


def print_letter(letter: AnyLetter) -> None:
    """Print one letter whole."""
    rows = _rows(letter) if isinstance(letter, DeadLetter) else _unreadable_rows(letter)
    for name, value in rows:
        put_bold(f"{name}:", harmless(value))
    if isinstance(letter, DeadLetter) and letter.detail:
        put("\n".join(harmless(line) for line in letter.detail.splitlines()))


def _rows(letter: DeadLetter) -> Iterable[tuple[str, str]]:
    yield say("dead-letters.column-id"), letter.dead_letter_id
    yield say("dead-letters.column-stage"), letter.stage
    yield say("dead-letters.column-topic"), letter.topic
    yield say("dead-letters.label-key"), letter.key
    yield say("dead-letters.column-failed"), letter.failed_at.isoformat()
    if letter.discarded_at is not None:
        yield say("dead-letters.label-discarded"), letter.discarded_at.isoformat()
    times = say("dead-letters.times-before", count=letter.retries)
    yield say("dead-letters.label-put-back"), times
    yield say("dead-letters.label-error"), letter.error
    reason = stored_text(letter.reason, letter.problem, current())
    yield say("dead-letters.column-reason"), reason
    yield say("dead-letters.label-value"), letter.value.decode("utf-8", "replace")


def _unreadable_rows(letter: UnreadableLetter) -> Iterable[tuple[str, str]]:
    yield say("dead-letters.column-id"), letter.dead_letter_id
    yield say("dead-letters.column-stage"), letter.stage
    yield say("dead-letters.column-topic"), letter.topic
    yield say("dead-letters.label-key"), letter.key
    if letter.failed_at is not None:
        yield say("dead-letters.column-failed"), letter.failed_at.isoformat()
    reason = say("dead-letters.is-unreadable", reason=letter.reason)
    yield say("dead-letters.column-reason"), reason
    yield say("dead-letters.label-value"), letter.value.decode("utf-8", "replace")


def print_retried(done: Retried) -> None:
    """Print what became of the letters that were to be put back."""
    if done.overtaken:
        print_text("dead-letters.put-back-but", count=done.put_back, overtaken=done.overtaken)
    else:
        print_text("dead-letters.put-back", count=done.put_back)
    if done.unreadable:
        print_text("dead-letters.left-unreadable", count=done.unreadable)
    if done.refused:
        print_text("dead-letters.left-refused", count=done.refused)
