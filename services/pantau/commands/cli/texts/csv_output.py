"""Tables as CSV on standard output, for spreadsheet programs."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import click

from pantau.commands.cli.printing import put_data
from pantau.common.text.csv_cells import safe_cell

F = TypeVar("F", bound=Callable[..., Any])


def csv_option(command: F) -> F:
    """Add `--csv` to a command, passed as `as_csv`."""
    return click.option("--csv", "as_csv", is_flag=True, help="Print CSV, for spreadsheets.")(
        command
    )


def print_csv(titles: Sequence[str], rows: Iterable[Sequence[str | None]]) -> None:
    """Print a line of titles and rows; no cell is run as a formula."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(titles)
    writer.writerows([safe_cell(cell or "") for cell in row] for row in rows)
    put_data(text.getvalue())
