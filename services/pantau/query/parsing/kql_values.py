"""Values of KQL: their escapes, and how Kibana passes them on."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from pantau_schemas.base import format_time

CHARACTER: Final = re.compile(
    r"\\(?P<white>[trn])|\\(?P<sign>[\\():<>\"*{}])|\\(?P<word>or|and|not)|(?P<star>\*)"
    r"|(?P<plain>(?!not[ \t\r\n])[^ \t\r\n\\():<>\"*{}])",
    re.IGNORECASE | re.DOTALL | re.ASCII,
)
"""A character of a value other than whitespace."""
BLANKS: Final = re.compile(r"[ \t\r\n]++(?!(?:or|and)[ \t\r\n])", re.IGNORECASE | re.ASCII)
"""Whitespace of a value, greedy.

An `or` or `and` behind it would end the value before it.
"""
_NUMBER: Final = re.compile(r"-?[1-9]\d*(?:\.\d+)?|-?0\.\d*[1-9]|0|0.0+|\.\d+", re.ASCII)
_WHITE: Final = {"t": "\t", "r": "\r", "n": "\n"}
_RESERVED: Final = re.compile(r'[+\-.,;/0-9=&|><!(){}\[\]^"~*?:\\]')


@dataclass(frozen=True, slots=True)
class Value:
    """A value or a name: its characters, with None for a `*`."""

    parts: tuple[str | None, ...]
    start: int
    end: int
    quoted: bool = False

    @property
    def text(self) -> str:
        """The characters, with `*` for wildcards."""
        return "".join("*" if part is None else part for part in self.parts)

    @property
    def wild(self) -> bool:
        """True if it has a wildcard `*`."""
        return None in self.parts

    @property
    def bare_null(self) -> bool:
        """True if it is the bare word null, which is not a value."""
        return not self.quoted and self.text == "null"

    @property
    def lucene(self) -> str:
        """The value for `query_string`, as Kibana escapes it: all but `*` and whitespace."""
        return "".join(
            "*" if part is None else _RESERVED.sub(r"\\\g<0>", part) for part in self.parts
        )


def character(found: re.Match[str]) -> str | None:
    """Return the meaning of a match of CHARACTER; None for `*`."""
    if found["star"]:
        return None
    if found["white"]:
        return _WHITE.get(found["white"], found["white"])
    return found["sign"] or found["word"] or found["plain"]


_QUOTED_ESCAPE: Final = re.compile(r'\\(?:(?P<white>[trn])|(?P<sign>[\\"]))')


def unquote(text: str) -> str:
    """Remove the escapes of a quoted value."""

    def one(found: re.Match[str]) -> str:
        if found["white"]:
            return _WHITE[found["white"]]
        return found["sign"]

    return _QUOTED_ESCAPE.sub(one, text)


def as_date(value: Value) -> str:
    """Format a date so that a bare number is milliseconds since 1970.

    Kibana sends it as a number, `2020` too.
    """
    if value.quoted or not _NUMBER.fullmatch(value.text):
        return value.text
    try:
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=int(float(value.text)))
    except OverflowError:  # beyond the calendar: rejected like any other invalid date
        return value.text
    return format_time(moment)


def as_number(text: str) -> str:
    """Format a number as JavaScript does, since Kibana sends it as one: `3.50` is `3.5`."""
    if not _NUMBER.fullmatch(text) or "." not in text:
        return text
    try:
        return repr(float(text)).removesuffix(".0")
    except ValueError:
        return text
