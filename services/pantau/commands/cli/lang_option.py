"""In which language commands answer where they write sentences: `--lang`, else the locale's."""

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from pantau.query.explain.plain_words import Tongue

F = TypeVar("F", bound=Callable[..., Any])


def lang_option(command: F) -> F:
    """Return a command `--lang id|en`, passed as `tongue`."""
    return click.option(
        "--lang",
        "tongue",
        type=click.Choice(["id", "en"]),
        default=tongue_of_locale,
        help="Language of the answer.  [default: that of the locale, else en]",
    )(command)


def tongue_of_locale() -> "Tongue":
    """Return Indonesian where the locale is, else English; the variables in POSIX's order."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name)
        if value:
            return (
                "id" if value.partition("_")[0].partition(".")[0].lower() in {"id", "in"} else "en"
            )
    return "en"
