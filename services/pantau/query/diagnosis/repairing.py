"""Diagnoses of a query that cannot be parsed, with a repair that can."""

from pantau.query.diagnosis import engine
from pantau.query.errors import QueryError
from pantau_schemas.events.subscription import QueryLanguage


def repaired(error: QueryError, language: QueryLanguage, time_zone: str) -> QueryError:
    """Return the error with a suggestion that can be read, and what the diagnoses say of it.

    The suggestion is None where no repair is known.
    """
    found = next(iter(engine.diagnose(error.query, language, time_zone)), None)
    expected = error.expected
    if found is not None and found.code != "operator_of_pantau":  # which the parser names itself
        expected = f"{expected}; {found.message}"
    code = "unreadable" if found is None else found.code
    if found is not None and found.suggestion is not None:
        suggestion, used = found.suggestion, found.language
    elif found is not None and found.code in engine.BLOCKING:
        suggestion, used = None, language
    else:
        settled = engine.readable(error.query, language, time_zone)
        suggestion, used = settled or (None, language)
    return QueryError(
        error.query,
        error.position,
        expected,
        suggestion,
        code=code,
        reason=found,
        language=None if used == language else used,
    )
