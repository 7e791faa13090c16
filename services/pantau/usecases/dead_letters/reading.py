"""Dead letters as they are read from their topic: whole, damaged, or of a newer version.

Pure. A letter is known by its id; the last record of an id counts. A record that this program
cannot read gets an id from its place in the topic, so that a person can name it and discard it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from pantau.common.dates.reading import read_time
from pantau.common.stored_fields import stored_fields
from pantau.common.stored_problems import stored_text
from pantau.messages.languages import LANGS, Lang
from pantau.ports import Received
from pantau_schemas.codec import SchemaError, current_version, decode
from pantau_schemas.events.dead_letter import DeadLetter
from pantau_schemas.ids import digest_id
from pantau_schemas.topics import DEAD_LETTERS

UNKNOWN: Final = "?"
"""The stage or topic of a record that does not say it."""
_TEXT_LIMIT: Final = 500
_ID_LIMIT: Final = 200


@dataclass(frozen=True, slots=True)
class UnreadableLetter:
    """A record among the dead letters that this program cannot read; `reason` says why."""

    dead_letter_id: str
    stage: str
    topic: str
    key: str
    offset: int  # in the topic of dead letters
    reason: str
    value: bytes
    failed_at: datetime | None = None
    closed: bool = False  # put back or discarded by a newer version


AnyLetter = DeadLetter | UnreadableLetter


@dataclass(frozen=True, slots=True)
class LetterFilter:
    """Which letters are meant. Everything that is given must hold.

    `reason` is a part of the reason in any language, or of the error's class, in upper or lower
    case. `closed` adds
    those that were put back or discarded.
    """

    stage: str | None = None
    topic: str | None = None
    reason: str | None = None
    since: datetime | None = None
    closed: bool = False

    def takes(self, letter: AnyLetter) -> bool:
        """Return whether a letter is meant. One that does not say when it failed never is new."""
        return (
            (self.closed or not is_closed(letter))
            and self.stage in {None, letter.stage}
            and self.topic in {None, letter.topic}
            and (self.reason is None or self.reason.casefold() in _reasons(letter).casefold())
            and (
                self.since is None
                or (letter.failed_at is not None and letter.failed_at >= self.since)
            )
        )


@dataclass(frozen=True, slots=True)
class LetterSummary:
    """The part of a letter that a list shows; a letter itself can have many megabytes."""

    dead_letter_id: str
    stage: str
    topic: str
    failed_at: datetime | None
    reason: str
    closed: bool
    unreadable: bool


def summary_of(letter: AnyLetter, lang: Lang) -> LetterSummary:
    """Return what a list shows of a letter, its reason in a language."""
    reason = (
        stored_text(letter.reason, letter.problem, lang)
        if isinstance(letter, DeadLetter)
        else stored_text(letter.reason, None, lang)
    )
    return LetterSummary(
        dead_letter_id=letter.dead_letter_id,
        stage=letter.stage,
        topic=letter.topic,
        failed_at=letter.failed_at,
        reason=reason[:_TEXT_LIMIT],
        closed=is_closed(letter),
        unreadable=isinstance(letter, UnreadableLetter),
    )


def is_closed(letter: AnyLetter) -> bool:
    """Return whether a letter was put back or discarded."""
    if isinstance(letter, UnreadableLetter):
        return letter.closed
    return letter.put_back_at is not None or letter.discarded_at is not None


def read_letter(received: Received) -> AnyLetter:
    """Return the letter of a record of the topic of dead letters, whatever it holds."""
    value = received.record.value or b""
    try:
        return decode(DeadLetter, value)
    except SchemaError as error:
        return _unreadable(received, value, error)


def _unreadable(received: Received, value: bytes, error: SchemaError) -> UnreadableLetter:
    fields = stored_fields(value)
    version = fields.get("schema_version")
    newer = isinstance(version, int) and version > current_version(DeadLetter)
    own = _text(fields, "dead_letter_id")
    named = newer and own != UNKNOWN and own.isprintable() and " " not in own
    return UnreadableLetter(
        # Only a newer version is believed: a damaged record must not stand in for another letter.
        dead_letter_id=own if named else place_id(received),
        stage=_text(fields, "stage"),
        topic=_text(fields, "topic"),
        key=received.record.key,
        offset=received.offset,
        reason=str(error)[:_TEXT_LIMIT],
        value=value,
        failed_at=_time(fields.get("failed_at")),
        closed=newer and any(fields.get(name) for name in ("put_back_at", "discarded_at")),
    )


def place_id(received: Received) -> str:
    """Return the id of an unreadable record, which depends on its place alone."""
    return digest_id(DEAD_LETTERS.name, str(received.partition), str(received.offset))


def _text(fields: Mapping[str, Any], name: str) -> str:
    found = fields.get(name)
    return found if isinstance(found, str) and 0 < len(found) <= _ID_LIMIT else UNKNOWN


def _time(value: object) -> datetime | None:
    return read_time(value) if isinstance(value, str) and len(value) <= _ID_LIMIT else None


def _reasons(letter: AnyLetter) -> str:
    """Return the reason of a letter in every language, since people look for what they read."""
    data, error = (letter.problem, letter.error) if isinstance(letter, DeadLetter) else (None, "")
    shown = (stored_text(letter.reason, data, lang) for lang in LANGS)
    return "\n".join((*shown, error))
