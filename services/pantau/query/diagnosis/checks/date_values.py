"""Dates in queries that are written as people write them, and their repair."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from pantau.query.diagnosis.checks import date_words
from pantau.query.diagnosis.checks.date_words import DATE, Stretch
from pantau.query.diagnosis.checks.date_writing import WrittenDate, in_order, write
from pantau.query.diagnosis.checks.names import known_name
from pantau.query.diagnosis.diagnosis import Edit, Finding
from pantau.query.diagnosis.masked import masked
from pantau.query.diagnosis.writing import any_of
from pantau.query.meaning.date_math import is_date_text
from pantau_schemas.fields import FIELDS, FieldKind

_SINCE: Final = frozenset(
    [
        "after",
        "aft",
        "since",
        "from",
        "newer",
        "geq",
        "sejak",
        "setelah",
        "sesudah",
        "mulai",
        "dari",
    ]
)
_BEFORE: Final = frozenset(["before", "bef", "older", "sebelum", "lss"])
_UNTIL: Final = frozenset(["until", "till", "upto", "hingga", "sampai", "leq"])
_BETWEEN: Final = frozenset(["between", "antara"])
_ON: Final = frozenset(["is", "on", "pada"])
_WORDS: Final = "|".join(sorted(_SINCE | _BEFORE | _UNTIL | _BETWEEN | _ON))
_NAME: Final = re.compile(
    r"(?<![^\s()\"])[+\-!]*(?P<name>[A-Za-z_@][\w@-]*)"
    rf"(?P<colon>\s*:\s*|\s*(?==?[<>]|=)|(?<=date|shed|ggal|.tgl|..pd)(?:\s+(?:is\s+)?|\s?\()(?=(?i:{_WORDS})\s))"
    rf"(?P<sign>=[<>=]|[<>]?=?)\s*(?:(?P<word>(?i:{_WORDS}))\s+)?",
    re.IGNORECASE,
)
"""The name of a field before a date. A word such as `after` may stand in place of the colon."""
_SEPARATOR: Final = re.compile(
    r"\s*(?:\.{2,3}|…|,|;|–|—|--|s/d|s\.d\.?)\s*|(?<=-\d\d):(?=\d{4}-)"
    r"|(?<=-\d\d)-(?=\d{4}-)|(?<=[^\d-]\d{4})-(?=(?:19|20)\d\d(?![\d-]))"
    r"|(?<=/\d{4})-(?=\d{1,2}/)|(?<=-\d\d)[/~](?=\d{4}-)|(?<=\d{8})-(?=\d{8}(?!\d))"
    r"|\s+(?:-|TO|until|till|hingga|sampai|sd|and|dan)\s+",
    re.IGNORECASE,
)
_WORD_IN_QUOTES: Final = re.compile(rf'"(?P<word>(?i:{_WORDS}))\s+')
_SWAPPED: Final = {"=>": ">=", "=<": "<=", "==": "="}
_OPEN: Final = re.compile(r"\s*\*(?=[\s\]}]|$)")
_OPEN_START: Final = re.compile(r"\*?\s*(?:\.{2,3}|…)\s*(?=[\d\"])")
_OPEN_END: Final = re.compile(r"\s*(?:\.{2,3}|…)\s*\*?(?=[\s)]|$)")
_NO_END: Final = re.compile(r"\s+TO\s*(?=[\]}])", re.IGNORECASE)
_ONLY_BLANK: Final = re.compile(r"\s+(?=[\d\"*])")
_BLANKS: Final = re.compile(r"\s*")
_VALUE_END: Final = re.compile(r"(?=[\s)\"']|$)")


def dates(text: str, language: str) -> Iterator[Finding]:
    """Find dates, and ranges of dates, that the language does not read."""
    hidden = masked(text, regex=False)
    for found in _NAME.finditer(hidden):
        field, sign = _field(found["name"], found["sign"])
        word = found["word"] if not sign else None
        spaced = not found["colon"].strip() and language != "kql"
        if field is None or (spaced and word is None and found["sign"] not in {"=", "=="}):
            continue
        read = _meant(text, found, (field, sign, word), language)
        if read is not None and "(" in found["colon"]:
            read = _called(text, read, field, language)
        if read is not None:
            start, (meant, end) = found.start("name"), read
            params = {"written": text[start:end], "meant": meant}
            yield Finding("written_date", start, end, params, (Edit(start, end, meant),))


def _meant(
    text: str, found: re.Match[str], named: tuple[str, str, str | None], language: str
) -> tuple[str, int] | None:
    """Return what a date means and its end; None for no date, or one that queries read as it is."""
    field, sign, word = named
    equals, sign = sign == "=", "" if sign == "=" else sign
    several = None if sign or word else _alternatives(text, found.end(), field, language)
    if several is not None:
        return several
    if word is None:
        start = found.start("word") if found["word"] else found.end()
        written = _read(text, start, sign, language)
    else:
        written = _after_word(text, found.end(), word, language)
    if written is None:
        return None
    if not written.as_queries:
        written = in_order(written)
    swapped = found["sign"] in _SWAPPED
    apart = bool(sign) and language != "kql" and text[found.end() - 1].isspace()
    apart = apart or word is not None or equals
    # The parser reads it as it stands, so there is nothing to repair.
    if written.as_queries and field == found["name"] and not swapped and not apart:
        return None
    return write(field, written, language), written.end


def spoken(text: str, start: int, word: str, language: str) -> tuple[str, int] | None:
    """Return what a date behind a word such as `since` means, and its end; None for no full date.

    A year alone is none: it may well be a word to look for.
    """
    written = _after_word(text, start, word, language)
    if written is None or text[start : written.end].strip().isdigit():
        return None
    if not any((end or "")[:4].isdigit() for end in (written.low, written.high)):
        return None
    return write("published", written, language), written.end


_AND: Final = re.compile(rf"\s+and\s+(?P<word>(?i:{_WORDS}))\s+", re.IGNORECASE)
_CLOSED: Final = re.compile(r"\s?\)")


def _called(text: str, read: tuple[str, int], field: str, language: str) -> tuple[str, int] | None:
    """Return what `date(geq 1/9/2026 and leq 30/9/2026)` means, of which the first is read."""
    meant, end = read
    found = _AND.match(text, end)
    second = _after_word(text, found.end(), found["word"], language) if found else None
    if second is not None:
        sign = " and " if language == "kql" else " AND "
        meant, end = f"({meant}{sign}{write(field, second, language)})", second.end
    closed = _CLOSED.match(text, end)
    return (meant, closed.end()) if closed else None


_OR: Final = re.compile(r"\s*(?:,|;|\|+|\b(?:or|atau)\b)\s*", re.IGNORECASE)


def _alternatives(text: str, start: int, field: str, language: str) -> tuple[str, int] | None:
    """Return what `(2026-Q3 OR 2027-Q1)` means, and its end; None if queries read it as it is."""
    if not text.startswith("(", start):
        return None
    found: list[Stretch] = []
    place, plain = start + 1, True
    while (one := _one(text, place)) is not None:
        stretch, end = one
        found.append(stretch)
        plain = plain and stretch.low == stretch.high and _is_query_date(text[place:end], language)
        # What follows the last value must close the bracket; that is looked at below.
        between = _OR.match(text, end)
        if between is None:
            place = end
            break
        place = between.end()
        plain = plain and between[0].strip().upper() == "OR"
    if len(found) < 2 or plain or not text.startswith(")", place):
        return None
    written = (WrittenDate(one.low, one.high, 0, ranged=one.low != one.high) for one in found)
    joined = any_of((write(field, one, language) for one in written), language)
    return f"({joined})", place + 1


def _field(name: str, sign: str) -> tuple[str | None, str]:
    """Return the date field that a name stands for, and the comparison that it implies."""
    lower, sign = name.lower(), _SWAPPED.get(sign, sign)
    if not sign:
        if lower in _SINCE:
            return "published", ">="
        if lower in _BEFORE:
            return "published", "<"
        if lower in _UNTIL:
            return "published", "<="
        if lower == "when":
            return "published", ""
    known = name if name in FIELDS else known_name(name)
    is_date = known is not None and FIELDS[known].kind is FieldKind.DATE
    return (known if is_date else None), sign


def _after_word(text: str, start: int, word: str, language: str) -> WrittenDate | None:
    """Read the date behind a word such as `since`, or a range as in `from ... to ...`."""
    if word.lower() in _BETWEEN:
        return _between(text, start)
    plain = _read(text, start, "", language)
    if plain is not None and plain.ranged and plain.low and plain.high and word.lower() in _SINCE:
        return plain
    return _read(text, start, _field(word, "")[1], language)


def _between(text: str, start: int) -> WrittenDate | None:
    """Read `1 September 2026 and 3 September 2026`."""
    first = _one(text, start)
    between = _SEPARATOR.match(text, first[1]) if first else None
    second = _one(text, between.end()) if between else None
    if first is None or second is None:
        return None
    return WrittenDate(first[0].low, second[0].high, second[1], ranged=True)


def _read(text: str, start: int, sign: str, language: str) -> WrittenDate | None:
    opening = text[start : start + 1]
    if opening and opening in "[{" and not sign:
        return _bracketed(text, start, language)
    if opening == "(" and not sign:
        return _enclosed(text, start, ")")
    within = _in_quotes(text, start, language) if opening == '"' and not sign else None
    if within is not None:
        return within
    opened = _open_range(text, start) if not sign else None
    if opened is not None:
        return opened
    first = _one(text, start)
    if first is None:
        return None
    stretch, end = first
    # After a sign such as > there is one date; without it, two may be a range: 12-14 March.
    between = _SEPARATOR.match(text, end) if not sign else None
    second = _one(text, between.end()) if between else None
    if between and second and _is_range_separator(between[0]):
        return WrittenDate(stretch.low, second[0].high, second[1], ranged=True)
    if not _VALUE_END.match(text, end):
        return None
    return _single(text[start:end], stretch, end, sign, language)


def _in_quotes(text: str, start: int, language: str) -> WrittenDate | None:
    """Read a range in quotes, also one behind a word: `"since 1 September 2026"`."""
    inside = _WORD_IN_QUOTES.match(text, start)
    if inside is not None:
        after = _after_word(text, inside.end(), inside["word"], language)
        if after is not None and text.startswith('"', after.end):
            return replace(after, end=after.end + 1, as_queries=False)
        return None
    within = _enclosed(text, start, '"')
    return within if within is not None and within.ranged else None


def _open_range(text: str, start: int) -> WrittenDate | None:
    """Read a date with dots before or behind it, which are an open end."""
    opened = _OPEN_START.match(text, start)
    first = _one(text, opened.end() if opened else start)
    if first is None:
        return None
    stretch, end = first
    if opened is not None:
        closed = _VALUE_END.match(text, end)
        return WrittenDate(None, stretch.high, end, ranged=True) if closed else None
    behind = _OPEN_END.match(text, end)
    return WrittenDate(stretch.low, None, behind.end(), ranged=True) if behind else None


def _enclosed(text: str, start: int, closing: str) -> WrittenDate | None:
    """Read a date of several words, or a range, in parentheses or quotes."""
    first = _one(text, start + 1)
    if first is None:
        return None
    stretch, end = first
    between = _SEPARATOR.match(text, end)
    second = _one(text, between.end()) if between and _is_range_separator(between[0]) else None
    high, end = (stretch.high, end) if second is None else (second[0].high, second[1])
    if not text.startswith(closing, end):
        return None
    written = text[start + 1 : end]
    good = second is None and stretch.low == stretch.high and is_date_text(written)
    return WrittenDate(stretch.low, high, end + 1, ranged=stretch.low != high, as_queries=good)


def _is_range_separator(written: str) -> bool:
    """Return whether two dates are a range without brackets; `and` and a comma join clauses."""
    return written.strip().lower() not in {"and", "dan", ",", ";"}


def _single(written: str, stretch: Stretch, end: int, sign: str, language: str) -> WrittenDate:
    good = _is_query_date(written, language)
    good = good and not (sign and language != "kql" and written.startswith('"'))
    if sign and stretch.high == "now" and stretch.low.startswith("now-"):
        stretch = Stretch(stretch.low, stretch.low)  # `>-7d`: a point in time, not a stretch
    whole = stretch.low == stretch.high  # of a month queries take the first day alone
    match sign:
        case ">" | ">=":
            low = stretch.low if "=" in sign else stretch.high
            good = good and (whole or "=" in sign)
            return WrittenDate(
                low, None, end, ranged=True, include_low="=" in sign, as_queries=good
            )
        case "<" | "<=":
            high = stretch.high if "=" in sign else stretch.low
            good = good and (whole or "=" not in sign)
            return WrittenDate(
                None, high, end, ranged=True, include_high="=" in sign, as_queries=good
            )
        case _:
            good = good and whole and not sign
            return WrittenDate(stretch.low, stretch.high, end, ranged=not whole, as_queries=good)


def _is_query_date(written: str, language: str) -> bool:
    """Return whether the language reads a date, unquoted or in quotes, as its writer means it."""
    if written.startswith('"'):
        return is_date_text(written[1:-1])
    if language != "kql" and re.search(r"[/:]", written):
        return False  # signs of the language, which cut the date
    if re.fullmatch(r"\d{5,}", written) or (language == "kql" and written.isdigit()):
        return False  # milliseconds since 1970 to a query, and a year to people
    return is_date_text(written)


def _bracketed(text: str, start: int, language: str) -> WrittenDate | None:
    low = _end_of_range(text, start + 1)
    if low is None:
        return None
    no_end = _NO_END.match(text, low[1])
    between = no_end or _SEPARATOR.match(text, low[1]) or _ONLY_BLANK.match(text, low[1])
    high = _end_of_range(text, between.end()) if between else None
    if no_end is not None:
        high = None, no_end.end()
    if between is None or high is None:
        return None
    closing = re.compile(r"\s*[\]})]").match(text, high[1])
    if closing is None:
        return None
    include_low, include_high = text[start] == "[", closing[0][-1] in "])"
    plain = language != "kql" and between[0].strip() == "TO" and closing[0][-1] in "]}"
    plain = plain and no_end is None
    # Written as the query language writes ranges: then there is nothing to repair.
    good = (
        plain
        and _is_good_end(text, start + 1, low, whole=not include_low)
        and _is_good_end(text, between.end(), high, whole=include_high)
    )
    return WrittenDate(
        None if low[0] is None else low[0].low if include_low else low[0].high,
        None if high[0] is None else high[0].high if include_high else high[0].low,
        closing.end(),
        ranged=True,
        include_low=include_low,
        include_high=include_high,
        as_queries=good,
    )


def _is_good_end(text: str, start: int, read: tuple[Stretch | None, int], *, whole: bool) -> bool:
    """Return whether queries read an end as people do; `whole` if its last moment counts."""
    stretch, end = read
    if stretch is None:
        return True
    written = text[start:end].strip().strip('"')
    good = is_date_text(written) and not re.fullmatch(r"\d{5,}", written)
    return good and (not whole or stretch.low == stretch.high)


def _end_of_range(text: str, start: int) -> tuple[Stretch | None, int] | None:
    """Read an end of a range; None in place of the stretch is an open end."""
    opened = _OPEN.match(text, start)
    if opened is not None:
        return None, opened.end()
    blanks = _BLANKS.match(text, start)
    return _one(text, blanks.end() if blanks else start)


def _one(text: str, start: int) -> tuple[Stretch, int] | None:
    """Read one date, which may stand in quotes, and where it ends."""
    quote = text[start : start + 1] if text.startswith(('"', "'"), start) else ""
    blanks = _BLANKS.match(text, start + len(quote)) if quote else None
    found = DATE.match(text, blanks.end() if blanks else start)
    if found is None:
        return None
    stretch = date_words.read(found)
    end = found.end()
    if quote:
        closing = _BLANKS.match(text, end)
        end = closing.end() if closing else end
        if not text.startswith(quote, end):
            return None
        end += 1
    return None if stretch is None else (stretch, end)
