"""The query language: text to AST, AST to meaning.

    text --lucene/kql--> ast.Query --evaluate--> Match      the meaning: `evaluate`, one function
                            |------> engines.MatchEngine    many queries against one article
                            |------> elastic.to_elastic     the same as a query of Elasticsearch, and whether exactly
                            |------> fts.narrow             what the embedded index looks up, and whether that is all

Start at `ast`, then `lucene`, then `evaluate`. The real Elasticsearch's `query_string` is the
of all of it.
"""

from pantau.query.ast import Query
from pantau.query.errors import QueryError, QueryWarning
from pantau_schemas.subscription import QueryLanguage

__all__ = ["Query", "QueryError", "QueryWarning", "parse", "warnings"]


def parse(text: str, language: QueryLanguage = "lucene", *, time_zone: str = "UTC") -> Query:
    """Read a query. `time_zone` is an IANA name: days of dates in the query are days there.

    Raises QueryError with the place, what was expected and, where one is known, a repair;
    UsageError for a time zone or a language that does not exist.
    """
    from pantau.query.parsing import languages, repair  # noqa: PLC0415 (only when a query is read)

    try:
        return languages.parse(text, language, time_zone)
    except QueryError as error:
        raise repair.mended(error, language, time_zone) from error.__cause__


def warnings(text: str, language: QueryLanguage = "lucene") -> list[QueryWarning]:
    """Return what is allowed but surely not meant. A query that cannot be read has none."""
    from pantau.query.parsing import warnings as advice  # noqa: PLC0415 (as above)

    return advice.warnings(text, language)
