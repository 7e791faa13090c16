"""`pantau query tokens`: texts tokenized like Elasticsearch's `standard` analyzer."""

from typing import BinaryIO, Final

import click

from pantau.commands.cli.streams import InputFile, data_output, name_of

EXAMPLES: Final = """\b
Examples:
  echo '"Anak-anak di Jum\\u0027at"' | pantau query tokens
  jq -c .text articles.jsonl | pantau query tokens > tokens.jsonl

Each line is a JSON string; for each comes one line, the list of its tokens as JSON, or null if it could not be read.
Blank lines are passed over. Exit code: 0 all lines were read, 1 some were not, 2 wrong usage or no such file.
"""


@click.command(epilog=EXAMPLES)
@click.argument("file", type=InputFile(), default="-")
def tokens(file: BinaryIO) -> int:
    """Split texts into words, as the index does.

    FILE has JSON strings, one per line; without it, or with -, standard input is read.
    """
    from pantau.common.files.jsonlines import (
        Complaints,
        read_strings,
    )
    from pantau.query.text.tokenizer import words

    complaints = Complaints()
    with data_output() as write:
        for text in read_strings(file, name_of(file), complaints):
            write(None if text is None else words(text))
    return complaints.exit_code
