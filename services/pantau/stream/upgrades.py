"""Records of a newer Pantau. They wait for the upgrade of this one: never rejected, never skipped.

Two questions, since a record of a topic has headers and a value of a table has none.
"""

from pantau.ports import Record
from pantau.stream.envelope import is_of_version
from pantau_schemas.base import Event
from pantau_schemas.codec import NewerVersionError, SchemaError, current_version, decode
from pantau_schemas.topics import Topic

_DIGITS = 9
"""Maximum length of a version's number: anybody may write a longer one."""


def newer_version(record: Record, topic: Topic) -> NewerVersionError | None:
    """Return why a record waits: Pantau wrote it in a newer version of its event; None else.

    Its value is decoded only if its headers say so.
    """
    begin, _, version = record.headers.get("ce_type", "").rpartition(".v")
    if begin != f"pantau.{topic.name}" or record.value is None:
        return None
    if not (version.isascii() and version.isdigit() and len(version) <= _DIGITS):
        return None
    if int(version) <= current_version(topic.event):
        return None
    try:
        decode(topic.event, record.value)
    except NewerVersionError as error:
        return error if is_of_version(record, topic, error.version) else None
    except SchemaError:
        return None
    return None


def is_next(error: SchemaError, event: type[Event]) -> bool:
    """Return whether a value of a table is of the next version of its event.

    One of any other version was not written by a program that may run beside this one.
    """
    return isinstance(error, NewerVersionError) and error.version == current_version(event) + 1
