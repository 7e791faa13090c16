"""Options that several commands share."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


def default_data() -> Path:
    """Return this user's data folder, or the one that PANTAU_DATA names."""
    named = os.environ.get("PANTAU_DATA")
    if named:
        return Path(named)
    from platformdirs import user_data_path

    return user_data_path("pantau", appauthor=False)


def data_option(command: F) -> F:
    """Add `--data DIR` to a command, a Path."""
    return click.option(
        "--data",
        type=click.Path(file_okay=False, path_type=Path),
        default=default_data,
        is_eager=True,  # times are read in the zone of its settings
        help="Folder that holds everything.  [default: PANTAU_DATA, or the user's data folder]",
    )(command)


def json_option(command: F) -> F:
    """Add `--json` to a command, passed as `as_json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")(
        command
    )
