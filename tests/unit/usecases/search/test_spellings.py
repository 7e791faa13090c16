"""Names of a query, spelled as stored articles spell them."""

from collections.abc import Iterator

import pytest

from pantau.bootstrap import STORES
from pantau.errors import RetryError
from pantau.ports import Store, Table
from pantau.settings import Settings
from pantau.stream.envelope import record_for
from pantau.usecases.feeds.feed_list import FeedList
from pantau.usecases.search.queries import read_query
from pantau.usecases.search.searching import Search, search
from pantau.usecases.search.spellings import as_read, speller
from pantau.usecases.subscriptions.query_doubts import query_doubts
from pantau_schemas.events.feed import FeedState
from pantau_schemas.events.subscription import QueryLanguage
from pantau_schemas.ids import feed_id
from pantau_schemas.topics import FEED_STATE
from tests.support import FixedClock, enriched

LANGUAGES: tuple[QueryLanguage, ...] = ("lucene", "kql", "pantau")


@pytest.fixture(params=["memory", "sqlite"])
def filled(
    request: pytest.FixtureRequest, settings: Settings, clock: FixedClock
) -> Iterator[Store]:
    found = STORES[request.param](settings, clock)
    found.index.put(
        [
            enriched(
                "a",
                people=("Siti Rahma", "AHY"),
                organizations=("Gojek", "PT Kereta Cepat", "UNICEF"),
                places=("DKI Jakarta", "Kab. Demak"),
            ),
            enriched("b", people=("SITI RAHMA", "Siti Rahma"), organizations=("detikcom",)),
        ]
    )
    found.index.refresh()
    yield found
    found.close()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ('people:"siti rahma"', 'people:"Siti Rahma"'),
        ("people:Ahy", "people:AHY"),
        ("organizations:gojek", "organizations:Gojek"),
        ("organizations:GOJEK", "organizations:Gojek"),
        ('organizations:"pt kereta cepat"', 'organizations:"PT Kereta Cepat"'),
        ("organizations:Unicef", "organizations:UNICEF"),
        ('places:"kab. demak"', 'places:"Kab. Demak"'),
        ('places:"Dki jakarta"', 'places:"DKI Jakarta"'),
        (
            'people:("siti RAHMA" or "nama baru") and places:"dki jakarta"',
            'people:("Siti Rahma" or "Nama Baru") and places:"DKI Jakarta"',
        ),
    ],
)
def test_a_name_gets_the_letters_that_articles_have(
    filled: Store, language: QueryLanguage, query: str, meant: str
) -> None:
    if language != "kql":
        query, meant = (
            one.replace(" or ", " OR ").replace(" and ", " AND ") for one in (query, meant)
        )
    found = speller(filled)(read_query(query, language), query, language)
    assert [one.suggestion for one in found if one.code == "value_form"] == [meant]
    assert [one.code for one in query_doubts(found)] == ["subscriptions.doubt-form"]
    after = speller(filled)(read_query(meant, language), meant, language)
    assert [one.code for one in after if one.code == "value_form"] == []


@pytest.mark.parametrize(
    "query",
    ["organizations:detikcom", "people:AHY", "people:Orang*", 'people:"Orang Baru"', "gojek"],
)
def test_a_name_that_articles_have_or_nobody_knows_is_no_fault(filled: Store, query: str) -> None:
    found = speller(filled)(read_query(query), query, "lucene")
    assert [one.code for one in found] == []


def test_other_warnings_stay_beside_it(filled: Store) -> None:
    query = "gojek or people:Ahy"
    found = speller(filled)(read_query(query), query, "lucene")
    assert [one.code for one in found] == ["foreign_operator", "value_form"]
    assert as_read(read_query(query), query, "lucene") == found[:1]


@pytest.fixture
def watching(filled: Store, clock: FixedClock) -> Store:
    """Return a store of articles that watches two feeds: one has a title of a person's."""
    feeds = FeedList(filled.log, clock)
    feeds.add("https://pesisir.example/rss", title="Kabar Pesisir")
    other, _ = feeds.add("https://www.lereng.example/rss")
    state = FeedState(feed_id=other.feed_id, title="Warta Lereng")
    filled.log.append([record_for(state, FEED_STATE, source="test", time=clock.now())])
    return filled


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ('source:"Kabar Pesisir"', 'feed:"Kabar Pesisir"'),
        ('banjir and source: "kabar pesisir"', 'banjir and feed:"Kabar Pesisir"'),
        ('source:"Warta Lereng"', f'feed:"{feed_id("https://www.lereng.example/rss")}"'),
        ('feed:"kabar pesisir"', 'feed:"Kabar Pesisir"'),
        ("feed:pesisir.example", 'feed:"Kabar Pesisir"'),
        ('source:("Kabar Pesisir" or "Kabar Lain")', None),
    ],
)
def test_the_name_of_a_feed_is_no_source(
    watching: Store, language: QueryLanguage, query: str, meant: str | None
) -> None:
    if language != "kql":
        query = query.replace(" or ", " OR ").replace(" and ", " AND ")
        meant = meant and meant.replace(" and ", " AND ")
    (found,) = (
        one
        for one in speller(watching)(read_query(query, language), query, language)
        if one.code == "feed_title"
    )
    assert found.suggestion == meant
    assert [one.code for one in query_doubts([found])] == ["subscriptions.doubt-feed"]
    searched = search(Search(query, language), watching)
    assert found in searched.doubts


@pytest.mark.parametrize(
    "query",
    ['feed:"Kabar Pesisir"', 'source:"Kabar Lain"', 'source:"Meja Uji"', "source:pesisir.example"],
)
def test_a_value_that_may_find_something_is_left_alone(watching: Store, query: str) -> None:
    watching.index.put([enriched("c", source="Meja Uji")])
    FeedList(watching.log, FixedClock()).add("https://meja.example/rss", title="Meja Uji")
    watching.index.refresh()
    codes = [one.code for one in speller(watching)(read_query(query), query, "lucene")]
    assert "feed_title" not in codes
    assert "feed_title" not in [one.code for one in search(Search(query), watching).doubts]


def test_a_search_that_finds_nothing_says_so_while_the_log_is_silent(
    watching: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where Elasticsearch answers, and Kafka does not."""

    def silent(topic: str) -> Table:
        raise RetryError(f"{topic} cannot be read")

    monkeypatch.setattr(watching.log, "table", silent)
    query = 'source:"Kabar Pesisir"'
    found = search(Search(query), watching)
    assert (found.page.total, found.doubts) == (0, ())
    assert speller(watching)(read_query(query), query, "lucene") == ()
