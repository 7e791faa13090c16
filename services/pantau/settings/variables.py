"""The names of variables PANTAU_*: which are read, and the nearest to one that is not."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Final, TypeGuard, get_origin

from pydantic import BaseModel

from pantau.errors import UsageError
from pantau.problems import problem
from pantau.settings.model import Settings
from pantau.settings.sources import CONFIG_VARIABLE, FILE_ENDING, secret_paths

PREFIX: Final = "PANTAU_"
OTHERS: Final = (
    *("LANG", "TRACEBACK", "WEBHOOK_SECRET", CONFIG_VARIABLE.removeprefix(PREFIX)),
    *("BENCH_MINIFLUX", "BENCH_READER", "DRAW", "GROWTH", "MUTATIONS", "SHARED"),  # of developers
)
"""Variables that are no settings."""
_BETWEEN: Final = "__"
_ALIKE: Final = 0.35
"""Least similarity of a name within a section that exists: the section narrows what is meant."""


def refuse_unknown(variables: Mapping[str, str], settings: type[BaseModel] = Settings) -> None:
    """Raise UsageError for PANTAU_* variables that nothing reads, with the nearest name.

    Names are compared in upper case, as pydantic-settings reads them. An empty variable counts as
    unset.
    """
    for variable in sorted(variables):
        name = variable.upper().removeprefix(PREFIX)
        if not variable.upper().startswith(PREFIX) or not variables[variable]:
            continue
        if not _is_known(name, settings):
            near = nearest(name, settings)
            raise UsageError(
                problem("settings.no-variable", name=variable)
                if near is None
                else problem("settings.no-variable-near", name=variable, near=PREFIX + near)
            )


def _is_known(name: str, settings: type[BaseModel]) -> bool:
    if name in OTHERS or name in _sections(settings) or name in _single(settings):
        return True
    parts = name.split(_BETWEEN)
    tables = _tables(settings)  # whose entries have names of the operator's own
    return any(_BETWEEN.join(parts[:length]) in tables for length in range(1, len(parts)))


def nearest(name: str, settings: type[BaseModel]) -> str | None:
    """Return the variable that a wrong name most likely means, without the prefix.

    Within a section that exists the nearest of its names counts, even if it is not very near.
    """
    section, between, last = name.rpartition(_BETWEEN)
    names = {*_single(settings), *OTHERS}
    inside = [one for one in names if one.startswith(section + _BETWEEN)] if between else []
    longer = [one for one in inside if set(last.split("_")) <= set(_last(one).split("_"))]
    for candidates, cutoff in ((names, 0.8), (longer, 0.0), (inside, _ALIKE), (names, 0.6)):
        near = difflib.get_close_matches(name, sorted(candidates), n=1, cutoff=cutoff)
        if near:
            return near[0]
    return None


def _last(name: str) -> str:
    return name.rpartition(_BETWEEN)[2]


@cache
def _single(settings: type[BaseModel]) -> frozenset[str]:
    """Return the variables that hold one setting, and those that name files of secrets."""
    names = (name for name, annotation in _names(settings) if not _is_section(annotation))
    files = (_BETWEEN.join(path).upper() + FILE_ENDING for path in secret_paths(settings))
    return frozenset((*names, *files))


@cache
def _sections(settings: type[BaseModel]) -> frozenset[str]:
    """Return the variables that hold a whole section, as JSON."""
    return frozenset(name for name, annotation in _names(settings) if _is_section(annotation))


@cache
def _tables(settings: type[BaseModel]) -> frozenset[str]:
    """Return the variables of settings that are tables with names of the operator's own."""
    return frozenset(
        name for name, annotation in _names(settings) if get_origin(annotation) in {dict, Mapping}
    )


def _names(model: type[BaseModel], above: Sequence[str] = ()) -> Iterator[tuple[str, Any]]:
    """Yield the variable of each section and setting, and its type."""
    for name, field in model.model_fields.items():
        path = (*above, name.upper())
        yield _BETWEEN.join(path), field.annotation
        if _is_section(field.annotation):
            yield from _names(field.annotation, path)


def _is_section(annotation: Any) -> TypeGuard[type[BaseModel]]:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)
