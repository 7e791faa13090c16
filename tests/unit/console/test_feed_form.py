"""The form of a watched feed: what it changes, and that nobody overwrites another person."""

import html
import re
from pathlib import Path

from pantau.usecases.feeds.feed_list import FeedList
from tests.consoles import Client, Reply, filled, serving_console

EN = {"Accept-Language": "en"}


def fields(page: Reply) -> dict[str, str]:
    """Return the fields of the form of a page."""
    found = re.findall(r'<input [^>]*name="([\w-]+)" value="([^"]*)"', page.text)
    return {name: html.unescape(text) for name, text in found}


def test_a_feed_is_changed_field_by_field(tmp_path: Path) -> None:
    store, settings, clock = filled(tmp_path)
    book = FeedList(store.log, clock)
    feed = book.find("Kabar Nusantara").feed
    path = f"/feeds/{feed.feed_id}"
    with serving_console(store, settings, clock) as address:
        client = Client(address)
        assert f'href="{path}/edit"' in client.get(path).text
        first = fields(client.get(f"{path}/edit"))
        assert first["title"] == "Kabar Nusantara"
        unchanged = client.post(f"{path}/edit", first)
        assert unchanged.headers["location"].endswith("done=edit.unchanged")
        assert book.get(feed.url) == book.find(feed.feed_id)
        values = {"source": "kabar", "tags": "jawa", "interval": "15m", "zone": "Asia/Jakarta"}
        saved = client.post(f"{path}/edit", first | values)
        assert saved.headers["location"] == f"{path}?done=edit.feed-saved"
        now = book.find(feed.feed_id).feed
        assert (now.title, now.source, now.tags) == ("Kabar Nusantara", "kabar", ("jawa",))
        assert (now.interval_seconds, now.time_zone) == (900, "Asia/Jakarta")
        stale = client.post(f"{path}/edit", first | {"title": "Lain"}, EN)
        assert stale.status == 409
        assert "Somebody has changed this feed" in stale.text
        assert fields(stale)["title"] == "Lain"
        assert book.find(feed.feed_id).feed == now
        second = fields(client.get(f"{path}/edit"))
        empty = {"title": "", "source": "", "interval": "", "zone": "", "tags": ""}
        assert client.post(f"{path}/edit", second | empty).status == 303
        bare = book.find(feed.feed_id).feed
        assert (bare.source, bare.interval_seconds, bare.time_zone) == (None, None, None)
        assert bare.tags == ()
        third = fields(client.get(f"{path}/edit"))
        for name, text in (("interval", "1s"), ("interval", "sering"), ("zone", "Bulan")):
            wrong = client.post(f"{path}/edit", third | {name: text}, EN)
            assert wrong.status == 400
            assert fields(wrong)[name] == text
        assert book.find(feed.feed_id).feed == bare
    store.close()
