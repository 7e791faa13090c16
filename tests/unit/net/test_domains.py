import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.net.domains import registrable_domain
from pantau_schemas.links.canonical import (
    LINK_RULES_VERSION,
    former_link,
    normalise_feed_url,
    normalise_link,
    second_link,
    site_of,
    unwrap_link,
)


def test_a_change_of_the_rules_is_a_new_version() -> None:
    assert LINK_RULES_VERSION == 3, "new rules need a migration of ids, and new cases below"


@pytest.mark.parametrize(
    ("link", "normal"),
    [
        ("HTTP://WWW.Example.COM:80/A/b/?b=2&a=1#top", "https://example.com/A/b?a=1&b=2"),
        ("https://example.com:443/", "https://example.com"),
        ("https://example.com", "https://example.com"),
        ("http://example.com:8080/x", "https://example.com:8080/x"),
        (
            "https://x.id/a?utm_source=rss&UTM_Medium=x&id=7&fbclid=q&gclid=z&igshid=1",
            "https://x.id/a?id=7",
        ),
        ("https://x.id/a?utm_source=rss", "https://x.id/a"),
        ("https://x.id/a?&&b=1&a&", "https://x.id/a?a&b=1"),
        ("https://x.id/a?b=2&b=1&a=", "https://x.id/a?a=&b=1&b=2"),
        ("https://x.id/%7euser/%e4%b8%ad?q=%zz", "https://x.id/~user/%E4%B8%AD?q=%25zz"),
        ("https://x.id/berita baru/é", "https://x.id/berita%20baru/%C3%A9"),
        ("https://x.id/a/../b/./c/", "https://x.id/b/c"),
        ("https://x.id/a/%2e%2e/b", "https://x.id/b"),
        ("https://münchen.example/", "https://xn--mnchen-3ya.example"),
        ("https://user:secret@x.id./a", "https://x.id/a"),
        ("https://[::1]:8080/a", "https://[::1]:8080/a"),
        (" https://x.id/a\n b ", "https://x.id/a%20b"),
        ("https://x.id/a//b", "https://x.id/a//b"),
        ("https://x.id/?p=12#!/x", "https://x.id?p=12#!/x"),
        ("https://x.id/a%2Fb+c?q=a+b%20c", "https://x.id/a%2Fb+c?q=a+b%20c"),
    ],
)
def test_the_table_of_rules(link: str, normal: str) -> None:
    assert normalise_link(link) == normal


ONE = "https://kabar.id/read/42"


@pytest.mark.parametrize(
    "link",
    [
        # Twins: another host, path or parameter shows the same article.
        "https://www.kabar.id/read/42",
        "https://m.kabar.id/read/42/",
        "https://amp.kabar.id/read/42",
        "https://mobile.kabar.id/read/42",
        "https://www.m.kabar.id/read/42",
        "https://kabar.id/amp/read/42",
        "https://kabar.id/read/42/amp",
        "https://kabar.id/read/42/amp/",
        "https://kabar.id/read/42.amp",
        "https://kabar.id/read/42/index.html",
        "https://kabar.id/read/42/index.php?page=all",
        "https://kabar.id/read/42;jsessionid=8F2A",
        "https://kabar.id/read/42?page=all",
        "https://kabar.id/read/42?PAGE=All#komentar",
        "https://kabar.id/read/42?amp",
        "https://kabar.id/read/42?amp=1&single=1",
        "https://kabar.id/read/42?outputType=amp",
        "https://kabar.id/read/42?m=1",
        # Parameters that say where a reader came from.
        "https://kabar.id/read/42?ref=rss",
        "https://kabar.id/read/42?source=rss&from=home&partner=x",
        "https://kabar.id/read/42?emc=rss&ocid=7&maca=id-rss&ito=1490",
        "https://kabar.id/read/42?at_medium=RSS&at_campaign=KARANGA&at_bbc_team=x",
        "https://kabar.id/read/42?srsltid=AfmBOo",
        "https://kabar.id/read/42?PHPSESSID=9a8b7c",
        "https://kabar.id/read/42?jxconn=1*1x0k*other_jxampid*a1&jxrecoid=7",
        "https://kabar.id/read/42?share=twitter",
        "https://kabar.id/read/42?via=rss&sumber=rss",
        "https://kabar.id/read/42?lgn_method=google&google_btn=onetap",
        "https://kabar.id/read/42?amp;utm_source=rss&amp;share=x",
        "https://kabar.id/read/42?halaman=semua&print=1",
        "https://kabar.id/read/42?unlocked_article_code=1.zE0&smid=tw",
        # AMP caches.
        "https://kabar-id.cdn.ampproject.org/c/s/kabar.id/read/42",
        "https://kabar-id.cdn.ampproject.org/v/s/amp.kabar.id/read/42?amp_js_v=0.1",
        "https://www.google.com/amp/s/kabar.id/read/42/amp",
        "https://www.google.co.id/amp/kabar.id/read/42",
        "https://www.bing.com/amp/s/kabar.id/read/42",
        # Links that only lead on.
        "https://www.google.com/url?rct=j&sa=t&url=https://kabar.id/read/42&ct=ga&cd=CAE&usg=AOv",
        "https://www.google.co.id/url?q=https%3A%2F%2Fkabar.id%2Fread%2F42%3Fref%3Drss",
        "https://news.google.com/rss/articles/CBMiGGh0dHBzOi8va2FiYXIuaWQvcmVhZC80MtIBAA?oc=5",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fkabar.id%2Fread%2F42&h=AT0",
        "https://www.bing.com/news/apiclick.aspx?ref=FexRss&url=https%3a%2f%2fkabar.id%2fread%2f42",
        "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fkabar.id%2Fread%2F42&data=05",
        "https://r.search.yahoo.com/_ylt=A0;_ylu=Y29/RV=2/RU=https%3a%2f%2fkabar.id%2fread%2f42/RK=2/RS=x",
        "https://news.yahoo.com/rss/SIG=11/*https://kabar.id/read/42",
        "https://duckduckgo.com/l/?uddg=https%3A%2F%2Fkabar.id%2Fread%2F42",
        "https://www.youtube.com/redirect?event=x&q=https%3A%2F%2Fkabar.id%2Fread%2F42",
        "https://agregator.example/klik?tid=9&url=https%3A%2F%2Fkabar.id%2Fread%2F42",
        "https://www.google.com/url?url=https%3A%2F%2Fl.facebook.com%2Fl.php%3Fu%3Dhttps%253A%252F%252Fkabar.id%252Fread%252F42",
    ],
)
def test_links_to_one_article_have_one_form(link: str) -> None:
    assert normalise_link(link) == ONE


@pytest.mark.parametrize(
    "query",
    [
        "asal=rss", "cid=rss-feed", "src=RSS&origin=rss", "rss=1", "WT.mc_id=x", "itm_source=a",
        "usqp=mq331&amp_tf=From", "mbid=x", "trackingId=1", "cm_mmc=x", "feature=share", "m=true",
        "type=amp", "view=mobile", "singlepage=1", "page=semua", "printable=yes", "app=1",
    ],
)  # fmt: skip
def test_more_parameters_that_say_nothing(query: str) -> None:
    link = "https://kabar.id/read/42"
    assert normalise_link(f"{link}?{query}") == link
    assert second_link(f"{link}?{query}") is not None
    archived = f"https://web.archive.org/web/20261130120000id_/{link}?{query}"
    assert normalise_link(archived) == link


def test_archives_are_unwrapped_where_they_keep_one_article() -> None:
    home = "https://web.archive.org/web/2026/https://kabar.id/"
    assert normalise_link(home) == home.removesuffix("/")
    assert (
        normalise_link("https://web.archive.org/web/*/https://kabar.id/a") != "https://kabar.id/a"
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://kabar.id/read/42?page=2", "https://kabar.id/read/42?page=3"),
        ("https://kabar.id/#/berita/1", "https://kabar.id/#/berita/2"),
        ("https://kabar.id/#!berita/1", "https://kabar.id/#!berita/2"),
        ("https://kabar.id/?from=1", "https://kabar.id/?from=2"),
        ("https://kabar.id/amp", "https://kabar.id/"),
        ("https://a.kabar.id/42", "https://b.kabar.id/42"),
        ("https://kabar.id/a?id=1&ref=x", "https://kabar.id/a?id=2&ref=x"),
        ("https://kabar.id/a?amp;id=1", "https://kabar.id/a?amp;id=2"),
        ("https://kabar.id/?share=1", "https://kabar.id/?share=2"),
        ("https://kabar.id/a?view=1", "https://kabar.id/a?view=2"),
        ("https://kabar.id/?app=1", "https://kabar.id/?app=2"),
        ("https://kabar.id/a?tag=rss1", "https://kabar.id/a?tag=rss3"),
        ("https://kabar.id/a?type=1", "https://kabar.id/a?type=2"),
        ("https://news.google.com/rss/articles/CBMiAA", "https://news.google.com/rss/articles/CBMiAB"),
        ("https://kabar.id/share?url=https%3A%2F%2Fx.id%2F1", "https://x.id/1"),
    ],
)  # fmt: skip
def test_what_may_be_two_articles_stays_two(one: str, other: str) -> None:
    assert normalise_link(one) != normalise_link(other)


@pytest.mark.parametrize(
    ("link", "normal"),
    [
        ("https://amp.example/k", "https://amp.example/k"),  # one label alone would stay
        ("https://www.com/k", "https://www.com/k"),
        ("https://m.1.2.3.4/k", "https://m.1.2.3.4/k"),
        ("https://www.google.com/url?url=https://kabar.id/", "https://google.com/url?url=https://kabar.id/"),
        ("https://kabar.id/index.html", "https://kabar.id"),
        ("https://kabar.id/camp/1", "https://kabar.id/camp/1"),
    ],
)  # fmt: skip
def test_the_edges_of_the_table(link: str, normal: str) -> None:
    assert normalise_link(link) == normal


def test_the_form_of_version_1_stays_available() -> None:
    link = "http://WWW.kabar.id/read/42/?page=all&ref=rss&utm_source=rss#x"
    assert former_link(link) == "https://www.kabar.id/read/42?page=all&ref=rss"
    assert former_link("mailto:x") is None


def test_the_form_of_version_2_stays_available() -> None:
    link = "http://www.kabar.id/read/42/?page=all&share=twitter&jxconn=1&ref=rss#x"
    assert second_link(link) == "https://kabar.id/read/42?jxconn=1&share=twitter"
    assert second_link("https://kabar.id/read/42?b=2&ref=rss") is None
    assert second_link("https://kabar.id/read/42") is None
    assert second_link("mailto:x?share=1") is None


def test_a_link_that_leads_on_is_unwrapped_without_other_changes() -> None:
    inner = "https://www.kabar.id/read/42?ref=rss"
    assert unwrap_link(f"https://www.google.com/url?url={inner}") == inner
    assert unwrap_link(inner) == inner


@pytest.mark.parametrize(
    "link", ["", "x", "/a", "mailto:a@b.id", "ftp://x.id/", "javascript:alert(1)", "https://",
    "https:///a", "http://[::1", "http://x.id:99999/", "https://a b/",
    "https://x.id/" + "a" * 9_000]
)  # fmt: skip
def test_what_is_no_link(link: str) -> None:
    assert normalise_link(link) is None


URLS = st.builds(
    "{}://{}{}{}{}".format,
    st.sampled_from(["http", "HTTPS"]),
    st.sampled_from(
        [
            "x.id",
            "WWW.a.co.id:80",
            "münchen.de",
            "[::1]:1",
            "u:p@h.id.",
            "1.2.3.4",
            "ß.de",
            "a..b",
            "m.www.x.id",
            "amp.x",
        ]
    ),
    st.text(max_size=20).map(lambda text: "/" + text),
    st.sampled_from(
        [
            "",
            "?",
            "?a=1&utm_x=1",
            "?%41=%zz&b",
            "/amp",
            "/index.html",
            "?from=1",
            "?page=all",
            "/amp/",
        ]
    ),
    st.text(max_size=10) | st.sampled_from(["#/a", "#!b", ";sid=1"]),
)


@given(URLS | st.text(max_size=40))
def test_normalising_again_changes_nothing(link: str) -> None:
    normal = normalise_link(link)
    if normal is not None:
        assert normalise_link(normal) == normal
        assert normal.isascii()
    feed = normalise_feed_url(link)
    assert normalise_feed_url(feed) == feed


def test_feed_addresses_keep_their_parameters() -> None:
    assert (
        normalise_feed_url("HTTP://X.id/rss/?utm_source=a&z=1&b=2#f")
        == "https://x.id/rss?utm_source=a&z=1&b=2"
    )
    assert normalise_feed_url(" daftar.xml ") == "daftar.xml"


@pytest.mark.parametrize(
    ("link", "site", "domain"),
    [
        ("https://www.antaranews.com/berita/1", "antaranews.com", "antaranews.com"),
        ("https://nasional.kompas.com/read", "nasional.kompas.com", "kompas.com"),
        ("http://www.bnpt.go.id/", "bnpt.go.id", "bnpt.go.id"),
        ("http://a.b.co.id/", "a.b.co.id", "b.co.id"),
        ("http://127.0.0.1:8000/feed", "127.0.0.1", "127.0.0.1"),
        ("http://localhost/feed", "localhost", "localhost"),
        ("http://[::1]/feed", "[::1]", "[::1]"),
        ("https://www.com/", "www.com", "www.com"),
        ("mailto:a@b.id", None, ""),
    ],
)
def test_sites_and_domains(link: str, site: str | None, domain: str) -> None:
    assert site_of(link) == site
    assert registrable_domain(link) == domain


@given(URLS | st.text(max_size=40) | st.text(max_size=20).map("https://kabar.co.id/".__add__))
def test_the_start_of_a_link_gives_its_domain(link: str) -> None:
    site = site_of(link)
    assert registrable_domain(link) == (registrable_domain(f"https://{site}") if site else "")
