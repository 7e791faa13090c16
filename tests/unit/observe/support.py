"""A collector of traces on the loopback, and one that only accepts connections."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest


@dataclass
class Collected:
    url: str = ""
    status: int = 200
    location: str = ""
    paths: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    requests: list[ExportTraceServiceRequest] = field(default_factory=list)
    came: threading.Event = field(default_factory=threading.Event)


@contextlib.contextmanager
def collector() -> Iterator[Collected]:
    collected = Collected()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            collected.paths.append(self.path)
            collected.headers.append({name.lower(): value for name, value in self.headers.items()})
            collected.requests.append(ExportTraceServiceRequest.FromString(body))
            self.send_response(collected.status)
            if collected.location:
                self.send_header("Location", collected.location)
            self.send_header("Content-Length", "0")
            self.end_headers()
            collected.came.set()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name that http.server uses)
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    collected.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
    )
    thread.start()
    try:
        yield collected
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextlib.contextmanager
def silent_listener() -> Iterator[int]:
    """Accept connections and never answer."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield int(listening.getsockname()[1])
