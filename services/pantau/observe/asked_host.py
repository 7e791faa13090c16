"""A rule about the header Host: the names by which a client may address the server. Pure.

A page in a browser can make the browser send requests to a server on its machine or in its network
by a name of the page's choice (DNS rebinding), and read the answer. The browser then sends that
name in Host, and cannot be made to send a foreign address. So only requests that name a known host
are answered.
"""

from collections.abc import Collection
from dataclasses import dataclass
from ipaddress import ip_address

ANY = "*"


@dataclass(frozen=True, slots=True)
class AskedHost:
    """The names that a server answers to.

    `bound` is the address it listens on, `own` are names of the machine.
    """

    bound: str
    own: Collection[str] = ()
    allowed: Collection[str] = ()

    def accepts(self, host: str | None) -> bool:
        """Return whether a request with this Host is answered; old clients send none (None)."""
        if host is None or ANY in self.allowed:
            return True
        name = host_name(host)
        if name is None:
            return False
        if name == "localhost" or name.endswith(".localhost"):
            return True
        names = {one.lower().rstrip(".") for one in (self.bound, *self.own, *self.allowed)}
        below = (one[1:] for one in names if one.startswith("*.") and len(one) > len("*."))
        return name in names or any(name.endswith(one) for one in below) or self._is_address(name)

    def _is_address(self, name: str) -> bool:
        """Return whether the name is an address that a client can have connected to."""
        try:
            asked = ip_address(name)
        except ValueError:
            return False
        try:
            near_only = ip_address(self.bound).is_loopback
        except ValueError:
            near_only = self.bound == "localhost"
        return asked.is_loopback or not near_only


def host_name(host: str) -> str | None:
    """Return the name or address of a Host header without its port, in lower case.

    None if it is malformed.
    """
    host = host.strip().lower()
    if host.startswith("["):
        inner, bracket, port = host[1:].partition("]")
        name = inner if bracket and (not port or port.startswith(":")) else ""
        port = port[1:]
    else:
        name, _, port = host.partition(":")
    if not name or (port and not (port.isascii() and port.isdigit())):
        return None
    return name.rstrip(".") or None
