"""The HTTP server: `/livez`, `/readyz`, `/metrics` for operators, and mounted parts.

It runs in threads of its own and is read-only for operators, so that it answers even while the
program's loops hang. It answers only requests that name a known host (`asked_host`; a mounted part
only its own, `mounted`), and silent clients cannot lock others out (`connection_slots`).
"""

import json
import logging
import socket
import socketserver
import sys
import threading
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import Final, cast

from pantau.errors import StopError
from pantau.observe.asked_host import AskedHost
from pantau.observe.connection_slots import ConnectionSlots
from pantau.observe.mounted import BODY_SECONDS, Answer, Mount, MountedRequest
from pantau.observe.request_body import read_body

REQUEST_SECONDS: Final = 5.0
"""Time limit of a request in seconds, from connecting to the end of the response."""
READ_SECONDS: Final = 2.0
"""Time limit of a silent client in seconds."""
CONNECTIONS: Final = 16
"""Connections served at once; for another one, the one that was silent longest is closed."""

log = logging.getLogger(__name__)


def as_json(status: HTTPStatus, content: object) -> Answer:
    """Return a JSON answer."""
    return status, "application/json", json.dumps(content, sort_keys=True).encode() + b"\n"


class HealthServer:
    """Serves `pages`, a mapping of path to the function that answers.

    `allow_hosts` are accepted host names besides the usual ones. `mounts` answer below their paths;
    that list may grow while the server runs.
    """

    def __init__(
        self,
        host: str,
        port: int,
        pages: dict[str, Callable[[], Answer]],
        allow_hosts: Collection[str] = (),
        mounts: Sequence[Mount] = (),
    ) -> None:
        self._mounts = mounts
        self._address = host, port
        self._asked = AskedHost(host, _own_names(), allow_hosts)
        self._pages = pages
        self._server: _HealthHttpServer | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> int:
        """Listen; return the port. Raises StopError when the address cannot be bound."""
        try:
            server = _HealthHttpServer(self._address, self._pages, self._asked, self._mounts)
        except OSError as error:
            host, port = self._address
            message = (
                f"observe.host and observe.port: {host} port {port} cannot be listened on: "
                f"{error.strerror or error}; set PANTAU_OBSERVE__PORT to a free port"
            )
            raise StopError(message) from error
        self._server = server
        self._thread = threading.Thread(
            target=server.serve_forever, kwargs={"poll_interval": 0.1}, name="health", daemon=True
        )
        self._thread.start()
        return int(server.server_address[1])

    def stop(self) -> None:
        """Stop listening."""
        if self._server is None or self._thread is None:
            return
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        self._server = None


def _own_names() -> tuple[str, ...]:
    """Return the names of this machine that are known without a name service."""
    name = socket.gethostname()
    return (name, name.partition(".")[0])


class _HealthHttpServer(socketserver.ThreadingMixIn, socketserver.TCPServer):
    # Not http.server.HTTPServer, which looks up the host's name when it binds.
    allow_reuse_address = True
    daemon_threads = True
    request_seconds = REQUEST_SECONDS
    request_queue_size = 2 * CONNECTIONS
    block_on_close = False

    def __init__(
        self,
        address: tuple[str, int],
        pages: dict[str, Callable[[], Answer]],
        asked: AskedHost,
        mounts: Sequence[Mount],
    ) -> None:
        self.address_family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        self.pages = pages
        self.asked = asked
        self.mounts = mounts
        self._timers: dict[socket.socket, threading.Timer] = {}
        self.places: ConnectionSlots[socket.socket] = ConnectionSlots(CONNECTIONS)
        super().__init__(address, _Handler)

    def process_request(self, request: object, client_address: object) -> None:
        connection = cast("socket.socket", request)  # typed as a union, of which TCP has this
        entered, given_up = self.places.enter(connection)
        if given_up is not None:
            _cut(given_up)
        if not entered:
            self.shutdown_request(connection)
            return
        try:
            super().process_request(connection, client_address)
        except RuntimeError:  # the thread could not be started
            self.places.leave(connection)
            raise

    def process_request_thread(self, request: object, client_address: object) -> None:
        connection = cast("socket.socket", request)
        # The handler's own limit applies to one read: a client that sends a byte now and then would
        # keep its slot.
        self.limit(connection, self.request_seconds)
        try:
            super().process_request_thread(connection, client_address)
        finally:
            self._timers.pop(connection).cancel()
            self.places.leave(connection)

    def limit(self, connection: socket.socket, seconds: float) -> None:
        """Disconnect a number of seconds from now, in place of an earlier limit."""
        before = self._timers.get(connection)
        if before is not None:
            before.cancel()
        timer = threading.Timer(seconds, _cut, (connection,))
        timer.daemon = True
        self._timers[connection] = timer
        timer.start()

    def handle_error(self, request: object, client_address: object) -> None:
        del request
        log.debug("a request from %s failed: %s", client_address, sys.exception())


def _cut(connection: socket.socket) -> None:
    """Shut a connection down; the waiting thread then closes it."""
    with suppress(OSError):  # it is already closed
        connection.shutdown(socket.SHUT_RDWR)


class _Handler(BaseHTTPRequestHandler):
    timeout = READ_SECONDS
    server: _HealthHttpServer

    def do_GET(self) -> None:
        self.server.places.asked(self.connection)
        if self._is_mounted():
            return
        if not self.server.asked.accepts(self._host()):
            message = (
                "not answered by this name: add it to observe.allow_hosts, or ask by an address"
            )
            self._give(as_json(HTTPStatus.MISDIRECTED_REQUEST, {"error": message}))
            return
        page = self.server.pages.get(self.path.partition("?")[0])
        if page is None:
            known = ", ".join(sorted(self.server.pages))
            self._give(as_json(HTTPStatus.NOT_FOUND, {"error": f"there are {known}"}))
            return
        self._give(page())

    def do_POST(self) -> None:
        self.server.places.asked(self.connection)
        if not self._is_mounted():
            self._give(as_json(HTTPStatus.NOT_IMPLEMENTED, {"error": "only GET and HEAD"}))

    def _is_mounted(self) -> bool:
        """Call the mounted part of a path; return False if the path belongs to none."""
        path, _, query = self.path.partition("?")
        mount = next((one for one in self.server.mounts if path.startswith(one.prefix)), None)
        if mount is None:
            return False
        if not mount.accepts(self._host()):
            message = "not answered by this name: the proxy must pass the header Host on unchanged"
            self._give(as_json(HTTPStatus.MISDIRECTED_REQUEST, {"error": message}))
            return True
        headers: dict[str, str] = {}
        for name, value in self.headers.items():
            key = name.lower()
            # A header that comes twice is one with both values (RFC 9110, section 5.2).
            headers[key] = f"{headers[key]}, {value}" if key in headers else value
        method = "GET" if self.command == "HEAD" else self.command

        def read(limit: int) -> bytes:
            self.server.limit(self.connection, BODY_SECONDS)
            return read_body(self.rfile, headers, limit)

        rest = path[len(mount.prefix) :]
        self._give(mount.answer(MountedRequest(method, rest, query, headers, read)))
        return True

    do_HEAD = do_GET  # noqa: N815 (the name that http.server calls)

    def _host(self) -> str | None:
        """Return the header Host.

        Empty if there are several, or none where HTTP requires one.
        """
        given = self.headers.get_all("Host", [])
        if not given and self.request_version == "HTTP/1.0":
            return None
        return given[0] if len(given) == 1 else ""

    def _give(self, answer: Answer) -> None:
        status, kind, body = answer
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def version_string(self) -> str:
        return "pantau"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name that http.server uses)
        log.debug(format, *args)
