import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.net.domains import registrable_domain
from pantau_schemas.links import LINK_RULES_VERSION, normalise_feed_url, normalise_link, site_of


def test_a_change_of_the_rules_is_a_new_version() -> None:
    assert LINK_RULES_VERSION == 1, "new rules need a migration of ids, and new cases below"


@pytest.mark.parametrize(
    ("link", "normal"),
    [
        ("HTTP://WWW.Example.COM:80/A/b/?b=2&a=1#top", "https://www.example.com/A/b?a=1&b=2"),
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
        ("https://x.id/?p=12#!/x", "https://x.id?p=12"),
        ("https://x.id/a%2Fb+c?q=a+b%20c", "https://x.id/a%2Fb+c?q=a+b%20c"),
    ],
)
def test_the_table_of_rules(link: str, normal: str) -> None:
    assert normalise_link(link) == normal


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
        ["x.id", "WWW.a.co.id:80", "münchen.de", "[::1]:1", "u:p@h.id.", "1.2.3.4", "ß.de", "a..b"]
    ),
    st.text(max_size=20).map(lambda text: "/" + text),
    st.sampled_from(["", "?", "?a=1&utm_x=1", "?%41=%zz&b"]),
    st.text(max_size=10),
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
