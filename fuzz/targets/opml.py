"""Lists of feeds."""

from fuzz.promises import answer, require, require_clean
from pantau.feeds.document import UnreadableFeedError
from pantau.feeds.formats.opml import OpmlList, read_opml, write_opml
from tests.support import START

KIND = "markup"
MAX_LEN = 6_000
SEEDS = (
    (
        b"<?xml version='1.0'?><opml "
        b"version='2.0'><head><title>Daftar</title></head><body><outline text='Kabar'>"
        b"<outline type='rss' text='A &amp; B' xmlUrl='https://a.example/umpan' "
        b"htmlUrl='https://a.example/'/></outline></body></opml>"
    ),
    (
        b"<opml><body><outline text='x' xmlUrl='https://a.example/b&nbsp;\x85c&#133;\xff' "
        b"htmlUrl='https://a.example/&#x202e;'/>"
    ),
    (
        b"<opml><body><outline title='x' xmlUrl='feed:a.example/b'/><outline text='patah' "
        b"xmlUrl=https://b.example"
    ),
)


def check(data: bytes) -> None:
    """Read a list; what is written of it is read as the same feeds."""
    found: OpmlList | None = answer(lambda: read_opml(data), UnreadableFeedError)
    if found is None:
        return
    for feed in found.feeds:
        for text in (feed.url, feed.title, feed.folder, feed.site):
            require_clean(text, "what a list says", kept="")
    again = read_opml(write_opml(found.feeds, title="a", created=START))
    written = [
        {(feed.url, feed.folder, feed.title or feed.url) for feed in one.feeds}
        for one in (found, again)
    ]
    require(written[0] == written[1], "lists are read as written", found, again)
    require(
        sum(len(repr(feed)) for feed in found.feeds) <= 50 * len(data) + 10_000,
        "lists are of the size of their file",
    )
