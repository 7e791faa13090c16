"""Lists as feeds: valid Atom whatever the texts, with ids and links that stay."""

import json
from urllib.parse import urlsplit

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.common.text.syndication import (
    NEVER,
    FeedHead,
    FeedItem,
    atom_document,
    json_feed_document,
)
from tests.atom import entries_of, link, read_atom, text
from tests.consoles import Client

LISTS = (
    "/search.atom?q=banjir",
    "/search.atom?q=nihil",
    "/search.atom",
    "/stories.atom?since=7d",
    "/alerts.atom",
    "/alerts.atom?subscription=banjir&limit=3",
)


@pytest.mark.parametrize("path", LISTS)
def test_a_list_is_a_valid_feed_with_stable_ids(client: Client, path: str) -> None:
    answer = client.get(path)
    assert (answer.status, answer.headers["content-type"]) == (
        200,
        "application/atom+xml; charset=utf-8",
    )
    root = read_atom(answer.content)
    assert client.get(path).content == answer.content
    own = link(root, "self")
    assert own.startswith(f"{client.address}{urlsplit(path).path}")
    again = client.get(own.removeprefix(client.address))
    assert text(read_atom(again.content), "id") == text(root, "id")
    home = link(root, "alternate").removeprefix(client.address)
    assert client.get(home).headers["content-type"].startswith("text/html")
    parsed = feedparser.parse(answer.content)
    assert not parsed.bozo
    assert len(parsed.entries) == len(entries_of(root))


def test_feeds_of_other_lists_have_other_ids(client: Client) -> None:
    ids = {text(read_atom(client.get(path).content), "id") for path in LISTS}
    assert len(ids) == len(LISTS)
    english = client.get("/alerts.atom", headers={"Accept-Language": "en"})
    indonesian = client.get("/alerts.atom", headers={"Accept-Language": "id"})
    assert text(read_atom(english.content), "id") == text(read_atom(indonesian.content), "id")


def test_the_entries_are_those_of_the_list(client: Client) -> None:
    root = read_atom(client.get("/alerts.atom?subscription=banjir").content)
    rows = client.get("/alerts.json?subscription=banjir").json()["items"]
    named = [text(one, "id") for one in entries_of(root)]
    assert named == [f"urn:pantau:alert:{one['alert_id']}" for one in rows]


def test_a_reader_that_has_it_gets_nothing_again(client: Client) -> None:
    first = client.get("/alerts.atom")
    again = client.get("/alerts.atom", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status, again.content) == (304, b"")
    other = client.get("/alerts.atom", headers={"If-None-Match": '"x"'})
    assert other.content == first.content


def test_what_is_no_list_is_no_feed(client: Client) -> None:
    assert client.get("/search.atom?q=(banjir").status == 400
    assert client.get("/search.atom?q=banjir&limit=0").status == 400
    assert client.get("/feeds.atom").status == 404
    assert client.get("/alerts.atom?subscription=nothing").status == 404


ITEMS = st.lists(
    st.builds(
        FeedItem,
        item_id=st.integers(0, 10**9).map(lambda number: f"urn:pantau:x:{number}"),
        title=st.text(),
        link=st.none() | st.text(min_size=1).map(lambda path: f"https://a.example/{path}"),
        text=st.text(),
        updated=st.datetimes(timezones=st.just(NEVER.tzinfo)),
        lang=st.sampled_from(["id", "en", None]),
        source=st.none() | st.sampled_from(["kabar", "<b>", "\x00x", "a&b"]),
    ),
    max_size=4,
    unique_by=lambda one: one.item_id,
)


@given(ITEMS, st.text())
def test_any_texts_make_valid_documents(items: list[FeedItem], title: str) -> None:
    head = FeedHead("urn:pantau:x", title, "https://a.example/x.atom", "https://a.example/", "id")
    read_atom(atom_document(head, items))
    made = json.loads(json_feed_document(head, items))
    assert made["version"] == "https://jsonfeed.org/version/1.1"
    assert [one["id"] for one in made["items"]] == [one.item_id for one in items]
