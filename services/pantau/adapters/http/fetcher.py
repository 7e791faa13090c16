"""The guarded fetcher: the only way to contact external addresses.

Implements `pantau.ports.Fetcher`. Redirects, decompression, limits and the network follow our own
rules: no cookies, no proxies from the environment, no password to another origin, and never a
connection to an unchecked address.
"""

import asyncio
import base64
import contextlib
import functools
import os
import ssl
from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Final

import certifi
import h11

from pantau.adapters.http.body import ACCEPT_ENCODING, read_body, read_start
from pantau.adapters.http.connection import Connection, IdleConnections, connect
from pantau.adapters.http.resolver import Resolver, checked_addresses, resolve
from pantau.net.address import WebAddress, parse
from pantau.net.guard import check_target
from pantau.ports import FetchError, FetchRequest, FetchResponse
from pantau.settings import FetchSettings

REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
PERMANENT: Final = frozenset({301, 308})
LONGEST_ADDRESS: Final = 8_191
"""Maximum length of a redirect target in characters.

It is stored, shown, and is the base of relative links.
"""
ANSWER_BYTES: Final = 64 * 1024
"""Number of bytes kept of the response to a POST."""

OUTCOMES: Final[tuple[tuple[type[Exception], str, str], ...]] = (
    (ssl.SSLError, "unreachable", "no secure connection: {detail}"),
    (ConnectionAbortedError, "protocol", "the server ended the connection instead of answering"),
    (h11.ProtocolError, "protocol", "the answer is no proper HTTP: {detail}"),
    (OSError, "unreachable", "no connection: {detail}"),
)
"""Driver errors as (class, outcome, message); the first matching row counts."""

Headers = list[tuple[bytes, bytes]]


class GuardedFetcher:
    """Fetches over HTTP within limits of address, size, time and redirects. One event loop only."""

    def __init__(self, settings: FetchSettings, *, resolver: Resolver = resolve) -> None:
        self._settings = settings
        self._resolver = resolver
        self._idle = IdleConnections()

    async def get(self, request: FetchRequest) -> FetchResponse:
        """Fetch by GET, following and checking each redirect. Any status is a response."""
        async with self._in_time():
            return await self._follow(request)

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> FetchResponse:
        """Send by POST; redirects are not followed, and only the start of the response is kept."""
        async with self._in_time():
            address = _parse(url)
            sent = self._headers(address, address)
            sent += [
                (name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()
            ]
            sent.append((b"Content-Length", str(len(body)).encode()))
            async with self._exchange("POST", address, sent, body) as (head, chunks):
                start = await read_start(chunks, ANSWER_BYTES)
            return FetchResponse(str(address), head.status_code, _given(head), start)

    async def close(self) -> None:
        """Close all connections."""
        self._idle.close()
        await asyncio.sleep(0)  # the transports close in the next iteration of the loop

    @contextlib.asynccontextmanager
    async def _in_time(self) -> AsyncIterator[None]:
        """Limit the total time of a fetch, however slowly the server sends."""
        seconds = self._settings.timeout_seconds
        try:
            async with asyncio.timeout(seconds):
                yield
        except TimeoutError as error:
            message = f"it did not end within {seconds:g} seconds; see fetch.timeout_seconds"
            raise FetchError("timeout", message) from error

    async def _follow(self, request: FetchRequest) -> FetchResponse:
        first = address = _parse(request.url)
        permanent = not first.user  # an address with a password is kept as entered
        visited = {str(address)}
        while True:
            try:
                answer = await self._get_one(request, first, address)
            except FetchError as error:
                if address is first:
                    raise
                raise FetchError(
                    error.outcome, f"redirects to {address}: {error.reason}"
                ) from error
            if isinstance(answer, FetchResponse):
                moved = str(address) if permanent and address is not first else None
                return FetchResponse(answer.url, answer.status, answer.headers, answer.body, moved)
            status, location = answer
            following = _join(address, location)
            safe = (address.scheme, following.scheme) != ("https", "http")
            permanent = permanent and status in PERMANENT and safe
            if str(following) in visited:
                raise FetchError("protocol", f"it redirects in a circle, back to {following}")
            if len(str(following)) > LONGEST_ADDRESS:
                raise FetchError(
                    "protocol", f"it redirects to an address of {len(str(following)):,} characters"
                )
            if len(visited) > self._settings.max_redirects:
                limit = self._settings.max_redirects
                raise FetchError(
                    "protocol", f"it redirects more than {limit} times; see fetch.max_redirects"
                )
            address = following
            visited.add(str(address))

    async def _get_one(
        self, request: FetchRequest, first: WebAddress, address: WebAddress
    ) -> FetchResponse | tuple[int, str]:
        """Fetch one address; return the response, or the status and target of a redirect."""
        headers = self._headers(first, address)
        headers += [
            (b"Accept", request.accept.encode()),
            (b"Accept-Encoding", ACCEPT_ENCODING.encode()),
        ]
        if request.etag is not None:
            headers.append((b"If-None-Match", request.etag.encode("latin-1", "replace")))
        if request.last_modified is not None:
            headers.append(
                (b"If-Modified-Since", request.last_modified.encode("latin-1", "replace"))
            )
        async with self._exchange("GET", address, headers) as (head, chunks):
            given = _given(head)
            if head.status_code in REDIRECTS and "location" in given:
                return head.status_code, given["location"]
            body = await read_body(
                chunks,
                encoding=given.get("content-encoding", ""),
                length=given.get("content-length"),
                limit=self._settings.max_bytes,
            )
        return FetchResponse(str(address), head.status_code, given, body)

    @contextlib.asynccontextmanager
    async def _exchange(
        self, method: str, address: WebAddress, headers: Headers, body: bytes = b""
    ) -> AsyncIterator[tuple[h11.Response, AsyncIterator[bytes]]]:
        with _converted_errors():
            connection, head = await self._answered(method, address, headers, body)
            try:
                yield head, connection.body()
            except BaseException:
                connection.close()
                raise
            self._idle.keep(connection)

    async def _answered(
        self, method: str, address: WebAddress, headers: Headers, body: bytes
    ) -> tuple[Connection, h11.Response]:
        """Send over an idle connection or a new one.

        A reused connection may have been closed meanwhile: then retry once on a new one.
        """
        connection = self._idle.take(address.origin) or await self._connect(address)
        try:
            return connection, await connection.send(method, address.target, headers, body)
        except ConnectionError:
            connection.close()
            if not connection.used:
                raise
        except BaseException:
            connection.close()
            raise
        connection = await self._connect(address)
        try:
            return connection, await connection.send(method, address.target, headers, body)
        except BaseException:
            connection.close()
            raise

    async def _connect(self, address: WebAddress) -> Connection:
        """Connect to the first checked address that answers.

        Each attempt has a share of the time, so that an unresponsive address leaves time for the
        others.
        """
        addresses = await checked_addresses(
            address.host, address.port, self._settings.allow_networks, self._resolver
        )
        loop = asyncio.get_running_loop()
        seconds = self._settings.connect_timeout_seconds
        deadline = loop.time() + seconds
        context = tls_context() if address.scheme == "https" else None
        for left, one in zip(range(len(addresses), 0, -1), addresses, strict=True):
            try:
                async with asyncio.timeout((deadline - loop.time()) / left):
                    return await connect(address.origin, one, context)
            except TimeoutError as error:
                if left == 1:
                    message = (
                        f"no connection within {seconds:g} seconds; see "
                        "fetch.connect_timeout_seconds"
                    )
                    raise FetchError("timeout", message) from error
            except OSError:
                if left == 1:
                    raise
        raise AssertionError  # pragma: no cover (there is at least one address)

    def _headers(self, first: WebAddress, address: WebAddress) -> Headers:
        """Return the headers of every request.

        A password is sent only to the origin it was given for.
        """
        agent = self._settings.user_agent.encode("latin-1", "replace")
        headers = [(b"Host", address.authority.encode()), (b"User-Agent", agent)]
        if first.user and address.origin == first.origin:
            pair = base64.b64encode(f"{first.user}:{first.password}".encode())
            headers.append((b"Authorization", b"Basic " + pair))
        return headers


@functools.cache
def tls_context() -> ssl.SSLContext:
    """Build a context that trusts the system's authorities and Mozilla's list."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    context.set_alpn_protocols(["http/1.1"])
    return context


def convert(error: Exception) -> FetchError:
    """Convert a driver's error to a FetchError by the first matching row of `OUTCOMES`."""
    outcome, text = next((row[1], row[2]) for row in OUTCOMES if isinstance(error, row[0]))
    if isinstance(error, ssl.SSLError):
        detail = _of_tls(error)
    elif isinstance(error, OSError) and error.errno:
        detail = os.strerror(error.errno).lower()
    else:
        detail = str(error)
    return FetchError(outcome, text.format(detail=detail or type(error).__name__))


_NO_TLS: Final = frozenset({"WRONG_VERSION_NUMBER", "HTTP_REQUEST", "RECORD_LAYER_FAILURE"})
"""OpenSSL's names, by version, for a response that is not TLS."""


def _of_tls(error: ssl.SSLError) -> str:
    reason = (error.reason or "").upper().replace(" ", "_")
    if reason in _NO_TLS:
        return "the server does not speak TLS at this port; try http:// in place of https://"
    return getattr(error, "verify_message", "") or error.reason or str(error)


@contextlib.contextmanager
def _converted_errors() -> Iterator[None]:
    try:
        yield
    except TimeoutError:
        raise  # raised by `asyncio.timeout`, although it is an OSError
    except (h11.ProtocolError, OSError) as error:
        raise convert(error) from error


def _parse(url: str) -> WebAddress:
    try:
        address = parse(url)
    except ValueError as error:
        raise FetchError("refused", f"it is no web address: {error}") from error
    refused = check_target(address.scheme, address.host, address.port)
    if refused is not None:
        raise FetchError("refused", f"{address}: {refused}")
    return address


def _join(address: WebAddress, location: str) -> WebAddress:
    """Resolve the target of a redirect and check it."""
    with contextlib.suppress(UnicodeError):
        location = location.encode("latin-1").decode()  # some servers send raw UTF-8 in a header
    try:
        target = address.join(location)
    except ValueError as error:
        raise FetchError(
            "protocol", f"it redirects to {location!r}, which is no web address"
        ) from error
    refused = check_target(target.scheme, target.host, target.port)
    if refused is not None:
        raise FetchError("refused", f"it redirects to {target}: {refused}")
    return target


def _given(head: h11.Response) -> dict[str, str]:
    """Return the headers with lower-case names; repeated ones joined by commas (RFC 9110, 5.3)."""
    headers: dict[str, str] = {}
    for raw_name, raw_value in head.headers:
        name, value = raw_name.decode("latin-1"), raw_value.decode("latin-1")
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers
