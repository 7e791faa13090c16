"""Suggestions that can be read.

What a parser suggests mends one thing, and there may be more to mend.
"""

from typing import Final

from pantau.query.errors import QueryError
from pantau.query.parsing import languages

_MOST: Final = 8
"""How many things in one query are mended."""


def mended(error: QueryError, language: str, time_zone: str) -> QueryError:
    """Return the error with a suggestion that can be read, mended step by step.

    As it is if none is found.
    """
    suggestion = error.suggestion
    for _ in range(_MOST):
        if suggestion is None:
            return error
        try:
            languages.parse(suggestion, language, time_zone)
        except QueryError as following:
            suggestion = following.suggestion
        else:
            return QueryError(error.query, error.position, error.expected, suggestion)
    return error
