"""Articles in files, as batch commands read them: lenient where exports differ."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO, Final

from pantau.common.dates.reading import read_time
from pantau.common.files.jsonlines import Complaints, read_objects
from pantau.common.files.unknown_members import UnknownMembers
from pantau.common.text.normal_text import normalise_text
from pantau_schemas.fields import FIELDS, FieldKind

PASSED_ON: Final = frozenset(
    {
        "id",
        "entities",
        "dates",
        "quotations",
        "boilerplate",
        "fingerprint",
        "service",
        "enricher_version",
        "cut",
        "feed",
    }
)
"""Fields written by Pantau's own commands that are not searchable; accepted without a warning."""


Value = str | tuple[str, ...] | datetime


@dataclass(frozen=True, slots=True)
class BatchArticle:
    """An article from a file.

    `fields` holds those of the field table; `given` is the original object.
    """

    id: str
    fields: dict[str, Value]
    given: dict[str, Any]


def read_batch_articles(
    stream: BinaryIO, name: str, complaints: Complaints
) -> Iterator[BatchArticle]:
    """Yield each usable article.

    An invalid optional field is dropped with a warning, never the article. An unknown field is
    reported once by name, because exports repeat it in every line.
    """
    unknown = UnknownMembers(FIELDS)
    for where, given in read_objects(stream, name, complaints):
        identifier = given.get("id")
        if not isinstance(identifier, str) or not identifier:
            complaints.reject(where, "id: expected a string that is not empty")
            continue
        fields: dict[str, Value] = {}
        for key, value in given.items():
            # An export writes null where there is nothing, and answers carry the fields of their
            # input.
            if value is None or key in PASSED_ON:
                continue
            if key not in FIELDS:
                for one in unknown.find((key,)):
                    complaints.warn(
                        where, f"{one}: no such field; not searched, here and in later lines"
                    )
                continue
            read = _read_value(key, value)
            if read is None:
                complaints.warn(where, f"{key}: {_expected(key)}; ignored")
            else:
                fields[key] = read
        yield BatchArticle(identifier, fields, given)


def normal_fields(article: BatchArticle) -> dict[str, Value]:
    """Return the fields as the poller would have published them: their text in its one form.

    Offsets into the original text do not hold for these.
    """
    return {name: _normal(value) for name, value in article.fields.items()}


def _normal(value: Value) -> Value:
    if isinstance(value, str):
        return normalise_text(value)
    return tuple(map(normalise_text, value)) if isinstance(value, tuple) else value


def _read_value(key: str, value: object) -> Value | None:
    field = FIELDS[key]
    if field.kind is FieldKind.DATE:
        return read_time(value) if isinstance(value, str) else None
    if isinstance(value, str):
        return (value,) if field.many else value
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return tuple(value) if field.many else None
    return None


def _expected(key: str) -> str:
    field = FIELDS[key]
    if field.kind is FieldKind.DATE:
        return "expected a date, such as 2022-09-09T08:00:00Z"
    return "expected a list of strings" if field.many else "expected a string"
