"""`pantau feeds parse`: feed documents of files to articles, without a store."""

import os
import sys
from contextlib import closing
from typing import BinaryIO, Final

import click

from pantau.commands.cli.streams import NO_INPUT, data_output

MAX_FILE: Final = 100_000_000
"""Maximum size of a document in bytes.

Ten times what `pantau run` accepts from a server by default.
"""


@click.command(
    epilog="\b\nExamples:\n  pantau feeds parse terkini.xml\n"
    "  curl -s https://example.org/feed | pantau feeds parse - --base-url "
    "https://example.org/feed\n"
)
@click.argument("files", nargs=-1, required=True, type=click.Path(), metavar="FILE...")
@click.option(
    "--base-url",
    metavar="URL",
    help="Address that the documents came from: the base of relative links.",
)
def parse(files: tuple[str, ...], base_url: str | None) -> int:
    """Print the articles of feed documents, one line of JSON per article.

    FILE - is standard input. A malformed feed yields what can be read, with a warning; the exit
    code is 1 if a FILE is not a feed or cannot be read (the others are printed), 2 for wrong usage.
    """
    from pantau.bootstrap import build_reader
    from pantau.common.files.jsonlines import Complaints
    from pantau.poller.reading.batch import parse_file

    complaints = Complaints()
    with data_output() as write, closing(build_reader()) as reader:
        for path in files:
            name = _shown(path)
            try:
                body = _read(path)
            except (OSError, ValueError) as error:
                complaints.reject(name, getattr(error, "strerror", None) or str(error))
                continue
            for line in parse_file(name, body, base_url, complaints, reader):
                write(line)
    return complaints.exit_code


def _shown(path: str) -> str:
    """Return a file's name decoded as UTF-8; other bytes as lone surrogates."""
    return os.fsencode(path).decode("utf-8", "surrogateescape")


def _read(name: str) -> bytes:
    """Read a document.

    Raises OSError, and ValueError for one that is too long or has an invalid name.
    """
    if name == "-":
        if sys.stdin is None:
            raise ValueError(NO_INPUT)
        return _read_some(sys.stdin.buffer)
    with open(name, "rb") as stream:  # noqa: PTH123 (a name as given, which Path would rewrite)
        return _read_some(stream)


def _read_some(stream: BinaryIO) -> bytes:
    body = stream.read(MAX_FILE + 1)
    if len(body) > MAX_FILE:
        message = f"more than {MAX_FILE:,} bytes: no feed"
        raise ValueError(message)
    return body
