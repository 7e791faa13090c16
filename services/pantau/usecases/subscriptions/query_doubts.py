"""Doubts about a query that is to be saved: it would catch everything, nothing, or cannot match."""

from collections.abc import Iterable, Iterator
from typing import Final

from pantau.problems import Problem, problem, suggesting
from pantau.query.diagnosis.diagnosis import Diagnosis
from pantau.query.diagnosis.engine import DOUBTFUL
from pantau_schemas.fields import FIELDS

_CODES: Final = {
    "matches_everything": "subscriptions.doubt-everything",
    "matches_nothing": "subscriptions.doubt-nothing",
    "unknown_field": "subscriptions.doubt-field",
    "foreign_field": "subscriptions.doubt-other-field",
    "unknown_value": "subscriptions.doubt-value",
    "feed_title": "subscriptions.doubt-feed",
    "value_form": "subscriptions.doubt-form",
}
"""The question about each doubtful kind; a test compares it with `DOUBTFUL`."""


def query_doubts(found: Iterable[Diagnosis]) -> Iterator[Problem]:
    """Yield what has to be confirmed before a query with these diagnoses is saved."""
    for one in found:
        if one.code in DOUBTFUL:
            params = {name: str(value) for name, value in one.params.items()}
            doubt = Problem(_CODES[one.code], {**params, "sure": problem("cli.sure")})
            yield suggesting(doubt, _nearest_field(one))


def _nearest_field(found: Diagnosis) -> str | None:
    """Return the field that the repair of an unknown one names."""
    if found.code != "unknown_field":
        return None
    return next((edit.replacement for edit in found.edits if edit.replacement in FIELDS), None)
