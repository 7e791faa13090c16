"""Names of the variables `PANTAU_*`, and of those that nothing reads."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Final, get_origin

from pydantic import BaseModel

from pantau.errors import UsageError
from pantau.problems import problem
from pantau.settings.model import Settings

_OTHER_VARIABLES: Final = (
    *("LANG", "TRACEBACK", "WEBHOOK_SECRET"),
    *("BENCH_READER", "GROWTH", "MUTATIONS", "SHARED"),  # of tests and benchmarks
)
"""Variables PANTAU_* that are no settings."""


def refuse_unknown(variables: Mapping[str, str]) -> None:
    """Raise UsageError for PANTAU_* variables that nothing reads, with the nearest name.

    Names are compared in upper case, as pydantic-settings reads them.
    """
    prefix = "PANTAU_"
    names = {*variable_names(Settings), *_OTHER_VARIABLES}
    for variable in sorted(variables):
        name = variable.upper().removeprefix(prefix)
        if not variable.upper().startswith(prefix) or name in names or not variables[variable]:
            continue
        if _has_open_section(name):
            continue
        near = difflib.get_close_matches(name, names, n=1)
        raise UsageError(
            problem("settings.no-variable-near", name=variable, near=prefix + near[0])
            if near
            else problem("settings.no-variable", name=variable)
        )


def variable_names(model: type[BaseModel]) -> Iterator[str]:
    """Yield the names of variables for the settings of a section, and of those within it."""
    for name, one in model.model_fields.items():
        yield name.upper()
        if isinstance(one.annotation, type) and issubclass(one.annotation, BaseModel):
            yield from (f"{name.upper()}__{inner}" for inner in variable_names(one.annotation))


def _has_open_section(name: str) -> bool:
    """Return whether a variable is an entry of a setting that is a table, such as headers."""
    parts = name.split("__")
    return any("__".join(parts[:length]) in _tables() for length in range(1, len(parts)))


@cache
def _tables() -> frozenset[str]:
    """Return the variables of settings that are tables with names of the operator's own."""
    return frozenset(
        name for name in variable_names(Settings) if _is_table(name.lower().split("__"))
    )


def _is_table(parts: Sequence[str]) -> bool:
    annotation: Any = Settings
    for part in parts:
        annotation = annotation.model_fields[part].annotation
    return get_origin(annotation) in {dict, Mapping}
