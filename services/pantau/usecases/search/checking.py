"""The check of queries, of one or of a file of them: can they be read, and what is hardly meant."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Final, Literal, get_args

from pantau.common.files.jsonlines import Complaints, read_objects
from pantau.query import QueryError, parse, warnings
from pantau.query.diagnosis.diagnosis import Diagnosis
from pantau.query.diagnosis.recognition import understand
from pantau.query.parsing.languages import read_time_zone
from pantau.usecases.search.queries import ReadQuery
from pantau.usecases.search.spellings import Spell, as_read
from pantau_schemas.events.subscription import QueryLanguage

AskedLanguage = QueryLanguage | Literal["auto"]
"""A query language, or `auto`: what was pasted is recognised, and read as `pantau`."""
LANGUAGES: Final[tuple[QueryLanguage, ...]] = get_args(QueryLanguage)


@dataclass(frozen=True, slots=True)
class QueryToCheck:
    """A query as it was given. `where` names its line."""

    where: str
    id: str | None
    query: str
    language: AskedLanguage
    time_zone: str


@dataclass(frozen=True, slots=True)
class CheckedQuery:
    """A query in the language that it was read in, and what is wrong with it."""

    id: str | None
    query: str
    language: QueryLanguage
    error: QueryError | None
    warnings: tuple[Diagnosis, ...] = ()

    @property
    def ok(self) -> bool:
        """True if the query can be read."""
        return self.error is None


def check_query(given: QueryToCheck, spell: Spell = as_read) -> CheckedQuery:
    """Check one query; `spell` adds how stored articles spell its names.

    Raises UsageError for a time zone that does not exist, and for a query of the language `auto`
    that cannot be understood.
    """
    text, language, zone = given.query, given.language, read_time_zone(given.time_zone)
    if language == "auto":
        text, language = understand(text, zone).query, "pantau"
    if not text.strip():
        empty = QueryError(text, 0, "words to look for, or * for every article", "*")
        return CheckedQuery(given.id, text, language, empty)
    try:
        query = parse(text, language, time_zone=zone)
    except QueryError as error:
        return CheckedQuery(given.id, text, language, error)
    read = ReadQuery(query, tuple(warnings(text, language, zone)))
    return CheckedQuery(given.id, text, language, None, spell(read, text, language))


def read_queries(
    whole: bytes, usual: QueryToCheck, complaints: Complaints
) -> Iterator[QueryToCheck]:
    """Yield the queries of a file: JSON Lines if the first line is an object, else one per line.

    What a line does not say is as in `usual`, whose `where` names the file. Lines that cannot be
    used are reported to `complaints`.
    """
    first = next((line for line in whole.splitlines() if line.strip()), b"")
    if _is_object(first):
        yield from _read_objects(whole, usual, complaints)
        return
    for number, line in enumerate(whole.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if not line.strip():
            continue
        where = f"{usual.where}, line {number}"
        try:
            yield replace(usual, where=where, query=line.rstrip(b"\r").decode())
        except UnicodeDecodeError as error:
            complaints.reject(where, f"no UTF-8: byte {error.start + 1} of the line")


def _is_object(line: bytes) -> bool:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) and "query" in value


def _read_objects(
    whole: bytes, usual: QueryToCheck, complaints: Complaints
) -> Iterator[QueryToCheck]:
    for where, given in read_objects(BytesIO(whole), usual.where, complaints):
        language = given.get("language") or usual.language
        time_zone = given.get("time_zone") or usual.time_zone
        if not isinstance(given.get("query"), str):
            complaints.reject(where, "query: expected a string")
        elif language not in (*LANGUAGES, "auto"):
            complaints.reject(where, f"language: expected {', '.join(LANGUAGES)}")
        elif not isinstance(time_zone, str):
            complaints.reject(where, "time_zone: expected a string")
        else:
            identifier = given.get("id")
            known = None if identifier is None else str(identifier)
            yield QueryToCheck(where, known, given["query"], language, time_zone)
