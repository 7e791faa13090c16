"""Standard streams of the batch commands.

Any of them may be closed, or end early.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, Final

import click

NO_INPUT: Final = "standard input is closed"


class InputFile(click.File):
    """A file to read bytes from, or `-`; a usage error if it cannot be opened."""

    def __init__(self) -> None:
        super().__init__("rb")

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Open the file; see click."""
        if value == "-" and sys.stdin is None:
            self.fail(NO_INPUT, param, ctx)
        return super().convert(value, param, ctx)


def name_of(stream: BinaryIO) -> str:
    """Return the name of an input for messages."""
    name = getattr(stream, "name", None)
    return name if isinstance(name, str) else "-"


@contextmanager
def data_output() -> Iterator[Callable[[object], None]]:
    """Yield a function that writes a value to standard output as a line of JSON.

    If the reader closes the pipe, as `head` does, the block ends without an error. Raises
    ClickException (exit code 1) if the output cannot be written, such as on a full disk.
    """
    from pantau.common.files.jsonlines import discard, line_writer

    if sys.stdout is None:
        message = "standard output is closed"
        raise click.ClickException(message)
    put = line_writer()

    def write(value: object) -> None:
        try:
            put(value)
        except BrokenPipeError:
            discard(sys.stdout)
            raise
        except OSError as error:
            discard(sys.stdout)
            message = f"standard output cannot be written: {error.strerror}"
            raise click.ClickException(message) from error

    try:
        yield write
    except BrokenPipeError:
        return
