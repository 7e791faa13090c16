"""The HTTP server of the console: uvicorn over a socket that is bound before anything else."""

import errno
import os
import socket
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Final

import uvicorn

from pantau.console.access import refused_address
from pantau.console.connections import CONNECTIONS, PatientProtocol
from pantau.console.guard import App
from pantau.errors import UsageError
from pantau.problems import Problem, problem
from pantau.settings import ConsoleSettings

_BACKLOG: Final = 64
_STOP_SECONDS: Final = 2

Closing = Callable[[], Awaitable[None]]


async def _nothing_to_close() -> None:
    """Close nothing."""


class ConsoleServer(uvicorn.Server):
    """A server that its parent stops: it leaves the signals of the process alone."""

    def __init__(self, app: App, closing: Closing = _nothing_to_close) -> None:
        """Serve `app`; `closing` ends its streams before the server waits for its connections."""
        self._closing = closing
        super().__init__(
            uvicorn.Config(
                app,
                lifespan="off",
                log_config=None,
                log_level="error",  # a client writes no warning by what it sends
                access_log=False,
                server_header=False,
                proxy_headers=False,
                ws="none",
                http=PatientProtocol,
                loop="asyncio",
                limit_concurrency=2 * CONNECTIONS,  # those that were cut take a moment to end
                timeout_keep_alive=5,
                timeout_graceful_shutdown=_STOP_SECONDS,
            )
        )

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Handle no signal."""
        yield

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Close the streams, then stop as uvicorn does."""
        await self._closing()
        await super().shutdown(sockets)

    def end(self) -> None:
        """Stop soon; may be called from any thread."""
        self.should_exit = True


def bind(settings: ConsoleSettings) -> socket.socket:
    """Listen where the settings say.

    Raises UsageError for an address that others reach without a setting that allows it, for a
    port that another program has, and for an address that this machine has not.
    """
    refused = refused_address(settings)
    if refused is not None:
        raise UsageError(refused)
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        if os.name == "posix":  # elsewhere it would share the port with another program
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((settings.host, settings.port))
        made.listen(_BACKLOG)
    except OSError as error:
        made.close()
        raise UsageError(_unusable(settings, error)) from error
    return made


def _unusable(settings: ConsoleSettings, error: OSError) -> Problem:
    if error.errno == errno.EADDRINUSE:
        return problem("console.port-taken", port=settings.port)
    reason = error.strerror or type(error).__name__
    return problem("console.no-address", host=settings.host, reason=reason)


def address_of(listening: socket.socket) -> str:
    """Return the address by which a browser on this machine opens the console."""
    host, port = listening.getsockname()[:2]
    if host in {"0.0.0.0", "::"}:  # noqa: S104 (compared, not bound)
        host = "127.0.0.1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
