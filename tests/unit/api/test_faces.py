"""One list of what Pantau can do: it names every command, page, route and tool there is."""

from collections import Counter
from collections.abc import Iterator
from pkgutil import resolve_name

import click
import pytest

from pantau.api.routes import ROUTES
from pantau.cli import pantau
from pantau.console.addresses import (
    ACCOUNT_CHANGES,
    ACCOUNT_LISTS,
    ACCOUNT_PAGES,
    CHANGES,
    FILES,
    LISTS,
    PAGES,
)
from pantau.console.signing.forms import SIGNING
from pantau.mcp_server.tools import WITHOUT_TOOL, tools
from pantau.operations.base.faces import CLI, FaceRow, Missing
from pantau.operations.catalogue import OPERATIONS
from pantau.operations.faces import PROGRAMS, ROWS

ACCOUNTS = (*ACCOUNT_LISTS, *ACCOUNT_PAGES, *ACCOUNT_CHANGES)


def leaves(command: click.Command, path: str) -> Iterator[str]:
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            yield from leaves(inner, f"{path} {name}")
    else:
        yield path


def cells(name: str) -> set[str]:
    found = (getattr(row, name) for row in ROWS)
    return {one for cell in found if not isinstance(cell, Missing) for one in cell}


def test_every_command_has_a_row_or_is_a_program() -> None:
    known = set(leaves(pantau, "pantau"))
    programs = {CLI + one for one in PROGRAMS}
    assert cells("commands") | programs == known
    assert not cells("commands") & programs


def test_every_page_has_a_row() -> None:
    real = {path for path, _ in (*FILES, *LISTS, *PAGES, *CHANGES, *ACCOUNTS)} | set(SIGNING)
    assert cells("pages") == real


def test_every_operation_for_programs_has_a_row_a_route_and_a_tool() -> None:
    named = {row.programs for row in ROWS if not isinstance(row.programs, Missing)}
    assert named == set(OPERATIONS)
    assert Counter(one.operation.name for one in ROUTES) == Counter(list(OPERATIONS))
    assert {one.name for one in tools()} == set(OPERATIONS) - set(WITHOUT_TOOL)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_every_row_has_a_use_case_and_no_cell_is_empty_without_a_reason(row: FaceRow) -> None:
    assert resolve_name(row.use_case) is not None
    for cell in (row.commands, row.programs, row.pages):
        assert cell
        if isinstance(cell, Missing):
            assert len(cell.reason) > 10


def test_names_are_unique_and_routes_are_said_once() -> None:
    assert len({row.name for row in ROWS}) == len(ROWS)
    assert len({(one.method, one.path) for one in ROUTES}) == len(ROUTES)
