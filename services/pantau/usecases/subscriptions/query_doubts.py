"""Doubts about a query that is to be saved: it would catch everything, nothing, or cannot match."""

from collections.abc import Iterable, Iterator
from typing import Final

from pantau.problems import Problem, problem
from pantau.query.diagnosis.diagnosis import Diagnosis
from pantau.query.diagnosis.engine import DOUBTFUL

_CODES: Final = {
    "matches_everything": "subscriptions.doubt-everything",
    "matches_nothing": "subscriptions.doubt-nothing",
    "unknown_field": "subscriptions.doubt-field",
    "foreign_field": "subscriptions.doubt-other-field",
    "unknown_value": "subscriptions.doubt-value",
    "value_form": "subscriptions.doubt-form",
}
"""The question about each doubtful kind; a test compares it with `DOUBTFUL`."""


def query_doubts(found: Iterable[Diagnosis]) -> Iterator[Problem]:
    """Yield what has to be confirmed before a query with these diagnoses is saved."""
    for one in found:
        if one.code in DOUBTFUL:
            params = {name: str(value) for name, value in one.params.items()}
            yield Problem(_CODES[one.code], {**params, "sure": problem("cli.sure")})
