"""`pantau query check`: validates queries and reports likely mistakes."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO, Final, get_args

import click

from pantau.commands.cli.options.pasted_queries import AUTO
from pantau.commands.cli.options.queries import query_options, read_query
from pantau.commands.cli.options.shared import json_option
from pantau.commands.cli.say import say
from pantau.commands.cli.streams import InputFile, data_output, name_of
from pantau.commands.cli.texts.diagnoses import shown, shown_error

if TYPE_CHECKING:
    from pantau.common.files.jsonlines import Complaints
    from pantau_schemas.events.subscription import QueryLanguage

EXAMPLES: Final = """\b
Examples:
  pantau query check 'banjir AND (Demak OR Kudus'
  pantau query check 'title: banjir and not lang: en' --language kql
  pantau query check --file subscriptions.jsonl --json

A file has a query a line, or is JSON Lines of {"query", "id"?, "language"?, "time_zone"?}.
Exit code: 0 all can be read, 1 a line of the file could not be read, 2 a query cannot be read, or wrong usage.
"""


@dataclass(frozen=True, slots=True)
class _Given:
    """A query of a file. `where` names its line."""

    where: str
    id: str | None
    query: str
    language: "QueryLanguage"
    time_zone: str


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
    if (query is None) == (file is None):
        raise click.UsageError(say("query.one-input"))
    if file is not None:
        return _check_file(file, language, time_zone, as_json=as_json)
    if as_json:
        return _check_as_json(query or "", language, time_zone)
    read_query(query or "", language, time_zone)
    click.echo("The query can be read.")
    return 0


def _check_as_json(query: str, language: "QueryLanguage", time_zone: str) -> int:
    found = _report(_Given("QUERY", None, query, language, time_zone))
    with data_output() as write:
        write(found)
    return 0 if found["ok"] else 2


def _report(given: _Given) -> dict[str, Any]:
    """Return the result of a query's check, for programs.

    Raises UsageError for an invalid time zone.
    """
    from pantau.query import QueryError, warnings  # noqa: PLC0415 (not needed for --help)

    found: dict[str, Any] = {} if given.id is None else {"id": given.id}
    found |= {"query": given.query, "language": given.language}
    try:
        _parse(given)
    except QueryError as error:
        return found | {"ok": False} | shown_error(error, given.language)
    told = [shown(one) for one in warnings(given.query, given.language, given.time_zone)]
    return found | {"ok": True, "warnings": told}


def _understood(given: _Given) -> _Given:
    """Return a query of a file as it is read, where its language is to be recognised."""
    if str(given.language) != AUTO:  # what click and files allow beside the languages
        return given
    from pantau.query.diagnosis.recognition import understand  # noqa: PLC0415 (not needed for --help)

    return replace(given, query=understand(given.query, given.time_zone).query, language="pantau")


def _parse(given: _Given) -> None:
    from pantau.query import QueryError, parse  # noqa: PLC0415 (not needed for --help)

    if not given.query.strip():
        raise QueryError(given.query, 0, "words to look for, or * for every article", "*")
    parse(given.query, given.language, time_zone=given.time_zone)


def _check_file(file: BinaryIO, language: "QueryLanguage", time_zone: str, *, as_json: bool) -> int:
    from pantau.common.files.jsonlines import Complaints  # noqa: PLC0415 (as above)
    from pantau.errors import UsageError  # noqa: PLC0415 (not needed for --help)

    complaints = Complaints()
    readable = refused = warned = 0
    with data_output() as write:
        for given in _read_file(file, language, time_zone, complaints):
            try:
                found = _report(_understood(given))
            except UsageError as error:
                complaints.reject(given.where, str(error))
                continue
            readable += found["ok"]
            refused += not found["ok"]
            warned += bool(found.get("warnings"))
            if as_json:
                write(found)
            else:
                _print_problem(given, found)
    if not as_json:
        bad = f", {refused:,} cannot" if refused else ""
        odd = f" ({warned:,} with warnings)" if warned else ""
        click.echo(f"{readable:,} of {readable + refused:,} queries can be read{odd}{bad}.")
    return 2 if refused else complaints.exit_code


def _print_problem(given: _Given, found: dict[str, Any]) -> None:
    """Print the problems of a query on standard error."""
    from pantau.common.text.safe_text import harmless, one_line  # noqa: PLC0415 (not needed for --help)
    from pantau.query import QueryError  # noqa: PLC0415 (as above)

    name = given.where if given.id is None else f"{given.where}, {one_line(given.id, 60)}"
    if not found["ok"]:
        error = QueryError(given.query, found["position"], found["expected"], found["suggestion"])
        lines = "\n".join(map(harmless, str(error).split("\n")))
        click.echo(f"error: {name}: {lines}", err=True)
    for one in found.get("warnings", ()):
        other = one["suggestion_language"] not in {None, given.language}
        chosen = f" (--language {one['suggestion_language']})" if other else ""
        tip = f"; try: {one['suggestion']}{chosen}" if one["suggestion"] else ""
        message = one_line(f"character {one['position'] + 1}: {one['message']}{tip}")
        click.echo(f"warning: {name}: {message}", err=True)


def _read_file(
    file: BinaryIO, language: "QueryLanguage", time_zone: str, complaints: "Complaints"
) -> Iterator[_Given]:
    """Yield queries: JSON Lines if the first line is an object, else one query per line."""
    whole = file.read()
    name = name_of(file)
    first = next((line for line in whole.splitlines() if line.strip()), b"")
    if _is_object(first):
        yield from _read_objects(whole, name, (language, time_zone), complaints)
        return
    for number, line in enumerate(whole.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if not line.strip():
            continue
        where = f"{name}, line {number}"
        try:
            yield _Given(where, None, line.rstrip(b"\r").decode(), language, time_zone)
        except UnicodeDecodeError as error:
            complaints.reject(where, f"no UTF-8: byte {error.start + 1} of the line")


def _is_object(line: bytes) -> bool:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) and "query" in value


def _read_objects(
    whole: bytes, name: str, usual: "tuple[QueryLanguage, str]", complaints: "Complaints"
) -> Iterator[_Given]:
    from pantau.common.files.jsonlines import read_objects  # noqa: PLC0415 (not needed for --help)
    from pantau_schemas.events.subscription import QueryLanguage  # noqa: PLC0415 (as above)

    for where, given in read_objects(BytesIO(whole), name, complaints):
        language, time_zone = given.get("language") or usual[0], given.get("time_zone") or usual[1]
        if not isinstance(given.get("query"), str):
            complaints.reject(where, "query: expected a string")
        elif language not in (*get_args(QueryLanguage), AUTO):
            complaints.reject(where, f"language: expected {', '.join(get_args(QueryLanguage))}")
        elif not isinstance(time_zone, str):
            complaints.reject(where, "time_zone: expected a string")
        else:
            identifier = given.get("id")
            known = None if identifier is None else str(identifier)
            yield _Given(where, known, given["query"], language, time_zone)
