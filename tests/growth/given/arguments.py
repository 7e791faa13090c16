"""Arguments made of a text, by the type of a parameter and what its name means."""

import re
import typing
from collections import abc
from collections.abc import Callable
from types import NoneType, UnionType
from typing import Any, Final

from pantau.common.channels.mailbox import Mailbox
from pantau.enricher.lexicon.words import word_flags
from pantau.enricher.ner.engine import Mention
from pantau.query import ast
from tests.growth.given.makers import (
    FIXED,
    LISTS,
    MAKERS,
    CannotMakeError,
    mentions_of,
    query_of,
    ranges_of,
)
from tests.growth.given.shapes import ORDINARY
from tests.support import START

_WORD: Final = re.compile(r"\w+")
_TYPES: Final = ("person", "organization", "place")


LEAST_LINE: Final = 20
"""Characters that each of several events is made of.

One of a character would hold more than it is made of.
"""
CONSTANTS: Final[dict[str, Any]] = {
    "lang": "id",
    "time_zone": "Asia/Jakarta",
    "feed_language": "id",
    "language": "pantau",
    "tongue": "en",
    "kind": "person",
    "file": "file",
    "name": "text",
    "where": "file, line 1",
    "stage": "enricher",
    "base_url": "https://kabar.example/",
    "base": "https://kabar.example/",
    "home": "https://kabar.example/",
    "warnings": (),
    "roots": frozenset({"rss", "feed", "opml"}),
    "delivery_id": "one",
    "sender": Mailbox("pantau", "example.org", "Pantau"),
    "to": "desk@example.org",
    "now": START,
    "at_home": (),
    "floor": 0,
    "start": 0,
    "conjunction": "and",
    "slop": 2,
    "edits": 2,
    "revision": 1,
    "width": 160,
    "most": 3,
    "limit": 1_000_000,
    "wanted": [],
}
"""Parameters that texts from outside never decide, or only among a few values."""


def make(hint: Any, name: str, text: str) -> Any:
    """Return an argument that grows with `text`. Raises CannotMakeError."""
    if name in CONSTANTS:
        return CONSTANTS[name]
    origin, parts = typing.get_origin(hint), typing.get_args(hint)
    if hint == ast.Query or hint == ast.Query | None:
        return query_of(text)
    if origin is typing.Annotated:
        return make(parts[0], name, text)
    if origin is typing.Literal:
        return parts[0]
    if origin in (typing.Union, UnionType):
        return _first_of(parts, name, text)
    if origin is not None:
        return _many(origin, parts, name, text)
    if name in _POSITIONS and hint is int:
        return _POSITIONS[name](text)
    if hint in MAKERS:
        return MAKERS[hint](text)
    raise CannotMakeError(f"{name}: {hint}")


def grows(hint: Any, name: str) -> bool:
    """Return whether the argument of a parameter depends on the text."""
    if name in CONSTANTS or hint in FIXED or name in _POSITIONS:
        return False
    origin, parts = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Literal or parts == (str, int):
        return False
    if origin in (typing.Union, UnionType) and hint not in (ast.Query, ast.Query | None):
        return any(grows(part, name) for part in parts)
    try:
        make(hint, name, ORDINARY)
    except CannotMakeError:
        return False
    return True


def is_place(hint: Any) -> bool:
    """Return whether an argument is a position in a text, so that it grows with that text alone."""
    return any(part in (Mention, tuple[int, int]) for part in (hint, *typing.get_args(hint)))


_POSITIONS: Final[dict[str, Callable[[str], int]]] = {
    "end": lambda text: len(text) // 2,
    "ceiling": len,
    "previous": lambda _: 0,
    "following": len,
    "index": lambda _: 0,
    "place": lambda _: 0,
    "position": lambda text: len(text) // 2,
    "length": len,
}


def _first_of(parts: tuple[Any, ...], name: str, text: str) -> Any:
    """Return an argument of the first of several types that one can be made for."""
    for part in parts:
        if part is not NoneType:
            try:
                return make(part, name, text)
            except CannotMakeError:
                continue
    if NoneType in parts:
        return None
    raise CannotMakeError(name)


def _many(origin: Any, parts: tuple[Any, ...], name: str, text: str) -> Any:
    if origin in (abc.Mapping, dict, abc.MutableMapping):
        return _mapping(parts, text)
    if origin in (abc.Callable, type):
        raise CannotMakeError(name)
    if origin is tuple and not (len(parts) == 2 and parts[1] is Ellipsis):
        if parts == (int, int):
            return len(text) // 3, len(text) // 2
        return tuple(make(part, name, text) for part in parts)
    if parts[0] == tuple[int, int]:
        found: list[Any] = ranges_of(text)
    elif parts[0] in LISTS:
        found = LISTS[parts[0]](text)
    elif parts[0] in (str, bytes) or parts[0] == ast.Query:
        found = [make(parts[0], "", piece) for piece in text.split() or [text]]
    else:
        lines = [line for line in text.split("\n") if len(line) >= LEAST_LINE]
        found = [make(parts[0], name, line) for line in lines or [text]]
    return tuple(found) if origin is tuple else found


def _mapping(parts: tuple[Any, ...], text: str) -> Any:
    if parts == (str, int):
        return word_flags("id")
    if parts[1] in (str, Any):
        return {f"{word}{number}": word for number, word in enumerate(text.split())}
    if parts == (str, list[tuple[int, int]]):
        return {"text": ranges_of(text)}
    if typing.get_origin(parts[1]) in (tuple, abc.Sequence) and typing.get_args(parts[1])[0] is str:
        return {f"{word}{number}": (word,) for number, word in enumerate(text.split())}
    if parts[0] is str and typing.get_origin(parts[1]) is typing.Literal:
        return {text[start:end]: kind for start, end, kind in mentions_of(text)}
    raise CannotMakeError(str(parts))
