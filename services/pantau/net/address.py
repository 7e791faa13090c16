"""Web addresses as they go on the wire.

What people and feeds write, brought to ASCII as the URL standard does.
"""

import re
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import quote, unquote, urljoin, urlsplit

import idna

_IGNORED: Final = re.compile(r"[\t\n\r]")
_PATH: Final = "/%:@!$&'()*+,;=~-._[]|"
_QUERY: Final = _PATH + "?`{}\\^"
_LONGEST_HOST: Final = 1_000
"""Characters of a host; DNS has at most 253, and international ones are longer before they are brought to ASCII.
"""
_NEVER_IN_HOSTS: Final = re.compile(r"[\x00-\x20\x7f#/<>?@\[\\\]^|%]")
"""Forbidden host code points of the URL standard; the colons of IPv6 are allowed."""
_DEFAULT_PORTS: Final = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class WebAddress:
    """An address in its parts.

    `target` is path and query, ASCII; there is no fragment, nobody sends it.
    """

    scheme: str
    host: str  # ASCII, lower case; IPv6 without brackets
    port: int
    target: str
    user: str = ""
    password: str = ""

    @property
    def origin(self) -> tuple[str, str, int]:
        """Who is spoken to."""
        return self.scheme, self.host, self.port

    @property
    def authority(self) -> str:
        """Host and port, as the header `Host` has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _DEFAULT_PORTS.get(self.scheme) else f"{host}:{self.port}"

    def __str__(self) -> str:
        """Write the address, never with its password."""
        return f"{self.scheme}://{self.authority}{self.target}"

    def join(self, reference: str) -> "WebAddress":
        """Resolve a reference found at this address. A password in it is left out.

        Raises ValueError.
        """
        return replace(
            parse(urljoin(str(self), _IGNORED.sub("", reference.strip()))), user="", password=""
        )


def parse(text: str) -> WebAddress:
    """Read an absolute address. Raises ValueError if it is none."""
    parts = urlsplit(_IGNORED.sub("", text.strip()))
    scheme = parts.scheme.lower()
    port = parts.port
    target = quote(parts.path or "/", safe=_PATH)
    if parts.query:
        target += "?" + quote(parts.query, safe=_QUERY)
    return WebAddress(
        scheme=scheme,
        host=_ascii_host(parts.hostname or ""),
        port=_DEFAULT_PORTS.get(scheme, 0) if port is None else port,
        target=target,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


def _ascii_host(host: str) -> str:
    """Return the host in ASCII: international names by IDNA 2008 with the mapping of UTS 46."""
    if len(host) > _LONGEST_HOST:
        message = "the host name is too long"
        raise ValueError(message)
    host = unquote(host).lower()
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except idna.IDNAError as error:
            message = f"the host name cannot be written in ASCII: {error}"
            raise ValueError(message) from error
    if _NEVER_IN_HOSTS.search(host):
        message = "the host name has characters that no host name has"
        raise ValueError(message)
    return host
