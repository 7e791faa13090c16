"""Who may ask the console for what: pure decisions about a request's headers.

Without accounts whoever reaches the console may read and change everything, so it listens on the
loopback interface. With or without them, a page of another site must not reach it through a
person's browser.
"""

from collections.abc import Mapping, Sequence
from ipaddress import IPv4Network, IPv6Network, ip_address
from typing import Final
from urllib.parse import urlsplit

from pantau.common.text.safe_text import one_line
from pantau.problems import Problem, problem
from pantau.settings import ConsoleSettings

SAFE_METHODS: Final = frozenset({"GET", "HEAD"})
"""Methods that change nothing."""
_OWN: Final = frozenset({"same-origin", "none"})
"""Values of `Sec-Fetch-Site` of a request that no other site caused."""

HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    # Not `no-referrer`: with it browsers send `Origin: null` for the console's own forms.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
"""Headers of every response."""


BY_SECRET: Final[Mapping[str, str]] = {
    "/s/": "a reader of feeds has no account; the address itself is a secret of one subscription",
    "/unsubscribe/": "receivers of mails have no account; the address is signed for one of them",
    "/mute/": "receivers of mails have no account; the address is signed for one of them",
}
"""Beginnings of addresses that are secrets, and why nobody has to sign in for them.

Whoever has the address has what it stands for. So they are in no log, and unknown ones are 404.
What answers them works with the whole store, and looks at the secret before anything else.
"""


def shown_path(path: str) -> str:
    """Return a path for logs: cut, in one line, and without the secret that it may be."""
    found = next((one for one in BY_SECRET if path.startswith(one)), None)
    return one_line(path, 200) if found is None else f"{found}..."


def is_loopback(host: str) -> bool:
    """Return whether only this machine can connect to an address that a server listens on."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def refused_address(settings: ConsoleSettings) -> Problem | None:
    """Return why the console must not listen where the settings say; None if it may."""
    if is_loopback(settings.host) or settings.accounts or settings.allow_unprotected:
        return None
    return problem("console.unprotected", host=settings.host)


def comes_from_own_page(headers: Mapping[str, str]) -> bool:
    """Return whether a request that changes something was caused by a page of the console.

    The rule of Go's `CrossOriginProtection`: a browser says so in `Sec-Fetch-Site`; where it sends
    none, as over plain HTTP to an address of the network, `Origin` must name the asked host. A
    client that sends neither is no browser. Names of `headers` are in lower case.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in _OWN
    origin = headers.get("origin")
    if origin is None:
        return True
    try:
        asked_by = urlsplit(origin).netloc
    except ValueError:
        return False
    return bool(asked_by) and asked_by.lower() == headers.get("host", "").lower()


def is_part_of_other(headers: Mapping[str, str]) -> bool:
    """Return whether a page of another site loads a page of the console as a part of its own.

    It could not read the answer, but it could ask for costly ones, and measure how long they take.
    A link to the console is followed (the resource isolation policy of Fetch Metadata). Names of
    `headers` are in lower case.
    """
    if headers.get("sec-fetch-site", "none") in _OWN:
        return False
    is_followed = headers.get("sec-fetch-mode") == "navigate"
    return not (is_followed and headers.get("sec-fetch-dest", "document") == "document")


def client_address(peer: str, forwarded: str, proxies: Sequence[IPv4Network | IPv6Network]) -> str:
    """Return where a request came from.

    That is the peer of the connection; of a reverse proxy in `proxies` the last address of
    `X-Forwarded-For` that is none of them. What stands before it, the client may have written.
    """
    for one in (peer, *reversed(forwarded.split(","))):
        try:
            address = ip_address(one.strip())
        except ValueError:
            return peer
        # A server that listens on IPv6 may see IPv4 peers as ::ffff:192.0.2.1 (RFC 4291, 2.5.5.2).
        address = getattr(address, "ipv4_mapped", None) or address
        peer = str(address)
        if not any(address in network for network in proxies):
            return peer
    return peer
