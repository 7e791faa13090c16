"""A part of the HTTP server below a path of its own, for one public host name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from pantau.observe.asked_host import host_name

BODY_SECONDS: Final = 30.0
"""Time limit in seconds of a request whose body is read."""

Answer = tuple[int, str, bytes]
"""Status, content type, body."""


@dataclass(frozen=True, slots=True)
class MountedRequest:
    """A request to a mounted part.

    `read` reads the body, up to a number of bytes. It raises BodyError (`request_body`).
    """

    method: str  # GET or POST
    rest: str  # of the path, after the prefix
    query: str
    headers: Mapping[str, str]  # names in lower case; of a repeated one, joined by commas
    read: Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class Mount:
    """A prefix of paths, the one host name by which it is asked, and what answers there."""

    prefix: str
    host: str
    answer: Callable[[MountedRequest], Answer]

    def accepts(self, host: str | None) -> bool:
        """Return whether a request with this Host is answered."""
        return host is not None and host_name(host) == self.host.lower()
