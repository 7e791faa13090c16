"""The quick way to split a link finds the parts that `urlsplit` finds."""

from urllib.parse import SplitResult, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pantau_schemas.links.canonical import _PLAIN_LINK

PIECES = st.lists(
    st.sampled_from(
        ["http", "https", "HTTP", "://", ":", "//", "/", "?", "#", "&", "=", "@", "[::1]", "kabar",
         "kabar.example", "-", ".", "..", "%20", "8080", ";", "[", "]", " ", "\t", "\n", "\x00",
         "\u00e9", "\uff0f", "\u2028", "x"]
    ),
    max_size=8,
)  # fmt: skip


@given(st.sampled_from(["", "http://", "https://kabar.example", "https://kabar.example/a"]), PIECES)
@example("https://kabar.example", ["/", "a", "?", "b", "#", "c", "#", "d"])
@example("https://kabar.example", ["?", "a", "?", "b"])
@example("https://kabar.example", ["#", "a", "/", "?", "b"])
@example("https://kabar.example", ["/", "a", "\n"])
def test_it_finds_the_same_parts(start: str, pieces: list[str]) -> None:
    link = start + "".join(pieces)
    found = _PLAIN_LINK.fullmatch(link)
    if found is not None:
        assert SplitResult(*found.groups("")) == urlsplit(link)


@pytest.mark.parametrize(
    "link",
    [
        "https://kabar.example",
        "http://www.kabar.example/",
        "https://kabar.example/2026/11/29/banjir-rob.html?utm_source=rss&id=7#komentar",
        "https://127.0.0.1/f/1",
    ],
)
def test_ordinary_links_are_plain(link: str) -> None:
    assert _PLAIN_LINK.fullmatch(link) is not None


@pytest.mark.parametrize(
    "link",
    [
        "HTTPS://kabar.example/",
        "https://kabar.example:8080/",
        "https://user@kabar.example/",
        "https://[::1]/",
        "https://kabar.example/\u00e9",
        " https://kabar.example/",
        "https://kabar.example/a b",
        "https://kabar.example/\n",
        "https://kabar.example\\a",
        "https:///a",
        "ftp://kabar.example/",
    ],
)
def test_others_are_left_to_urlsplit(link: str) -> None:
    assert _PLAIN_LINK.fullmatch(link) is None
