"""Parts of repairs, as query languages write them. Pure."""

from collections.abc import Iterable


def word_or_phrase(said: str) -> str:
    """Return a single word as it is, and anything else in quotes."""
    return said if said.isalnum() else f'"{said}"'


def any_of(queries: Iterable[str], language: str) -> str:
    """Return a query that each of some queries is enough for."""
    return (" or " if language == "kql" else " OR ").join(queries)
