"""The picture of an item: which of its media is chosen, and where its address may lead."""

import json

import pytest

from pantau.feeds.parse import parse_feed
from pantau.poller.identity.listing import read_listing
from pantau.poller.reading.readings import FEED

WIDE = '<media:content url="https://foto.example/l.jpg" medium="image" width="1200"/>'
NARROW = '<media:content url="https://foto.example/k.jpg" type="image/jpeg" width="300"/>'
FILM = '<media:content url="https://foto.example/f.mp4" type="video/mp4" width="1920"/>'
ENCLOSED = '<enclosure url="https://foto.example/e.png" type="image/png" length="9"/>'
SOUND = '<enclosure url="https://foto.example/s.mp3" type="audio/mpeg" length="9"/>'
THUMBNAIL = '<media:thumbnail url="https://foto.example/t.jpg" width="120" height="90"/>'
COUNTER = '<media:thumbnail url="https://hitung.example/1.gif" width="1" height="1"/>'
ITUNES = '<itunes:image href="https://foto.example/sampul.jpg"/>'


def _rss(media: str, link: str = "<link>https://kabar.example/berita/1</link>") -> str | None:
    feed = parse_feed(
        (
            '<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/" '
            'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel>'
            "<title>Kabar</title><link>https://kabar.example/</link>"
            f"<item><title>Banjir</title>{link}{media}</item></channel></rss>"
        ).encode(),
        url="https://kabar.example/rss",
    )
    return feed.items[0].image


@pytest.mark.parametrize(
    ("media", "expected"),
    [
        ("", None),
        (NARROW + WIDE, "https://foto.example/l.jpg"),
        (FILM + NARROW, "https://foto.example/k.jpg"),
        (FILM + SOUND, None),
        (THUMBNAIL + ENCLOSED, "https://foto.example/e.png"),
        (THUMBNAIL + SOUND, "https://foto.example/t.jpg"),
        (COUNTER, None),
        (COUNTER + THUMBNAIL, "https://foto.example/t.jpg"),
        (ITUNES, None),
        (f"<media:group>{FILM}{WIDE}{THUMBNAIL}</media:group>", "https://foto.example/l.jpg"),
        ('<enclosure url="/foto/a.webp?b=1"/>', "https://kabar.example/foto/a.webp?b=1"),
        ('<media:thumbnail url="//foto.example/t.jpg"/>', "https://foto.example/t.jpg"),
        ('<media:content url="https://foto.example/a.svg" type="image/svg+xml"/>', None),
        ('<media:thumbnail url="javascript:alert(1)"/>', None),
        ('<media:thumbnail url="data:image/png;base64,AAAA"/>', None),
        ('<media:thumbnail url="file:///etc/passwd"/>', None),
        (f'<media:thumbnail url="https://foto.example/{"a" * 2_000}.jpg"/>', None),
        ("<media:thumbnail>https://foto.example/t.jpg</media:thumbnail>",
         "https://foto.example/t.jpg"),
    ],
)  # fmt: skip
def test_the_picture_of_an_item_of_rss(media: str, expected: str | None) -> None:
    assert _rss(media) == expected
    # With a relative link the item is read by feedparser, and has the same picture.
    assert _rss(media, "<link>/berita/1</link>") == expected


def test_an_item_without_a_link_is_not_about_its_picture() -> None:
    assert _rss(ENCLOSED, "") == "https://foto.example/e.png"


def test_the_enclosure_of_an_entry_of_atom() -> None:
    feed = parse_feed(
        b'<feed xmlns="http://www.w3.org/2005/Atom"><title>Kabar</title><entry><title>Banjir</title>'
        b'<id>1</id><link href="https://kabar.example/1"/>'
        b'<link rel="enclosure" type="audio/mpeg" href="https://foto.example/s.mp3"/>'
        b'<link rel="enclosure" type="image/jpeg" href="https://foto.example/e.jpg"/></entry></feed>'
    )
    assert feed.items[0].image == "https://foto.example/e.jpg"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (
            {"image": "/foto/1.jpg", "banner_image": "/foto/2.jpg"},
            "https://kabar.example/foto/1.jpg",
        ),
        ({"banner_image": "https://foto.example/2.jpg"}, "https://foto.example/2.jpg"),
        (
            {
                "attachments": [
                    {"url": "https://foto.example/s.mp3", "mime_type": "audio/mpeg"},
                    {"url": "https://foto.example/3.png", "mime_type": "image/png"},
                ]
            },
            "https://foto.example/3.png",
        ),
        ({"image": "javascript:alert(1)"}, None),
        ({"image": 7, "attachments": "x"}, None),
    ],
)
def test_the_picture_of_an_item_of_a_json_feed(
    given: dict[str, object], expected: str | None
) -> None:
    item = {"id": "1", "url": "https://kabar.example/1", "title": "Banjir", **given}
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Kabar",
        "home_page_url": "https://kabar.example/",
        "items": [item],
    }
    assert parse_feed(json.dumps(document).encode()).items[0].image == expected


def test_a_picture_crosses_processes_and_changes_no_article() -> None:
    template = (
        "<rss version='2.0'><channel><title>K</title><item><title>Banjir</title>"
        "<link>https://kabar.example/1</link><enclosure type='image/png' url='{}'/></item>"
        "</channel></rss>"
    )
    one, other = (
        FEED.unpack(
            FEED.pack(parse_feed(template.format(f"https://foto.example/{n}.png").encode()))
        )
        for n in (1, 2)
    )
    assert not hasattr(one, "reason")
    assert not hasattr(other, "reason")
    assert one.items[0].image == "https://foto.example/1.png"
    listed = [read_listing(each, "f").items[0] for each in (one, other)]
    assert listed[0].fingerprint == listed[1].fingerprint
