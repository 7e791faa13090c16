"""The base of every event: immutability, known and unknown members, one time format.

A change that an older program must not overlook is a new `schema_version` with an upcaster in
`pantau_schemas.codec`. A new optional member is not: programs that do not know it keep it and pass
it on. What is unknown is never guessed: no query matches it, and nothing decides by it.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Annotated, Any, ClassVar, Final, Self

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
)


def to_millis(moment: datetime) -> datetime:
    """Return `moment` in UTC, truncated (not rounded) to whole milliseconds, as on the wire."""
    utc = moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    beyond = utc.microsecond % 1000
    return utc.replace(microsecond=utc.microsecond - beyond) if beyond else utc


def format_time(moment: datetime) -> str:
    """Format `moment` as RFC 3339 in UTC with millisecond precision and a `Z` suffix."""
    return _format_utc(moment if moment.tzinfo is UTC else moment.astimezone(UTC))


@lru_cache(maxsize=1024)  # all alerts of an article carry the same timestamps
def _format_utc(moment: datetime) -> str:
    return f"{moment.isoformat(timespec='milliseconds')[:-6]}Z"  # isoformat truncates as well


UtcTime = Annotated[
    AwareDatetime,
    AfterValidator(to_millis),
    PlainSerializer(format_time, return_type=str, when_used="json"),
]
"""A UTC timestamp with millisecond precision; RFC 3339 on the wire."""

Identifier = Annotated[
    str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00-\x20\x7f]+$")
]
"""An opaque id: 1 to 200 characters, no whitespace, no control characters."""

Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$|^und$")]
"""A language by its ISO 639 code (`id`, `en`, `ms`, ...), or `und` if it is undetermined."""


class Model(BaseModel):
    """A value that is part of an event: immutable, with its unknown members in `model_extra`."""

    model_config = ConfigDict(
        frozen=True, extra="allow", ser_json_bytes="base64", val_json_bytes="base64"
    )

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy; see `unknown_of` for why a changed one has a mapping of unknown members.

        What `update` brings may have unknown members, in any depth.
        """
        known = type(self).__pydantic_fields__.keys()
        if update and not deep and update.keys() <= known and not type(self).__private_attributes__:
            return self._changed(update)
        copied = super().model_copy(update=update, deep=deep)
        if update and copied.__pydantic_extra__ is None:
            object.__setattr__(copied, "__pydantic_extra__", {})
        return copied

    def _changed(self, update: Mapping[str, Any]) -> Self:
        """Return a copy with other values of known members, in a quarter of pydantic's time.

        The state of a feed changes at every poll, its other values are those of the one before.
        """
        copied = type(self).__new__(type(self))
        put, unknown = object.__setattr__, self.__pydantic_extra__
        put(copied, "__dict__", {**self.__dict__, **update})
        put(copied, "__pydantic_extra__", {} if unknown is None else unknown.copy())
        put(copied, "__pydantic_fields_set__", self.__pydantic_fields_set__ | update.keys())
        put(copied, "__pydantic_private__", None)
        return copied

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        """Yield the fields, and the number of unknown members: any of them may be a secret."""
        unknown = self.model_extra or {}
        for name, value in super().__repr_args__():
            if name not in unknown:
                yield name, value
        if unknown:
            yield "unknown", len(unknown)


def carried(event: Model, into: type[Model]) -> dict[str, Any]:
    """Return the unknown members of an event for one of another kind that is made from it.

    A member that the other kind knows is left out: it is for the maker to say.
    """
    unknown = event.model_extra or {}
    return {name: value for name, value in unknown.items() if name not in into.model_fields}


def members_of(model: Model) -> dict[str, Any]:
    """Return all members of a model, unknown ones included, for a changed one of the same kind."""
    known = {name: getattr(model, name) for name in type(model).model_fields}
    return {**(model.model_extra or {}), **known}


def given_of(model: Model) -> dict[str, Any]:
    """Return the members that a model was given, unknown ones included."""
    unknown = model.model_extra or {}
    known = {name: getattr(model, name) for name in model.model_fields_set if name not in unknown}
    return {**known, **unknown}


def unknown_of(value: object) -> list[dict[str, Any]]:
    """Return the unknown members of an event or a field's value, in any depth, by model.

    A model without a mapping of unknown members (None, not an empty one) was decoded with all that
    it holds, and none was unknown: there is nothing to walk. Most events are such.
    """
    found: list[dict[str, Any]] = []
    _collect(value, found)
    return found


def _collect(value: object, found: list[dict[str, Any]]) -> None:
    """Add to `found`. Over what models hold, not field by field: articles are many."""
    if isinstance(value, Model):
        unknown = value.__pydantic_extra__
        if unknown is None:
            return
        if unknown:
            found.append(unknown)
        for one in value.__dict__.values():
            if type(one) not in _PLAIN:
                _collect(one, found)
    elif isinstance(value, tuple | list):
        for one in value:
            if type(one) in _PLAIN:
                break  # all values of a field are of one kind
            _collect(one, found)


_PLAIN: Final = frozenset({str, int, float, bool, bytes, type(None), datetime, dict})
"""Types of values that hold no model; a mapping of an event holds texts and numbers."""


class Event(Model):
    """A message on a topic."""

    is_head: ClassVar[bool] = False
    """True for a class with only some of the members of an event; see `codec.decode`."""

    schema_version: int = Field(
        ge=1, description="Version of this event's fields; raised when they change."
    )


class Span(Model):
    """A half-open range of Unicode code points, `start <= i < end`, in one field of an article."""

    field: str = Field(description="The field that the offsets count in: `title` or `text`.")
    start: int = Field(ge=0)
    end: int = Field(ge=0)
