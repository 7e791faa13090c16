"""Dates without the name of a field: `banjir sejak 1 Januari 2026`, `banjir 3 hari terakhir`."""

import re
from collections.abc import Iterator
from typing import Final

from pantau.query.diagnosis.checks import date_values
from pantau.query.diagnosis.checks.date_words import DATE, read
from pantau.query.diagnosis.diagnosis import Edit, Finding
from pantau.query.diagnosis.masked import masked

_WORD: Final = re.compile(
    r"(?<![^\s(])(?P<word>sejak|since|setelah|after|sebelum|before|hingga|until|between|antara)\s+"
    r"(?=\d|[A-Za-z]{3,9}\.?\s\d)",
    re.IGNORECASE,
)
_LAST: Final = re.compile(
    r"(?<![^\s(])(?:\d{1,3}\s(?:jam|hari|minggu|pekan|bulan|tahun)\sterakhir"
    r"|(?:last|past)\s\d{1,3}\s(?:hours|days|weeks|months|years))(?![^\s)])",
    re.IGNORECASE,
)
_NAME_BEFORE: Final = re.compile(r"[:<>=]\s*\Z")
_NEARBY: Final = 10


def spoken_dates(text: str, language: str) -> Iterator[Finding]:
    """Find words for a time that are meant as one, not as words to look for."""
    hidden = masked(text, regex=language != "kql")
    if not any(map(str.isdigit, hidden)):
        return
    for found in _WORD.finditer(hidden):
        spoken = date_values.spoken(text, found.end(), found["word"], language)
        if spoken is not None and not _is_value(hidden, found.start()):
            yield _found(text, found.start(), spoken[1], spoken[0])
    for found in _LAST.finditer(hidden):
        date = DATE.match(text, found.start())
        stretch = read(date) if date is not None and date.end() == found.end() else None
        if stretch is not None and not _is_value(hidden, found.start()):
            meant = f"published:[{stretch.low} TO {stretch.high}]"
            if language == "kql":
                meant = f"published >= {stretch.low}"
            yield _found(text, found.start(), found.end(), meant)


def _is_value(hidden: str, start: int) -> bool:
    """Return whether the name of a field stands before: then it is that field's date."""
    return _NAME_BEFORE.search(hidden, max(0, start - _NEARBY), start) is not None


def _found(text: str, start: int, end: int, meant: str) -> Finding:
    params = {"written": text[start:end], "meant": meant}
    return Finding("written_date", start, end, params, (Edit(start, end, meant),))
