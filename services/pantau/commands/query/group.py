"""`pantau query`: the group; each command has a module of its own beside this one."""

from typing import Final

import click

from pantau.commands.cli.lazy import LazyGroup

COMMANDS: Final[dict[str, tuple[str, str]]] = {
    "check": (
        "pantau.commands.query.check:check",
        "Tell whether queries can be read, and what is odd in them.",
    ),
    "explain": ("pantau.commands.query.explain:explain", "Say in plain words what a query means."),
    "test": (
        "pantau.commands.query.trial:test",
        "Run a query against an article, or a file of them.",
    ),
    "why": (
        "pantau.commands.query.why:why",
        "Say why a stored article did or did not alert.",
    ),
    "tokens": ("pantau.commands.query.tokens:tokens", "Cut texts into words, as the index does."),
}

EXAMPLES: Final = """\b
Examples:
  pantau query check 'banjir AND (Demak OR Kudus'
  pantau query explain 'banjir AND (Demak OR Kudus)' --lang id
  pantau query test '"Boy Rafli Amar"' --title 'Boy Rafli Amar ke New York'
"""


@click.group(cls=LazyGroup, table=COMMANDS, epilog=EXAMPLES)
def query() -> None:
    """Check, explain and try queries before they are saved or searched for."""
