"""Says which records a list leaves out because they cannot be read."""

from collections.abc import Sequence
from typing import Final

from pantau.commands.cli.say import warn
from pantau.problems import problem
from pantau.usecases.unreadable import UnreadableRecord

_NAMED: Final = 20
"""Records that are named one by one."""


def warn_unreadable(code: str, unreadable: Sequence[UnreadableRecord]) -> None:
    """Print a warning for each record on standard error; of many, the number of the others."""
    for one in unreadable[:_NAMED]:
        warn(problem(code, id=one.key, reason=one.reason))
    if len(unreadable) > _NAMED:
        warn(problem("cli.more-unreadable", count=len(unreadable) - _NAMED))
