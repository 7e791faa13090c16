"""Questions on the terminal, asked and answered in the language of the answer.

click asks the same in English alone: its prompts read the line here, and nothing else. Each raises
click.Abort where the input ends or Ctrl-C is pressed.
"""

from typing import Final

import click

from pantau.commands.cli.language import current
from pantau.commands.cli.say import print_aside, say

_YES: Final = {"en": {"y", "yes"}, "id": {"y", "ya", "yes"}}
_NO: Final = {"en": {"", "n", "no"}, "id": {"", "n", "no", "t", "tidak"}}
"""Answers that may be typed; an empty line is no."""


def is_agreed(question: str) -> bool:
    """Return whether a question is answered by yes; an answer that is neither is asked again."""
    while True:
        answer = _line(f"{question} [{say('cli.yes-or-no')}]").lower()
        if answer in _YES[current()]:
            return True
        if answer in _NO[current()]:
            return False
        print_aside("cli.error", text=say("cli.yes-or-no-expected"))


def number_up_to(most: int, question: str) -> int:
    """Return a number from 1 to `most`; an empty line is 1."""
    while True:
        answer = _line(f"{question} [1]") or "1"
        if answer.isdecimal() and 1 <= int(answer) <= most:
            return int(answer)
        expected = say("cli.number-between", least="1", most=str(most))
        print_aside("cli.error", text=expected)


def secret(question: str, *, again: bool) -> str:
    """Return what is typed without being shown; `again` has it typed twice until both are equal."""
    while True:
        given = _line(question, hidden=True)
        if not again or given == _line(say("cli.again"), hidden=True):
            return given
        print_aside("cli.error", text=say("cli.not-the-same"))


def _line(question: str, *, hidden: bool = False) -> str:
    given = click.prompt(question, default="", show_default=False, hide_input=hidden, err=True)
    return str(given).strip()
