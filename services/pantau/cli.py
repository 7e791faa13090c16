"""The command line. Commands are imported when called, so that `pantau --help` is fast."""

import errno
import os
import sys
from collections.abc import Sequence
from typing import Any, Final

import click

from pantau import __version__
from pantau.commands.cli import language, printing
from pantau.commands.cli.lazy import LazyGroup
from pantau.common.time import zones
from pantau.messages.languages import LANGS

COMMANDS: Final[dict[str, tuple[str, str]]] = {
    "run": (
        "pantau.commands.programs.run:run",
        "Watch the feeds: poll, enrich, match, index, notify.",
    ),
    "demo": (
        "pantau.commands.programs.demo:demo",
        "See it all work on made-up news, without internet.",
    ),
    "feeds": (
        "pantau.commands.feeds.group:feeds",
        "Add, list, import and test the feeds that are watched.",
    ),
    "subscribe": (
        "pantau.commands.subscriptions.subscribe:subscribe",
        "Save a query and where its alerts go.",
    ),
    "subscriptions": (
        "pantau.commands.subscriptions.group:subscriptions",
        "List, show, change, pause and remove subscriptions.",
    ),
    "lists": (
        "pantau.commands.lists.group:lists",
        "Keep lists of names that queries refer to by @name.",
    ),
    "channels": (
        "pantau.commands.upkeep.channels:channels",
        "List where alerts go, and how each channel fares.",
    ),
    "accounts": (
        "pantau.commands.accounts.group:accounts",
        "Keep the accounts of people who sign in to the console.",
    ),
    "search": ("pantau.commands.news.search:search", "Search all articles."),
    "show": ("pantau.commands.news.show:show", "Show one stored article."),
    "stories": (
        "pantau.commands.news.stories:stories",
        "List what several articles are about, largest first.",
    ),
    "alerts": (
        "pantau.commands.news.alerts:alerts",
        "List the alerts that fired and how they were delivered.",
    ),
    "inbox": (
        "pantau.commands.inbox.group:inbox",
        "Mark the stories that alerted: seen, starred, done or muted.",
    ),
    "entities": (
        "pantau.commands.news.entities:entities",
        "Show what is known of a name, and how often it is in the news.",
    ),
    "report": (
        "pantau.commands.news.report:report",
        "Report what was in the news on a day, to print or to mail.",
    ),
    "reports": (
        "pantau.commands.news.reports:reports",
        "Send reports by mail or webhook, each day, week or month.",
    ),
    "enrich-stored": (
        "pantau.commands.upkeep.enrich_stored:enrich_stored",
        "Enrich stored articles anew, after an upgrade.",
    ),
    "status": (
        "pantau.commands.upkeep.status:status",
        "Show how things stand, and what is wrong with feeds.",
    ),
    "replay": (
        "pantau.commands.upkeep.replay:replay",
        "Run articles of the past through the pipeline again.",
    ),
    "dead-letters": (
        "pantau.commands.upkeep.dead_letters:dead_letters",
        "List, show and retry what could not be processed.",
    ),
    "forget": (
        "pantau.commands.upkeep.forget:forget",
        "Take articles down, or all that belongs to a source or a channel.",
    ),
    "backup": (
        "pantau.commands.upkeep.backup:backup",
        "Save everything in one encrypted file.",
    ),
    "restore": (
        "pantau.commands.upkeep.backup:restore",
        "Restore everything from a backup, into an empty place.",
    ),
    "index": (
        "pantau.commands.upkeep.index:index",
        "Build the search index again, without a gap.",
    ),
    "enrich": (
        "pantau.commands.batch.enrich:enrich",
        "Enrich articles of a file, without a store.",
    ),
    "match": (
        "pantau.commands.batch.match:match",
        "Match subscriptions with articles, without a store.",
    ),
    "query": ("pantau.commands.query.group:query", "Check, explain and try queries."),
    "mcp": (
        "pantau.commands.programs.mcp:mcp",
        "Serve news and alerts to a language model, over MCP.",
    ),
    "setup": (
        "pantau.commands.programs.setup:setup",
        "Make topics and index templates, for `pantau service`.",
    ),
    "service": (
        "pantau.commands.programs.service:service",
        "Run one service over Kafka and Elasticsearch.",
    ),
    "completion": (
        "pantau.commands.upkeep.completion:completion",
        "Complete commands and names in your shell, by the Tab key.",
    ),
    "local": (
        "pantau.commands.programs.local:local",
        "Run Kafka and Elasticsearch on this machine, without Docker.",
    ),
}
"""Command to its location and its help line."""


_OF_THE_MACHINE: Final = {
    errno.ENOSPC,
    errno.EDQUOT,
    errno.EACCES,
    errno.EPERM,
    errno.EROFS,
    errno.EIO,
    errno.EMFILE,
}
"""Errors of the machine, not of the program; the operator can fix them."""
_DISTRIBUTED: Final = frozenset(
    {
        "cramjam", "crc32c", "elasticsearch", "faust", "kafka", "lz4", "opentelemetry",
        "prometheus_client", "snappy",
    }
)  # fmt: skip
"""Packages of the extra `distributed`, as they are imported."""

EXAMPLES: Final = """\b
Examples:
  pantau demo
  pantau feeds add https://www.antaranews.com/rss/terkini.xml
  pantau subscribe '"Boy Rafli Amar" AND UNOCT' --to email:desk@example.org
  pantau run
  pantau search 'banjir AND (Demak OR Kudus)' --since 7d
"""


class _Root(LazyGroup):
    """The root command group."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a closed pipe, as from `| head`, is not a failure."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # click would exit with 1
            _close_output()
            raise click.exceptions.Exit(0) from None


@click.group(
    cls=_Root,
    table=COMMANDS,
    epilog=EXAMPLES,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option(
    "--lang",
    type=click.Choice(LANGS),
    is_eager=True,  # a command that does not exist is an answer, too
    expose_value=False,
    callback=language.choose_option,
    help="Language of the answers.  [default: PANTAU_LANG, the setting lang, or the locale]",
)
@click.version_option(__version__, "-V", "--version", message=f"pantau {__version__}")
def pantau() -> None:
    """Monitor the news: subscribe with a query, be alerted seconds after an article appears.

    Everything is kept in one data folder: --data DIR on each command, or the variable PANTAU_DATA.
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit: 0 done, 1 failed, 2 invalid usage.

    Errors are shown without a traceback.
    """
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code."""
    printing.prepare_streams()
    if "_PANTAU_COMPLETE" in os.environ:
        from pantau.commands.cli import completing  # noqa: PLC0415 (only for a shell)

        completing.register()
    given = sys.argv[1:] if arguments is None else arguments
    with language.one_call(given), zones.one_call():
        _warn_of_language()
        return _run(given)


def _warn_of_language() -> None:
    """Warn that PANTAU_LANG names a language that Pantau does not speak, unless --lang decides."""
    unknown = language.unknown()
    if unknown is None or "_PANTAU_COMPLETE" in os.environ:
        return
    from pantau.commands.cli.say import warn  # noqa: PLC0415 (only when something is wrong)
    from pantau.problems import problem  # noqa: PLC0415 (as above)

    warn(problem("cli.no-language", name=unknown))


def _run(arguments: Sequence[str]) -> int:
    try:
        result: Any = pantau.main(
            args=list(arguments),
            prog_name="pantau",  # also by `python -m pantau.cli`
            standalone_mode=False,
        )
        if sys.stdout is not None:
            sys.stdout.flush()  # a write error surfaces now, not at interpreter exit
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        from pantau.commands.cli.help.wrong_usage import show  # noqa: PLC0415 (only when it is needed)

        show(error)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return 130
    except BrokenPipeError:  # the reader closed the pipe, as `| head` does
        _close_output()
        return 0
    except Exception as error:  # noqa: BLE001 (the outermost edge: known errors are shown, others re-raised)
        return _show(error)
    return result if isinstance(result, int) else 0


def _close_output() -> None:
    from pantau.common.files.jsonlines import discard  # noqa: PLC0415 (only when something went wrong)

    if sys.stdout is not None:
        discard(sys.stdout)


def _show(error: Exception) -> int:
    from pantau.commands.cli.say import print_aside  # noqa: PLC0415 (as above)
    from pantau.common.text.safe_text import harmless  # noqa: PLC0415 (as above)
    from pantau.errors import PantauError, UsageError  # noqa: PLC0415 (only when something went wrong)

    if isinstance(error, PantauError):
        print_aside("cli.error", text=_harmless(error.text(language.current())))
        return 2 if isinstance(error, UsageError) else 1
    if os.environ.get("PANTAU_TRACEBACK"):
        raise error
    missing = (error.name or "").partition(".")[0] if isinstance(error, ImportError) else ""
    if missing in _DISTRIBUTED:
        print_aside("cli.needs-distributed", package=missing)
        return 2
    if isinstance(error, OSError) and error.errno in _OF_THE_MACHINE:
        if error.filename is None:  # the buffered rest cannot be written, either
            _close_output()
        name = harmless(str(error.filename or "output"))
        print_aside("cli.error", text=f"{name}: {error.strerror}")
        return 1
    print_aside("cli.error", text=f"{type(error).__name__}: {_harmless(str(error))}")
    print_aside("cli.bug")
    return 1


def _harmless(text: str) -> str:
    """Remove what could steer a terminal from each line: errors quote external text."""
    from pantau.common.text.safe_text import harmless  # noqa: PLC0415 (only when something went wrong)

    return "\n".join(harmless(line) for line in text.split("\n"))


if __name__ == "__main__":
    main()
