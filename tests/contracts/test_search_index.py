"""The promises of every search index; see `pantau.ports`."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta, timezone

import pytest

from pantau.errors import UsageError
from pantau.indexer.filters import accepts as passes
from pantau.ports import Filters, SearchIndex, SearchRequest, Store, Tally
from pantau.query import parse
from pantau.query.meaning.evaluate import accepts
from pantau.query.text.document import Document
from pantau_schemas.events.article import EnrichedArticle
from pantau_schemas.ids import digest_id
from tests.support import START, FixedClock, enriched

ALL = Filters()


@pytest.fixture
def index(store: Store) -> SearchIndex:
    return store.index


def find(index: SearchIndex, query: str, filters: Filters = ALL, limit: int = 100) -> list[str]:
    index.refresh()
    page = index.search(SearchRequest(parse(query), filters, limit=limit))
    return [hit.article.title for hit in page.hits]


def put(index: SearchIndex, *titles: str, text: str = "") -> None:
    index.put(
        enriched(title, title=title, text=text, first_seen=START + timedelta(minutes=number))
        for number, title in enumerate(titles)
    )


class TestPut:
    def test_what_was_put_is_found_and_given(self, index: SearchIndex) -> None:
        one = enriched(
            "one", title="Banjir Demak", text="Air surut hari ini.", people=("Siti Rahma",)
        )
        assert index.put([one]) == ()
        index.refresh()
        assert index.get(one.article_id) == one
        assert index.get("missing") is None
        assert index.count() == 1
        assert find(index, "surut") == ["Banjir Demak"]

    def test_what_can_be_found_is_counted_alone(self, index: SearchIndex) -> None:
        put(index, "Banjir Demak", "Banjir Kudus")
        assert index.count(searchable=True) in {0, 2}
        index.refresh()
        assert index.count(searchable=True) == index.count() == 2

    def test_a_later_revision_replaces(self, index: SearchIndex) -> None:
        index.put([enriched("one", title="lama", text="satu dua")])
        index.put([enriched("one", title="baru", text="tiga", revision=2)])
        assert index.count() == 1
        assert find(index, "satu OR lama") == []
        assert find(index, "tiga") == ["baru"]

    def test_the_same_revision_again_replaces(self, index: SearchIndex) -> None:
        index.put([enriched("one", title="lama")])
        index.put([enriched("one", title="baru")])
        assert find(index, "lama") == []
        assert find(index, "baru") == ["baru"]

    def test_an_earlier_revision_changes_nothing(self, index: SearchIndex) -> None:
        index.put([enriched("one", title="baru", revision=2)])
        index.put([enriched("one", title="lama", revision=1)])
        assert find(index, "*:*") == ["baru"]
        assert find(index, "lama") == []

    def test_two_revisions_in_one_batch(self, index: SearchIndex) -> None:
        index.put([enriched("one", title="lama"), enriched("one", title="baru", revision=2)])
        assert find(index, "lama OR baru") == ["baru"]

    def test_a_failed_transaction_leaves_no_words_behind(self, store: Store) -> None:
        """Where there are no transactions, words and article stay, both."""

        def crash() -> None:
            with store.atomically():
                put(store.index, "kata")
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            crash()
        expected = [] if store.transactional else ["kata"]
        assert find(store.index, "kata") == expected
        assert store.index.count() == len(expected)

    def test_it_is_kept(self, reopen: Callable[[], Store]) -> None:
        put(reopen().index, "kata")
        assert find(reopen().index, "kata") == ["kata"]


class TestForget:
    def test_old_articles_and_their_words_go(self, index: SearchIndex) -> None:
        put(index, *(f"{number} x" for number in range(450)))
        assert index.forget(START + timedelta(minutes=400)) == 400
        assert index.count() == 50
        assert find(index, "x") == [f"{number} x" for number in range(449, 399, -1)]
        assert find(index, "7") == []


class TestSearch:
    def test_newest_first(self, index: SearchIndex) -> None:
        put(index, "a x", "b x", "c x")
        assert find(index, "x") == ["c x", "b x", "a x"]

    def test_the_order_within_a_millisecond_is_stable(self, index: SearchIndex) -> None:
        index.put(enriched(f"n{number}", title=f"{number} x") for number in range(50))
        index.refresh()
        first = find(index, "x")
        assert len(set(first)) == 50
        assert find(index, "x") == first

    def test_pages_join_without_gap_or_repeat(self, index: SearchIndex) -> None:
        index.put(
            enriched(
                f"n{number}", title=f"{number} x", first_seen=START + timedelta(seconds=number // 3)
            )
            for number in range(25)
        )
        index.refresh()
        seen: list[str] = []
        cursor: str | None = None
        for _ in range(10):
            page = index.search(SearchRequest(parse("x"), limit=7, cursor=cursor))
            seen += [hit.article.title for hit in page.hits]
            cursor = page.cursor
            if cursor is None:
                break
        assert cursor is None
        assert seen == find(index, "x")

    @pytest.mark.parametrize("limit", [1, 2, 7])
    @pytest.mark.parametrize("count", [True, False])
    def test_pages_of_months_are_those_of_the_whole(
        self, index: SearchIndex, limit: int, count: bool
    ) -> None:
        """Articles come in bursts, so that some pages span days and others weeks."""
        index.put(
            enriched(
                f"n{number}",
                title=f"{number} x",
                first_seen=START + timedelta(days=5 * (number // 4), hours=number % 4),
            )
            for number in range(48)
        )
        index.refresh()
        read, filters = parse("x"), Filters(until=START + timedelta(days=51))
        whole = index.search(SearchRequest(read, filters, limit=100))
        assert whole.total == len(whole.hits) > 40
        seen: list[str] = []
        cursor: str | None = None
        while cursor is not None or not seen:
            page = index.search(SearchRequest(read, filters, limit, cursor, count=count))
            assert page.total == (len(whole.hits) - len(seen) if count else None)
            seen += [hit.article.title for hit in page.hits]
            cursor = page.cursor
        assert seen == [hit.article.title for hit in whole.hits]

    @pytest.mark.parametrize(
        "cursor", ["nonsense", "", "9" * 30, "9" * 30 + ".a", "-1", "\xb2.a", "1' OR 1=1"]
    )
    def test_a_wrong_cursor_is_refused(self, index: SearchIndex, cursor: str) -> None:
        with pytest.raises(UsageError, match="cursor"):
            index.search(SearchRequest(parse("x"), cursor=cursor))

    def test_the_total_counts_all(self, index: SearchIndex) -> None:
        put(index, *(f"{number} x" for number in range(12)), "y")
        index.refresh()
        page = index.search(SearchRequest(parse("x"), limit=5))
        assert (page.total, page.total_is_lower_bound) == (12, False)
        assert index.search(SearchRequest(parse("x"), limit=5, count=False)).total is None

    @pytest.mark.parametrize("query", ["banjir", "*:*", "b*njir", '"banjir demak"', "NOT surut"])
    def test_without_marks_it_finds_the_same(self, index: SearchIndex, query: str) -> None:
        put(index, *(f"Banjir Demak {number}" for number in range(250)), "Banjir surut", "Gempa")
        index.refresh()
        read = parse(query)
        for limit in (3, 300):
            found = index.search(SearchRequest(read, limit=limit, marked=True))
            plain = index.search(SearchRequest(read, limit=limit))
            ids = [one.article.article_id for one in found.hits]
            assert [one.article.article_id for one in plain.hits] == ids
            assert (plain.cursor, plain.total) == (found.cursor, found.total)
            outlines = index.outlines(read, ALL, limit)
            assert [one.article_id for one in outlines] == ids
            assert not any(one.matches for one in plain.hits)
            assert any(one.matches for one in found.hits) == (query not in {"*:*", "NOT surut"})

    @pytest.mark.parametrize("query", ["banjir", "*:*", "b*njir", "source:koran.example"])
    def test_outlines_of_less_are_equal(self, index: SearchIndex, query: str) -> None:
        """Sources are found behind long names of feeds, and before titles of any script."""
        index.put(
            enriched(
                str(number),
                title=f"Banjir {number} " + "\u0939\u093f" * number,
                source=(None, "koran.example", "kabar.example/" + "n\u00e4" * number)[number % 3],
                feed=(digest_id("umpan"), "Kanal Peristiwa " * number),
                story_id=f"cerita{number % 5}",
                first_seen=START + timedelta(milliseconds=7 * number),
            )
            for number in range(60)
        )
        index.refresh()
        read = parse(query)
        for limit in (3, 100):
            whole = index.outlines(read, ALL, limit)
            short = index.outlines(read, ALL, limit, stories=False)
            assert whole
            assert [replace(one, story_id=None) for one in short] == [
                replace(one, story_id=None) for one in whole
            ]
            seen = index.first_seen(read, ALL, limit)
            assert [*seen.items()] == [(one.article_id, one.first_seen) for one in whole]

    @pytest.mark.parametrize("query", ["banjir", "*:*", "b*njir", "source:koran.example"])
    @pytest.mark.parametrize("limit", [1, 17, 1_000])
    def test_a_tally_counts_the_outlines(self, index: SearchIndex, query: str, limit: int) -> None:
        """Also where the last one that counts was first seen in the moment of one that does not."""
        index.put(
            enriched(
                str(number),
                title=f"Banjir {number}",
                source=(None, "koran.example", "kabar.example")[number % 3],
                first_seen=START + timedelta(days=9 * (number // 4), milliseconds=number // 2),
            )
            for number in range(40)
        )
        index.refresh()
        read, wanted = parse(query), Filters(until=START + timedelta(days=80))
        jakarta = timezone(timedelta(hours=7))
        starts = [
            (START + timedelta(days=days, microseconds=extra)).astimezone(jakarta)
            for days, extra in ((9, 0), (18, 4_000), (27, 6_001), (40, 0), (63, 0))
        ]
        outlines = index.outlines(read, wanted, limit)
        counted = index.tally(read, wanted, limit, starts, sources=True)
        named = Counter(one.source for one in outlines if one.source is not None)
        assert counted.total == len(outlines) > 0
        assert dict(counted.sources) == dict(named)
        assert counted.counts == tuple(
            sum(start <= one.first_seen < end for one in outlines)
            for start, end in zip(starts, [*starts[1:], wanted.until], strict=True)
            if end is not None
        )
        assert index.tally(read, wanted, limit, starts) == Tally(counted.counts, {}, counted.total)

    def test_the_tally_of_an_empty_index_is_nothing(self, index: SearchIndex) -> None:
        assert index.tally(parse("x"), ALL, 10, [START], sources=True) == Tally((0,), {}, 0)

    def test_matches_are_marked(self, index: SearchIndex) -> None:
        index.put([enriched("one", title="Boy Rafli", text="Kata Boy Rafli Amar.")])
        index.refresh()
        (hit,) = index.search(SearchRequest(parse('"boy rafli"'), marked=True)).hits
        marked = [getattr(hit.article, span.field)[span.start : span.end] for span in hit.matches]
        assert "".join(marked).replace(" ", "").startswith("BoyRafli")
        assert {span.field for span in hit.matches} == {"title", "text"}

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("banjir", {"Banjir Demak", "Banjir Kudus"}),
            ("banjir AND NOT kudus", {"Banjir Demak"}),
            ('"banjir demak"', {"Banjir Demak"}),
            ('"demak banjir"', set()),
            ("ban*", {"Banjir Demak", "Banjir Kudus", "Bandara baru"}),
            ("title:kudus", {"Banjir Kudus"}),
            ("text:kudus", set()),
            ('people:"Siti Rahma"', {"Bandara baru"}),
            ('people:"siti rahma"', set()),
            ("NOT banjir", {"Bandara baru"}),
            ("*:*", {"Banjir Demak", "Banjir Kudus", "Bandara baru"}),
            ("nosuchfield:x", set()),
            ('"tidak ada ""', None),
        ],
    )
    def test_it_finds_what_the_query_means(
        self, index: SearchIndex, query: str, expected: set[str] | None
    ) -> None:
        index.put(
            [
                enriched("a", title="Banjir Demak", text="air"),
                enriched("b", title="Banjir Kudus", text="air"),
                enriched("c", title="Bandara baru", text="", people=("Siti Rahma",)),
            ]
        )
        if expected is None:
            with pytest.raises(UsageError):
                parse(query)
        else:
            assert set(find(index, query)) == expected

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("banjir NEAR/1 demak", {"Banjir di Demak"}),
            ("demak NEAR/1 banjir", {"Banjir di Demak"}),
            ("demak ONEAR/1 banjir", set()),
            ("ban* NEAR/1 dem*", {"Banjir di Demak"}),
            ("ATLEAST/2 air", {"Banjir di Demak"}),
            ("ATLEAST/2 ai*", {"Banjir di Demak", "KPK"}),
            ('="KPK"', {"KPK"}),
            ('NOT ="KPK"', {"Banjir di Demak", "Kpk"}),
            ('roles:="Ketua KPK" AND roles:(="Ketua" ONEAR/0 kpk)', {"KPK"}),
            ("roles:(ketua NEAR/99 anggota)", set()),
            ("roles:(ketua NEAR/101 anggota)", {"KPK"}),
            ("NOT (ai* NEAR/9 laut)", {"Kpk", "KPK"}),
        ],
    )
    def test_it_finds_what_the_language_pantau_means(
        self, index: SearchIndex, query: str, expected: set[str]
    ) -> None:
        index.put(
            [
                enriched("a", title="Banjir di Demak", text="air dan air laut"),
                enriched("b", title="KPK", text="air, aib", roles=("Ketua KPK", "anggota")),
                enriched("c", title="Kpk", text="air"),
            ]
        )
        index.refresh()
        page = index.search(SearchRequest(parse(query, "pantau")))
        assert {hit.article.title for hit in page.hits} == expected
        assert page.total == len(expected)


class TestFilters:
    @pytest.fixture
    def filled(self, index: SearchIndex) -> SearchIndex:
        index.put(
            [
                enriched(
                    "a", title="satu x", source="kabar.example", lang="id", people=("Siti Rahma",)
                ),
                enriched(
                    "b",
                    title="two x",
                    source="news.example",
                    lang="en",
                    first_seen=START + timedelta(days=1),
                ),
                enriched(
                    "c",
                    title="tiga x",
                    source="kabar.example",
                    lang="id",
                    places=("Demak",),
                    historical=True,
                    first_seen=START + timedelta(days=2),
                ),
            ]
        )
        return index

    @pytest.mark.parametrize(
        ("filters", "expected"),
        [
            (Filters(sources=("kabar.example",)), ["tiga x", "satu x"]),
            (Filters(sources=("kabar.example", "news.example")), ["tiga x", "two x", "satu x"]),
            (Filters(languages=("en",)), ["two x"]),
            (Filters(entities=("siti rahma",)), ["satu x"]),
            (Filters(entities=("Demak",)), ["tiga x"]),
            (Filters(entities=("Demak", "Siti Rahma")), []),
            (Filters(since=START + timedelta(days=1)), ["tiga x", "two x"]),
            (Filters(until=START + timedelta(days=1)), ["satu x"]),
            (Filters(historical=True), ["tiga x"]),
            (Filters(historical=False), ["two x", "satu x"]),
            (Filters(sources=("kabar.example",), since=START + timedelta(days=1)), ["tiga x"]),
        ],
    )
    def test_each_narrows(self, filled: SearchIndex, filters: Filters, expected: list[str]) -> None:
        assert find(filled, "x", filters) == expected
        assert find(filled, "*:*", filters) == expected


class TestTotals:
    """Every way of counting equals evaluating each article.

    Pages of two join to the same.
    """

    QUERIES = (
        "*:*",
        "banjir",
        "ban* AND NOT kudus",
        '"banjir demak"',
        '"demak banjir"~2',
        "b?njir OR kudus~",
        "NOT banjir",
        'people:"Siti Rahma" OR lang:en',
        "published:[2026-02-20 TO 2026-03-03]",
        "published:>=2026-02-25 AND banjir",
        "published:>=2026-02-25 AND b?njir",
        "first_seen:>2026-03-05 AND -demak",
        "_exists_:published",
        "NOT _exists_:published",
        "published:>now-10d OR kudus",
    )
    FILTERS = (
        ALL,
        Filters(sources=("kabar.example", "x" * 9_000)),
        Filters(sources=("KABAR.example",)),
        Filters(languages=("en",), historical=False),
        Filters(entities=("siti rahma",), since=START + timedelta(days=2, microseconds=300)),
        Filters(entities=("Badan Contoh", "DEMAK")),
        Filters(since=START + timedelta(days=3), until=START + timedelta(days=8, microseconds=1)),
    )

    @pytest.fixture
    def articles(self, index: SearchIndex) -> list[EnrichedArticle]:
        made = [
            enriched(
                f"n{number}",
                title=("banjir demak", "banjir kudus", "kabar demak", "lain")[number % 4],
                text=("demak kena banjir", "", "banjir lagi")[number % 3],
                source=("kabar.example", "news.example", "x" * 9_000)[number % 3],
                lang=("id", "en")[number % 2],
                people=("Siti Rahma",) if number % 5 == 0 else (),
                places=("Demak",) if number % 2 else (),
                historical=number % 7 == 0,
                published=START - timedelta(days=number) if number % 6 else None,
                first_seen=START + timedelta(days=number // 3, milliseconds=number % 2),
                entities=(
                    {
                        "type": "organization",
                        "name": "BC",
                        "long_name": "Badan Contoh",
                        "mentions": ({"field": "title", "start": 0, "end": 1},),
                    },
                )
                if number % 3 == 0
                else (),
            )
            for number in range(36)
        ]
        index.put(made)
        index.refresh()
        return made

    @pytest.mark.parametrize("filters", FILTERS, ids=range(len(FILTERS)))
    def test_the_total_is_what_is_there(
        self,
        index: SearchIndex,
        articles: list[EnrichedArticle],
        clock: FixedClock,
        filters: Filters,
    ) -> None:
        for text in self.QUERIES:
            query = parse(text)
            expected = {
                article.article_id
                for article in articles
                if passes(filters, article)
                and accepts(query, Document.from_article(article, clock.now()))
            }
            found: list[str] = []
            cursor: str | None = None
            while True:
                page = index.search(SearchRequest(query, filters, limit=2, cursor=cursor))
                left = len(expected) - len(found)
                assert (page.total, page.total_is_lower_bound) == (left, False), text
                found += [hit.article.article_id for hit in page.hits]
                cursor = page.cursor
                if cursor is None:
                    break
            assert len(found) == len(expected), text
            assert set(found) == expected, text


class TestNow:
    def test_now_is_when_one_searches(self, index: SearchIndex, clock: FixedClock) -> None:
        index.put([enriched("one", title="baru", published=START)])
        assert find(index, "published:>now-1d") == ["baru"]
        assert find(index, "baru AND (tidak OR published:>now-1d)") == ["baru"]
        clock.move(days=2)
        assert find(index, "published:>now-1d") == []
        assert find(index, "baru AND (tidak OR published:>now-1d)") == []
        assert find(index, "published:[now-3d TO now-1d]") == ["baru"]
