"""Queries pasted from elsewhere: `--language auto`, and what is asked before one is saved."""

import sys
from typing import TYPE_CHECKING, Final

import click

from pantau.commands.cli.asking import is_agreed
from pantau.commands.cli.language import current
from pantau.commands.cli.printing import put

if TYPE_CHECKING:
    from pantau.query.diagnosis.recognition import Origin
    from pantau_schemas.events.subscription import QueryLanguage

AUTO: Final = "auto"
_ORIGINS: Final[dict[str, dict["Origin", str]]] = {
    "en": {
        "lucene": "Lucene syntax",
        "kql": "KQL",
        "pantau": "the query language pantau",
        "vendor": "the syntax of another search service",
    },
    "id": {
        "lucene": "sintaksis Lucene",
        "kql": "KQL",
        "pantau": "bahasa kueri pantau",
        "vendor": "sintaksis layanan pencari lain",
    },
}
_TEXTS: Final[dict[str, dict[str, str]]] = {
    "en": {
        "recognised": "recognised as {origin}",
        "typed": "  typed:   {query}",
        "read": "  read as: {query}",
        "refused": "the query is saved as it is read only when that is confirmed: add --yes",
        "save": "Save the query as it is read?",
    },
    "id": {
        "recognised": "dikenali sebagai {origin}",
        "typed": "  diketik:       {query}",
        "read": "  dibaca sebagai: {query}",
        "refused": "kueri hanya disimpan menurut pembacaannya bila disetujui: tambahkan --yes",
        "save": "Simpan kueri menurut pembacaan itu?",
    },
}


def _say(name: str, **given: str) -> str:
    return _TEXTS[current()][name].format(**given)


def resolved(text: str, time_zone: str) -> "tuple[str, QueryLanguage, bool]":
    """Return a pasted query in the language `pantau`, that language, and whether its text changed.

    Both texts are written to standard error where they differ. Raises UsageError where the query
    cannot be understood.
    """
    from pantau.common.text.safe_text import one_line
    from pantau.query.diagnosis.recognition import understand

    found = understand(text, time_zone)
    put(_say("recognised", origin=_ORIGINS[current()][found.origin]), err=True)
    if found.is_changed:
        put(_say("typed", query=one_line(found.typed)), err=True)
        put(_say("read", query=one_line(found.query)), err=True)
    return found.query, "pantau", found.is_changed


def confirm_reading() -> None:
    """Request confirmation to save a query that was converted to another text.

    Raises UsageError without a terminal, click.Abort if the answer is no.
    """
    from pantau.errors import UsageError

    if not sys.stdin.isatty():
        raise UsageError(_say("refused"))
    if not is_agreed(_say("save")):
        raise click.Abort
