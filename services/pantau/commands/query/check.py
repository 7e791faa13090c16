"""`pantau query check`: validates queries and reports likely mistakes."""

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, BinaryIO, Final

import click

from pantau.commands.cli.options.queries import query_options
from pantau.commands.cli.options.shared import json_option
from pantau.commands.cli.say import print_aside, print_text, say
from pantau.commands.cli.streams import InputFile, data_output, name_of
from pantau.commands.cli.texts.diagnoses import line, report, shown, shown_error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pantau.usecases.search.checking import AskedLanguage, CheckedQuery
    from pantau.usecases.search.spellings import Spell
    from pantau_schemas.events.subscription import QueryLanguage

EXAMPLES: Final = """\b
Examples:
  pantau query check 'banjir AND (Demak OR Kudus'
  pantau query check 'title: banjir and not lang: en' --language kql
  pantau query check --file subscriptions.jsonl --json

A file has a query a line, or is JSON Lines of {"query", "id"?, "language"?, "time_zone"?}.
Exit code: 0 all can be read, 1 a line of the file could not be read, 2 a query cannot be read, or wrong usage.
"""


@click.command(epilog=EXAMPLES)
@click.argument("query", required=False)
@click.option("--file", type=InputFile(), help="Check all queries of a file; - for standard input.")
@query_options
@json_option
def check(
    query: str | None,
    file: BinaryIO | None,
    language: "QueryLanguage",
    time_zone: str,
    *,
    as_json: bool,
) -> int:
    """Check whether queries are valid, and report likely mistakes.

    An invalid query is shown with the position, what was expected there, and a repair if one is
    known. Likely mistakes are reported as warnings.
    """
    from pantau.usecases.search.queries import read_query

    if (query is None) == (file is None):
        raise click.UsageError(say("query.one-input"))
    if file is not None:
        return _check_file(file, language, time_zone, as_json=as_json)
    if as_json:
        return _check_as_json(query or "", language, time_zone)
    given = query or ""
    with _spelling(given) as spell:
        report(spell(read_query(given, language, time_zone), given, language), language)
    print_text("query.readable")
    return 0


@contextmanager
def _spelling(text: str) -> "Iterator[Spell]":
    """Yield what looks up names of queries in the articles of the data folder, if it has any."""
    from pantau.commands.cli.opened import opened_store, read_settings
    from pantau.commands.cli.options.shared import default_data
    from pantau.usecases.search.spellings import LOOKED_UP, as_read, speller

    data = default_data()
    settings = read_settings(data) if any(one in text for one in LOOKED_UP) else None
    if settings is None or settings.backend != "sqlite" or not settings.database.exists():
        yield as_read
        return
    with opened_store(data, reads=True) as (store, _):
        yield speller(store)


def _check_as_json(query: str, language: "AskedLanguage", time_zone: str) -> int:
    from pantau.usecases.search.checking import QueryToCheck, check_query

    with _spelling(query) as spell:
        found = check_query(QueryToCheck("QUERY", None, query, language, time_zone), spell)
    with data_output() as write:
        write(_fields(found))
    return 0 if found.ok else 2


def _fields(found: "CheckedQuery") -> dict[str, Any]:
    """Return the result of a check for programs."""
    fields: dict[str, Any] = {} if found.id is None else {"id": found.id}
    fields |= {"query": found.query, "language": found.language, "ok": found.ok}
    if found.error is not None:
        return fields | shown_error(found.error, found.language)
    return fields | {"warnings": [shown(one) for one in found.warnings]}


def _check_file(file: BinaryIO, language: "AskedLanguage", time_zone: str, *, as_json: bool) -> int:
    from pantau.common.files.jsonlines import Complaints
    from pantau.errors import UsageError
    from pantau.usecases.search.checking import QueryToCheck, check_query, read_queries

    complaints = Complaints()
    readable = refused = warned = 0
    usual = QueryToCheck(name_of(file), None, "", language, time_zone)
    whole = file.read()
    with data_output() as write, _spelling(whole.decode("utf-8", "replace")) as spell:
        for given in read_queries(whole, usual, complaints):
            try:
                found = check_query(given, spell)
            except UsageError as error:
                complaints.reject(given.where, str(error))
                continue
            readable += found.ok
            refused += not found.ok
            warned += bool(found.warnings)
            if as_json:
                write(_fields(found))
            else:
                _print_problem(given.where, found)
    if not as_json:
        bad = say("query.check-refused", count=refused) if refused else ""
        odd = say("query.check-warned", count=warned) if warned else ""
        print_text("query.checked", ok=readable, total=readable + refused, odd=odd, bad=bad)
    return 2 if refused else complaints.exit_code


def _print_problem(where: str, found: "CheckedQuery") -> None:
    """Print the problems of a query on standard error."""
    from pantau.common.text.safe_text import harmless, one_line

    name = where if found.id is None else f"{where}, {one_line(found.id, 60)}"
    if found.error is not None:
        lines = "\n".join(map(harmless, str(found.error).split("\n")))
        print_aside("cli.error-at", where=name, text=lines)
    for one in found.warnings:
        print_aside("cli.warning", text=f"{name}: {line(one, found.language)}")
