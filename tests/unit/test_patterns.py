"""Regular expressions mean the same on every Python that Pantau runs on.

Before 3.11.5 the module `re` goes on at a wrong place after a possessive or atomic group that fails
behind its beginning (CPython issues 101955 and 106052); Debian 12 has 3.11.2. A group of single
characters cannot fail there, so these alone are allowed.
"""

import importlib
import pkgutil
import re
import re._constants as codes  # type: ignore[import-not-found] # (typeshed has none)
import re._parser as parser  # type: ignore[import-not-found] # (typeshed has none)
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest

import pantau
import pantau_schemas

SINGLE = {codes.LITERAL, codes.NOT_LITERAL, codes.ANY, codes.IN, codes.CATEGORY, codes.RANGE}
REPEATS = {codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT}
LOOKAHEAD = 1


def is_safe(body: Any) -> bool:
    """Return whether a possessive group fails nowhere but where it began, or at one character.

    A repeat of characters or a look ahead may only come first: there it leaves the place as it is.
    """
    for number, (operation, value) in enumerate(body):
        if operation is codes.BRANCH:
            if number or not all(map(is_safe, value[1])):
                return False
        elif operation in REPEATS:
            if number or not all(one in SINGLE for one, _ in value[2]):
                return False
        elif operation in {codes.ASSERT, codes.ASSERT_NOT}:
            if number or value[0] != LOOKAHEAD:
                return False
        elif operation not in SINGLE:
            return False
    return True


def unsafe_groups(body: Any) -> Iterator[Any]:
    """Yield the possessive and atomic groups that old versions of `re` read wrongly."""
    for operation, value in body:
        inner = value[-1] if isinstance(value, tuple) else value
        if operation is codes.POSSESSIVE_REPEAT and len(value[2]) == 1 and value[2][0][0] in SINGLE:
            continue
        if operation in {codes.POSSESSIVE_REPEAT, codes.ATOMIC_GROUP} and not is_safe(inner):
            yield inner
        if operation is codes.BRANCH:
            for branch in value[1]:
                yield from unsafe_groups(branch)
        elif isinstance(inner, parser.SubPattern):
            yield from unsafe_groups(inner)


def is_read_alike(pattern: str | bytes, flags: int = 0) -> bool:
    return not list(unsafe_groups(parser.parse(pattern, flags)))


@pytest.mark.parametrize(
    "pattern",
    [
        r"(\w++(?:(?=-)-\w++)*+)",
        r'(?:[^"]++|"[^"]*+")*+x',
        r"(?:a|(?<=b)c)*+",
        r"(?>ab+)",
        r"(?:a(?:bc|d))++",
    ],
)
def test_what_was_read_wrongly_is_found(pattern: str) -> None:
    assert not is_read_alike(pattern)


@pytest.mark.parametrize(
    "pattern", [r'"(?:[^"\\]++|\\.)*+"?', r"\s*+x", r"(?:(?!ab)[a-z])*+", r"(?:a\w++)*", "plain"]
)
def test_what_is_read_alike_is_allowed(pattern: str) -> None:
    assert is_read_alike(pattern)


def modules(package: ModuleType) -> Iterator[ModuleType]:
    for one in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        if not one.name.endswith("__main__"):
            yield importlib.import_module(one.name)


def test_every_pattern_is_read_alike() -> None:
    found = {
        (value.pattern, value.flags): f"{module.__name__}.{name}"
        for package in (pantau, pantau_schemas)
        for module in modules(package)
        for name, value in vars(module).items()
        if isinstance(value, re.Pattern)
    }
    assert len(found) > 500
    assert [where for one, where in found.items() if not is_read_alike(*one)] == []
