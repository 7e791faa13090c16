"""Types of fields as people read them."""

import types
from enum import Enum
from pathlib import Path
from typing import Any, Final, Literal, Union, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt
from pydantic import SecretStr
from pydantic.fields import FieldInfo

_NAMES: Final[dict[Any, str]] = {
    str: "text",
    int: "whole number",
    float: "number",
    bool: "true or false",
    bytes: "bytes",
    Path: "path",
    SecretStr: "secret",
}
_IDENTIFIER: Final = r"^[^\x00-\x20\x7f]+$"
"""The pattern of ids, `pantau_schemas.base.Identifier`."""
_CHOICE: Final = r"^("
"""How the pattern of a setting with a few values begins."""


def type_of(field: FieldInfo) -> str:
    """Return the type of a field with its bounds, such as `whole number, >= 1`."""
    if any(getattr(one, "pattern", None) == _IDENTIFIER for one in field.metadata):
        return "id"
    choice = next((one for one in map(_choices, field.metadata) if one), None)
    if choice is not None:
        return choice
    bounds = [_bound(one) for one in field.metadata]
    return ", ".join([name_of(field.annotation), *(one for one in bounds if one)])


def name_of(kind: Any) -> str:
    """Return the name of a type; of one with parameters, what it is made of."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Literal:
        return " or ".join(f"`{one}`" for one in arguments)
    if origin in {Union, types.UnionType}:
        names = dict.fromkeys(name_of(one) for one in arguments if one is not types.NoneType)
        return " or ".join(names) + (" or none" if types.NoneType in arguments else "")
    if origin is tuple:
        return f"list of {name_of(arguments[0])}"
    if origin is dict:
        return f"table of {name_of(arguments[1])}"
    if hasattr(kind, "__metadata__"):
        parts = [part for one in kind.__metadata__ for part in getattr(one, "metadata", [one])]
        return next(filter(None, map(_choices, parts)), None) or name_of(kind.__origin__)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return " or ".join(f"`{one.value}`" for one in kind)
    name = str(getattr(kind, "__name__", kind))
    return _NAMES.get(kind) or (
        "network"
        if "Network" in name
        else "time"
        if name.endswith(("datetime", "Datetime"))
        else name
    )


def _choices(one: Any) -> str | None:
    pattern = getattr(one, "pattern", None)
    if (
        not isinstance(pattern, str)
        or not pattern.startswith(_CHOICE)
        or any(char in pattern for char in "[?")
    ):
        return None
    return " or ".join(f"`{value}`" for value in pattern.strip("^()$").split("|"))


def _bound(one: Any) -> str:
    match one:
        case Gt(gt=value):
            return f"> {value}"
        case Ge(ge=value):
            return f">= {value}"
        case Lt(lt=value):
            return f"< {value}"
        case Le(le=value):
            return f"<= {value}"
        case _:
            pattern = getattr(one, "pattern", None)
            return f"`{pattern}`" if pattern else ""
