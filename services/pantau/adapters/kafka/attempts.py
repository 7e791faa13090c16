"""Patches of kafka-python that end connection attempts and calls: in time, with closed sockets.

kafka-python 3.0 drops the socket of a connection that is refused, times out or is cancelled without
closing it: it stays open until the garbage collector finds it, so that a client which retries an
absent broker for hours holds many file descriptors. Its TLS handshake has no time limit: a listener
that accepts connections and then says nothing holds a client up for ever. And a call that waits on
one thread while another closes the client ends with a bare RuntimeError, which nobody takes for a
broker that is away. `end_failed_connections` patches the library, once per process; it has no
option for any of these.
"""

import ssl
import time
from collections.abc import Awaitable, Callable
from functools import cache, wraps
from typing import Any, Final

from kafka import errors
from kafka.net.inet import KafkaNetSocket
from kafka.net.selector import NetworkSelector
from kafka.net.transport import KafkaSSLTransport

HANDSHAKE_SECONDS: Final = 10.0
"""Time limit of a TLS handshake; kafka-python gives a connection without TLS as long."""

Step = Callable[..., Awaitable[Any]]
"""One step of a connection attempt, as a coroutine method."""


@cache
def end_failed_connections() -> None:
    """Patch kafka-python: limit TLS handshakes, close failed sockets, report closed clients.

    Idempotent.
    """
    KafkaNetSocket.sock_connect = _closing(KafkaNetSocket.sock_connect)
    KafkaSSLTransport.handshake = _handshake
    NetworkSelector.run = _ending(NetworkSelector.run)


def _ending(run: Callable[..., Any]) -> Callable[..., Any]:
    """Return a `run` that raises a KafkaError where the client was closed meanwhile."""

    @wraps(run)
    def run_or_end(self: Any, *given: Any, **named: Any) -> Any:
        try:
            return run(self, *given, **named)
        except RuntimeError as error:
            if not self._closed:
                raise
            message = "the client was closed meanwhile"
            raise errors.KafkaConnectionError(message) from error

    return run_or_end


def close_socket(transport: Any) -> None:
    """Close the socket of a transport, whatever it has not sent. Its network must have ended."""
    sock, transport._sock = transport._sock, None  # noqa: SLF001 (see the module)
    if sock is not None:
        sock.close()


def _closing(connect: Step) -> Step:
    """Return a `sock_connect` that closes the socket it is given unless it connects."""

    @wraps(connect)
    async def connect_or_close(self: Any, net: Any, sock: Any, *given: Any, **named: Any) -> Any:
        try:
            return await connect(self, net, sock, *given, **named)
        except BaseException:  # a cancelled attempt ends with GeneratorExit
            sock.close()
            raise

    return connect_or_close


async def _handshake(transport: Any) -> None:
    """Complete a handshake within the time limit, or close the transport and raise the cause."""
    limit = time.monotonic() + HANDSHAKE_SECONDS
    net, sock = transport._net, transport._sock  # noqa: SLF001 (see the module)
    try:
        while (waiting := _waits_for(sock, net)) is not None:
            await waiting(sock, timeout_at=limit)
    except BaseException:  # as above
        transport.close()
        raise


def _waits_for(sock: ssl.SSLSocket, net: Any) -> Callable[..., Awaitable[Any]] | None:
    """Return the wait that a handshake needs next, or None once it is complete."""
    try:
        sock.do_handshake()
    except ssl.SSLWantReadError:
        return net.wait_read  # type: ignore[no-any-return]  # (kafka-python has no types)
    except ssl.SSLWantWriteError:
        return net.wait_write  # type: ignore[no-any-return]  # (as above)
    return None
