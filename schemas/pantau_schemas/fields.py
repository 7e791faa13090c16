"""The field table: what a query can name, and the values it is compared with.

The matcher, the embedded index, the Elasticsearch mapping and the docs are generated from it.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class FieldKind(StrEnum):
    """How a field's values are compared."""

    TEXT = "text"  # tokenized; supports phrases and positions
    KEYWORD = "keyword"  # one exact value, case-sensitive
    DATE = "date"  # a timestamp in milliseconds


@dataclass(frozen=True, slots=True)
class Field:
    """A searchable field of an article. `many` fields hold a list of values."""

    name: str
    kind: FieldKind
    many: bool
    origin: str
    meaning: str


KEYWORD_LIMIT: Final = 8_191
"""Maximum length of a searchable keyword in UTF-16 units: `ignore_above`."""
VALUE_GAP: Final = 100
"""Position gap between two values of a text field, so that no phrase spans them."""
DEFAULT_FIELDS: Final = ("title", "text")
"""The fields searched by a clause without a field."""

_TEXT, _KEYWORD, _DATE = FieldKind.TEXT, FieldKind.KEYWORD, FieldKind.DATE

FIELDS: Final[dict[str, Field]] = {
    field.name: field
    for field in (
        Field("title", _TEXT, many=False, origin="poller", meaning="headline"),
        Field("text", _TEXT, many=False, origin="poller", meaning="body, as plain text"),
        Field("roles", _TEXT, many=True, origin="enricher", meaning="offices of the people named"),
        Field("quotes", _TEXT, many=True, origin="enricher", meaning="what people are quoted with"),
        Field(
            "lang", _KEYWORD, many=False, origin="enricher", meaning="language, as an ISO 639 code"
        ),
        Field("source", _KEYWORD, many=False, origin="poller", meaning="who published it"),
        Field("url", _KEYWORD, many=False, origin="poller", meaning="address of the article"),
        Field(
            "author", _KEYWORD, many=False, origin="poller", meaning="by-line that the feed gives"
        ),
        Field(
            "tags",
            _KEYWORD,
            many=True,
            origin="poller",
            meaning="categories of the item, and tags of the feed",
        ),
        Field(
            "feed",
            _KEYWORD,
            many=True,
            origin="poller",
            meaning="feed that listed it: its id, and the title that you gave it",
        ),
        Field("people", _KEYWORD, many=True, origin="enricher", meaning="people named"),
        Field(
            "organizations", _KEYWORD, many=True, origin="enricher", meaning="organisations named"
        ),
        Field("places", _KEYWORD, many=True, origin="enricher", meaning="places named"),
        Field(
            "place_codes",
            _KEYWORD,
            many=True,
            origin="enricher",
            meaning="ISO codes of countries named",
        ),
        Field(
            "entity_ids",
            _KEYWORD,
            many=True,
            origin="enricher",
            meaning="stable ids of the known entities named, such as `org:kpk`",
        ),
        Field(
            "story_id",
            _KEYWORD,
            many=False,
            origin="enricher",
            meaning="story that the article belongs to",
        ),
        Field(
            "published", _DATE, many=False, origin="poller", meaning="date that the source gives"
        ),
        Field("first_seen", _DATE, many=False, origin="poller", meaning="when Pantau first saw it"),
    )
}
