"""A loopback server of generated RSS feeds, for `poll.py`. It needs the standard library alone.

    python -m benchmarks.poll_server FEEDS ITEMS

Prints its port. Feed `n` is `/f/n` at a loopback address of its own (`address_of`). One feed in 25
(4 %) changes from round to round: it lists one new item and drops its oldest. `/round/R` starts
round R. Answers carry an ETag, and 304 where the client has the current document; connections are
kept alive. All documents of a round are made before its requests, so that the server costs little.
"""

import asyncio
import sys
from typing import Final

ONE_IN: Final = 25
"""One feed in so many changes in each round."""
_TEXT: Final = (
    "warga kota melaporkan banjir setinggi lutut pada pagi hari dan menunggu bantuan dari dinas"
    " sosial jalan utama ditutup sejak malam karena arus sungai deras petugas memasang pompa baru"
)
_WORDS: Final = _TEXT.split()


def address_of(feed: int) -> str:
    """Return the loopback address of a feed, so that each is a site of its own."""
    return f"127.{1 + feed // 62_500}.{feed // 250 % 250}.{feed % 250 + 1}"


def version_of(feed: int, round_: int) -> int:
    """Return how often a feed has changed until a round; round 0 is the first."""
    return sum((feed + one) % ONE_IN == 0 for one in range(1, round_ + 1))


def document(feed: int, version: int, items: int) -> bytes:
    """Return the RSS document of a feed: `items` items, the newest first."""
    site = f"http://{address_of(feed)}"
    listed = "".join(_item(site, feed, version + items - 1 - place) for place in range(items))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:dc="http://purl.org/dc/'
        f'elements/1.1/"><channel><title>Kabar {feed}</title><link>{site}/</link>'
        f"<description>Berita {feed}</description><language>id</language>{listed}</channel></rss>"
    ).encode()


def _item(site: str, feed: int, number: int) -> str:
    words = [_WORDS[(feed + number * 7 + place * 11) % len(_WORDS)] for place in range(60)]
    day, hour = 1 + number % 27, number % 24
    return (
        f"<item><title>{' '.join(words[:8]).capitalize()} {feed}-{number}</title>"
        f"<link>{site}/berita/{number}/{'-'.join(words[:4])}</link>"
        f'<guid isPermaLink="false">{feed}-{number}</guid>'
        f"<pubDate>{day:02d} Nov 2026 {hour:02d}:15:00 +0700</pubDate><dc:creator>Redaksi"
        f"</dc:creator><category>Banjir</category><category>{words[9]}</category>"
        f"<description>&lt;p&gt;{' '.join(words)}. Laporan {feed}-{number}.&lt;/p&gt;&lt;p&gt;"
        f'&lt;a href="{site}/topik"&gt;Topik&lt;/a&gt; {" ".join(words[20:40])}.&lt;/p&gt;'
        "</description>"
        "</item>"
    )


class Feeds:
    """The documents of the current round."""

    def __init__(self, feeds: int, items: int) -> None:
        self._items = items
        self._versions = [0] * feeds
        self._bodies = [document(feed, 0, items) for feed in range(feeds)]

    def start(self, round_: int) -> None:
        """Build the documents that change in a round."""
        for feed, before in enumerate(self._versions):
            version = version_of(feed, round_)
            if version != before:
                self._versions[feed] = version
                self._bodies[feed] = document(feed, version, self._items)

    def answer(self, head: bytes) -> bytes:
        """Return the response to a request."""
        _, kind, *rest = head.split(b" ", 2)[1].split(b"/")
        number = rest[0] if rest else b""
        if kind not in {b"f", b"round"} or not number.isdigit():  # such as a site's icon
            return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
        if kind == b"round":
            self.start(int(number))
            return b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
        feed = int(number)
        tag = b'ETag: "v%d"\r\n' % self._versions[feed]
        if b'if-none-match: "v%d"\r\n' % self._versions[feed] in head.lower():
            return b"HTTP/1.1 304 Not Modified\r\n" + tag + b"\r\n"
        body = self._bodies[feed]
        return (
            b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml; charset=utf-8\r\n"
            + tag
            + b"Content-Length: %d\r\n\r\n" % len(body)
            + body
        )


class Server(asyncio.Protocol):
    """One connection; requests have no body."""

    def __init__(self, feeds: Feeds) -> None:
        self._feeds = feeds
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Serve every complete request."""
        self._received += data
        while (end := self._received.find(b"\r\n\r\n")) >= 0:
            head, self._received = self._received[: end + 4], self._received[end + 4 :]
            self._transport.write(self._feeds.answer(head))  # type: ignore[attr-defined]  # of TCP


async def serve(feeds: Feeds) -> None:
    """Serve until killed."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Server(feeds), "0.0.0.0", 0, backlog=1_000)  # noqa: S104 (all of 127.0.0.0/8)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(Feeds(int(sys.argv[1]), int(sys.argv[2]))))
