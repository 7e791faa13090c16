"""Write a manual page for each command: `python -m scripts.man_pages FOLDER`.

The pages are made from what click knows of a command, as `--help` is, so they cannot differ from
it. Own code in place of click-man, which finds commands through the entry point of an installed
package: the pages are part of the package that is being built. Format: man(7).
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click

from pantau import __version__
from pantau.cli import pantau

ROOT: Final = "pantau"
_BLOCK: Final = "\b"
"""Before a paragraph that click does not wrap."""


def commands() -> Iterator[tuple[click.Command, click.Context]]:
    """Yield each command, groups included, below its context."""
    yield from _below(pantau, click.Context(pantau, info_name=ROOT))


def _below(
    command: click.Command, context: click.Context
) -> Iterator[tuple[click.Command, click.Context]]:
    yield command, context
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            if found is not None and not found.hidden:
                yield from _below(found, click.Context(found, info_name=name, parent=context))


def file_name(context: click.Context) -> str:
    """Return the name of a command's page: `pantau-feeds-add.1`."""
    return f"{context.command_path.replace(' ', '-')}.1"


def page(command: click.Command, context: click.Context) -> str:
    """Return the page of a command in man(7)."""
    path = context.command_path
    title = path.replace(" ", "-")
    pieces = " ".join(command.collect_usage_pieces(context))
    lines = [
        f'.TH "{title.upper()}" "1" "" "pantau {__version__}" "Pantau"',
        ".SH NAME",
        f"{_escaped(title)} \\- {_escaped(_summary(command))}",
        ".SH SYNOPSIS",
        f".B {_escaped(path)}",
        _escaped(pieces),
        ".SH DESCRIPTION",
        *_prose(command.help or ""),
        *_options(command, context),
        *_commands(command, context),
        *_prose(command.epilog or "", heading=True),
        *_see_also(context),
    ]
    return "\n".join(lines) + "\n"


def _summary(command: click.Command) -> str:
    return re.split(r"\.(?:\s|$)", " ".join((command.help or "").split()), maxsplit=1)[0]


def _prose(text: str, *, heading: bool = False) -> Iterator[str]:
    """Yield paragraphs; with `heading` a line such as `Examples:` begins a section of its own."""
    plain = False
    for paragraph in re.split(r"\n\s*\n", text.strip("\n")):
        lines = paragraph.strip("\n").split("\n")
        if lines and lines[0].strip() == _BLOCK:
            plain, lines = True, lines[1:]
        if heading and lines and re.fullmatch(r"\w+:", lines[0].strip()):
            yield f".SH {lines[0].strip().rstrip(':').upper()}"
            lines = lines[1:]
        else:
            yield ".PP"
        if plain:
            yield from (".nf", *(_escaped(line.strip()) for line in lines), ".fi")
        else:
            yield from (_escaped(" ".join(" ".join(lines).split())),)
        plain = False


def _options(command: click.Command, context: click.Context) -> Iterator[str]:
    records = [one.get_help_record(context) for one in command.get_params(context)]
    found = [one for one in records if one is not None]
    if found:
        yield ".SH OPTIONS"
    for names, text in found:
        yield from (".TP", f".B {_escaped(names)}", _escaped(text) or "\\&")


def _commands(command: click.Command, context: click.Context) -> Iterator[str]:
    if not isinstance(command, click.Group):
        return
    yield ".SH COMMANDS"
    for name in command.list_commands(context):
        found = command.get_command(context, name)
        if found is not None and not found.hidden:
            full = file_name(click.Context(found, info_name=name, parent=context))
            yield from (".TP", f".BR {_escaped(full[:-2])} (1)", _escaped(_summary(found)))


def _see_also(context: click.Context) -> Iterator[str]:
    if context.parent is not None:
        yield ".SH SEE ALSO"
        yield f".BR {_escaped(file_name(context.parent)[:-2])} (1)"


def _escaped(text: str) -> str:
    """Return text that man(7) shows as it is: backslashes, hyphens, and dots that begin a line."""
    shown = text.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{shown}" if shown.startswith((".", "'")) else shown


def write(folder: Path) -> list[Path]:
    """Write all pages into a folder; pages of commands that are gone are removed."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for command, context in commands():
        path = folder / file_name(context)
        path.write_text(page(command, context), encoding="utf-8")
        written.append(path)
    for old in set(folder.glob(f"{ROOT}*.1")) - set(written):
        old.unlink()
    return written


def main(arguments: list[str]) -> int:
    """Write the pages into the folder that is named, by default build/man/man1."""
    folder = Path(arguments[0] if arguments else "build/man/man1")
    sys.stdout.write(f"{len(write(folder))} pages in {folder}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
