"""Behaviour that the contract of search indices leaves open.

Where articles stand in Elasticsearch, and what it refuses.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from elasticsearch import BadRequestError

from pantau.adapters.elasticsearch.index import ElasticIndex
from pantau.adapters.memory.store import MemoryStore
from pantau.errors import RetryError, UsageError
from pantau.ports import Filters, Hit, RejectedDocument, SearchRequest
from pantau.query import parse
from pantau.query.elasticsearch.translate import to_elastic
from pantau.query.meaning.evaluate import accepts
from pantau.query.text.document import Document
from pantau_schemas.events.article import Boilerplate, EnrichedArticle
from pantau_schemas.ids import digest_id
from tests.integration.elasticsearch.elastic_parts import Cluster, cluster_at
from tests.support import START, FixedClock, enriched

MARCH = datetime(2026, 3, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)
ONE = digest_id("one")


@pytest.fixture
def cluster(elastic_url: str) -> Iterator[Cluster]:
    with cluster_at(elastic_url) as found:
        yield found


@pytest.fixture
def index(cluster: Cluster) -> Iterator[ElasticIndex]:
    with cluster.index() as found:
        yield found


def titles(index: ElasticIndex, query: str = "*:*", **other: object) -> list[str]:
    index.refresh()
    request = SearchRequest(parse(query), **{"limit": 100, **other})  # type: ignore[arg-type]
    return [hit.article.title for hit in index.search(request).hits]


class TestGet:
    def test_the_whole_event_comes_back_at_once(self, index: ElasticIndex) -> None:
        one = enriched(
            "one",
            title="Kepala BNPT Boy Rafli 🙂",
            text="a\u2028b \x00 \x1f \U0010ffff",
            feed_id="f",
            feed_language="id-ID",
            author="Siti",
            tags=("satu", ""),
            published=datetime(1, 1, 1, tzinfo=UTC),
            historical=True,
            people=("Boy Rafli",),
            roles=("Kepala BNPT",),
            quotes=("ya", "tidak"),
            story_id="s",
            entities=(
                {
                    "type": "person",
                    "name": "Boy Rafli",
                    "long_name": "Boy Rafli Amar",
                    "roles": ("Kepala BNPT",),
                    "mentions": ({"field": "title", "start": 12, "end": 21},),
                },
            ),
            boilerplate=(Boilerplate(field="text", start=0, end=1),),
            cut=("names", "dates"),
        )
        index.put([one])
        assert index.get(ONE) == one

    def test_before_anything_was_put(self, index: ElasticIndex) -> None:
        assert index.get(ONE) is None
        assert index.count() == index.forget(START) == 0
        assert titles(index) == []


class TestCount:
    def test_what_can_be_found_is_counted_without_a_refresh(
        self, cluster: Cluster, index: ElasticIndex
    ) -> None:
        index.put([enriched("one", first_seen=MARCH)])
        cluster.server.indices.put_settings(
            index=cluster.month("2026.03"), settings={"index.refresh_interval": "-1"}
        )
        index.refresh()
        index.put([enriched("two", first_seen=MARCH)])
        assert index.count(searchable=True) == 1
        assert index.count() == index.count(searchable=True) == 2


class TestMonths:
    def test_an_article_stands_in_the_month_in_which_it_was_first_seen(
        self, cluster: Cluster, index: ElasticIndex
    ) -> None:
        west = datetime.fromisoformat("2026-02-28T20:00:00-05:00")  # in March, in UTC
        index.put([enriched("one", first_seen=MARCH - SECOND), enriched("two", first_seen=west)])
        assert cluster.months() == {"2026.02": {ONE}, "2026.03": {digest_id("two")}}
        assert len(titles(index)) == 2

    @pytest.mark.parametrize("later", [False, True])
    def test_seen_again_across_the_end_of_a_month(
        self, cluster: Cluster, index: ElasticIndex, *, later: bool
    ) -> None:
        first, second = (MARCH - SECOND, MARCH + SECOND)[:: 1 if later else -1]
        index.put([enriched("one", title="lama", first_seen=first)])
        index.put(
            [enriched("one", title="baru", first_seen=second)]
        )  # nobody could see the first one yet
        assert cluster.months() == {"2026.02" if later else "2026.03": {ONE}}
        assert titles(index) == ["baru"]

    def test_seen_again_after_months(self, cluster: Cluster, index: ElasticIndex) -> None:
        index.put([enriched("one", title="lama", first_seen=MARCH - timedelta(days=200))])
        index.refresh()
        index.put(
            [enriched("one", title="baru", first_seen=MARCH), enriched("two", first_seen=MARCH)]
        )
        assert cluster.months() == {"2025.08": {ONE}, "2026.03": {digest_id("two")}}
        assert titles(index, "baru") == ["baru"]

    def test_a_lower_revision_of_another_month_changes_nothing(
        self, cluster: Cluster, index: ElasticIndex
    ) -> None:
        index.put([enriched("one", title="baru", revision=2, first_seen=MARCH + SECOND)])
        assert index.put([enriched("one", title="lama", first_seen=MARCH - SECOND)]) == ()
        assert cluster.months() == {"2026.03": {ONE}}
        assert titles(index) == ["baru"]

    @pytest.mark.parametrize(
        "moment", [datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)]
    )
    def test_the_first_and_the_last_moment(self, index: ElasticIndex, moment: datetime) -> None:
        one = enriched("one", title="x", first_seen=moment)
        assert index.put([one]) == ()
        index.refresh()
        (hit,) = index.search(SearchRequest(parse("x"), Filters(since=one.first_seen))).hits
        assert hit.article == one


class TestRefused:
    def test_what_no_request_could_carry(self, index: ElasticIndex) -> None:
        long_id = "\U0001f600" * 200
        given = [
            enriched("one", article_id=long_id),
            enriched("two", revision=1 << 63),
            enriched("three", title="baik"),
        ]
        assert index.put(given) == (
            RejectedDocument(long_id, "article_id: 800 bytes; Elasticsearch takes 512"),
            RejectedDocument(
                digest_id("two"), f"revision: {1 << 63}; Elasticsearch takes up to {(1 << 63) - 1}"
            ),
        )
        assert titles(index) == ["baik"]

    def test_an_index_of_another_mapping_keeps_its_articles_back(
        self, cluster: Cluster, index: ElasticIndex
    ) -> None:
        """No article is at fault: all wait until the index is as the template makes it."""
        index.put([enriched("zero")])  # the templates are there now
        month = cluster.month("2026.04")
        cluster.server.indices.create(
            index=month, mappings={"properties": {"author": {"type": "date"}}}
        )
        april = MARCH + timedelta(days=40)
        given = [
            enriched(name, title=name, first_seen=april, author=author)
            for name, author in (("one", None), ("two", "Siti"), ("three", None))
        ]
        with pytest.raises(RetryError, match="author is date"):
            index.put(given)
        cluster.server.indices.delete(index=month)
        assert index.put(given) == ()
        assert set(titles(index)) == {"Berita zero", "one", "two", "three"}

    def test_a_field_that_the_table_does_not_have(
        self, cluster: Cluster, index: ElasticIndex
    ) -> None:
        index.put([enriched("one")])
        (month,) = cluster.months()
        for document in ({"headline": "x"}, {"_pantau": {"more": 1}}):
            with pytest.raises(BadRequestError, match="strict"):
                cluster.server.index(index=cluster.month(month), document=document)

    def test_a_request_that_asks_for_too_much(self, index: ElasticIndex) -> None:
        index.put([enriched("one")])
        filters = Filters(entities=tuple(f"n{number}" for number in range(70_000)))
        with pytest.raises(UsageError, match="too complex for Elasticsearch"):
            index.search(SearchRequest(parse("x"), filters))


class TestSearch:
    """Where the translation is wider than the query, each hit is looked at."""

    QUERY = "satu* AND text:a*a" + 15 * "?"  # an automaton that Elasticsearch refuses to make

    @pytest.fixture
    def articles(self, index: ElasticIndex) -> list[EnrichedArticle]:
        made = [
            enriched(
                f"n{number}",
                title=f"satu {number}" if number % 5 else "lain",
                text="ab" * 30 if number % 3 else "ba" * 30,
                first_seen=START + timedelta(seconds=number // 4),
            )
            for number in range(620)
        ]
        index.put(made)
        index.refresh()
        return made

    def test_pages_and_totals_are_those_of_the_evaluator(
        self, index: ElasticIndex, articles: list[EnrichedArticle]
    ) -> None:
        query = parse(self.QUERY)
        assert not to_elastic(query, START).exact
        expected = [one for one in articles if accepts(query, Document.from_article(one))]
        assert 300 < len(expected) < 400
        whole = index.search(SearchRequest(query, limit=1_000))
        assert {hit.article.article_id for hit in whole.hits} == {
            one.article_id for one in expected
        }
        assert (whole.total, whole.total_is_lower_bound, whole.cursor) == (
            len(expected),
            False,
            None,
        )
        found: list[Hit] = []
        cursor: str | None = None
        while True:
            page = index.search(SearchRequest(query, limit=150, cursor=cursor))
            assert page.total == len(expected) - len(found)
            found += page.hits
            cursor = page.cursor
            if cursor is None:
                break
        assert tuple(found) == whole.hits
        uncounted = index.search(SearchRequest(query, limit=150, count=False))
        assert (uncounted.hits, uncounted.total) == (whole.hits[:150], None)
        assert uncounted.cursor is not None

    def test_a_page_may_be_longer_than_what_is_read_at_a_time(
        self, index: ElasticIndex, articles: list[EnrichedArticle]
    ) -> None:
        whole = index.search(SearchRequest(parse("*:*"), limit=619))
        assert len(whole.hits) == 619
        assert (whole.total, whole.cursor) == (620, whole.cursor)
        (last,) = index.search(SearchRequest(parse("*:*"), limit=619, cursor=whole.cursor)).hits
        assert {hit.article.article_id for hit in (*whole.hits, last)} == {
            one.article_id for one in articles
        }
        times = [hit.article.first_seen for hit in (*whole.hits, last)]
        assert all(newer >= older for newer, older in pairwise(times))

    def test_many_totals_are_at_least(
        self, index: ElasticIndex, articles: list[EnrichedArticle], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        del articles
        monkeypatch.setattr("pantau.adapters.elasticsearch.search.COUNT_LIMIT", 200)
        page = index.search(SearchRequest(parse(self.QUERY), limit=5))
        assert (len(page.hits), page.total, page.total_is_lower_bound) == (5, 200, True)


class TestForget:
    def test_whole_months_go_with_their_index(self, cluster: Cluster, index: ElasticIndex) -> None:
        index.put(
            enriched(
                f"n{number}",
                title=f"n{number}",
                first_seen=MARCH + timedelta(days=number * 10 - 45),
            )
            for number in range(8)
        )
        assert set(cluster.months()) == {"2026.01", "2026.02", "2026.03"}
        assert index.forget(MARCH + timedelta(days=10)) == 6
        assert titles(index) == ["n7", "n6"]
        assert set(cluster.months()) == {"2026.03"}

    def test_a_young_article_in_an_old_month_stays(
        self, cluster: Cluster, index: ElasticIndex
    ) -> None:
        old = MARCH - timedelta(days=100)
        index.put([enriched("one", first_seen=old), enriched("two", first_seen=old)])
        index.refresh()
        index.put([enriched("one", title="baru", first_seen=MARCH)])
        assert index.forget(MARCH) == 1
        assert cluster.months() == {"2025.11": {ONE}}
        assert index.put([enriched("one", title="lagi", revision=2, first_seen=MARCH)]) == ()
        assert titles(index) == ["lagi"]

    def test_what_was_forgotten_can_come_back(self, index: ElasticIndex) -> None:
        index.put([enriched("one", title="satu", first_seen=START - SECOND), enriched("two")])
        assert index.forget(START) == 1
        index.put([enriched("one", title="satu", first_seen=START - SECOND)])
        assert set(titles(index)) == {"satu", "Berita two"}

    def test_more_than_are_deleted_at_a_time(
        self, index: ElasticIndex, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("pantau.adapters.elasticsearch.index._DELETED_AT_A_TIME", 7)
        index.put(
            enriched(f"n{number}", first_seen=START + timedelta(milliseconds=number))
            for number in range(50)
        )
        assert index.forget(START + timedelta(milliseconds=20, microseconds=1)) == 21
        assert index.count() == 29


def test_hidden_parts_are_not_found_by_patterns_of_names(
    cluster: Cluster, index: ElasticIndex
) -> None:
    """In Kibana, too, a query finds only what the field table names."""
    index.put([enriched("one", title="x", people=("Siti Rahma",), historical=True)])
    index.refresh()

    def hits(text: str) -> int:
        found = cluster.server.search(
            index=cluster.alias, query={"query_string": {"query": text, "lenient": True}}
        )
        return int(found["hits"]["total"]["value"])

    assert hits('*:"Siti Rahma"') == 1
    assert hits('*:"entity:siti rahma"') == 0
    assert hits(f"*:{ONE}") == 0
    assert hits("historical:true OR _exists_:historical OR _exists_:entities OR revision:1") == 0


def test_the_clock_is_asked_at_each_search(cluster: Cluster) -> None:
    clock = FixedClock()
    index = ElasticIndex(cluster.settings, clock)
    try:
        index.put([enriched("one", title="x", published=START)])
        assert titles(index, "published:>now-1d") == ["x"]
        clock.move(days=2)
        assert titles(index, "published:>now-1d") == []
    finally:
        index.close()


def test_the_order_is_that_of_the_other_indices(index: ElasticIndex) -> None:
    """Ties within a millisecond are broken alike, even for arbitrary ids, and before 1970."""
    names = [
        "a",
        "A",
        "aaaa1",
        "aaaa2",
        "AAAA2",
        "zz",
        "é",
        "\uffff",
        "\U0001f600",
        "0",
        "-",
        "2",
        *map(str, range(100, 190)),
    ]
    moments = [START, START + timedelta(milliseconds=1), datetime(1960, 1, 1, tzinfo=UTC)]
    given = [
        enriched(name, article_id=f"{name}.{number}", title="x", first_seen=moment)
        for name in names
        for number, moment in enumerate(moments)
    ]
    memory = MemoryStore(FixedClock()).index
    orders: list[list[str]] = []
    for one in (memory, index):
        one.put(given)
        one.refresh()
        order: list[str] = []
        cursor: str | None = None
        while cursor is not None or not order:
            page = one.search(SearchRequest(parse("x"), limit=100, cursor=cursor))
            order += [hit.article.article_id for hit in page.hits]
            cursor = page.cursor
        orders.append(order)
    assert orders[0] == orders[1]
    assert len(orders[1]) == len(given)
