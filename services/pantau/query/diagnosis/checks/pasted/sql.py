"""Comparisons as SQL and its relatives write them: `title LIKE '%banjir%'`, `lang IN ('id')`."""

import re
from collections.abc import Iterator
from typing import Final

from pantau.query.diagnosis.checks.names import known_name
from pantau.query.diagnosis.diagnosis import Edit, Finding
from pantau.query.diagnosis.masked import masked
from pantau.query.diagnosis.writing import any_of, word_or_phrase
from pantau_schemas.fields import FIELDS, FieldKind

_START: Final = r"(?<![^\s()])(?P<name>[A-Za-z_]+)\s*"
_EQUAL: Final = re.compile(rf"{_START}(?P<sign>=|!=|<>)\s*'(?P<value>[^'\"\n]+)'")
_LIKE: Final = re.compile(
    rf"{_START}\s(?P<sign>(?:NOT\s+)?I?LIKE)\s+'(?P<value>%?[\w-]+%?)'", re.IGNORECASE
)
_IN: Final = re.compile(
    rf"{_START}\s(?P<sign>(?:NOT\s+)?IN)\s*"
    r"\((?P<value>\s*'[^'\"\n()]+'(?:\s*,\s*'[^'\"\n()]+')*\s*)\)",
    re.IGNORECASE,
)


def comparisons(text: str, language: str) -> Iterator[Finding]:
    """Find comparisons of our fields with values in single quotes."""
    hidden = masked(text, regex=language != "kql")
    for pattern in (_EQUAL, _LIKE, _IN):
        for found in pattern.finditer(hidden):
            name = known_name(found["name"])
            if name is None or FIELDS[name].kind is FieldKind.DATE:
                continue
            meant = _meant(found, name, language)
            params = {"written": found[0], "meant": meant}
            edits = (Edit(found.start(), found.end(), meant),)
            yield Finding("sql_comparison", found.start(), found.end(), params, edits)


def _meant(found: re.Match[str], name: str, language: str) -> str:
    sign = " ".join(found["sign"].upper().split())
    field = f"{name}: " if language == "kql" else f"{name}:"
    no = "not " if language == "kql" else "NOT "
    if sign.endswith("LIKE"):
        value = found["value"].replace("%", "*")
    elif sign.endswith("IN"):
        values = re.findall("'([^']+)'", found["value"])
        value = f"({any_of(map(word_or_phrase, values), language)})"
    else:
        value = word_or_phrase(found["value"])
    return f"{no if sign.startswith(('NOT', '!', '<')) else ''}{field}{value}"
