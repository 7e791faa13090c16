"""Outlines of articles: of a decoded event, and of a stored one without validation. Pure."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pantau.ports import Outline
from pantau_schemas.events.article import EnrichedArticle


def outline_of(article: EnrichedArticle, *, titles: bool) -> Outline:
    """Return the outline of an article."""
    title = article.title if titles else ""
    return Outline(article.article_id, title, article.source, article.story_id, article.first_seen)


def outline_of_fields(fields: Mapping[str, Any], *, titles: bool) -> Outline:
    """Return the outline of an event in JSON, of a version with the current fields."""
    return Outline(
        fields["article_id"],
        fields.get("title", "") if titles else "",
        fields.get("source"),
        fields.get("story_id"),
        datetime.fromisoformat(fields["first_seen"]),
    )
