"""The query language: text to AST, AST to meaning.

    text ──parsing──▶ ast.Query ──meaning.evaluate──▶ Match   what it means, a function per node
      │                   ├──matching──▶ MatchEngine          many queries against one article
      │                   ├──elasticsearch──▶ ElasticQuery    as a query of Elasticsearch
      │                   ├──fts5──▶ Narrowing                what the embedded index looks up
      │                   └──explain──▶ words, snippets       for people
      └──diagnosis──▶ Diagnosis                               surely not meant, with a repair

`text` cuts words, `automata` runs regular expressions, `listed` binds lists of names to a tree.
Start at `ast`, then `parsing.lucene`, then `meaning.evaluate`, which tests compare with
Elasticsearch's `query_string`.
"""

from typing import TYPE_CHECKING

from pantau.query.ast import Query
from pantau.query.errors import QueryError
from pantau_schemas.events.subscription import QueryLanguage

if TYPE_CHECKING:
    from pantau.query.diagnosis.diagnosis import Diagnosis

__all__ = ["Query", "QueryError", "parse", "warnings"]


def parse(text: str, language: QueryLanguage = "lucene", *, time_zone: str = "UTC") -> Query:
    """Parse a query. `time_zone` is an IANA name: days of dates in the query are days there.

    Raises QueryError with the position, what was expected and, if one is known, a repair;
    UsageError for an unknown time zone or language.
    """
    from pantau.query.parsing import languages  # noqa: PLC0415 (only when a query is read)

    try:
        return languages.parse(text, language, time_zone)
    except QueryError as error:
        from pantau.query.diagnosis import repairing  # noqa: PLC0415 (only when there is an error)

        raise repairing.repaired(error, language, time_zone) from error.__cause__


def warnings(
    text: str, language: QueryLanguage = "lucene", time_zone: str = "UTC"
) -> "list[Diagnosis]":
    """Return what is allowed but surely not meant, the most urgent first.

    A query that cannot be read has none: `parse` says what is wrong with it.
    """
    from pantau.query.diagnosis import engine  # noqa: PLC0415 (as above)
    from pantau.query.parsing import languages  # noqa: PLC0415 (as above)

    try:
        languages.parse(text, language, time_zone)
    except QueryError:
        return []
    return engine.diagnose(text, language, time_zone)
