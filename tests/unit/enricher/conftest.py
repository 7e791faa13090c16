"""Fixtures that the enricher's tests share."""

from datetime import UTC, datetime

import pytest

from pantau.enricher import Enricher, build_enricher
from pantau_schemas.events.article import Article


@pytest.fixture(scope="session")
def enricher() -> Enricher:
    return build_enricher()


def article(title: str, text: str, **more: object) -> Article:
    fields: dict[str, object] = {"article_id": "a", "first_seen": datetime(2022, 9, 9, tzinfo=UTC)}
    return Article.model_validate(fields | {"title": title, "text": text} | more)
