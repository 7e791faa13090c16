"""Loopback servers of the end-to-end tests: feeds that change, a webhook that records."""

import hashlib
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from xml.sax.saxutils import escape


@dataclass
class Document:
    """The response of the server at a path."""

    body: bytes
    content_type: str = "application/rss+xml; charset=utf-8"
    validators: bool = True
    headers: dict[str, str] = field(default_factory=dict)
    status: int = 200


@dataclass
class Site:
    """Documents by path, and notes of what was asked and posted."""

    documents: dict[str, Document] = field(default_factory=dict)
    bodies: Counter[str] = field(default_factory=Counter)  # full answers by path
    unchanged: Counter[str] = field(default_factory=Counter)  # answers of 304 by path
    posts: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    changed: threading.Condition = field(default_factory=threading.Condition)
    address: str = ""

    def url(self, path: str) -> str:
        return self.address + path

    def were_read(self) -> bool:
        """Return whether each document was polled again after it was read.

        What a feed holds when it is first read is history, and alerts nobody.
        """
        return all(self.unchanged[path] for path in self.documents)


def _handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            document = site.documents.get(self.path)
            if document is None:
                self._answer(404, b"not here", "text/plain")
                return
            tag = f'"{hashlib.sha256(document.body).hexdigest()[:16]}"'
            if document.validators and self.headers.get("If-None-Match") == tag:
                site.unchanged[self.path] += 1
                self._answer(304, b"", document.content_type)
                return
            site.bodies[self.path] += 1
            validators = {"ETag": tag} if document.validators else {}
            self._answer(
                document.status, document.body, document.content_type, document.headers | validators
            )

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            with site.changed:
                site.posts.append((headers, body))
                site.changed.notify_all()
            self._answer(204, b"", "text/plain")

        def _answer(
            self, status: int, body: bytes, kind: str, headers: dict[str, str] | None = None
        ) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the base class's name)
            del format, args

        def handle(self) -> None:
            try:
                super().handle()
            except ConnectionError:  # the other side was killed
                return

    return Handler


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: object, client_address: object) -> None:
        """Do nothing: clients of these tests are killed during requests."""
        del request, client_address


@contextmanager
def serve(site: Site, host: str = "127.0.0.1") -> Iterator[Site]:
    """Serve a site on a free port of the loopback interface.

    Every address in 127.0.0.0/8 is one of its own.
    """
    server = _Server((host, 0), _handler(site))
    site.address = f"http://{host}:{server.server_address[1]}"
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
    )
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()


def _paragraphs(text: str) -> str:
    """Return each line of a text that is not blank as an HTML paragraph."""
    return "".join(f"<p>{escape(part)}</p>" for part in text.split("\n") if part.strip())


def rss(items: list[tuple[str, str, str]], title: str = "Kabar") -> bytes:
    """Write an RSS document of (link, title, text)."""
    entries = "".join(
        f"<item><title>{escape(headline)}</title><link>{escape(link)}</link>"
        f"<content:encoded>{escape(_paragraphs(text))}"
        "</content:encoded></item>"
        for link, headline, text in items
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>{escape(title)}</title><link>https://kabar.example</link>{entries}</channel></rss>"
    ).encode()
