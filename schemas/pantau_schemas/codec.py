"""Encoding and decoding of events, by version.

An older version is upcast one step at a time; a newer or unknown version is rejected. Unknown
members of a known version are those of a newer minor version of Pantau: they are kept, written
again by `encode`, and left out by `without_unknown`.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

from pydantic import ValidationError

from pantau_schemas.base import Event, unknown_of
from pantau_schemas.events.alert import Alert, ArticleSummary, Delivery
from pantau_schemas.events.article import Article, EnrichedArticle
from pantau_schemas.events.dead_letter import DeadLetter
from pantau_schemas.events.feed import Feed, FeedMemory, FeedState
from pantau_schemas.events.message import AlertMessage
from pantau_schemas.events.people.account import Account, SignInState
from pantau_schemas.events.subscription import Subscription

E = TypeVar("E", bound=Event)

Upcaster = Callable[[dict[str, Any]], dict[str, Any]]


def _only_optional_fields_came(fields: dict[str, Any]) -> dict[str, Any]:
    """Return the fields unchanged: the next version only added fields with a default."""
    return {**fields, "schema_version": fields["schema_version"] + 1}


UPCASTERS: Final[Mapping[tuple[type[Event], int], Upcaster]] = {
    (Alert, 1): _only_optional_fields_came,
    (Alert, 2): _only_optional_fields_came,
    (Delivery, 1): _only_optional_fields_came,
    (Delivery, 2): _only_optional_fields_came,
    (Delivery, 3): _only_optional_fields_came,
    (AlertMessage, 1): _only_optional_fields_came,  # and occasions
    (DeadLetter, 1): _only_optional_fields_came,
    (DeadLetter, 2): _only_optional_fields_came,
    (Feed, 1): _only_optional_fields_came,
    (Feed, 2): _only_optional_fields_came,
    (FeedState, 1): _only_optional_fields_came,
    (FeedState, 2): _only_optional_fields_came,
    (FeedMemory, 1): _only_optional_fields_came,
    (Article, 1): _only_optional_fields_came,
    (FeedMemory, 2): _only_optional_fields_came,
    (EnrichedArticle, 1): _only_optional_fields_came,
    (EnrichedArticle, 2): _only_optional_fields_came,
    (EnrichedArticle, 3): _only_optional_fields_came,
    (EnrichedArticle, 4): _only_optional_fields_came,
    (EnrichedArticle, 5): _only_optional_fields_came,
    (EnrichedArticle, 6): _only_optional_fields_came,
    (Account, 1): _only_optional_fields_came,
    (SignInState, 1): _only_optional_fields_came,
    (Subscription, 1): _only_optional_fields_came,
    (Subscription, 2): _only_optional_fields_came,
}
"""(event, version) to the function that converts that version's fields to the next version."""

UNKNOWN_BYTES: Final = 64 * 1024
"""Maximum size of the unknown members of an event as JSON, names included, in bytes.

New members are small: ids, marks, short texts. More than that is none of ours.
"""
MOST_ERRORS: Final = 1_000
"""Unknown or invalid members of an event that are looked at; each takes a kilobyte of memory."""


class SchemaError(ValueError):
    """Bytes that do not decode to the event: no JSON, an unknown version, an invalid field."""


class NewerVersionError(SchemaError):
    """An event of a version that a newer program wrote. `version` is that of the event."""

    def __init__(self, message: str, version: int) -> None:
        super().__init__(message)
        self.version = version


def encode(event: Event) -> bytes:
    """Encode an event as UTF-8 JSON without absent fields."""
    # Equivalent to `model_dump_json` without an intermediate string.
    if type(event) is not Alert:
        return event.__pydantic_serializer__.to_json(event, exclude_none=True)
    rest = event.__pydantic_serializer__.to_json(event, exclude=_ARTICLE, exclude_none=True)
    return b'%b,"article":%b}' % (rest[:-1], _article_of(event))


_ARTICLE: Final = {"article"}
_latest: tuple[ArticleSummary, bytes] | None = None


def _article_of(alert: Alert) -> bytes:
    """Return the article of an alert as JSON.

    It is half of the alert, and all alerts of an article follow each other and hold the same
    object, which never changes: it is encoded once.
    """
    global _latest  # noqa: PLW0603 (a cache of one; replaced as a whole, so any thread may)
    latest, article = _latest, alert.article
    if latest is None or latest[0] is not article:
        encoded = article.__pydantic_serializer__.to_json(article, exclude_none=True)
        _latest = latest = (article, encoded)
    return latest[1]


def canonical(event: Event) -> bytes:
    """Encode an event as JSON with sorted keys and no whitespace: equal events, equal bytes."""
    fields = event.model_dump(mode="json", exclude_none=True)
    return json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def current_version(event: type[Event]) -> int:
    """Return the version that this program writes."""
    return int(event.model_fields["schema_version"].default)


def decode(event: type[E], value: bytes) -> E:
    """Decode an event of any supported version, with its unknown members.

    Of a head (`Event.is_head`) the members that it does not have are left out unread.
    Raises SchemaError naming the field and what is wrong with it, NewerVersionError for a version
    that this program does not know.
    """
    try:
        decoded = event.model_validate_json(value, extra="ignore" if event.is_head else "forbid")
    except ValidationError as error:
        return _decode_other(event, value, error)
    if "schema_version" not in decoded.model_fields_set:
        msg = "schema_version: missing, and never guessed"
        raise SchemaError(msg)
    return decoded


def without_unknown(event: E) -> E:
    """Return an event without the members that this program does not know, in any depth.

    For what takes known members alone: the index, and receivers of channels.
    """
    if not unknown_of(event):
        return event
    return event.model_validate_json(encode(event), extra="ignore")


def _decode_other(event: type[E], value: bytes, error: ValidationError) -> E:
    """Decode an event of an older version, or with unknown members."""
    _require_few(event, error)
    try:
        fields = json.loads(value)
    except (ValueError, RecursionError) as broken:
        msg = "nested too deep" if isinstance(broken, RecursionError) else f"not JSON: {broken}"
        raise SchemaError(msg) from broken
    version = fields.get("schema_version") if isinstance(fields, dict) else None
    current = current_version(event)
    if not isinstance(version, int) or isinstance(version, bool):
        raise SchemaError(explain(error)) from error
    if version == current:
        return _decode_unknown(event, value, error)
    if version > current:
        msg = (
            f"schema_version {version} of {event.__name__} is newer than this program "
            f"({current}); upgrade it"
        )
        raise NewerVersionError(msg, version)
    # One step at a time, so that each upcaster only knows its own two versions.
    for step in range(version, current):
        upcast = UPCASTERS.get((event, step))
        if upcast is None:
            msg = (
                f"schema_version {version} of {event.__name__} is too old: no way from {step} to "
                f"{step + 1}"
            )
            raise SchemaError(msg)
        fields = upcast(fields)
    upcasted = json.dumps(fields).encode()
    try:
        return event.model_validate_json(upcasted, extra="forbid")
    except ValidationError as broken:
        return _decode_unknown(event, upcasted, broken)


def _decode_unknown(event: type[E], value: bytes, error: ValidationError) -> E:
    """Decode an event of the current version with its unknown members, if that is all."""
    _require_few(event, error)
    if all(one["type"] != "extra_forbidden" for one in error.errors(include_input=False)):
        raise SchemaError(explain(error)) from error
    try:
        decoded = event.model_validate_json(value, extra="allow")
    except ValidationError as broken:
        raise SchemaError(explain(broken)) from broken
    size = 0
    for unknown in unknown_of(decoded):
        for name in [name for name, one in unknown.items() if one is None]:
            del unknown[name]  # as everywhere in an event, null is absent
        try:
            size += len(json.dumps(unknown, ensure_ascii=False, allow_nan=False).encode())
        except ValueError as infinite:
            msg = f"unknown members of {event.__name__}: a number that JSON cannot express"
            raise SchemaError(msg) from infinite
    if size > UNKNOWN_BYTES:
        msg = f"unknown members of {event.__name__}: {size} bytes; at most {UNKNOWN_BYTES} are kept"
        raise SchemaError(msg)
    return decoded


def _require_few(event: type[Event], error: ValidationError) -> None:
    """Raise SchemaError if there are too many errors to list."""
    if error.error_count() > MOST_ERRORS:
        msg = f"{error.error_count()} members of {event.__name__} are unknown or invalid"
        raise SchemaError(msg)


def explain(error: ValidationError) -> str:
    """Format a validation error as one line.

    It lists each invalid field and what was expected, never the value.
    """
    return "; ".join(
        f"{'.'.join(str(part) for part in one['loc']) or 'event'}: {one['msg']}"
        for one in error.errors(include_url=False, include_input=False, include_context=False)
    )
