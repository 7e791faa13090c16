"""Every page answers, in both languages, complete without JavaScript, with its headers."""

import csv
import io
import re
from html.parser import HTMLParser

import pytest

from pantau.console.access import HEADERS
from pantau.console.addresses import LISTS, PAGES
from pantau.ports import Filters, SearchRequest, Store
from pantau.query.ast import MatchAll
from pantau_schemas.ids import alert_id, digest_id
from tests.consoles import XSS, Client

ARTICLE = digest_id("demak-1")
ALERT = alert_id("banjir", ARTICLE)
ADDRESSES = (
    "/",
    "/start",
    "/start?q=banjir",
    "/search",
    "/search?q=banjir",
    "/search?q=banjir&by=story",
    '/search?q=banjir AND source:"kabar.example"',
    "/search?q=banjir&l=kql&from=7d&to=1h",
    "/search/reading?q=banjir",
    f"/articles/{ARTICLE}?q=banjir",
    "/stories?since=7d",
    "/entities",
    "/entities?type=person&match=suhar",
    "/entities/person/Suharyanto",
    "/entities/organization/org:bnpb",
    "/reports",
    "/reports/today?subscription=banjir",
    "/reports/today?tag=bencana",
    "/alerts",
    "/alerts?subscription=banjir",
    f"/alerts/{ALERT}",
    "/subscriptions",
    "/subscriptions?match=banjir",
    "/subscriptions/banjir",
    "/subscriptions/banjir/messages",
    "/subscriptions/banjir/remove",
    "/subscriptions/banjir/edit",
    "/subscriptions/banjir/edit?look=1",
    "/subscriptions/banjir/copy",
    "/subscriptions?tag=bencana",
    "/subscriptions/tagged?tag=bencana",
    "/subscriptions/new",
    "/subscriptions/new?q=banjir",
    "/subscriptions/new?q=banjir&look=1",
    "/subscriptions/new/backtest?q=banjir&timing=daily@07:00&historical=1",
    "/feeds",
    "/feeds?match=kabar",
    "/feeds/add",
    "/feeds/import",
    "/pipeline",
    "/pipeline/dead-letters",
)


FILLED = {
    "/search": ("/search", {"q": "banjir"}),
    "/entities/{type}/{id:path}": ("/entities/person/Suharyanto", {}),
    "/reports/{date}": ("/reports/today", {"subscription": "banjir"}),
}
"""Where a list is that takes more than its path, and its values."""


def list_at(path: str) -> tuple[str, dict[str, str]]:
    """Return the address of a list, and the values that it needs."""
    return FILLED.get(path, (path, {}))


class Page(HTMLParser):
    """The elements of a page, as a browser reads it."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.text += data

    def links(self) -> list[str]:
        return [attrs["href"] for tag, attrs in self.tags if tag == "a"]


def hostile_articles(store: Store) -> list[str]:
    page = store.index.search(SearchRequest(MatchAll(), Filters(), limit=100))
    return [hit.article.article_id for hit in page.hits]


@pytest.mark.parametrize("lang", ["en", "id"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_each_page_answers_in_each_language(client: Client, address: str, lang: str) -> None:
    answer = client.get(address, headers={"Accept-Language": lang})
    assert answer.status == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["content-language"] == lang
    for name, value in HEADERS.items():
        assert answer.headers[name.lower()] == value
    if "reading" in address or "backtest" in address:  # parts of pages
        return
    page = Page(answer.text)
    (html,) = [attrs for tag, attrs in page.tags if tag == "html"]
    assert html["lang"] == lang
    assert [tag for tag, _ in page.tags].count("h1") == 1
    assert {"main", "nav", "header", "footer"} <= {tag for tag, _ in page.tags}
    assert page.links()[0] == "#main"


def test_every_route_is_among_the_addresses_that_are_tried() -> None:
    tried = [one.partition("?")[0] for one in ADDRESSES]
    tried += [
        f"/feeds/{'x' * 8}",
        "/feeds/x/edit",
        "/feeds/x/remove",
        "/stories/x",
        "/alerts/new",
        "/start/arrived",
    ]
    tried += ["/s/x.atom", "/unsubscribe/x", "/mute/x"]  # with tests of their own
    for path in [path for path, _ in (*LISTS, *PAGES)]:
        pattern = re.compile(re.sub(r"\{[\w:]+\}", "[^/]+", path))
        assert any(pattern.fullmatch(one) for one in tried), path


def test_the_texts_differ_between_languages(client: Client) -> None:
    english = client.get("/search", headers={"Accept-Language": "en"}).text
    indonesian = client.get("/search", headers={"Accept-Language": "id"}).text
    assert "Queries to begin with" in english
    assert "Kueri untuk memulai" in indonesian


def test_a_link_keeps_the_language(client: Client) -> None:
    answer = client.get("/language/id?back=/feeds", headers={"Accept-Language": "en"})
    assert (answer.status, answer.headers["location"]) == (303, "/feeds")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    kept = client.get("/feeds", headers={"Accept-Language": "en", "Cookie": "lang=id"})
    assert kept.headers["content-language"] == "id"


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example", "/\\evil.example", "x"])
def test_that_link_never_leads_elsewhere(client: Client, back: str) -> None:
    answer = client.get("/language/en", params={"back": back})
    assert answer.headers["location"] == "/"


@pytest.mark.parametrize("path", [path for path, _ in LISTS])
def test_each_list_is_also_data(client: Client, path: str) -> None:
    address, values = list_at(path)
    items = client.get(f"{address}.json", params=values).json()["items"]
    assert items
    table = client.get(f"{address}.csv", params=values)
    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(table.text)))
    assert [*rows[0]] == [*items[0]]
    assert len(rows) == len(items)


@pytest.mark.parametrize("path", [path for path, _ in LISTS])
def test_no_cell_is_a_formula(client: Client, path: str) -> None:
    address, values = list_at(path)
    text = client.get(f"{address}.csv", params=values).text
    for row in csv.reader(io.StringIO(text)):
        assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_a_search_shows_its_reading_its_count_and_marks(client: Client) -> None:
    text = client.get("/search?q=banjir", headers={"Accept-Language": "en"}).text
    assert "17 articles match" in text
    assert "<mark>Banjir</mark>" in text
    assert "Articles with the word &#34;banjir&#34;" in text
    assert "Alert me about this" in text


def test_pages_of_a_search_follow_each_other(client: Client) -> None:
    seen: list[str] = []
    address = "/search?q=banjir&limit=5"
    for _ in range(4):
        page = Page(client.get(address).text)
        seen += [one for one in page.links() if one.startswith("/articles/")]
        older = [attrs["href"] for tag, attrs in page.tags if attrs.get("rel") == "next"]
        if not older:
            break
        address = older[0]
    assert len(seen) == len(set(seen)) == 17


def test_a_wrong_query_is_underlined_and_repaired(client: Client) -> None:
    answer = client.get("/search", params={"q": "(banjir AND Demak"})
    assert answer.status == 400
    page = Page(answer.text)
    assert [attrs for _, attrs in page.tags if attrs.get("class") == "fault"]
    assert [one for one in page.links() if one.startswith("/search?q=%28banjir+AND+Demak%29")]


@pytest.mark.parametrize(
    ("address", "back"),
    [
        ("/search?q=%22%3Cb%3E%22&l=kql&cursor=x", "/search?q=%22%3Cb%3E%22&l=kql"),
        ("/stories/none", "/stories"),
        ("/feeds/none", "/feeds"),
    ],
)
def test_a_page_that_fails_leads_back_to_where_it_belongs(
    client: Client, address: str, back: str
) -> None:
    answer = client.get(address)
    assert answer.status in {400, 404}
    *_, first, second = Page(answer.text.partition("</main>")[0]).links()
    assert (first, second) == (back, "/")


def test_a_bar_leads_to_what_it_counts(client: Client) -> None:
    page = Page(client.get("/search?q=banjir").text)
    (bar,) = [one for one in page.links() if "from=" in one]
    assert "17 articles match" in client.get(bar, headers={"Accept-Language": "en"}).text


def test_ends_of_bars_are_short(client: Client) -> None:
    page = client.get("/search?q=banjir").text
    ends = re.findall(r'data-from="([^"]*)"', page)
    assert ends
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\dZ", one) for one in ends)
    assert f"from={ends[-1]}" in page


def test_a_facet_writes_into_the_query(client: Client) -> None:
    page = Page(client.get("/search?q=banjir").text)
    only = next(one for one in page.links() if "lintas.example" in one and "NOT" not in one)
    without = next(one for one in page.links() if "lintas.example" in one and "NOT" in one)
    assert client.get(only.replace("/search?", "/search.json?")).json()["total"] == 1
    assert client.get(without.replace("/search?", "/search.json?")).json()["total"] == 16


def test_languages_of_articles_have_names(client: Client) -> None:
    for code, name in (("en", "Indonesian"), ("id", "Indonesia")):
        asked = {"Accept-Language": code}
        found = client.get('/search?q=banjir AND lang:"id"', headers=asked).text
        assert found.count(f">{name}</a>") == 1
        assert re.search(rf"{name}</span> <span aria-hidden", found)
        article = client.get(f"/articles/{ARTICLE}", headers=asked).text
        assert f"· {name}</p>" in article


def test_an_article_shows_names_quotes_days_story_and_alerts(client: Client) -> None:
    page = client.get(f"/articles/{ARTICLE}?q=banjir", headers={"Accept-Language": "en"}).text
    for part in ("Suharyanto", "Kepala BNPB", "dapur umum", "2026-03-02", "The whole story"):
        assert part in page
    assert "<mark>Banjir</mark>" in page
    assert f"/alerts/{ALERT}" in page


def test_a_story_shows_who_had_it_first(client: Client) -> None:
    (story, *_) = client.get("/stories.json?since=7d").json()["items"]
    page = client.get(f"/stories/{story['story_id']}", headers={"Accept-Language": "en"})
    assert page.status == 200
    assert "First:" in page.text
    assert "<circle" in page.text


def test_an_alert_shows_its_clauses_and_deliveries(client: Client) -> None:
    page = client.get(f"/alerts/{ALERT}", headers={"Accept-Language": "en"}).text
    assert "banjir AND Demak" in page
    assert "terminal" in page
    assert "waiting" in page


def test_the_feed_in_trouble_comes_first(client: Client) -> None:
    items = client.get("/feeds.json").json()["items"]
    assert [one["status"] for one in items] == ["error", "new", "ok"]
    for one in items:
        assert client.get(f"/feeds/{one['feed_id']}").status == 200
        assert client.get(f"/feeds/{one['feed_id']}/remove").status == 200
        assert client.get(f"/feeds/{one['feed_id']}/edit").status == 200


def test_new_alerts_are_counted_from_a_version_on(client: Client) -> None:
    fresh = client.get("/alerts/new?version=0", headers={"Accept-Language": "en"}).json()
    assert fresh["count"] == len(client.get("/alerts.json").json()["items"])
    now = client.get("/alerts/new").json()["version"]
    assert client.get(f"/alerts/new?version={now}").json()["count"] == 0


@pytest.mark.parametrize(
    "address",
    [
        "/nothing",
        "/articles/zzzzzzzz",
        "/stories/zzzz",
        "/alerts/zzzz",
        "/subscriptions/zzzz",
        "/feeds/zzzz",
    ],
)
def test_what_does_not_exist_is_404(client: Client, address: str) -> None:
    assert client.get(address).status == 404


@pytest.mark.parametrize(
    "values",
    [
        {"q": "a" * 4_001},
        {"q": "banjir", "limit": "201"},
        {"q": "banjir", "limit": "-1"},
        {"q": "banjir", "limit": "1e9"},
        {"q": "banjir", "from": "735000d"},
        {"q": "banjir", "from": "x" * 4_001},
        {"q": "banjir", "from": "besok"},
        {"q": "banjir", "from": "1d", "to": "2d"},
        {"q": "banjir", "cursor": "no cursor"},
        {f"n{place}": "" for place in range(60)},
    ],
    ids=str,
)
def test_what_is_beyond_a_bound_is_refused_in_words(client: Client, values: dict[str, str]) -> None:
    assert client.get("/search", params=values).status == 400
    assert client.get("/search.json", params=values | {"limit": "1001"}).status == 400


@pytest.mark.parametrize("limit", ["000000001999999", "0" * 20 + "1", "٥", "1_0", "+5", "5.0"])
@pytest.mark.parametrize("path", ["/alerts.json", "/feeds", "/stories", "/pipeline/dead-letters"])
def test_a_number_is_bounded_however_it_is_written(client: Client, path: str, limit: str) -> None:
    assert client.get(path, params={"limit": limit}).status == 400


def test_every_page_stays_small(client: Client) -> None:
    for address in ADDRESSES:
        assert len(client.get(address).content) < 100_000, address


def test_a_page_repeats_no_values_that_it_does_not_read(client: Client) -> None:
    plain = client.get("/search?q=banjir").content
    values = {f"n{place}": "~" * 1_000 for place in range(40)} | {"by": "~" * 4_000}
    assert len(client.get("/search?q=banjir", params=values).content) < len(plain) + 1_000


@pytest.mark.parametrize("address", ADDRESSES)
def test_hostile_text_stays_text(client: Client, address: str) -> None:
    check_harmless(client.get(address).text)


def test_hostile_articles_stay_text(client: Client, store: Store) -> None:
    for one in hostile_articles(store):
        check_harmless(client.get(f"/articles/{one}", params={"q": "banjir"}).text)


@pytest.mark.parametrize(
    "path",
    [
        "/search",
        "/search/reading",
        "/subscriptions/new",
        "/subscriptions/new/backtest",
        "/subscriptions/banjir/edit",
        "/subscriptions",
        "/feeds",
        "/alerts",
    ],
)
def test_hostile_values_stay_text(client: Client, path: str) -> None:
    for text in XSS:
        others = dict.fromkeys(("match", "l", "by", "done", text[:30]), text)
        for values in ({"q": "banjir", **others}, {"q": text}, {"q": "banjir", "from": text}):
            check_harmless(client.get(path, params=values).text)
        check_harmless(client.get(path, params={"subscription": text}).text)


def check_harmless(text: str) -> None:
    """Check that a page has the console's own elements alone, and no link that runs anything."""
    page = Page(text)
    scripts = [attrs for tag, attrs in page.tags if tag == "script"]
    own = re.compile(r"/static/(?:console|inbox|brush|start)\.js\?v=[0-9a-f]{12}")
    assert all(set(one) == {"src", "defer"} and own.fullmatch(one["src"]) for one in scripts)
    assert len(scripts) <= 2
    assert not {tag for tag, _ in page.tags} & {"img", "iframe", "style", "math", "object", "base"}
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b]", text)
    for tag, attrs in page.tags:
        assert not [name for name in attrs if name.startswith("on") or name == "style"], (
            tag,
            attrs,
        )
        target = attrs.get("href", attrs.get("action", "/"))
        assert re.match(r"/(?!/)|#|https?://", target), target
        if target.startswith("http"):
            assert attrs["rel"] == "noreferrer noopener"


def test_no_secret_is_on_any_page(client: Client) -> None:
    for path in ("/feeds", "/feeds.json", "/feeds.csv", "/subscriptions.json"):
        assert "sandi" not in client.get(path).text
    for one in client.get("/feeds.json").json()["items"]:
        assert "sandi" not in client.get(f"/feeds/{one['feed_id']}").text
