"""The guarded fetcher: the one way out to addresses that came from outside.

Implements `pantau.ports.Fetcher`. Redirects, decompression, limits and the network are under our
own rules: cookies for the length of one fetch, no proxies from the environment, no password to
another origin, and never a connection to an address that was not checked.
"""

import asyncio
import base64
import os
import ssl
from collections.abc import AsyncIterator, Collection, Coroutine, Mapping, Sequence
from typing import Final, TypeVar

import h11

from pantau.adapters.http.body import read_start
from pantau.adapters.http.connect import connect, proxy_of
from pantau.adapters.http.connection import Connection, IdleConnections, Route
from pantau.adapters.http.conversation import Conversation, checked, headers_of
from pantau.adapters.http.credentials import Logins
from pantau.adapters.http.expiry import TimeLimit
from pantau.adapters.http.framing import Headers, ResponseHead
from pantau.adapters.http.resolver import Resolver, checked_addresses, resolve
from pantau.adapters.http.tls import in_words, tls_context
from pantau.net.guard import EVERYWHERE, check_target
from pantau.ports import FetchError, FetchRequest, FetchResponse
from pantau.settings import FetchSettings

T = TypeVar("T")

ANSWER_BYTES: Final = 64 * 1024
"""How much of the answer to a POST is kept."""

OUTCOMES: Final[tuple[tuple[type[Exception], str, str], ...]] = (
    (ssl.SSLError, "unreachable", "no secure connection: {detail}"),
    (ConnectionAbortedError, "protocol", "the server ended the connection instead of answering"),
    (h11.ProtocolError, "protocol", "the answer is no proper HTTP: {detail}"),
    (OSError, "unreachable", "no connection: {detail}"),
)
"""Errors of the driver, as (its class, our outcome, our text); the first row that fits counts."""


class GuardedFetcher:
    """Fetches over HTTP within limits of address, size, time and redirects. One event loop only.

    `inside` are hosts that may have an address which is not public, because an operator named them.
    """

    def __init__(
        self,
        settings: FetchSettings,
        *,
        resolver: Resolver = resolve,
        inside: Collection[str] = (),
    ) -> None:
        self._settings = settings
        self._resolver = resolver
        self._inside = inside
        self._idle = IdleConnections()
        self._logins = Logins()
        self._whole = TimeLimit(settings.timeout_seconds)
        self._connecting = TimeLimit(settings.connect_timeout_seconds)

    async def get(self, request: FetchRequest) -> FetchResponse:
        """Fetch by GET, following redirects one by one, each checked. Any status is a response."""
        talk = Conversation(request, self._settings, self._exchange, self._logins)
        return await self._in_time(talk.follow())

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> FetchResponse:
        """Send by POST; redirects are not followed, of the answer only the start is kept."""
        return await self._in_time(self._post(url, body, headers))

    async def _post(self, url: str, body: bytes, headers: Mapping[str, str]) -> FetchResponse:
        address = checked(url)
        agent = self._settings.user_agent.encode("latin-1", "replace")
        sent = [(b"Host", address.authority.encode()), (b"User-Agent", agent)]
        if address.user:
            pair = base64.b64encode(f"{address.user}:{address.password}".encode())
            sent.append((b"Authorization", b"Basic " + pair))
        sent += [
            (name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()
        ]
        sent.append((b"Content-Length", str(len(body)).encode()))
        exchange = self._exchange("POST", Route(address.origin), address.target, sent, body)
        async with exchange as (head, chunks):
            start = await read_start(chunks, ANSWER_BYTES)
        return FetchResponse(str(address), head.status_code, headers_of(head), start)

    async def close(self) -> None:
        """Close all connections."""
        self._idle.close()
        await asyncio.sleep(0)  # the transports end at the next turn of the loop

    async def _in_time(self, work: Coroutine[object, object, T]) -> T:
        """Bound the whole of a fetch, however slowly the other side drips."""
        try:
            return await self._whole.bound(work)
        except TimeoutError as error:
            seconds = self._settings.timeout_seconds
            message = f"it did not end within {seconds:g} seconds; see fetch.timeout_seconds"
            raise FetchError("timeout", message) from error

    def _exchange(
        self, method: str, route: Route, target: str, headers: Headers, body: bytes = b""
    ) -> "_Exchange":
        return _Exchange(self._answered(method, route, target, headers, body), self._idle)

    async def _answered(
        self, method: str, route: Route, target: str, headers: Headers, body: bytes
    ) -> tuple[Connection, ResponseHead]:
        """Send over an idle connection or a new one.

        An idle one may have been closed meanwhile: then retry once on a new one.
        """
        connection = self._idle.take(route) or await self._connect(route)
        try:
            return connection, await connection.send(method, target, headers, body)
        except ConnectionError:
            connection.close()
            if not connection.used:
                raise
        except BaseException:
            connection.close()
            raise
        connection = await self._connect(route)
        try:
            return connection, await connection.send(method, target, headers, body)
        except BaseException:
            connection.close()
            raise

    async def _connect(self, route: Route) -> Connection:
        """Connect to the first checked address that answers.

        A silent one leaves time for those after it. A proxy's address is checked as well.
        """
        scheme, host, port = route.origin
        addresses = await self._checked(host, port)
        through = await self._checked_proxy(route) if route.proxy is not None else None
        context = _context(route) if scheme == "https" else None
        if len(addresses) == 1:
            try:
                return await self._connecting.bound(connect(route, addresses[0], context, through))
            except TimeoutError as error:
                raise self._no_connection() from error
        loop = asyncio.get_running_loop()
        deadline = loop.time() + self._settings.connect_timeout_seconds
        for left, one in zip(range(len(addresses), 0, -1), addresses, strict=True):
            try:
                async with asyncio.timeout((deadline - loop.time()) / left):
                    return await connect(route, one, context, through)
            except TimeoutError as error:
                if left == 1:
                    raise self._no_connection() from error
            except OSError:
                if left == 1:
                    raise
        raise AssertionError  # pragma: no cover (there is at least one address)

    def _no_connection(self) -> FetchError:
        seconds = self._settings.connect_timeout_seconds
        message = f"no connection within {seconds:g} seconds; see fetch.connect_timeout_seconds"
        return FetchError("timeout", message)

    async def _checked(self, host: str, port: int) -> Sequence[str]:
        allowed = EVERYWHERE if host in self._inside else self._settings.allow_networks
        return await checked_addresses(host, port, allowed, self._resolver)

    async def _checked_proxy(self, route: Route) -> str:
        """Return an address of the proxy, refused as any other that may not be reached."""
        host, port = proxy_of(route)
        refused = check_target("http", host, port)
        if refused is not None:
            raise FetchError("refused", f"the feed's proxy: {refused}")
        try:
            return (await self._checked(host, port))[0]
        except FetchError as error:
            raise FetchError(error.outcome, f"the feed's proxy: {error.reason}") from error


def _context(route: Route) -> ssl.SSLContext:
    if route.ca_bundle is None and route.verify:
        return tls_context()
    return tls_context(route.ca_bundle, verify=route.verify)


def convert(error: Exception) -> FetchError:
    """Return the FetchError of a driver's error: the first row of `OUTCOMES` that fits."""
    outcome, text = next((row[1], row[2]) for row in OUTCOMES if isinstance(error, row[0]))
    if isinstance(error, ssl.SSLError):
        detail = in_words(error)
    elif isinstance(error, OSError) and error.errno:
        detail = os.strerror(error.errno).lower()
    else:
        detail = str(error)
    return FetchError(outcome, text.format(detail=detail or type(error).__name__))


class _Exchange:
    """One request and its response; errors of the driver leave it as FetchError.

    A class, not a generator with `asynccontextmanager`: every poll comes here.
    """

    def __init__(
        self,
        answered: Coroutine[object, object, tuple[Connection, ResponseHead]],
        idle: IdleConnections,
    ) -> None:
        self._answered = answered
        self._idle = idle

    async def __aenter__(self) -> tuple[ResponseHead, AsyncIterator[bytes]]:
        try:
            self._connection, head = await self._answered
        except TimeoutError:
            raise  # of `asyncio.timeout`, although it is an OSError
        except (h11.ProtocolError, OSError) as error:
            raise convert(error) from error
        return head, self._connection.body()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: object
    ) -> None:
        if error is None:
            self._idle.keep(self._connection)
            return
        self._connection.close()
        if isinstance(error, h11.ProtocolError | OSError) and not isinstance(error, TimeoutError):
            raise convert(error) from error
