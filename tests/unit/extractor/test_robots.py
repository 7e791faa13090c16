"""robots.txt by RFC 9309, and the declarations beside it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.extractor.robots import read_robots

SITE = "https://kabar.example"


def allows(text: str, path: str, agent: str = "Pantau") -> bool:
    return read_robots(text.encode(), agent).allows(SITE + path)


@pytest.mark.parametrize(
    ("text", "path", "expected"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow: /a", "/ab", False),
        ("User-agent: *\nDisallow: /a/", "/a", True),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),
        ("User-agent: *\nAllow: /a\nDisallow: /a", "/a", True),
        ("User-agent: *\nDisallow: /*.php$", "/x/y.php", False),
        ("User-agent: *\nDisallow: /*.php$", "/x/y.php?a=1", True),
        ("User-agent: *\nDisallow: /*?print", "/x?print=1", False),
        ("User-agent: *\nDisallow: /a*b*c", "/axxbyyc/more", False),
        ("User-agent: *\nDisallow: /a*b*c$", "/abcabx", True),
        ("user-AGENT : *\n disallow : /a # why", "/a", False),
        ("User-agent: other\nDisallow: /", "/a", True),
        ("User-agent: other\nUser-agent: *\nDisallow: /", "/a", False),
        ("User-agent: pantau\nDisallow: /a\n\nUser-agent: *\nDisallow: /", "/b", True),
        ("User-agent: Pantau/2.0\nDisallow: /a", "/a", False),
        ("User-agent: pantaubot\nDisallow: /", "/a", True),
        ("User-agent: *\nDisallow: /\nUser-agent: Pantau\nAllow: /", "/a", True),
        ("User-agent: pantau\nDisallow: /a\nUser-agent: pantau\nDisallow: /b", "/b", False),
        ("User-agent: *\nDisallow: /berita lama", "/berita%20lama", False),
        ("User-agent: *\nDisallow: /é", "/%C3%A9", False),
        ("\ufeffUser-agent: *\nDisallow: /a", "/a", False),
        ("Disallow: /a", "/a", True),
        ("Sitemap: https://a.example/s.xml\nUser-agent: *\nDisallow: /a", "/a", False),
        ("User-agent: *\rDisallow: /a\r\nDisallow: /b", "/a", False),
        ("<html>not here</html>", "/a", True),
    ],
)
def test_an_address_is_allowed_or_not(text: str, path: str, *, expected: bool) -> None:
    assert allows(text, path) is expected


def test_what_a_site_declares_is_kept_as_written() -> None:
    robots = read_robots(
        b"License: https://kabar.example/a.xml\nUser-agent: other\nContent-Usage: search=n\n"
        b"User-agent: *\nContent-Usage: train-ai=n\nContent-Usage: /arsip train-ai=y\n"
        b"Crawl-delay: 2.5\nLicense: https://kabar.example/b.xml\nLicense:\n",
        "Pantau",
    )
    assert robots.licenses == ("https://kabar.example/a.xml", "https://kabar.example/b.xml")
    assert robots.content_usage == ("train-ai=n", "/arsip train-ai=y")
    assert robots.delay_seconds == 2.5


@pytest.mark.parametrize(
    ("given_delay", "seconds"), [("86400", 30.0), ("-1", 0.0), ("nan", 0.0), ("soon", 0.0)]
)
def test_a_delay_is_obeyed_within_reason(given_delay: str, seconds: float) -> None:
    robots = read_robots(f"User-agent: *\nCrawl-delay: {given_delay}".encode(), "Pantau")
    assert robots.delay_seconds == seconds


@given(st.binary(max_size=400), st.text(max_size=60))
def test_nothing_raises(document: bytes, path: str) -> None:
    robots = read_robots(b"User-agent: *\nDisallow: /a*b\n" + document, "Pantau")
    assert robots.allows(f"{SITE}/{path.replace('[', '')}") in {True, False}


@given(st.text("ab*", max_size=8), st.text("ab", max_size=8))
def test_patterns_mean_what_an_expression_means(pattern: str, path: str) -> None:
    import re  # noqa: PLC0415 (the other reading of patterns)

    wanted = re.match("/" + re.escape(pattern).replace(r"\*", ".*"), f"/{path}") is not None
    assert allows(f"User-agent: *\nDisallow: /{pattern}", f"/{path}") is not wanted
