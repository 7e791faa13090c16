"""The newsroom's web server on the loopback interface.

Feeds with validators, and a webhook that checks signatures.
"""

import base64
import hashlib
import hmac
import threading
from collections.abc import Callable
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final, Self

from pantau.demo.newsroom import FeedSource, Newsroom
from pantau.demo.pages import page_of

HOOK_PATH: Final = "/hook"
MAX_BODY: Final = 1_000_000


class NewsroomServer:
    """Serves the feeds after the current wave. Use as a context manager."""

    def __init__(self, newsroom: Newsroom, secret: str, now: Callable[[], datetime]) -> None:
        self._key = base64.b64decode(secret.removeprefix("whsec_"))
        self._now = now
        self._documents: dict[str, tuple[bytes, str, str]] = {}
        self._received: dict[str, bool] = {}
        self._lock = threading.Lock()
        self.wave = -1
        self.requests = 0  # for feeds
        self.pages = 0  # of articles
        self.unchanged = 0  # of these, answered by 304
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.newsroom = newsroom.at(self.address)
        self._feeds = {feed.path: feed for feed in self.newsroom.feeds}
        self._thread = threading.Thread(
            target=self._server.serve_forever, name="newsroom", daemon=True
        )
        self.publish(0)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def address(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def url(self, feed: FeedSource) -> str:
        """Return the address of a feed."""
        return self.address + feed.path

    def publish(self, wave: int) -> None:
        """Publish the articles of `wave` and of all earlier ones."""
        for path, feed in self._feeds.items():
            text, content_type = self.newsroom.document(feed, wave, self._now())
            tag = (
                f'"{hashlib.sha256(f"{path} {self._items(feed, wave)}".encode()).hexdigest()[:16]}"'
            )
            if path not in self._documents or self._documents[path][2] != tag:
                self._documents[path] = (text.encode(), content_type, tag)
        self.wave = wave

    def _items(self, feed: FeedSource, wave: int) -> str:
        return " ".join(
            one.slug for one in self.newsroom.stories if one.feed == feed.path and one.wave <= wave
        )

    @property
    def received(self) -> dict[str, bool]:
        """Ids of the messages that the webhook received, and whether the signature was valid."""
        with self._lock:
            return dict(self._received)

    def document(self, path: str, tag: str | None) -> tuple[int, bytes, str, str]:
        """Return the response for a feed: status, body, type, validator."""
        if path not in self._documents:
            return self._page(path)
        body, content_type, current = self._documents[path]
        self.requests += 1
        if tag == current:
            self.unchanged += 1
            return 304, b"", content_type, current
        return 200, body, content_type, current

    def _page(self, path: str) -> tuple[int, bytes, str, str]:
        """Return the page of an article whose feed has a summary of it."""
        for story in self.newsroom.stories:
            feed = self._feeds[story.feed]
            if feed.summaries and path == f"/{story.slug}" and story.wave <= self.wave:
                with self._lock:
                    self.pages += 1
                return 200, page_of(feed, story).encode(), "text/html; charset=utf-8", ""
        return 404, b"not here", "text/plain", ""

    def take(self, headers: dict[str, str], body: bytes) -> int:
        """Receive a webhook's message and check its signature, as a receiver should."""
        identity, moment = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
        expected = hmac.new(
            self._key, b".".join((identity.encode(), moment.encode(), body)), hashlib.sha256
        )
        given = headers.get("webhook-signature", "")
        right = hmac.compare_digest(f"v1,{base64.b64encode(expected.digest()).decode()}", given)
        with self._lock:
            self._received[identity] = right
        return 204 if right else 401

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class DemoRequestHandler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                status, body, content_type, tag = server.document(
                    self.path, self.headers.get("If-None-Match")
                )
                self.send_response(status)
                self.send_header("Content-Type", content_type)
                self.send_header("Content-Length", str(len(body)))
                if tag:
                    self.send_header("ETag", tag)
                self.end_headers()
                self.wfile.write(body)

            def do_POST(self) -> None:
                body = self.rfile.read(min(int(self.headers.get("Content-Length") or 0), MAX_BODY))
                headers = {name.lower(): value for name, value in self.headers.items()}
                self.send_response(server.take(headers, body) if self.path == HOOK_PATH else 404)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the base class's name)
                del format, args

        return DemoRequestHandler
