"""Where the feeds of pages are that people paste."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.feeds.discovery.discover import discover_feeds, without_comments
from pantau.feeds.discovery.known_sites import feeds_of_address, usual_addresses
from pantau.usecases.feeds.discovery import addresses_meant

CHANNEL = "UC" + "a" * 22
VIDEOS = "https://www.youtube.com/feeds/videos.xml"


@pytest.mark.parametrize(
    ("page", "feed"),
    [
        (f"https://www.youtube.com/channel/{CHANNEL}", f"{VIDEOS}?channel_id={CHANNEL}"),
        (f"https://m.youtube.com/channel/{CHANNEL}/videos", f"{VIDEOS}?channel_id={CHANNEL}"),
        ("https://www.youtube.com/playlist?list=PLx-1", f"{VIDEOS}?playlist_id=PLx-1"),
        ("https://youtube.com/watch?v=a&list=PLx-1", f"{VIDEOS}?playlist_id=PLx-1"),
        ("https://www.youtube.com/user/sari", f"{VIDEOS}?user=sari"),
        ("https://sosial.example/@sari", "https://sosial.example/@sari.rss"),
        ("https://sosial.example/@sari/", "https://sosial.example/@sari.rss"),
        ("https://bsky.app/profile/sari.example", "https://bsky.app/profile/sari.example/rss"),
        ("https://bsky.app/profile/did:plc:abc", "https://bsky.app/profile/did:plc:abc/rss"),
        ("https://old.reddit.com/r/berita/new/", "https://www.reddit.com/r/berita/new/.rss"),
        ("https://www.reddit.com/user/sari", "https://www.reddit.com/user/sari/.rss"),
        ("https://t.me/kabar", "https://t.me/s/kabar"),
        ("https://t.me/kabar/12", "https://t.me/s/kabar"),
        ("https://medium.com/@sari", "https://medium.com/feed/@sari"),
        ("https://github.com/sari/kabar", "https://github.com/sari/kabar/releases.atom"),
        ("https://sari.substack.com", "https://sari.substack.com/feed"),
        ("https://sari.wordpress.com/", "https://sari.wordpress.com/feed/"),
        ("https://sari.blogspot.com", "https://sari.blogspot.com/feeds/posts/default"),
    ],
)
def test_the_feed_of_a_page(page: str, feed: str) -> None:
    assert feeds_of_address(page) == (feed,)


@pytest.mark.parametrize(
    "page",
    [
        "https://kabar.example/",
        "https://sosial.example/@sari/123",
        "https://www.youtube.com/@sari",
        "ftp://t.me/kabar",
        "https://www.reddit.com/",
        "https://bukan-youtube.com/channel/UC" + "a" * 22,
        "http://[x/@a",
        "https://github.com/sari",
    ],
)
def test_other_addresses_are_taken_as_they_are(page: str) -> None:
    assert feeds_of_address(page) == ()


def test_a_channel_is_known_by_the_id_in_its_page() -> None:
    page = f'<html><script>{{"externalId":"{CHANNEL}"}}</script>'.encode()
    assert [one.url for one in discover_feeds(page, "https://www.youtube.com/@sari")] == [
        f"{VIDEOS}?channel_id={CHANNEL}"
    ]
    assert discover_feeds(page, "https://kabar.example/@sari") == []


@pytest.mark.parametrize(
    ("link", "found"),
    [
        ("type='application/rss+xml' href='/r'", True),
        ("rel=alternative type='application/atom+xml' href='/r'", True),
        ("rel='ALTERNATE home' type='application/rss+xml' href='/r'", True),
        ("rel=feed href='/r'", True),
        ("rel=alternate title='RSS 2.0' href='/r'", True),
        ("rel=alternate type='application/rss-xml' href='/r'", True),
        ("rel=alternate title='English' hreflang=en href='/r'", False),
        ("rel=stylesheet type='application/rss+xml' href='/r'", False),
        ("type='text/xml' href='/r'", False),
        ("rel=search type='application/rss+xml' href='/r'", False),
        ("type='application/rss+xml'", False),
    ],
)
def test_links_that_declare_a_feed(link: str, found: bool) -> None:
    assert bool(discover_feeds(f"<link {link}>".encode(), "https://kabar.example/")) is found


def test_usual_places_are_below_the_page_first() -> None:
    places = usual_addresses("https://kabar.example/blog/?x=1")
    assert places[0] == "https://kabar.example/blog/feed"
    assert "https://kabar.example/rss.xml" in places
    assert len(places) == len(set(places)) <= 20
    assert usual_addresses("https://kabar.example")[0] == "https://kabar.example/feed"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("kabar.example/rss", ("https://kabar.example/rss", "http://kabar.example/rss")),
        ("feed://kabar.example/rss", ("https://kabar.example/rss", "http://kabar.example/rss")),
        ("feed:https://kabar.example/", ("https://kabar.example/",)),
        (" FEED:http://kabar.example/ ", ("http://kabar.example/",)),
        ("//kabar.example/", ("https://kabar.example/", "http://kabar.example/")),
        ("https://kabar.example/", ("https://kabar.example/",)),
        ("https://kabar.example/feed:bola", ("https://kabar.example/feed:bola",)),
        ("view-source:http://kabar.example/a", ("http://kabar.example/a",)),
        ("feed:feed://kabar.example/", ("https://kabar.example/", "http://kabar.example/")),
        ("<https://kabar.example/a>", ("https://kabar.example/a",)),
        ('"http://kabar.example/a"', ("http://kabar.example/a",)),
        ("(https://kabar.example/a)", ("https://kabar.example/a",)),
        ("[RSS Kabar](https://kabar.example/a)", ("https://kabar.example/a",)),
        ("http:/kabar.example/a", ("http://kabar.example/a",)),
        ("https:kabar.example/a", ("https://kabar.example/a",)),
        ("https;//kabar.example/a", ("https://kabar.example/a",)),
        ("https//kabar.example/a", ("https://kabar.example/a",)),
        ("htp://kabar.example/a", ("http://kabar.example/a",)),
        ("ttps://kabar.example/a", ("https://kabar.example/a",)),
        ("hxxps://kabar.example/a", ("https://kabar.example/a",)),
        ("http:\\\\kabar.example\\a", ("http://kabar.example/a",)),
        ("https://http://kabar.example/a", ("http://kabar.example/a",)),
        (
            "https://proksi.example/http://kabar.example/",
            ("https://proksi.example/http://kabar.example/",),
        ),
        ("http:8080/rss", ("https://http:8080/rss", "http://http:8080/rss")),
        ("localhost:8000/rss", ("https://localhost:8000/rss", "http://localhost:8000/rss")),
    ],
)
def test_what_people_mean_by_an_address(typed: str, meant: tuple[str, ...]) -> None:
    assert addresses_meant(typed) == meant


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_feed_scheme_in_a_page_means_the_scheme_of_the_page(scheme: str) -> None:
    page = b"<link rel=alternate type='application/rss+xml' href='feed://kabar.example/r'>"
    (found,) = discover_feeds(page, f"{scheme}://kabar.example/")
    assert found.url == f"{scheme}://kabar.example/r"


def test_feeds_of_comments_are_none_of_the_news() -> None:
    def named(*places: str) -> list[str]:
        links = (f"<link rel=alternate type='application/rss+xml' href='{one}'>" for one in places)
        found = discover_feeds("".join(links).encode(), "https://kabar.example/")
        return [one.url.removeprefix("https://kabar.example") for one in without_comments(found)]

    assert named("/comments/feed/", "/feed/") == ["/feed/"]
    assert named("/feed/", "/bola/feed/", "/comments/feed/") == ["/feed/", "/bola/feed/"]
    assert named("/comments/feed/") == ["/comments/feed/"]
    assert named() == []


@given(st.text(alphabet="htps:/;\\<>[]()\"'ab.x8 feed", max_size=30))
def test_an_address_that_is_meant_means_itself(typed: str) -> None:
    for one in addresses_meant(typed):
        if one.startswith(("http://a", "https://a")):
            assert addresses_meant(one) == (one,)
