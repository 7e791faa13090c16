"""The page of all commands and options."""

from collections.abc import Iterator
from typing import Final

import click

from pantau.cli import pantau
from scripts.reference.markdown import prose, table

_INTRODUCTION: Final = """\
# Command line

Every command takes `--help`, which shows what this page shows.

- **Exit codes**: 0 done, 1 failed, 2 wrong usage, 130 ended by Ctrl-C. A command with other codes
  says so.
- **Output**: results go to standard output, logs, warnings and errors to standard error. With
  `--json` each result is one line of JSON. In a pipe nothing is wrapped or coloured.
- **Data folder**: `--data DIR`, else the variable `PANTAU_DATA`, else the user's data folder.
"""
Commands = Iterator[tuple[str, click.Command, click.Context]]


def command_line_page() -> Iterator[str]:
    """Yield the lines of the page."""
    yield _INTRODUCTION
    for path, command, context in commands():
        yield from _section(path, command, context)


def commands() -> Commands:
    """Yield every command that help shows, with its path, such as `pantau feeds add`."""
    yield from _walk("pantau", pantau, click.Context(pantau, info_name="pantau"))


def options(command: click.Command, context: click.Context) -> list[click.Option]:
    """Return the options that help shows, `--help` itself left out."""
    found = [one for one in command.get_params(context) if isinstance(one, click.Option)]
    return [one for one in found if not one.hidden and one.name != "help"]


def _walk(path: str, command: click.Command, context: click.Context) -> Commands:
    yield path, command, context
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            if inner is not None and not inner.hidden:
                inside = click.Context(inner, info_name=name, parent=context)
                yield from _walk(f"{path} {name}", inner, inside)


def _section(path: str, command: click.Command, context: click.Context) -> Iterator[str]:
    yield f"## `{path}`"
    yield ""
    yield from _paragraphs(command.help or "")
    yield f"Usage: `{path} {' '.join(command.collect_usage_pieces(context))}`"
    yield ""
    shown = options(command, context)
    if shown:
        yield from table(("option", "meaning"), (_row(one, context) for one in shown))
    yield from _paragraphs(command.epilog or "")


def _row(option: click.Option, context: click.Context) -> tuple[str, str]:
    names, meaning = option.get_help_record(context) or ("", "")
    return f"`{names}`", prose(meaning)


def _paragraphs(text: str) -> Iterator[str]:
    r"""Yield the paragraphs of a help text. One that begins with `\b` keeps its lines."""
    for paragraph in text.replace("\f", "").strip().split("\n\n"):
        lines = [line.rstrip() for line in paragraph.strip("\n").splitlines()]
        if not lines:
            continue
        kept = lines[0].strip() == "\b"
        lines = lines[1:] if kept else lines
        if lines[0] in {"Example:", "Examples:"}:
            yield from _block(
                "console notest: examples of the help", (f"$ {line.strip()}" for line in lines[1:])
            )
        elif kept:
            if lines[0].endswith(":"):
                yield prose(lines.pop(0))
                yield ""
            yield from _block("text", (line.removeprefix("  ") for line in lines))
        else:
            yield prose(" ".join(line.strip() for line in lines))
        yield ""


def _block(info: str, lines: Iterator[str]) -> Iterator[str]:
    yield f"```{info}"
    yield from lines
    yield "```"
