"""A loopback proxy in front of a real Elasticsearch.

Forwards requests, and answers some like a cluster in trouble.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler
from urllib.parse import urlsplit

from tests.http_server import serving

PRODUCT = {"X-elastic-product": "Elasticsearch"}
FULL = {"type": "es_rejected_execution_exception", "reason": "rejected execution"}
BODY_TYPE = "application/vnd.elasticsearch+json;compatible-with=9"


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    body: bytes
    headers: dict[str, str]


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=lambda: dict(PRODUCT))


Trouble = Callable[[Request], Answer | None]
"""Returns an answer in place of the server's, or None."""


def error(status: int, kind: str, reason: str = "said so") -> Answer:
    """Return an error in Elasticsearch's format."""
    cause = {"type": kind, "reason": reason}
    return Answer(
        status, json.dumps({"error": {**cause, "root_cause": [cause]}, "status": status}).encode()
    )


class Gate:
    """Records the requests."""

    def __init__(self, target: str) -> None:
        self.target = urlsplit(target)
        self.trouble: Trouble = lambda _: None
        self.after: Callable[[Request, Answer], Answer] = lambda _, answer: answer
        self.requests: list[Request] = []
        self.url = ""

    def answer(self, request: Request) -> Answer:
        self.requests.append(request)
        found = self.trouble(request)
        return self.after(request, self.ask(request)) if found is None else found

    def ask(self, request: Request) -> Answer:
        """Forward a request to the real server."""
        connection = HTTPConnection(self.target.hostname or "", self.target.port, timeout=120)
        try:
            connection.request(request.method, request.path, request.body or None, request.headers)
            response = connection.getresponse()
            return Answer(response.status, response.read(), dict(response.getheaders()))
        finally:
            connection.close()

    def bulks(self) -> list[int]:
        """Return how many operations each bulk request had."""
        return [len(operations(one)) for one in self.requests if one.path.startswith("/_bulk")]

    def full_for(self, wanted: Callable[[bytes], bool]) -> None:
        """Reject some operations for lack of capacity, as Elasticsearch reports per item."""

        def answer(request: Request) -> Answer | None:
            if not request.path.startswith("/_bulk"):
                return None
            given = operations(request)
            barred = [wanted(one) for one in given]
            free = [one for one, full in zip(given, barred, strict=True) if not full]
            items = []
            if free:
                passed = Request(request.method, request.path, b"".join(free), request.headers)
                items = json.loads(self.ask(passed).body)["items"]
            rest = iter(items)
            told = {"index": {"status": 429, "error": FULL}}
            return Answer(
                200,
                json.dumps({"items": [told if full else next(rest) for full in barred]}).encode(),
            )

        self.trouble = answer


def operations(request: Request) -> list[bytes]:
    """Split a bulk request that only indexes into its operations."""
    lines = request.body.splitlines(keepends=True)
    return [lines[place] + lines[place + 1] for place in range(0, len(lines), 2)]


@contextmanager
def gate_to(target: str) -> Iterator[Gate]:
    """Open a gate to the server at `target`."""
    gate = Gate(target)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle(self) -> None:
            try:
                super().handle()
            except ConnectionError:
                return  # the client went away

        def _any(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            kept = {
                name: value
                for name, value in self.headers.items()
                if name.lower() in {"accept", "content-type", "authorization"}
            }
            answer = gate.answer(Request(self.command, self.path, body, kept))
            self.send_response_only(answer.status)
            headers = {name.lower(): value for name, value in answer.headers.items()}
            headers.setdefault("content-type", BODY_TYPE)
            headers["content-length"] = str(len(answer.body))
            headers.pop("transfer-encoding", None)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(answer.body)

        do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _any  # noqa: N815 (the names that http.server calls)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (its own name)
            del format, args

    with serving(Handler) as gate.url:
        yield gate
