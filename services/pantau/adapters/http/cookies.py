"""Cookies for the length of one fetch.

Some sites set a cookie, redirect to the same address, and require the cookie there. Cookies are
discarded after the fetch, so they identify nobody.
"""

from collections.abc import Iterable
from typing import Final

from pantau.net.address import WebAddress
from pantau.net.domains import registrable_domain

MOST: Final = 50
"""Cookies of one fetch (RFC 6265, 6.1, asks for as many a domain)."""
LONGEST: Final = 4_096


class Cookies:
    """The cookies that the servers of one chain of redirects set."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], tuple[str, bool, bool]] = {}

    def take(self, address: WebAddress, lines: Iterable[str]) -> None:
        """Store the `Set-Cookie` headers of a response from `address`."""
        for line in lines:
            pair, *attributes = line.split(";")
            name, equals, value = (part.strip() for part in pair.partition("="))
            if not equals or not name or len(pair) > LONGEST or not pair.isprintable():
                continue
            said = {
                key.strip().lower(): text.strip()
                for key, _, text in (one.partition("=") for one in attributes[:20])
            }
            domain = said.get("domain", "").lstrip(".").lower()
            if domain and not _may_set(address, domain):
                continue
            key = domain or address.host, name
            if said.get("max-age", "1").startswith(("0", "-")):
                self._kept.pop(key, None)
            elif key in self._kept or len(self._kept) < MOST:
                self._kept[key] = value, bool(domain), "secure" in said

    def header(self, address: WebAddress) -> str:
        """Return the value of `Cookie` for a request to `address`, empty if there is none."""
        pairs = []
        for (host, name), (value, below, secure) in self._kept.items():
            meant = address.host == host or (below and address.host.endswith(f".{host}"))
            if meant and (address.scheme == "https" or not secure):
                pairs.append(f"{name}={value}")
        return "; ".join(pairs)


def _may_set(address: WebAddress, domain: str) -> bool:
    """Return whether a host may set cookies for a domain: itself or a parent of its own owner."""
    if address.host == domain:
        return True
    owner = registrable_domain(str(address))
    inside = domain == owner or domain.endswith(f".{owner}")
    return address.host.endswith(f".{domain}") and "." in domain and inside
