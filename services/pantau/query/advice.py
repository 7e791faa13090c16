"""Warnings for queries that are allowed but surely not meant."""

from pantau.query.errors import QueryWarning


def warnings(text: str, language: str) -> list[QueryWarning]:
    """Tell what in the query is surely not meant."""
    del text, language
    return []
