"""The entries of a dictionary file.

The meaning of its fields, and the problems of unusable ones. One bad entry never loses the others:
it is skipped with a complaint that names file, line, field and fix.
"""

import difflib
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast, get_args

from pantau.enricher.dictionaries.dictionary import MOST_WORDS, Case, DictionaryEntry, normal
from pantau_schemas.events.article import EntityType

FIELDS: Final = (
    "name", "aliases", "type", "id", "country", "latitude", "longitude", "roles", "case",
    "language",
)  # fmt: skip
TYPES: Final = get_args(EntityType)
CASES: Final = get_args(Case)
LONGEST_NAME: Final = 200
"""Maximum length of a name in characters."""
_IDENTIFIER: Final = re.compile(r"[^\x00-\x20\x7f]{1,200}")
_SHOWN: Final = 60


@dataclass(frozen=True, slots=True)
class DictionaryRow:
    """A raw entry of a file: texts, or lists of texts, by field; `line` counts from 1."""

    line: int
    fields: Mapping[str, str | Sequence[str]]


@dataclass(frozen=True, slots=True)
class Complaint:
    """A problem of a line."""

    file: str
    line: int
    field: str
    text: str

    def __str__(self) -> str:
        """Format it as one line."""
        place = f"{self.file}, line {self.line}"
        return f"{place}, {self.field}: {self.text}" if self.field else f"{place}: {self.text}"


class _WrongError(Exception):
    """A field that cannot be used."""

    def __init__(self, field: str, text: str) -> None:
        super().__init__(text)
        self.field = field


def read_entries(
    rows: Iterable[DictionaryRow], file: str
) -> tuple[list[DictionaryEntry], list[Complaint]]:
    """Parse the entries of a file. Pure; entries that share an id must agree on type and name."""
    entries: list[DictionaryEntry] = []
    complaints: list[Complaint] = []
    first: dict[str, tuple[int, DictionaryEntry]] = {}
    for row in rows:
        try:
            entry = _entry(row.fields)
            if entry.id is not None:
                entry = _agreeing(entry, first.setdefault(entry.id, (row.line, entry)))
            entries.append(entry)
        except _WrongError as error:
            complaints.append(Complaint(file, row.line, error.field, str(error)))
    return entries, complaints


def _agreeing(entry: DictionaryEntry, before: tuple[int, DictionaryEntry]) -> DictionaryEntry:
    """Return an entry of a known id under the name of the first one."""
    line, other = before
    if entry.type != other.type:
        raise _WrongError(
            "id", f"{entry.id} is a {other.type} on line {line}; give it another id, or that type"
        )
    if entry.name == other.name:
        return entry
    return _with(entry, name=other.name, aliases=(entry.name, *entry.aliases))


def _with(entry: DictionaryEntry, *, name: str, aliases: tuple[str, ...]) -> DictionaryEntry:
    values = {field: getattr(entry, field) for field in DictionaryEntry.__slots__}
    return DictionaryEntry(**values | {"name": name, "aliases": aliases})


def _entry(fields: Mapping[str, Any]) -> DictionaryEntry:
    for field in fields:
        if field not in FIELDS:
            near = difflib.get_close_matches(str(field), FIELDS, n=1)
            hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(FIELDS)}"
            raise _WrongError(str(field)[:_SHOWN], f"there is no such field; {hint}")
    latitude, longitude = _degrees(fields, "latitude", 90), _degrees(fields, "longitude", 180)
    if (latitude is None) != (longitude is None):
        raise _WrongError("latitude", "needs longitude, too; give both or none")
    return DictionaryEntry(
        type=cast("EntityType", _one_of(fields, "type", TYPES)),
        name=_name("name", _text(fields, "name", required=True)),
        id=_identifier(fields),
        aliases=tuple(_name("aliases", one) for one in _list(fields, "aliases")),
        country=_country(fields),
        latitude=latitude,
        longitude=longitude,
        roles=tuple(_list(fields, "roles")),
        case=cast("Case", _one_of(fields, "case", CASES, default="auto")),
        languages=tuple(_language(one) for one in _list(fields, "language")),
    )


def _text(fields: Mapping[str, Any], field: str, *, required: bool = False) -> str:
    value = fields.get(field, "")
    if not isinstance(value, str):
        raise _WrongError(field, "expected one text, not a list")
    value = value.strip()
    if required and not value:
        raise _WrongError(field, "is missing or empty; every entry needs it")
    return value


def _list(fields: Mapping[str, Any], field: str) -> list[str]:
    value = fields.get(field, ())
    values = [value] if isinstance(value, str) else list(value)
    return [one.strip() for one in values if one.strip()]


def _name(field: str, name: str) -> str:
    shown = repr(name[:_SHOWN])
    if len(name) > LONGEST_NAME:
        raise _WrongError(field, f"{shown}... has {len(name)} characters; at most {LONGEST_NAME}")
    written = normal(name)
    if sum(map(str.isalnum, written)) < 2:
        raise _WrongError(
            field, f"{shown} has fewer than two letters or digits; it would be found everywhere"
        )
    if len(re.findall(r"[^\W_]+", written)) > MOST_WORDS:
        raise _WrongError(field, f"{shown}... has more than {MOST_WORDS} words")
    return name


def _identifier(fields: Mapping[str, Any]) -> str | None:
    value = _text(fields, "id")
    if value and not _IDENTIFIER.fullmatch(value):
        raise _WrongError(
            "id",
            f"{value[:_SHOWN]!r}: expected 1 to 200 characters without white space, such as "
            "acme:42",
        )
    return value or None


def _one_of(
    fields: Mapping[str, Any], field: str, allowed: Sequence[str], default: str = ""
) -> str:
    value = _text(fields, field, required=not default) or default
    if value not in allowed:
        near = difflib.get_close_matches(value.lower(), allowed, n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        raise _WrongError(
            field, f"expected one of {', '.join(allowed)}, not {value[:_SHOWN]!r}{hint}"
        )
    return value


def _country(fields: Mapping[str, Any]) -> str | None:
    value = _text(fields, "country").upper()
    if value and not re.fullmatch(r"[A-Z]{2}", value):
        raise _WrongError(
            "country",
            f"{value[:_SHOWN]!r}: expected a code of two letters (ISO 3166-1), such as ID",
        )
    return value or None


def _language(value: str) -> str:
    if not re.fullmatch(r"[a-z]{2,3}", value):
        raise _WrongError(
            "language",
            f"{value[:_SHOWN]!r}: expected codes of two or three letters, such as id or en",
        )
    return value


def _degrees(fields: Mapping[str, Any], field: str, most: int) -> float | None:
    value = _text(fields, field)
    if not value:
        return None
    try:
        degrees = float(value)
    except ValueError:
        degrees = math.nan
    if not -most <= degrees <= most:
        raise _WrongError(
            field, f"{value[:_SHOWN]!r}: expected degrees from -{most} to {most}, such as -6.2"
        )
    return degrees
