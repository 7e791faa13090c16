"""Opens connections to an address, directly or through a proxy's tunnel, with or without TLS.

A proxy gets the checked address (`CONNECT`), never a name that it would resolve itself: no proxy
reaches what the guard refuses.
"""

import asyncio
import base64
import errno
import os
import socket
import ssl
from typing import Final
from urllib.parse import unquote, urlsplit

from pantau.adapters.http.connection import Connection, Reader, Route
from pantau.ports import FetchError

_REFUSALS: Final = {
    403: "it forbids that; the proxy must allow CONNECT to this port",
    407: "it wants a login: write the proxy as http://user:password@host:port",
    502: "it could not connect",
    503: "it could not connect",
    504: "it got no answer",
}

_POSIX: Final = os.name == "posix"
_PENDING: Final = frozenset({errno.EINPROGRESS, errno.EALREADY, errno.EINTR})


async def connect(
    route: Route, address: str, context: ssl.SSLContext | None, through: str | None = None
) -> Connection:
    """Open a connection to `address`, with TLS for the route's host if a context is given.

    `through` is the checked address of the route's proxy. Raises OSError, and FetchError for a
    proxy that refuses.
    """
    loop = asyncio.get_running_loop()
    reader = Reader()
    protocol = asyncio.StreamReaderProtocol(reader)
    host, port = route.origin[1], route.origin[2]
    at, at_port = (address, port) if through is None else (through, proxy_of(route)[1])
    # Through a proxy, TLS begins behind the tunnel, with the host and not with the proxy.
    direct = context if through is None else None
    opened = await _open(at, at_port)
    transport, _ = await loop.create_connection(
        lambda: protocol, sock=opened, ssl=direct, server_hostname=host if direct else None
    )
    writer = asyncio.StreamWriter(transport, protocol, reader, loop)
    try:
        if through is not None:
            await _tunnel(route, address, reader, writer)
            if context is not None:
                await writer.start_tls(context, server_hostname=host)
    except BaseException:
        writer.transport.abort()
        raise
    return Connection(route, reader, writer)


async def _open(address: str, port: int) -> socket.socket:
    """Return a connected socket. `create_connection` would first resolve what is an address."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    opened = socket.socket(family, socket.SOCK_STREAM)
    try:
        opened.settimeout(0)
        if not _at_once(opened, address, port):
            await _wait(opened, address, port)
    except BaseException:
        opened.close()
        raise
    return opened


def _at_once(opened: socket.socket, address: str, port: int) -> bool:
    """Return whether a socket, told to connect, is connected at once.

    So it is where the server is this machine. Waiting would take two calls to the selector and a
    turn of the event loop. Raises OSError.
    """
    if not _POSIX:
        return False
    code = opened.connect_ex((address, port))
    if code in _PENDING:
        code = opened.connect_ex((address, port))
    if code in _PENDING:
        return False
    if code not in {0, errno.EISCONN}:
        raise OSError(code, os.strerror(code))
    return True


async def _wait(opened: socket.socket, address: str, port: int) -> None:
    """Wait until a socket that may connect already is connected. Raises OSError."""
    try:
        await asyncio.get_running_loop().sock_connect(opened, (address, port))
    except OSError as error:
        if error.errno != errno.EISCONN:  # as some systems say of one that is
            raise


def proxy_of(route: Route) -> tuple[str, int]:
    """Return host and port of the route's proxy."""
    parts = urlsplit(route.proxy or "")
    return parts.hostname or "", parts.port or 0


async def _tunnel(
    route: Route, address: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    """Request a tunnel from the proxy. Raises FetchError when it refuses."""
    # The proxy gets the address that was checked, so that it resolves no name a second time.
    place = f"[{address}]" if ":" in address else address
    target = f"{place}:{route.origin[2]}"
    lines = [f"CONNECT {target} HTTP/1.1", f"Host: {target}"]
    parts = urlsplit(route.proxy or "")
    if parts.username is not None:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}".encode()
        lines.append(f"Proxy-Authorization: Basic {base64.b64encode(pair).decode()}")
    writer.write("\r\n".join([*lines, "", ""]).encode("latin-1"))
    await writer.drain()
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError) as error:
        message = "the proxy did not answer as a proxy does"
        raise FetchError("unreachable", message) from error
    words = head.split(None, 2)
    status = int(words[1]) if len(words) > 1 and words[1].isdigit() else 0
    if not 200 <= status < 300:
        why = _REFUSALS.get(status, "it refused")
        raise FetchError("unreachable", f"the proxy answered {status}: {why}")
