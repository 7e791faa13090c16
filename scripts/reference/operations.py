"""The page of all operations, and where each face has them."""

from collections.abc import Iterator
from typing import Final

from pantau.api.mount import PREFIX
from pantau.api.routes import ROUTES
from pantau.operations.base.faces import FaceRow, Missing
from pantau.operations.faces import ROWS
from scripts.reference.markdown import prose, table

_INTRODUCTION: Final = f"""\
# Operations

What Pantau can do, on the command line, in programs and on pages. [Requests and answers of
`{PREFIX}`](openapi.json); [a first request](../how-to/programs.md).

## Where each operation is

"REST and MCP" is the name of the tool, and of the operation in the OpenAPI document. A dash stands
for an operation that a face does not have; the reason is below.
"""
_ROUTES: Final = """\
## Requests

Paths are below `/api/v1`. The fields of GET and DELETE are in the query string, those of others in
a JSON object.
"""
_ROUTE_HEADS: Final = ("request", "operation", "what it does", "fields")


def operations_page() -> Iterator[str]:
    """Yield the lines of the page."""
    yield _INTRODUCTION
    rows = ((row.name, _code(row.commands), _programs(row), _code(row.pages)) for row in ROWS)
    yield from table(("operation", "command line", "REST and MCP", "console"), rows)
    yield "| operation | not in | because |"
    yield "| --- | --- | --- |"
    for row in ROWS:
        for place, cell in _cells(row):
            if isinstance(cell, Missing):
                yield f"| {row.name} | {place} | {cell.reason} |"
    yield ""
    yield _ROUTES
    yield from table(_ROUTE_HEADS, _routes())


def _cells(row: FaceRow) -> Iterator[tuple[str, object]]:
    yield "command line", row.commands
    yield "REST, MCP", row.programs
    yield "console", row.pages


def _code(cell: tuple[str, ...] | Missing) -> str:
    return "–" if isinstance(cell, Missing) else ", ".join(f"`{one}`" for one in cell)


def _programs(row: FaceRow) -> str:
    return "–" if isinstance(row.programs, Missing) else f"`{row.programs}`"


def _routes() -> Iterator[tuple[str, ...]]:
    for one in ROUTES:
        fields = ", ".join(f"`{name}`" for name in one.other_fields) or "–"
        request = f"`{one.method} {one.path}`"
        yield request, f"`{one.operation.name}`", prose(one.operation.summary), fields
