"""Comparisons in words, as filters of Kibana and people say them: `title is "rob"`."""

import re
from collections.abc import Iterator
from typing import Final

from pantau.query.diagnosis.checks.known_values import language_code
from pantau.query.diagnosis.checks.names import known_name
from pantau.query.diagnosis.diagnosis import Edit, Finding
from pantau.query.diagnosis.masked import lower, masked
from pantau.query.diagnosis.writing import any_of, word_or_phrase
from pantau_schemas.fields import FIELDS, FieldKind

_NAMES: Final = "|".join(
    [*FIELDS, "judul", "isi", "sumber", "bahasa", "penulis", "headline", "language"]
)
_NOT_OF: Final = r"is\s+not\s+one\s+of|bukan\s+salah\s+satu(?:\s+dari)?"
_ONE_OF: Final = r"is\s+one\s+of|salah\s+satu(?:\s+dari)?"
_NOT: Final = (
    r"is\s+not|isn't|does\s+not\s+contain|doesn't\s+contain|not\s+contains"
    r"|bukan|tidak\s+(?:mengandung|memuat|berisi)"
)
_IS: Final = r"is|equals|contains|includes|adalah|mengandung|memuat|berisi"
_VALUE: Final = r'(?:"\x1a+"|(?!(?:AND|OR|NOT|and|or|not|dan|atau)(?![^\s()]))[^\s()":,;]+)'
_COMPARED: Final = re.compile(
    rf"(?<![^\s(+\-!])(?P<name>{_NAMES})(?:\s*:\s*|\s+)(?:"
    rf"(?P<missing>does\s+not\s+exist|tidak\s+ada)|(?P<exists>exists)(?=[\s)]|$)"
    rf"|(?:(?P<not_of>{_NOT_OF})|(?P<one_of>{_ONE_OF}))\s+"
    rf"(?P<values>{_VALUE}(?:\s*,\s*{_VALUE}|[ \t]+{_VALUE}){{0,50}})"
    rf"|(?:(?P<not>{_NOT})|(?P<is>{_IS}))\s+(?P<value>{_VALUE}(?:[ \t]+{_VALUE}){{0,9}}))",
    re.IGNORECASE,
)
_COLON: Final = re.compile(r"\A\w+\s*:")
_NESTED: Final = re.compile(
    r"(?<![^\s(])(?P<name>\w+)\s*:\s*\{\s*(?P<inner>\w+)\s*:\s*(?P<value>\"\x1a*\"|[^\s(){}\"]+)\s*\}"
)
_BETWEEN: Final = re.compile(
    r"(?<![^\s(])(?P<low>\"?\x1a+\"?|[\d][\w:.+-]*)\s*(?P<first><=?)\s*(?P<name>\w+)\s*"
    r"(?P<second><=?)\s*(?P<high>\"?\x1a+\"?|[\d][\w:.+-]*)(?=[\s)]|$)"
)
_TWO_BOUNDS: Final = re.compile(r":\s*\([<>]=?[^\s()<>]+(?P<gap>\s+)[<>]=?[^\s()<>]+\)")


def in_words(text: str, language: str) -> Iterator[Finding]:
    """Find `title is "rob"`, `lang is one of id, en`, `people exists`, `judul mengandung rob`."""
    hidden = masked(text, regex=language != "kql")
    for found in _COMPARED.finditer(hidden):
        name = known_name(found["name"])
        if name is None or FIELDS[name].kind is FieldKind.DATE:
            continue
        if _COLON.match(found[0]) and not (found["exists"] or found["one_of"] or found["not_of"]):
            continue  # `title:is` looks for the word
        if found["exists"] and _COLON.match(found[0]) and FIELDS[name].kind is FieldKind.TEXT:
            continue  # as `title:exists` does
        if _is_within_words(hidden, found):
            continue  # `the book title is long`
        if name == "lang" and not _are_languages(found):
            continue  # `bahasa adalah budaya` is a sentence
        meant = _meant(text, found, name, language)
        params = {"written": text[found.start() : found.end()], "meant": meant}
        yield Finding("spoken_comparison", *found.span(), params, (Edit(*found.span(), meant),))


_WORD_BEFORE: Final = re.compile(r"(?:\A|(?<=[\s(]))(?P<word>[^\W_]+)\s+\Z")
_JOINS: Final = frozenset({"and", "or", "not", "dan", "atau", "bukan", "tanpa", "where", "but"})
_LONGEST_WORD: Final = 50


def _is_within_words(hidden: str, found: re.Match[str]) -> bool:
    """Return whether a plain word stands right before a comparison without quotes, as in prose."""
    if '"' in found[0] or ":" in found[0]:
        return False
    before = _WORD_BEFORE.search(hidden[max(0, found.start() - _LONGEST_WORD) : found.start()])
    return before is not None and lower(before["word"]) not in _JOINS


def _are_languages(found: re.Match[str]) -> bool:
    """Return whether the values are languages, as far as they are not in quotes."""
    given = found["values"] or found["value"] or ""
    words = [one for one in re.split(r"[\s,]+", given) if one and not one.startswith('"')]
    return all(map(language_code, words))


def _meant(text: str, found: re.Match[str], name: str, language: str) -> str:
    no, colon = ("not ", ": ") if language == "kql" else ("NOT ", ":")
    if found["exists"] or found["missing"]:
        meant = f"{name}: *" if language == "kql" else f"_exists_:{name}"
        return f"{no}{meant}" if found["missing"] else meant
    several = found["not_of"] or found["one_of"]
    start, end = found.span("values" if several else "value")
    written = text[start:end]
    if several:
        parts = re.split(r"\s*,\s*", written) if "," in written else written.split()
        value = f"({any_of(map(_value, parts), language)})"
    else:
        value = _value(written)
    return f"{no if found['not_of'] or found['not'] else ''}{name}{colon}{value}"


def _value(written: str) -> str:
    if written.startswith('"') and written.count('"') == 2:
        return written
    bare = " ".join(written.replace('"', " ").split())
    return bare if re.fullmatch(r"[\w.*-]+", bare) else word_or_phrase(bare)


def nested(text: str, language: str) -> Iterator[Finding]:
    """Find `people: { name: "Siti" }`, KQL for nested fields, which are plain here."""
    if language != "kql":
        return
    for found in _NESTED.finditer(masked(text, regex=False)):
        name = known_name(found["name"])
        if name is None:
            continue
        value = text[found.start("value") : found.end("value")]
        params = {"written": text[found.start() : found.end()], "field": name}
        edits = (Edit(*found.span(), f"{name}: {value}"),)
        yield Finding("foreign_field", *found.span(), params, edits)


def bounds(text: str, language: str) -> Iterator[Finding]:
    """Find `2026-01-01 < published < 2026-02-01`, and two bounds with nothing between them."""
    hidden = masked(text, regex=language != "kql")
    turned = {"<": ">", "<=": ">="}
    both = " and " if language == "kql" else " AND "
    for found in _BETWEEN.finditer(hidden):
        name = known_name(found["name"])
        if name is None or FIELDS[name].kind is not FieldKind.DATE:
            continue
        low, high = (text[slice(*found.span(one))] for one in ("low", "high"))
        gap = " " if language == "kql" else ""
        colon = " " if language == "kql" else ":"
        meant = both.join(
            f"{name}{colon}{sign}{gap}{value}"
            for sign, value in ((turned[found["first"]], low), (found["second"], high))
        )
        params = {"written": text[found.start() : found.end()], "meant": f"({meant})"}
        edits = (Edit(*found.span(), f"({meant})"),)
        yield Finding("spoken_comparison", *found.span(), params, edits)
    if language == "kql":
        return
    for found in _TWO_BOUNDS.finditer(hidden):
        start, end = found.span("gap")
        written = text[found.start() : found.end()].lstrip(": ")
        meant = text[found.start() : start].lstrip(": ") + both + text[end : found.end()]
        params = {"written": written, "meant": meant}
        yield Finding(
            "spoken_comparison", found.start() + 1, found.end(), params, (Edit(start, end, both),)
        )
