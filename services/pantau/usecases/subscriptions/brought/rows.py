"""Rows of other programs' files, and what is said about them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from pantau.common.text.safe_text import one_line
from pantau.errors import PantauError
from pantau.problems import Problem, problem
from pantau.query.diagnosis.recognition import understand
from pantau.query.parsing.languages import read_time_zone

AUTO: Final = "auto"
"""Language of a row whose query is to be recognised."""
_SHOWN: Final = 300
"""Longest query that a note quotes, in characters."""


@dataclass(frozen=True, slots=True)
class BroughtRow:
    """A row, and what changed on the way; without a row the note says why there is none."""

    row: Mapping[str, Any] | None = None
    notes: tuple[Problem, ...] = ()


def refused(what: str, reason: Problem) -> BroughtRow:
    """Return the note of something that becomes no subscription."""
    return BroughtRow(notes=(problem("brought.left-out", what=one_line(what, 80), reason=reason),))


def recognised(row: Mapping[str, Any]) -> BroughtRow:
    """Return a row of language `auto` with its query in the language `pantau`.

    Other rows stay as they are, and so does a query that cannot be read: it is a fault of its line
    in the language `pantau`.
    """
    query, zone = row.get("query"), row.get("time_zone")
    if row.get("language") != AUTO:
        return BroughtRow(row)
    given = {**row, "language": "pantau"}
    if not isinstance(query, str):
        return BroughtRow(given)
    try:
        known = read_time_zone(zone) if isinstance(zone, str) and zone.strip() else "UTC"
        found = understand(query, known)
    except PantauError:
        return BroughtRow(given)
    if not found.is_changed:
        return BroughtRow(given)
    note = problem("brought.read-as", origin=found.origin, query=one_line(found.query, _SHOWN))
    return BroughtRow({**given, "query": found.query}, (note,))
