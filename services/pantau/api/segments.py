"""Encoded slashes and line breaks in paths: part of a segment, such as the address of a feed.

Servers decode a path before it is split at its slashes, so `/feeds/a.example%2Frss` would have one
segment more than it was sent with. And Starlette's mounts take a path that has a line break for
none of theirs.
"""

import re
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import unquote

from starlette.routing import Mount
from starlette.types import ASGIApp, Receive, Scope, Send

_ENCODED: Final = re.compile(rb"%2f", re.IGNORECASE)
_MARK: Final = "\0"
"""Stands for an encoded slash until the path is split; no name or address holds it."""


class WholeSegments:
    """ASGI middleware that keeps encoded slashes from splitting a segment."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; see ASGI."""
        raw = scope.get("raw_path") or b""
        if _ENCODED.search(raw):
            scope = {**scope, "path": unquote(_ENCODED.sub(b"%00", raw).decode("latin-1"))}
        await self._app(scope, receive, send)


class WholeMount(Mount):
    """A mount of an application, whatever characters the paths below it have."""

    def __init__(self, path: str, app: ASGIApp) -> None:
        super().__init__(path, app)
        self.path_regex = re.compile(self.path_regex.pattern, re.DOTALL)


def with_slashes(named: Mapping[str, Any]) -> dict[str, str]:
    """Return the parameters of a path with the slashes that were encoded in it."""
    return {name: str(value).replace(_MARK, "/") for name, value in named.items()}
