"""JSON Feeds that are cut off, broken, or have something around them."""

import json

import pytest

from pantau.feeds.document import UnreadableFeedError
from pantau.feeds.parse import parse_feed

ITEMS = [
    {"id": str(number), "url": f"https://s.example/{number}", "content_text": 'kata "}]" lagi'}
    for number in range(4)
]
WHOLE = json.dumps(
    {"version": "https://jsonfeed.org/version/1.1", "title": "Uji", "authors": [{"name": "A"}],
     "items": ITEMS}
)  # fmt: skip


def _ids(text: str) -> list[str | None]:
    return [one.guid for one in parse_feed(text.encode()).items]


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_what_came_whole_of_a_cut_feed_is_read(number: int) -> None:
    start = WHOLE.index(json.dumps(ITEMS[number - 1]))
    end = start + len(json.dumps(ITEMS[number - 1]))
    following = WHOLE.find('{"id"', end)
    cuts = range(end, len(WHOLE) if following < 0 else following + len(json.dumps(ITEMS[0])))
    for cut in cuts:
        found = parse_feed(WHOLE[:cut].encode())
        assert [one.guid for one in found.items] == ["0", "1", "2", "3"][:number]
        assert found.title == "Uji"
        (said,) = found.warnings
        assert said.startswith("broken JSON")
        assert said.endswith(f": {number}")


def test_a_feed_that_is_cut_before_its_first_item_ends_is_refused() -> None:
    for cut in range(10, WHOLE.index(json.dumps(ITEMS[0])) + len(json.dumps(ITEMS[0]))):
        with pytest.raises(UnreadableFeedError, match="broken JSON"):
            parse_feed(WHOLE[:cut].encode())


def test_items_before_a_mistake_are_read() -> None:
    assert _ids(WHOLE.replace('"id": "2"', '"id": "2"2"')) == ["0", "1"]
    assert _ids(WHOLE.replace("}]}", "},]}")) == ["0", "1", "2", "3"]


def test_a_cut_feed_is_known_by_its_items_where_its_version_comes_last() -> None:
    text = f'{{"items": {json.dumps(ITEMS)}, "version": "https://jsonfeed.org/version/1.1"}}'
    found = parse_feed(text[:-20].encode())
    assert [one.guid for one in found.items] == ["0", "1", "2", "3"]
    assert "`version` is missing" in found.warnings


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{WHOLE}<!-- cached -->", "behind"),
        (f"{WHOLE}\n{WHOLE}", "behind"),
        (f"<br />\n<b>Warning</b>: no key on line 3\n{WHOLE}", "before"),
        (f"/* made by a program */ {WHOLE}", "before"),
    ],
)
def test_what_stands_around_a_feed_is_left_out(text: str, said: str) -> None:
    found = parse_feed(text.encode())
    assert len(found.items) == 4
    assert found.warnings == (f"what stands {said} the feed was left out",)


def test_a_call_around_a_feed_is_left_out() -> None:
    assert _ids(f"show({WHOLE});") == ["0", "1", "2", "3"]


def test_json_within_a_feed_of_xml_is_a_part_of_it() -> None:
    head = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/"><channel rdf:about="https://e.example/">'
        f"<title>Format</title><description>{WHOLE}</description></channel>"
    )
    item = '<item rdf:about="https://e.example/1"><title>Gempa</title></item></rdf:RDF>'
    for before in ("", '<?xml version="1.0"?>'):
        found = parse_feed(f"{before}{head}{item}".encode())
        assert [one.title for one in found.items] == ["Gempa"]


def test_json_within_a_page_is_no_feed() -> None:
    with pytest.raises(UnreadableFeedError):
        parse_feed(f"<html><head><script>{WHOLE}</script></head></html>".encode())
    with pytest.raises(UnreadableFeedError):
        parse_feed(b'{"a": [{"b": 1}, {"b": 2')


def test_a_bare_list_of_articles_is_a_feed() -> None:
    found = parse_feed(
        json.dumps(
            [
                {
                    "id": 5,
                    "date": "2026-09-01T10:00:00",
                    "date_gmt": "2026-09-01T03:00:00",
                    "link": "https://s.example/5",
                    "title": {"rendered": "Rob &#8211; Tegal"},
                    "content": {"rendered": "<p>Air naik.</p>"},
                    "excerpt": {"rendered": ""},
                },
                {"headline": "Dua", "url": "https://s.example/6", "description": "Isi dua"},
            ]
        ).encode()
    )
    first, second = found.items
    assert (first.guid, first.link, first.title) == ("5", "https://s.example/5", "Rob – Tegal")
    assert first.text == "Air naik."
    assert first.published is not None
    assert first.published.isoformat() == "2026-09-01T03:00:00+00:00"
    assert (second.link, second.title, second.text) == ("https://s.example/6", "Dua", "Isi dua")
    assert found.warnings == ()


def test_a_post_without_a_title_does_not_hide_the_others() -> None:
    posts = [
        {"link": "https://s.example/7", "title": {"rendered": ""}, "excerpt": "Foto hari ini"},
        {"link": "https://s.example/8", "title": {"rendered": "Rob surut"}},
    ]
    first, second = parse_feed(json.dumps(posts).encode()).items
    assert (first.link, first.text, second.title) == (
        "https://s.example/7",
        "Foto hari ini",
        "Rob surut",
    )
    with pytest.raises(UnreadableFeedError, match="JSON"):
        parse_feed(json.dumps(posts[:1]).encode())


@pytest.mark.parametrize("given", ["[1, 2]", '[{"a": 1}]', '[{"title": "x"}, {"url": "y"}]'])
def test_another_list_is_no_feed(given: str) -> None:
    with pytest.raises(UnreadableFeedError, match="JSON"):
        parse_feed(given.encode())
