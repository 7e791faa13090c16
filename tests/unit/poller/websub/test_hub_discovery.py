"""Discovery of hubs: Link headers, Atom, RSS, JSON Feed, and their order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.feeds.discovery.hubs import (
    MOST_HUBS,
    NO_HUBS,
    HubLinks,
    chosen,
    combined,
    links_of_headers,
)
from pantau.feeds.parse import parse_feed
from pantau.poller.websub.requests import usable_hub
from pantau_schemas.events.feed import Feed
from pantau_schemas.events.feed_access import FeedAccess
from tests.unit.poller.polling import ADDED

BASE = "https://berita.example/rss"
HUB, OTHER = "https://hub.example/", "https://other.example/hub"


@pytest.mark.parametrize(
    ("header", "found"),
    [
        (f'<{HUB}>; rel="hub", <{BASE}>; rel="self"', HubLinks((HUB,), BASE)),
        (f"<{HUB}>;rel=hub,<{BASE}>;rel=self", HubLinks((HUB,), BASE)),
        (f'<{HUB}>; REL="Hub"; title="a, b"', HubLinks((HUB,))),
        (f'<{HUB}>; title="<x>; rel=self"; rel="hub"', HubLinks((HUB,))),
        (f'<{HUB}>; rel="hub", <{OTHER}>; rel="hub"', HubLinks((HUB, OTHER))),
        (f'<{HUB}>; rel="alternate hub"', HubLinks((HUB,))),
        ('</hub>; rel="hub", </feed>; rel=self', HubLinks(("https://berita.example/hub",),
                                                          "https://berita.example/feed")),
        ('<ftp://hub.example/>; rel="hub"', NO_HUBS),
        ('<javascript:alert(1)>; rel="hub"', NO_HUBS),
        ('<http://[bad>; rel="hub"', NO_HUBS),
        ("<https://a b/>; rel=hub", NO_HUBS),
        (f"<{HUB}>; rel=preload", NO_HUBS),
        ("rel=hub", NO_HUBS),
        (None, NO_HUBS),
        ("", NO_HUBS),
        (", ".join(f"<https://h{n}.example/>; rel=hub" for n in range(50)),
         HubLinks(tuple(f"https://h{n}.example/" for n in range(MOST_HUBS)))),
    ],
)  # fmt: skip
def test_link_headers_are_read(header: str | None, found: HubLinks) -> None:
    assert links_of_headers(header, BASE) == found


@given(st.text(alphabet='<>;,="rel hubself/:.x\n', max_size=300))
def test_no_header_raises(header: str) -> None:
    found = links_of_headers(header, BASE)
    assert all(one.startswith(("http://", "https://")) for one in found.hubs)


def rss(links: str) -> bytes:
    head = '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>x</title>'
    item = "<item><title>a</title><atom:link rel='hub' href='https://item.example/'/></item>"
    return f"{head}{links}{item}</channel></rss>".encode()


@pytest.mark.parametrize(
    "document",
    [
        rss(f'<atom:link rel="hub" href="{HUB}"/><atom:link rel="self" href="/own"/>'),
        f'<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><link rel="hub" href="{HUB}"/>'
        '<link rel="self" href="/own"/><entry><title>a</title></entry></feed>'.encode(),
        '{"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": [], '
        f'"feed_url": "/own", "hubs": [{{"type": "rssCloud", "url": "https://c.example/"}}, '
        f'{{"type": "WebSub", "url": "{HUB}"}}]}}'.encode(),
    ],
    ids=["rss", "atom", "json"],
)
def test_documents_name_hub_and_topic(document: bytes) -> None:
    assert parse_feed(document, url=BASE).hubs == HubLinks((HUB,), "https://berita.example/own")


def test_headers_come_before_the_document_and_the_address_after_both() -> None:
    document = HubLinks((OTHER,), "https://berita.example/own")
    assert combined(HubLinks((HUB,), BASE), document, "x") == HubLinks((HUB,), BASE)
    assert combined(HubLinks((HUB,)), document, "x").topic == "https://berita.example/own"
    assert combined(NO_HUBS, HubLinks((OTHER,)), BASE) == HubLinks((OTHER,), BASE)
    assert combined(NO_HUBS, HubLinks((), BASE), BASE) == NO_HUBS
    assert chosen([("hub", "mailto:a@b.example")], BASE) == NO_HUBS


def feed(url: str = BASE, access: FeedAccess | None = None) -> Feed:
    return Feed(feed_id="f", url=url, added=ADDED, access=access)


def test_a_hub_is_chosen_that_is_as_safe_as_the_feed() -> None:
    plain = "http://plain.example/"
    assert usable_hub(feed(), HubLinks((plain, HUB, OTHER))) == HUB
    assert usable_hub(feed(), HubLinks((HUB, OTHER)), current=OTHER) == OTHER
    assert usable_hub(feed(), HubLinks((plain,))) is None
    assert usable_hub(feed("http://berita.example/rss"), HubLinks((plain,))) == plain
    private = FeedAccess.model_validate({"username": "a", "password": "b"})
    assert usable_hub(feed(access=private), HubLinks((HUB,))) is None
    assert usable_hub(feed("https://a:b@berita.example/rss"), HubLinks((HUB,))) is None
