"""Dead letters: records that cannot be processed.

Pure; shared by every stage and runtime.
"""

import hashlib
import logging
import traceback
from dataclasses import replace
from datetime import datetime
from typing import Final

from pantau.common.stored_problems import to_data
from pantau.errors import PantauError
from pantau.ports import Received, Record
from pantau.stream.envelope import record_for
from pantau.stream.handler import retries_of
from pantau_schemas.codec import SchemaError
from pantau_schemas.events.dead_letter import DeadLetter
from pantau_schemas.ids import digest_id
from pantau_schemas.topics import DEAD_LETTERS

log = logging.getLogger(__name__)

KEY_LIMIT: Final = 200
"""Characters of the key that are kept of a record that fits into no dead letter."""


def dead_letter(stage: str, received: Received, error: Exception, now: datetime) -> Record:
    """Build the dead letter of a record that a stage rejected, with the reason.

    Idempotent: rejecting the same record again yields the same id.
    """
    record = received.record
    value = record.value or b""
    foreseen = isinstance(error, (PantauError, SchemaError))
    event = DeadLetter(
        schema_version=3,
        dead_letter_id=digest_id(
            stage, record.topic, str(received.offset), hashlib.sha256(value).hexdigest()
        ),
        stage=stage,
        topic=record.topic,
        offset=received.offset,
        key=record.key,
        value=value,
        headers=dict(record.headers),
        error=type(error).__name__,
        reason=str(error) or type(error).__name__,
        problem=to_data(error.problem) if isinstance(error, PantauError) else None,
        detail="" if foreseen else "".join(traceback.format_exception(error)),
        failed_at=now,
        retries=retries_of(record.headers),
    )
    return record_for(event, DEAD_LETTERS, source=stage, time=now, parent=record.headers)


def emptied(received: Received) -> Received:
    """Return a record without what makes it large.

    Its dead letter, which holds it, must fit where it did not. What it was stays in its topic, at
    the offset that the letter names, for as long as that is kept.
    """
    record = received.record
    log.error("%s at offset %d does not fit into a dead letter", record.topic, received.offset)
    return replace(received, record=Record(record.topic, record.key[:KEY_LIMIT], None))


def log_ids(stage: str, received: Received) -> dict[str, dict[str, str | int]]:
    """Return the ids of a record as the `extra` of a log call; JSON logs have them as fields."""
    record = received.record
    place = {"partition": received.partition, "offset": received.offset}
    return {"ids": {"stage": stage, "topic": record.topic, "key": record.key, **place}}


def warn_rejected(logger: logging.Logger, stage: str, received: Received, error: Exception) -> None:
    """Log that a stage rejected a record."""
    ids = log_ids(stage, received)
    logger.warning("%s: rejected %s: %s", stage, received.record.key, error, extra=ids)
