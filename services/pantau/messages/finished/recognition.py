"""Finished English sentences to Indonesian ones."""

import importlib
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Final, cast

from pantau.messages.finished.templates import Template, filled, parse

AREAS: Final = (
    "feeds", "logs", "query", "records", "servers", "sources", "storage", "system", "templates",
    "toml",
)  # fmt: skip
"""Modules of `indonesian`."""
PARAMETERS: Final = frozenset(
    {
        "detail", "error", "expected", "fault", "faults", "forms", "kind", "kinds", "phrase",
        "place", "problem", "reason", "text", "what",
    }
)  # fmt: skip
"""Parameters of the catalogue that may hold a finished sentence; others hold names and values."""
LONGEST: Final = 4_000
"""Maximum length of a sentence that is looked up, in characters."""
_DEEPEST: Final = 4
"""Sentences within sentences that are looked up."""
_MOST_PARTS: Final = 20
"""Parts of a text that are looked up one by one; what follows them is one part."""
_SPAN: Final = re.compile(r"([0-9]+) (minutes|hours|days)")
_UNITS: Final = {"minutes": "menit", "hours": "jam", "days": "hari"}


def indonesian(text: str, depth: int = _DEEPEST) -> str:
    """Return a finished sentence in Indonesian; unchanged if no template makes it."""
    if not depth or not text or len(text) > LONGEST:
        return text
    made = _made(text, depth)
    return _joined(text, depth) if made is None else made


def _made(text: str, depth: int) -> str | None:
    """Return a text that is one sentence or span of time; None for what no template makes."""
    exact = _exact().get(text)
    if exact is not None:
        return exact
    span = _SPAN.fullmatch(text)
    if span is not None:
        return f"{span[1]} {_UNITS[span[2]]}"
    for template, meaning in _templates():
        values = template.values(text)
        if values is not None:
            inner = {name: indonesian(value, depth - 1) for name, value in values.items()}
            return filled(meaning, inner)
    return None


def _joined(text: str, depth: int) -> str:
    """Return a text whose parts are sentences: `one; other`, `subject: reason`, `text (detail)`."""
    parts = text.split("; ", _MOST_PARTS)
    if len(parts) > 1:
        return "; ".join(_sentences(parts, depth - 1))
    subject, colon, reason = text.partition(": ")
    if colon:
        return f"{indonesian(subject, depth - 1)}: {indonesian(reason, depth - 1)}"
    head, bracket, detail = text.removesuffix(")").partition(" (")
    if bracket and text.endswith(")"):
        return f"{indonesian(head, depth - 1)} ({indonesian(detail, depth - 1)})"
    return text


def _sentences(parts: Sequence[str], depth: int) -> Iterator[str]:
    """Yield the sentences of parts; some sentences have a semicolon, so they are two parts."""
    at = 0
    while at < len(parts):
        both = _made("; ".join(parts[at : at + 2]), depth) if depth else None
        yield indonesian(parts[at], depth) if both is None else both
        at += 1 if both is None else 2


def catalogue() -> Mapping[str, str]:
    """Return all translations by their English templates."""
    return {english: text for area in AREAS for english, text in _texts(area).items()}


@cache
def _texts(area: str) -> Mapping[str, str]:
    module = importlib.import_module(f"pantau.messages.finished.indonesian.{area}")
    return cast("Mapping[str, str]", module.TEXTS)


@cache
def _exact() -> Mapping[str, str]:
    """Return the sentences without fields, and what the system says of its errors."""
    from pantau.messages.finished.indonesian.system import ERRORS  # noqa: PLC0415 (with the others)

    found = {english: text for english, text in catalogue().items() if "{" not in english}
    for number, text in ERRORS.items():
        # Adapters quote what the system says as it is, or with a small letter within a sentence.
        said = os.strerror(number)
        found |= {said: text, said.lower(): text}
    return found


@cache
def _templates() -> tuple[tuple[Template, str], ...]:
    """Return the templates, the most specific first: its fields have the least to swallow."""
    parsed = [(parse(english), text) for english, text in catalogue().items() if "{" in english]
    return tuple(sorted(parsed, key=lambda row: -row[0].size))
