"""Functions of the program that take something from outside, found by reflection."""

import importlib
import inspect
import pkgutil
import typing
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from types import CodeType, ModuleType, NoneType, UnionType
from typing import Any, Final

import pantau
import pantau_schemas
from tests.growth.elsewhere import ELSEWHERE

_NO_TEXT: Final = (int, float, bool, NoneType, datetime, date, timedelta)
"""Types that hold no text: a function of these alone takes nothing that grows."""


@dataclass(frozen=True, slots=True)
class Function:
    """A function or method, and the class of its instance."""

    name: str
    call: Callable[..., Any]
    owner: type | None
    on_class: bool
    hints: dict[str, Any]
    parameters: tuple[inspect.Parameter, ...]
    code: CodeType

    @property
    def public(self) -> bool:
        """True if other modules may call it."""
        return not any(part.startswith("_") and part != "__init__" for part in self.name.split("."))


@cache
def functions() -> tuple[Function, ...]:
    """Return every function of the modules that process external text that takes more than numbers.

    Public or not.
    """
    return tuple(one for module in modules() for one in _of_module(module) if _takes_text(one))


def modules() -> Iterator[ModuleType]:
    """Yield the modules of the program that `ELSEWHERE` does not name."""
    for package in (pantau, pantau_schemas):
        for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            if not any(
                found.name == name or found.name.startswith(name + ".") for name in ELSEWHERE
            ):
                yield importlib.import_module(found.name)


def _of_module(module: ModuleType) -> Iterator[Function]:
    for name, value in vars(module).items():
        plain = inspect.unwrap(value) if callable(value) else value
        if inspect.isfunction(plain) and plain.__module__ == module.__name__:
            yield _function(f"{module.__name__}.{name}", value, plain, None, on_class=False)
        elif (
            inspect.isclass(value)
            and value.__module__ == module.__name__
            and not _is_promise(value)
        ):
            yield from _methods(value)


def _methods(owner: type) -> Iterator[Function]:
    for name, value in vars(owner).items():
        if name.startswith("__") and name != "__init__":
            continue
        plain = value.__func__ if isinstance(value, classmethod | staticmethod) else value
        if inspect.isfunction(plain) and plain.__module__ == owner.__module__ and _written(plain):
            full = f"{owner.__module__}.{owner.__qualname__}.{name}"
            on_class = isinstance(value, classmethod | staticmethod)
            yield _function(
                full, getattr(owner, name) if on_class else plain, plain, owner, on_class=on_class
            )


def _function(
    name: str, call: Callable[..., Any], plain: Any, owner: type | None, *, on_class: bool
) -> Function:
    try:
        hints = typing.get_type_hints(plain)
    except (NameError, AttributeError):  # types that only the checker knows
        hints = dict(plain.__annotations__)
    parameters = tuple(inspect.signature(plain).parameters.values())
    bound = owner is not None and parameters[:1] and parameters[0].name in ("self", "cls")
    return Function(
        name, call, owner, on_class, hints, parameters[1:] if bound else parameters, plain.__code__
    )


def _is_promise(owner: type) -> bool:
    return getattr(owner, "_is_protocol", False)


def _written(plain: Any) -> bool:
    """Return whether a method is of the source, not made by a dataclass or named tuple."""
    return not plain.__code__.co_filename.startswith("<")


def _takes_text(one: Function) -> bool:
    return any(not _is_number(one.hints.get(parameter.name)) for parameter in one.parameters)


def _is_number(hint: Any) -> bool:
    if typing.get_origin(hint) in (typing.Union, UnionType):
        return all(_is_number(part) for part in typing.get_args(hint))
    return inspect.isclass(hint) and issubclass(hint, _NO_TEXT)
