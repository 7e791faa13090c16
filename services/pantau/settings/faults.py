"""Faults of settings, as problems."""

import difflib
from typing import Final

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from pantau.problems import Problem, problem
from pantau.settings.model import Settings

_EXPECTED: Final = {
    "tuple_type": "settings.expected-list",
    "dict_type": "settings.expected-table",
    "model_type": "settings.expected-section",
    "string_type": "settings.expected-text",
    "bool_parsing": "settings.expected-bool",
    "bool_type": "settings.expected-bool",
    "int_parsing": "settings.expected-whole",
    "int_type": "settings.expected-whole",
    "int_from_float": "settings.expected-whole",
    "float_parsing": "settings.expected-number",
    "float_type": "settings.expected-number",
}
"""Expected values by pydantic's error type."""

_BOUNDS: Final = {
    "greater_than": ("settings.expected-above", "gt"),
    "greater_than_equal": ("settings.expected-least", "ge"),
    "less_than": ("settings.expected-below", "lt"),
    "less_than_equal": ("settings.expected-most", "le"),
}
"""Bounds by pydantic's error type: the code, and the name of the bound in the error's context."""


def explain_faults(error: ValidationError) -> Problem:
    """Return each invalid setting with what is expected; suggest names for unknown settings.

    Values are never shown.
    """
    faults = [
        problem("settings.fault", name=".".join(map(str, one["loc"])), fault=_fault(one))
        for one in error.errors(include_url=False, include_input=False)
    ]
    told = faults.pop()
    while faults:
        told = problem("settings.and", first=faults.pop(), rest=told)
    return told


def _fault(one: ErrorDetails) -> Problem:
    kind, context = one["type"], one.get("ctx", {})
    if kind == "extra_forbidden":
        *section, name = one["loc"]
        known = _names(tuple(section))
        near = difflib.get_close_matches(str(name), known, n=1)
        if near:
            return problem("settings.unknown-near", near=near[0])
        if section and known:  # the names outside of sections are too many to read
            return problem("settings.unknown-among", names=", ".join(known))
        return problem("settings.unknown")
    if kind == "string_pattern_mismatch":
        choices = context["pattern"].strip("^()$").replace("|", ", ")
        return problem("settings.expected-one-of", choices=choices)
    if kind == "literal_error":
        return problem("settings.expected-one-of", choices=str(context["expected"]))
    if kind in _BOUNDS:
        code, name = _BOUNDS[kind]
        return Problem(code, {"bound": str(context[name])})
    if kind in _EXPECTED:
        return Problem(_EXPECTED[kind])
    return problem("settings.other", text=one["msg"].removeprefix("Value error, "))


def _names(section: tuple[int | str, ...]) -> list[str]:
    """Return the names of the settings in a section."""
    model: type[BaseModel] = Settings
    for part in section:
        field = model.model_fields.get(str(part))
        if field is None or not isinstance(field.annotation, type):
            return []
        model = field.annotation
    return list(model.model_fields)
