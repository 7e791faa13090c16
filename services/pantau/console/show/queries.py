"""A query as a page shows it: its meaning in words, what is wrong with it, and the repair."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pantau.common.time import zones
from pantau.console.asked import Asked
from pantau.errors import UsageError
from pantau.query import Query, QueryError
from pantau.query.diagnosis.diagnosis import Diagnosis
from pantau.query.explain import plain
from pantau.usecases.search.queries import read_query
from pantau.usecases.search.spellings import feed_names, speller
from pantau_schemas.events.subscription import QueryLanguage


@dataclass(frozen=True, slots=True)
class QueryNote:
    """A fault of a query, or a doubt about it: the text in three parts, the second one at fault.

    `repair` is a query that may be meant, in the language `language`.
    """

    text: str
    before: str
    fault: str
    after: str
    repair: str | None
    language: QueryLanguage
    is_error: bool


@dataclass(frozen=True, slots=True)
class ShownQuery:
    """A query, its meaning line by line, and notes about it. `query` is None if unreadable."""

    query: Query | None
    words: Sequence[str]
    notes: tuple[QueryNote, ...]


def read_shown(
    asked: Asked, text: str, language: QueryLanguage, zone: str | None = None
) -> ShownQuery:
    """Return a query as a page shows it; what cannot be read is a note.

    `zone` is that of its days, by default the one of the settings.
    """
    zone = zone or zones.current_name()
    try:
        read = read_query(text, language, zone)
    except QueryError as error:
        return ShownQuery(None, (), (error_note(error, language, asked),))
    except UsageError as error:
        fault = error.text(asked.lang)
        note = QueryNote(fault, text, "", "", None, language, is_error=True)
        return ShownQuery(None, (), (note,))
    words = plain.read(read.query, asked.lang, asked.now, zone).text.splitlines()
    notes = tuple(_note(text, one, asked) for one in read.warnings)
    return ShownQuery(read.query, words, notes)


def with_spellings(
    asked: Asked, text: str, shown: ShownQuery, language: QueryLanguage
) -> ShownQuery:
    """Return a query that found nothing, with the letters in which articles have its names.

    Names of feeds that are no sources are reported, too.
    """
    read = read_query(text, language, zones.current_name())
    found = speller(asked.store)(read, text, language)
    return replace(shown, notes=tuple(_note(text, one, asked) for one in found))


def with_feeds(asked: Asked, text: str, shown: ShownQuery) -> ShownQuery:
    """Return a query that found nothing, with the clauses for feeds that it names as sources."""
    if shown.query is None:
        return shown
    found = feed_names(shown.query, text, asked.language, asked.store)
    return replace(shown, notes=(*shown.notes, *(_note(text, one, asked) for one in found)))


def in_words(asked: Asked, query: Query) -> str:
    """Return the meaning of a query, or of a part of one, in a line."""
    words = plain.read(query, asked.lang, asked.now, zones.current_name()).text
    return " ".join(words.split())


def error_note(error: QueryError, language: QueryLanguage, asked: Asked) -> QueryNote:
    """Return the note of a query that cannot be read."""
    text = error.query
    rest = text[error.position :]
    # To the end of the word; at the end of the query, its last character.
    length = len(rest) - len(rest.lstrip()) + len(rest.split(None, 1)[0]) if rest.strip() else 0
    start = error.position if length else max(0, len(text.rstrip()) - 1)
    end = start + (length or 1)
    return QueryNote(
        text=error.text(asked.lang).partition("\n")[0],
        before=text[:start],
        fault=text[start:end],
        after=text[end:],
        repair=error.suggestion,
        language=error.language or language,
        is_error=True,
    )


def _note(text: str, one: Diagnosis, asked: Asked) -> QueryNote:
    end = max(one.end, one.start)
    return QueryNote(
        text=one.text(asked.lang),
        before=text[: one.start],
        fault=text[one.start : end],
        after=text[end:],
        repair=one.suggestion,
        language=one.language,
        is_error=False,
    )
