"""Requests as inputs of operations: path, query string, headers and body in one model."""

from collections.abc import Mapping
from itertools import chain, islice, repeat
from typing import Any, Final, get_origin
from urllib.parse import parse_qsl

from pydantic import ValidationError
from pydantic_core import from_json

from pantau.api.conditional import versions_in
from pantau.api.problems import FieldFault
from pantau.api.routes import VERSION_FIELD, ApiRoute
from pantau.errors import UsageError
from pantau.operations.base.faults import MOST_FAULTS, UNKNOWN, field_faults
from pantau.operations.base.operation import Input
from pantau.operations.base.reading import read_fields
from pantau.problems import Problem, problem

_PAIRS: Final = 100
"""Parameters that a query string may have."""


class InvalidInputError(UsageError):
    """A request whose fields are not those of its operation."""

    def __init__(self, what: Problem, faults: tuple[FieldFault, ...] = ()) -> None:
        super().__init__(what)
        self.faults = faults


def read_input(
    route: ApiRoute,
    named: Mapping[str, str],
    query: str,
    if_match: str | None,
    body: bytes,
) -> Input:
    """Return the input of a request.

    Raises InvalidInputError naming the fields at fault, and UsageError for an `If-Match` at fault.

    `named` are the parameters of the path, `query` is the query string as it was sent.
    """
    given = _body(body) if route.has_body else _parameters(route, query)
    if route.has_body and query:
        raise InvalidInputError(problem("api.no-parameters"))
    unknown = [one for one in given if one not in route.other_fields]
    # The first says which there are; twenty times the same would be a long answer.
    words = chain([f"{UNKNOWN}; known: {', '.join(route.other_fields) or 'none'}"], repeat(UNKNOWN))
    strange = tuple(
        FieldFault(field=one[:200], message=told)
        for one, told in zip(islice(unknown, MOST_FAULTS), words, strict=False)
    )
    for one in unknown:
        del given[one]
    if if_match is not None and route.is_conditional:
        given[VERSION_FIELD] = versions_in(if_match)
    try:
        # Strict: a body is as its schema says, whereas parameters are texts.
        read = read_fields if route.has_body else _read_texts
        made = read(route.operation.takes, {**given, **named})
    except ValidationError as error:
        faults = tuple(
            FieldFault(field=name, message=reason) for name, reason in field_faults(error)
        )
        raise InvalidInputError(problem("api.invalid"), (*strange, *faults)) from error
    if strange:
        raise InvalidInputError(problem("api.invalid"), strange)
    return made


def _read_texts(model: type[Input], values: Mapping[str, Any]) -> Input:
    return model.model_validate(values)


def _body(body: bytes) -> dict[str, Any]:
    try:
        given = from_json(body) if body.strip() else {}
    except ValueError as error:
        raise InvalidInputError(problem("api.no-json", reason=str(error)[:200])) from error
    if not isinstance(given, dict):
        raise InvalidInputError(problem("api.no-object"))
    return given


def _parameters(route: ApiRoute, query: str) -> dict[str, Any]:
    """Return the values of a query string; a list for a field that takes several."""
    try:
        pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=_PAIRS)
    except ValueError as error:
        raise InvalidInputError(problem("console.too-many-values", most=_PAIRS)) from error
    fields = route.operation.takes.model_fields
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        given.setdefault(name, []).append(value)
    return {
        name: values if name not in fields or _is_list(fields[name].annotation) else _only(values)
        for name, values in given.items()
    }


def _is_list(annotation: Any) -> bool:
    return get_origin(annotation) is tuple


def _only(values: list[str]) -> str | list[str]:
    """Return a single value; several are left for the model to refuse."""
    return values[0] if len(values) == 1 else values
