"""Inputs of operations from JSON, for the interfaces of programs. Pure."""

import json
from collections.abc import Mapping
from typing import Any

from pantau.operations.base.operation import Input


def read_fields(takes: type[Input], fields: Mapping[str, Any]) -> Input:
    """Return an input of JSON values, whose types are those that its schema names.

    A number without a fraction is a whole one, however it is written (JSON Schema 2020-12, core,
    4.2.2): many languages write every number as `5.0`. Raises pydantic's ValidationError.
    """
    return takes.model_validate_json(json.dumps(_whole(dict(fields))), strict=True)


def _whole(value: Any) -> Any:
    match value:
        case float() if value.is_integer():
            return int(value)
        case dict():
            return {name: _whole(one) for name, one in value.items()}
        case list():
            return [_whole(one) for one in value]
    return value
