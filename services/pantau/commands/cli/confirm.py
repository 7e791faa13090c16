"""Questions that a person answers before something doubtful is done."""

import sys
from typing import TYPE_CHECKING

from pantau.commands.cli.asking import is_agreed
from pantau.commands.cli.printing import put
from pantau.commands.cli.say import say, text_of
from pantau.errors import UsageError

if TYPE_CHECKING:
    from pantau.problems import Problem


def confirm(doubt: "Problem") -> bool:
    """Request confirmation; return False if there is no terminal to ask."""
    if not sys.stdin.isatty():
        return False
    put(text_of(doubt), err=True)
    return is_agreed(say("cli.go-on"))


def require_consent(doubt: "Problem") -> None:
    """Request confirmation. Raises UsageError with the doubt if it is not given."""
    if not confirm(doubt):
        raise UsageError(doubt)
