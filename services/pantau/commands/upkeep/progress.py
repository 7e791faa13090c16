"""A line of the terminal that shows the progress of a long command."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pantau.commands.cli.say import say


@contextmanager
def shown_on_terminal(code: str, name: str) -> Iterator[Callable[[str], None]]:
    """Yield a function that shows the text of `code`, with what it is called with as `name`.

    It shows nothing where standard error is no terminal.
    """
    from pantau.adapters.terminal.screen import open_screen

    if not sys.stderr.isatty():
        yield lambda _: None
        return
    with open_screen(stderr=True).status("") as status:
        yield lambda step: status.update(say(code, **{name: step}))
