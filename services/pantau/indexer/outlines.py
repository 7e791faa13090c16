"""Outlines of articles: of an event that was read, and of one as it is stored, without validating it. Pure."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from pantau.ports import Outline
from pantau_schemas.article import EnrichedArticle

FIELDS: Final = ("article_id", "title", "source", "story_id", "first_seen")
"""What an outline is made of."""


def outline_of(article: EnrichedArticle) -> Outline:
    """Give the outline of an article."""
    return Outline(article.article_id, article.title, article.source, article.story_id, article.first_seen)


def outline_of_fields(fields: Mapping[str, Any]) -> Outline:
    """Give the outline of an event of the present version, as JSON has it."""
    return Outline(
        fields["article_id"],
        fields.get("title", ""),
        fields.get("source"),
        fields.get("story_id"),
        datetime.fromisoformat(fields["first_seen"]),
    )
