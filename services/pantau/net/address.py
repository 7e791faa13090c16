"""Web addresses as sent on the wire.

Input from people and feeds is converted to ASCII as the URL standard defines.
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
"""Maximum length of a host in characters.

DNS allows 253; international names are longer before they are converted to ASCII.
"""
_NEVER_IN_HOSTS: Final = re.compile(r"[\x00-\x20\x7f#/<>?@\[\\\]^|%]")
"""Forbidden host code points of the URL standard; the colons of IPv6 are allowed."""
_DEFAULT_PORTS: Final = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class WebAddress:
    """An address in its parts.

    `target` is path and query in ASCII; there is no fragment, because it is never sent.
    """

    scheme: str
    host: str  # ASCII, lower case; IPv6 without brackets
    port: int
    target: str
    user: str = ""
    password: str = ""

    @property
    def origin(self) -> tuple[str, str, int]:
        """The server to connect to."""
        return self.scheme, self.host, self.port

    @property
    def authority(self) -> str:
        """Host and port, in the format of the header `Host`."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _DEFAULT_PORTS.get(self.scheme) else f"{host}:{self.port}"

    def __str__(self) -> str:
        """Return the address, never with its password."""
        return f"{self.scheme}://{self.authority}{self.target}"

    def join(self, reference: str) -> "WebAddress":
        """Resolve a reference relative to this address. A password in it is dropped.

        Raises ValueError.
        """
        return replace(
            parse(urljoin(str(self), _IGNORED.sub("", reference.strip()))), user="", password=""
        )


def parse(text: str) -> WebAddress:
    """Parse an absolute address. Raises ValueError if it is invalid."""
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


def same_origin(one: str, other: str) -> bool:
    """Return whether two URLs have the same scheme, host and port; False for invalid ones."""
    try:
        return parse(one).origin == parse(other).origin
    except ValueError:
        return False


def _ascii_host(host: str) -> str:
    """Encode the host in ASCII: international names by IDNA 2008 with the mapping of UTS 46."""
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
