"""Resolution of names to checked addresses.

A name is resolved once, checked, and its addresses are used for the connection. Without a second
resolution, DNS rebinding (a name that resolves to a public address first and to a private one
later) gains nothing.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable, Sequence

from pantau.net.guard import Network, check_address, parse_address
from pantau.ports import FetchError
from pantau.problems import problem

Resolver = Callable[[str, int], Awaitable[Sequence[str]]]
"""Returns the addresses of a host, best first. Raises OSError when there are none."""


async def resolve(host: str, port: int) -> Sequence[str]:
    """Resolve a host with the system's resolver."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(address[0]) for *_, address in found))


async def checked_addresses(
    host: str, port: int, allowed: Iterable[Network], resolver: Resolver
) -> Sequence[str]:
    """Return the addresses of a host if all of them are allowed.

    A single blocked address rejects the host: which one a connection uses is up to chance, or to an
    attacker. Raises FetchError when blocked or unknown.
    """
    try:
        addresses: Sequence[str] = (str(parse_address(host)),)
    except ValueError:
        addresses = await _look_up(host, port, resolver)
    networks = tuple(allowed)
    for address in addresses:
        kind = check_address(parse_address(address), networks)
        if kind is not None:
            what = (
                problem("fetch.is-inside", host=host, kind=kind)
                if address == host
                else problem("fetch.resolves-inside", host=host, address=address, kind=kind)
            )
            raise FetchError("refused", problem("fetch.not-allowed", what=what))
    return addresses


async def _look_up(host: str, port: int, resolver: Resolver) -> Sequence[str]:
    try:
        addresses = await resolver(host, port)
    except (OSError, UnicodeError) as error:
        temporary = isinstance(error, socket.gaierror) and error.errno == socket.EAI_AGAIN
        why = (
            problem("fetch.no-name-server", host=host)
            if temporary
            else problem("fetch.no-such-host", host=host)
        )
        raise FetchError("unreachable", why) from error
    if not addresses:
        raise FetchError("unreachable", problem("fetch.no-address", host=host))
    return addresses
