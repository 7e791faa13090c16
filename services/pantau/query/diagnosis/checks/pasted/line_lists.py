"""Lists of names and phrases: one a line, or with semicolons, commas or tabs between them."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from pantau.query.diagnosis.diagnosis import Edit, Finding
from pantau.query.diagnosis.writing import any_of, word_or_phrase

COMMAS: Final = ",;\u060c\u061b\uff0c\uff1b\u3001\ufe50\ufe51\uff64"
"""Commas and semicolons, also the Arabic ones and those of East Asia."""
_SEPARATORS: Final = ("[;\u061b\uff1b]", f"[{COMMAS}]", "\t", r"(?<=\s)[/|](?=\s)")
_COUNTED: Final = re.compile(r"(?<!\S)\(?(?P<number>\d{1,2})[.)]\s")
_LEAST: Final = 3
"""Parts of a list: two may be a sentence that was wrapped, unless each has a bullet."""
_LEAST_MARKED: Final = 2
_BULLET: Final = re.compile(
    r"\s*(?:(?:[-*\u2022\u2023\u25aa\u25cf\u25e6\u00b7\u2013\u2014]|[\u2190-\u21ff\u2300-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff]\ufe0f?|\(?(?:\d{1,3}|[a-z])[.)])\s+)?"
)
_WORD: Final = r"[^\W_](?:[\w.'\u2019&-]*\w)?"
_WORDS: Final = re.compile(rf"{_WORD}(?:[ \t]+{_WORD})*")
_QUOTED: Final = re.compile(r'"[^"\\\n]+"')
_OPERATOR: Final = re.compile(
    r"(?<!\S)(?:and|or|not|dan|atau|bukan|tidak|near|onear|adj|[wn]?\d{1,2})(?!\S)", re.IGNORECASE
)


def line_lists(text: str, language: str) -> Iterator[Finding]:
    """Find texts of three parts and more, each of which is a name or a phrase.

    Any of the parts is enough; what is side by side within one belongs together.
    """
    lines = _lines(text)
    marked = len(lines) >= _LEAST_MARKED and all(map(_marked, lines))
    if not marked and len(lines) < _LEAST:
        return
    items = [*map(_item, lines)]
    written = [one for one in items if one is not None]
    if len(written) < len(items):
        return
    meant = any_of(dict.fromkeys(written), language)
    edits = (Edit(0, len(text), meant),)
    yield Finding("line_list", 0, len(text), {"count": len(lines)}, edits)


_JOINS: Final = r"(?:AND|OR|NOT|&&|\|\||NEAR/\d+)"
_BEGINS: Final = re.compile(rf"\s*(?:{_JOINS}\s|[-+!])", re.IGNORECASE)
"""The beginning of what belongs to the line before, or is left out of it."""
_GROUP: Final = re.compile(r"\([^()]*\)")
"""A line of alternatives: one of each such line is meant."""
_ENDS: Final = re.compile(rf"\s{_JOINS}\s*\Z", re.IGNORECASE)
_HAS: Final = re.compile(rf"\S\s+{_JOINS}\s+\S")


def line_queries(text: str, language: str) -> Iterator[Finding]:
    """Find several queries, one a line: each line is whole and has an operator of its own."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if all(map(_marked, lines)):
        lines = [_BULLET.sub("", line, count=1) for line in lines]
    if len(lines) < _LEAST_MARKED or not all(map(_is_whole, lines)):
        return
    edits = (Edit(0, len(text), any_of((f"({line})" for line in lines), language)),)
    yield Finding("line_list", 0, len(text), {"count": len(lines)}, edits)


def _is_whole(line: str) -> bool:
    """Return whether a line may be a query of its own, and not a part of a longer one."""
    if line.count('"') % 2 or line.count("(") != line.count(")"):
        return False
    if _BEGINS.match(line) or _ENDS.search(line) or _GROUP.fullmatch(line):
        return False
    return _HAS.search(line) is not None


def _lines(text: str) -> list[str]:
    """Return the lines of a text; those of a single line are what semicolons or commas part."""
    parts = [line for line in text.splitlines() if line.strip()]
    for sign in _SEPARATORS:
        if len(parts) == 1:
            parts = [one for one in re.split(sign, text) if one.strip()]
    return parts if len(parts) > 1 else _counted(text)


def _counted(text: str) -> list[str]:
    """Return the parts of `1. rob 2. banjir`, each with its number; nothing if none follow on."""
    places = [0]
    for number, found in enumerate(_COUNTED.finditer(text), start=1):
        if int(found["number"]) != number or (number == 1 and text[: found.start()].strip()):
            return []
        places.append(found.start())
    return [text[start:end] for start, end in pairwise((*places[1:], len(text)))]


def _marked(line: str) -> bool:
    """Return whether a line begins with a bullet or a number."""
    start = _BULLET.match(line)
    return start is not None and bool(start[0].strip())


def _item(line: str) -> str | None:
    """Return a line as a word or a phrase; None if it has a sign or a word of a query language."""
    start = _BULLET.match(line)
    bare = line[start.end() if start else 0 :].rstrip()
    if bare[-1:] and bare[-1] in COMMAS:
        bare = bare[:-1].rstrip()
    if _QUOTED.fullmatch(bare):
        return bare
    if _WORDS.fullmatch(bare) is None or _OPERATOR.search(bare):
        return None
    return word_or_phrase(bare)
