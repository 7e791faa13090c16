"""A query by a name or an id means the same in the matcher and in every index."""

from collections.abc import Sequence

import pytest

from pantau.enricher import build_enricher
from pantau.ports import SearchRequest, Store
from pantau.query import parse
from pantau.query.matching.engines import ENGINES
from pantau.query.meaning.evaluate import accepts
from pantau.query.text.document import Document
from pantau_schemas.events.article import EnrichedArticle
from tests.made.names import QUERIES, TEXTS
from tests.support import START, enriched


@pytest.fixture(scope="module")
def articles() -> Sequence[EnrichedArticle]:
    enricher = build_enricher()
    return [
        enriched(f"a{number}", **enricher.find("", text, "id"), text=text, first_seen=START)
        for number, text in enumerate(TEXTS)
    ]


@pytest.mark.parametrize("engine", ENGINES)
def test_the_matcher_finds_by_any_name(articles: Sequence[EnrichedArticle], engine: str) -> None:
    matcher = ENGINES[engine]()
    for number, (language, text, _) in enumerate(QUERIES):
        matcher.put(str(number), parse(text, language))
    found: dict[tuple[str, str], list[int]] = {asked[:2]: [] for asked in QUERIES}
    for number, article in enumerate(articles):
        for key, _ in matcher.match(Document.from_article(article)):
            found[QUERIES[int(key)][:2]].append(number)
    assert found == _wanted()


def test_the_evaluator_finds_by_any_name(articles: Sequence[EnrichedArticle]) -> None:
    documents = list(map(Document.from_article, articles))
    found = {
        (language, text): [
            at for at, one in enumerate(documents) if accepts(parse(text, language), one)
        ]
        for language, text, _ in QUERIES
    }
    assert found == _wanted()


def test_an_index_finds_by_any_name(articles: Sequence[EnrichedArticle], store: Store) -> None:
    assert store.index.put(articles) == ()
    store.index.refresh()
    numbers = {one.article_id: number for number, one in enumerate(articles)}
    found = {}
    for language, text, _ in QUERIES:
        page = store.index.search(SearchRequest(parse(text, language), limit=100))
        found[language, text] = sorted(numbers[hit.article.article_id] for hit in page.hits)
    assert found == _wanted()


def _wanted() -> dict[tuple[str, str], list[int]]:
    return {(language, text): list(wanted) for language, text, wanted in QUERIES}
