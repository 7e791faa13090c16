"""Reasons why fields of an input are refused, in the same words for all programs. Pure."""

from typing import Final

from pydantic import ValidationError

UNKNOWN: Final = "unknown field"
MOST_FAULTS: Final = 20
"""Faults of an input that are listed."""


def field_faults(error: ValidationError) -> tuple[tuple[str, str], ...]:
    """Return each field at fault and the reason, in English; never the values themselves."""
    found = error.errors(include_url=False, include_context=False, include_input=False)
    return tuple(
        (
            ".".join(map(str, one["loc"]))[:200],
            UNKNOWN if one["type"] == "extra_forbidden" else one["msg"][:500],
        )
        for one in found[:MOST_FAULTS]
    )
