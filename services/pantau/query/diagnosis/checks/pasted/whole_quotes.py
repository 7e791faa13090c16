"""Quotes around a whole query, within which its operators are ordinary words."""

import re
from collections.abc import Iterator
from typing import Final

from pantau.query.diagnosis.diagnosis import Edit, Finding
from pantau.query.diagnosis.levels import is_keyword
from pantau.query.diagnosis.masked import masked
from pantau.query.diagnosis.writing import word_or_phrase

_QUOTED: Final = re.compile('"(?P<inner>\x1a+)"(?![~^\\w])')
_OPERATOR: Final = re.compile(r"(?<=\S)\s+(?P<word>AND NOT|AND|OR)\s+(?!NOT\s)(?=\S)")
_NAME_BEFORE: Final = re.compile(r"(?:(?P<name>\w+)\s*:\s*|=|/\d+ )\Z")
_NEARBY: Final = 40
_PLAIN: Final = re.compile(r"[\w\s'.-]+")


def whole_quotes(text: str, language: str) -> Iterator[Finding]:
    """Find `"banjir AND Demak"`: a phrase of which nobody writes one.

    What is all in capitals may be a headline.
    """
    hidden = masked(text, regex=language != "kql")
    for found in _QUOTED.finditer(hidden):
        inner = text[found.start("inner") : found.end("inner")]
        named = _NAME_BEFORE.search(hidden, max(0, found.start() - _NEARBY), found.start())
        if _OPERATOR.search(inner) is None or _PLAIN.fullmatch(inner) is None:
            continue
        if inner.isupper() or (
            named is not None and (named["name"] is None or is_keyword(named["name"]))
        ):
            continue
        parts = _OPERATOR.split(inner.strip())
        meant = "".join(
            _joined(part, language) if place % 2 else _operand(part)
            for place, part in enumerate(parts)
        )
        word = parts[1]
        edits = (Edit(found.start(), found.end(), f"({meant})"),)
        params = {"written": text[found.start() : found.end()], "operator": word}
        yield Finding("quoted_operator", found.start(), found.end(), params, edits)


def _joined(word: str, language: str) -> str:
    return f" {word.lower() if language == 'kql' else word} "


def _operand(part: str) -> str:
    return word_or_phrase(" ".join(part.split()))
