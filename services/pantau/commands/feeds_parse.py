"""`pantau feeds parse`: feed documents of files to articles, without any store."""

import sys
from typing import BinaryIO

import click


@click.command(
    epilog="\b\nExamples:\n  pantau feeds parse terkini.xml\n"
    "  curl -s https://example.org/feed | pantau feeds parse - --base-url https://example.org/feed\n"
)
@click.argument("files", nargs=-1, required=True, type=click.Path(), metavar="FILE...")
@click.option(
    "--base-url", metavar="URL", help="Address that the documents came from: the base of relative links."
)
def parse(files: tuple[str, ...], base_url: str | None) -> int:
    """Print the articles of feed documents, one line of JSON an article. A FILE of - is standard input.

    A malformed feed gives what can be read, with a warning; the exit code is 1 if a FILE is no feed at all.
    """
    from pantau.jsonlines import Complaints, line_writer  # noqa: PLC0415 (not needed for --help)
    from pantau.poller.batch import parse_file  # noqa: PLC0415 (feedparser takes 100 ms to import)

    complaints = Complaints()
    write = line_writer()
    for name in files:
        try:
            body = _read(name)
        except OSError as error:
            complaints.reject(name, error.strerror or str(error))
            continue
        for line in parse_file(name, body, base_url, complaints):
            write(line)
    sys.stdout.buffer.flush()
    return complaints.exit_code


def _read(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read()
    stream: BinaryIO
    with open(name, "rb") as stream:  # noqa: PTH123 (a name as given, which Path would rewrite)
        return stream.read()
