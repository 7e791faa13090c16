"""Dates and ranges of dates as they were read, and how query languages write them."""

import re
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """The text behind the name of a date field, and its end."""

    low: str | None
    high: str | None
    end: int
    ranged: bool
    include_low: bool = True
    include_high: bool = True
    as_queries: bool = False
    """True if queries read it as it is."""


def in_order(written: WrittenDate) -> WrittenDate:
    """Return a range from its earlier end to the later one."""
    low, high = written.low or "", written.high or ""
    if not (low[:4].isdigit() and high[:4].isdigit() and low[:10] > high[:10]):
        return written
    return replace(
        written,
        low=written.high,
        high=written.low,
        ranged=True,
        include_low=written.include_high,
        include_high=written.include_low,
    )


def write(field: str, written: WrittenDate, language: str) -> str:
    """Return a clause of the query language for what was read."""
    return _as_kql(field, written) if language == "kql" else _as_lucene(field, written)


def _as_lucene(field: str, written: WrittenDate) -> str:
    low, high = written.low, written.high
    if not written.ranged and low == high and low is not None and not re.search(r"[:/]", low):
        return f"{field}:{low}"
    opening = "[" if written.include_low else "{"
    closing = "]" if written.include_high else "}"
    return f"{field}:{opening}{low or '*'} TO {high or '*'}{closing}"


def _as_kql(field: str, written: WrittenDate) -> str:
    low, high = written.low, written.high
    if not written.ranged and low == high and low is not None and not re.search(r"[:/]", low):
        return f'{field}: "{low}"' if low.isdigit() else f"{field}: {low}"
    parts = []
    if low is not None:
        parts.append(f'{field} >{"=" if written.include_low else ""} "{low}"')
    if high is not None:
        parts.append(f'{field} <{"=" if written.include_high else ""} "{high}"')
    joined = " and ".join(parts) or f"{field}: *"
    return f"({joined})" if len(parts) > 1 else joined
