"""The option `--full-text` of feeds."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

F = TypeVar("F", bound="Callable[..., Any]")


def full_text_option(command: "F") -> "F":
    """Add `--full-text auto|always|never` to a command, passed as `full_text`."""
    return click.option(
        "--full-text",
        type=click.Choice(("auto", "always", "never")),
        help="Fetch the pages of its articles for their text: where the feed gives a summary, "
        "always, or never.",
    )(command)
