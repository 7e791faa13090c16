"""Output of commands for people: texts of the catalogue, in the language of the answer."""

import sys
from typing import TYPE_CHECKING

from pantau.commands.cli.language import current
from pantau.commands.cli.printing import put
from pantau.messages.text import fill
from pantau.problems import Param, Problem

if TYPE_CHECKING:
    from pantau.errors import PantauError


def say(code: str, /, **params: Param) -> str:
    """Return the text of a code."""
    return text_of(Problem(code, params))


def text_of(problem: Problem) -> str:
    """Return the text of a problem."""
    return problem.text(current())


def number_text(number: int) -> str:
    """Return a number as it is written in the language of the answer, such as 4,109 or 4.109."""
    return fill("{number:n}", {"number": number}, current())


def logged_text(problem: Problem) -> str:
    """Return the text of a problem for a log: a person at the terminal reads their language.

    In files, and for those who collect logs, it is English.
    """
    is_watched = sys.stderr is not None and sys.stderr.isatty()
    return text_of(problem) if is_watched else str(problem)


def error_text(error: "PantauError") -> str:
    """Return the text of an error."""
    return error.text(current())


def print_text(code: str, /, **params: Param) -> None:
    """Print the text of a code on standard output."""
    put(say(code, **params))


def print_aside(code: str, /, **params: Param) -> None:
    """Print the text of a code on standard error."""
    put(say(code, **params), err=True)


def warn(what: str | Problem) -> None:
    """Print a warning on standard error, on one line whatever it quotes."""
    from pantau.common.text.safe_text import one_line

    text = what if isinstance(what, str) else text_of(what)
    print_aside("cli.warning", text=one_line(text, 500))
