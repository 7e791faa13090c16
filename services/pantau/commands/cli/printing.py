"""The one way in which commands print.

For people, text is wrapped to the terminal (`put`); for programs, it is written as it is, in UTF-8
whatever the terminal (`put_data`). What the terminal cannot show is replaced on the streams
themselves (`prepare_streams`), so it holds for the tables of rich and for the log as well. Nothing
else in the program may call print or click.echo: ruff refuses it.
"""

import codecs
import os
import shutil
import sys
from io import TextIOWrapper
from typing import Final, TextIO

_BOLD: Final = "\x1b[1m"
_RESET: Final = "\x1b[0m"
FALLBACK: Final = "pantau-plain"
"""The error handler of encodings that replaces what they lack by simpler characters."""


def prepare_streams() -> None:
    """Set standard output and error to replace what their encoding cannot show, not to raise.

    That happens under LANG=C without UTF-8, in old consoles, and for lone surrogates everywhere.
    """
    codecs.register_error(FALLBACK, _plain)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and stream.errors != FALLBACK:
            stream.reconfigure(errors=FALLBACK)


def _plain(error: UnicodeError) -> tuple[str, int]:
    """Return simpler characters in place of those that cannot be encoded; see `codecs`."""
    from pantau.common.text.narrow_text import plain_ascii

    if not isinstance(error, UnicodeEncodeError):
        raise error
    return plain_ascii(error.object[error.start : error.end]), error.end


def put(text: str = "", *, err: bool = False) -> None:
    """Print lines for people on standard output, or error, wrapped to the terminal's width."""
    width = width_of(sys.stderr if err else sys.stdout)
    if width is not None and len(text) > width // 2:  # wide characters take two columns
        from pantau.common.text.narrow_text import wrapped

        text = wrapped(text, width)
    _write(text, sys.stderr if err else sys.stdout)


def _write(text: str, stream: TextIO | None) -> None:
    """Write a line and flush it.

    click.echo is not used: under an ASCII locale it writes UTF-8 all the same.
    """
    if stream is not None:  # closed
        stream.write(f"{text}\n")
        stream.flush()


def put_bold(name: str, text: str) -> None:
    """Print a line for people that begins with a name in bold, where the terminal has that."""
    if "NO_COLOR" not in os.environ and sys.stdout is not None and sys.stdout.isatty():
        name = f"{_BOLD}{name}{_RESET}"
    put(f"{name} {text}")


def put_data(text: str) -> None:
    """Write text for programs to standard output: in UTF-8, not wrapped, without a line end."""
    stream = sys.stdout
    stream.flush()
    stream.buffer.write(text.encode("utf-8", "replace"))
    stream.buffer.flush()


def width_of(stream: TextIO | None) -> int | None:
    """Return the columns of a terminal, or those that COLUMNS says; None for a file or a pipe."""
    if os.environ.get("COLUMNS", "").isdigit() or (stream is not None and stream.isatty()):
        return shutil.get_terminal_size().columns
    return None
