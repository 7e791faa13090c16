"""Pages that list articles, news sitemaps and their indexes, read as feeds."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.feeds.document import ParsedItem, UnreadableFeedError
from pantau.feeds.formats.news_sitemap import chosen_sitemaps, recent, sitemaps_of_robots
from pantau.feeds.html.selectors import SelectorError, SelectorMatcher, parse_selector
from pantau.feeds.html.tags import tags
from pantau.feeds.parse import parse_feed
from pantau.poller.reading.readings import FEED, NoFeed, about_feed
from pantau_schemas.events.feed_page import PageSelectors

SITE = "https://kabar.example/"
PAGE = """<html lang="id"><head><title>Kabar &amp; Warta</title></head><body>
<nav><a href="/">Beranda</a><a href="/tag/banjir">Semua berita tentang banjir besar</a></nav>
<ul class="daftar"><li class="satu berita"><a href="/berita/1"><img src="a.png"></a>
<h3><a href="/berita/1">Banjir merendam tiga desa di Demak</a></h3>
<time datetime="2026-01-02T10:00:00+07:00">kemarin</time><p class="isi">Air naik</p>
<li class="berita"><h3><a href="berita/2">Gempa terasa di Garut pagi tadi</a></h3>
<span class="tanggal">3 Januari 2026 10:00 WIB</span><p class="isi">Warga <b>keluar</b></p></ul>
<script>"<li class='berita'><a href='/x'>"</script>
<a href="https://lain.example/1">Empat kata atau lebih di situs lain</a></body></html>"""


def _links(selectors: PageSelectors, html: str = PAGE) -> list[str | None]:
    return [one.link for one in parse_feed(html.encode(), url=SITE, page=selectors).items]


def test_without_selectors_links_that_look_like_headlines_are_articles() -> None:
    feed = parse_feed(PAGE.encode(), url=SITE, page=PageSelectors())
    assert (feed.format, feed.title, feed.language) == ("page", "Kabar & Warta", "id")
    assert [(one.link, one.title) for one in feed.items] == [
        (f"{SITE}berita/1", "Banjir merendam tiga desa di Demak"),
        (f"{SITE}berita/2", "Gempa terasa di Garut pagi tadi"),
    ]


def test_selectors_find_the_parts_of_each_article() -> None:
    selectors = PageSelectors(item="ul.daftar > li.berita", date=".tanggal, time", text="p.isi")
    items = parse_feed(PAGE.encode(), url=SITE, page=selectors).items
    assert [(one.title, one.text) for one in items] == [
        ("Banjir merendam tiga desa di Demak", "Air naik"),
        ("Gempa terasa di Garut pagi tadi", "Warga keluar"),
    ]
    assert [one.published for one in items] == [
        datetime(2026, 1, 2, 3, tzinfo=UTC),
        datetime(2026, 1, 3, 3, tzinfo=UTC),
    ]
    assert _links(PageSelectors(link="h3 a")) == [f"{SITE}berita/1", f"{SITE}berita/2"]
    assert _links(PageSelectors(item="li", title="b")) == [f"{SITE}berita/1", f"{SITE}berita/2"]


@pytest.mark.parametrize(
    ("selectors", "reason"),
    [
        (PageSelectors(item=".tiada"), "no element matches .tiada"),
        (PageSelectors(item="li:hover"), "cannot be read at character 3"),
    ],
)
def test_selectors_that_find_nothing_are_named(selectors: PageSelectors, reason: str) -> None:
    with pytest.raises(UnreadableFeedError, match=re.escape(reason)):
        parse_feed(PAGE.encode(), url=SITE, page=selectors)


def test_a_public_channel_of_telegram_is_a_list_of_messages() -> None:
    message = (
        '<div class="tgme_widget_message js" data-post="kabar/{0}">'
        '<div class="tgme_widget_message_text">Banjir di Demak {0}<br/>Tiga desa</div>'
        '<a class="tgme_widget_message_date" href="https://t.me/kabar/{0}">'
        '<time datetime="2026-01-02T10:0{0}:00+00:00">10:0{0}</time></a></div>'
    )
    html = "".join(message.format(number) for number in (1, 2))
    feed = parse_feed(html.encode(), url="https://t.me/s/kabar")
    assert [(one.link, one.title) for one in feed.items] == [
        ("https://t.me/kabar/1", "Banjir di Demak 1"),
        ("https://t.me/kabar/2", "Banjir di Demak 2"),
    ]
    assert feed.items[0].text == "Banjir di Demak 1\nTiga desa"
    assert feed.items[1].published == datetime(2026, 1, 2, 10, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("selector", "found"),
    [
        ("p", ["p1", "p2"]),
        ("*", ["d", "p1", "s", "p2"]),
        (".a", ["d", "s"]),
        ("#s", ["s"]),
        ("div p", ["p1"]),
        ("div > p", ["p1"]),
        ("div > span", []),
        ("div span", ["s"]),
        ("p > span.a.b", ["s"]),
        ("span, #p2", ["s", "p2"]),
        ("[lang]", ["p1"]),
        ("p[lang=id]", ["p1"]),
        ("[lang^='i']", ["p1"]),
        ('[lang$="d"]', ["p1"]),
        ("[lang*=x]", []),
        ("[class~=b]", ["s"]),
        ("DIV", ["d"]),
        (" div   span ", ["s"]),
        ("div p span", ["s"]),
        ("div > p > span", ["s"]),
    ],
)
def test_what_a_selector_matches(selector: str, found: list[str]) -> None:
    html = (
        "<div id=d class=a><p id=p1 lang=id><span id=s class='a b'></span></p></div><p id=p2></p>"
    )
    matcher = SelectorMatcher(parse_selector(selector))
    matched = []
    for tag in tags(html):
        if tag.closing:
            matcher.close()
        elif matcher.open(tag.name, tag.attributes):
            matched.append(tag.attributes["id"])
    assert matched == found


@pytest.mark.parametrize(
    "text", ["", ">", "a:hover", "a[", "a >", "..x", "a,,b", "a + b", "a" * 501, "a,"]
)
def test_selectors_that_cannot_be_read(text: str) -> None:
    with pytest.raises(SelectorError):
        parse_selector(text)


@given(st.text(max_size=200) | st.text(alphabet="<>/abi ='\"!-", max_size=200))
def test_any_page_is_read_or_refused(html: str) -> None:
    try:
        feed = parse_feed(html.encode(), url=SITE, page=PageSelectors(item="a, b, i"))
    except UnreadableFeedError:
        return
    assert all((one.link or "").startswith("http") for one in feed.items)


NEWS = (
    "<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' xmlns:news="
    "'http://www.google.com/schemas/sitemap-news/0.9' "
    "xmlns:image='http://www.google.com/schemas/sitemap-image/1.1'>{}</urlset>"
)


def _news(number: int, day: str, title: str = "Judul") -> str:
    return (
        f"<url><loc>{SITE}{number}</loc><news:news><news:publication><news:name>Kabar</news:name><news:language>id"
        f"</news:language></news:publication><news:publication_date>{day}</news:publication_date><news:title>{title}"
        "</news:title><news:keywords>banjir, Demak</news:keywords></news:news>"
        "<image:image><image:loc>x</image:loc>"
        "<image:title>Foto</image:title></image:image></url>"
    )


def test_a_news_sitemap_is_a_feed_of_its_last_two_days() -> None:
    body = NEWS.format(
        _news(1, "2026-01-05T10:00:00+07:00", "Banjir &amp;amp; gempa")
        + _news(2, "2026-01-01")
        + _news(3, "2026-01-03T11:00:00Z")
    )
    feed = parse_feed(body.encode(), url=f"{SITE}news.xml")
    assert (feed.format, feed.title, feed.language) == ("news-sitemap", "Kabar", "id")
    assert [(one.link, one.title) for one in feed.items] == [
        (f"{SITE}1", "Banjir & gempa"),
        (f"{SITE}3", "Judul"),
    ]
    assert feed.items[0].published == datetime(2026, 1, 5, 3, tzinfo=UTC)
    assert feed.items[0].tags == ("banjir", "Demak")


def test_a_sitemap_without_news_is_no_feed() -> None:
    with pytest.raises(UnreadableFeedError, match="no news"):
        parse_feed(NEWS.format(f"<url><loc>{SITE}1</loc></url>").encode())


def test_the_latest_sitemaps_of_an_index_are_chosen() -> None:
    sitemaps = "".join(
        f"<sitemap><loc>{SITE}{name}.xml</loc><lastmod>{day}</lastmod></sitemap>"
        for name, day in [
            ("artikel", "2026-03-01"),
            ("news-1", "2026-01-01"),
            ("news-2", ""),
            ("news-3", "2026-01-09"),
        ]
    )
    index = parse_feed(f"<sitemapindex>{sitemaps}</sitemapindex>".encode(), url=SITE)
    assert chosen_sitemaps(index, 2) == (f"{SITE}news-3.xml", f"{SITE}news-1.xml")
    plain = parse_feed(
        f"<sitemapindex><sitemap><loc>{SITE}a</loc></sitemap><sitemap><loc>/b</loc></sitemap></sitemapindex>".encode(),
        url=SITE,
    )
    assert chosen_sitemaps(plain, 1) == (f"{SITE}b",)


def test_sitemaps_that_a_robots_txt_names() -> None:
    robots = (
        b"User-agent: *\nDisallow: /x\nSitemap: /a.xml\n"
        b"SITEMAP : https://kabar.example/news.xml\nSitemap: ftp://x/\n"
    )
    expected = (f"{SITE}news.xml", f"{SITE}a.xml")
    assert sitemaps_of_robots(robots.decode(), f"{SITE}robots.txt") == expected
    found = FEED.read(robots, about_feed(f"{SITE}robots.txt", "text/plain", discover=True))
    assert isinstance(found, NoFeed)
    assert tuple(one.url for one in found.candidates) == expected


def test_a_message_that_is_quoted_is_not_the_answer_to_it() -> None:
    quoted = '<div class="tgme_widget_message_text js-message_reply_text">Kabar lama</div>'
    html = (
        '<div class="tgme_widget_message"><div class="tgme_widget_message_bubble">'
        f'<a class="tgme_widget_message_reply" href="https://t.me/kabar/1">{quoted}</a>'
        '<div class="tgme_widget_message_text">Air sudah surut</div>'
        '<a class="tgme_widget_message_date" href="https://t.me/kabar/2"></a></div></div>'
    )
    feed = parse_feed(html.encode(), url="https://t.me/s/kabar")
    assert [(one.link, one.text) for one in feed.items] == [
        ("https://t.me/kabar/2", "Air sudah surut")
    ]


def test_a_date_of_a_sitemap_is_in_the_zone_of_its_feed() -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    jakarta = ZoneInfo("Asia/Jakarta")
    local = now.astimezone(jakarta).strftime("%Y-%m-%d %H:%M:%S")
    names = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    news = f"<news:title>A</news:title><news:publication_date>{local}</news:publication_date>"
    url = f"<url><loc>https://kabar.example/1</loc><news:news>{news}</news:news></url>"
    body = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" {names}>{url}</urlset>'
    assert parse_feed(body.encode(), zone=jakarta).items[0].published == now


def test_a_date_of_next_year_hides_no_news() -> None:
    start = datetime(2026, 1, 2, 10, tzinfo=UTC)
    days = (365, 3, 0, -1, -2, -3, -4, -40)
    items = tuple(
        ParsedItem(None, f"{SITE}{day}", str(day), "", published=start + timedelta(days=day))
        for day in days
    )
    assert [one.title for one in recent(items)] == ["365", "3", "0", "-1", "-2"]
    assert [one.title for one in recent(items[2:])] == ["0", "-1", "-2"]
