"""The head of an alert: what decides where the alert goes, and when.

Most of an alert is for its reader: the matched words, snippets, clauses and names. They are two
thirds of the time that it takes to decode one, and no rule asks for them.
"""

from typing import ClassVar, Final

from pydantic import Field

from pantau_schemas.base import Span
from pantau_schemas.events.alert import Alert, ArticleSummary, MatchedClause, NamedEntity, Snippet

_UNREAD: Final = "\x00"
"""No member of an event has this name, so the field has its default."""


class ArticleHead(ArticleSummary):
    """The summary of an article without its text and the names in it."""

    excerpt: str | None = Field(default=None, validation_alias=_UNREAD)
    entities: tuple[NamedEntity, ...] = Field(default=(), validation_alias=_UNREAD)


class AlertHead(Alert):
    """An alert without its details. Never written."""

    is_head: ClassVar[bool] = True
    article: ArticleHead
    clauses: tuple[MatchedClause, ...] = Field(default=(), validation_alias=_UNREAD)
    matches: tuple[Span, ...] = Field(default=(), validation_alias=_UNREAD)
    snippets: tuple[Snippet, ...] = Field(default=(), validation_alias=_UNREAD)
