"""Conditional requests (RFC 9110, 13): ETags of answers, `If-Match`, `If-None-Match`. Pure."""

import re
from collections.abc import Mapping
from hashlib import sha256
from typing import Final

from starlette.responses import Response

from pantau.errors import UsageError
from pantau.problems import problem

_TAG: Final = r'(W/)?"[!#-~]+"'
IF_MATCH: Final = rf"^(\*|{_TAG}( *, *{_TAG})*)$"
"""The form of the header (RFC 9110, 13.1.1)."""
_LIST: Final = re.compile(IF_MATCH)
_ETAG: Final = re.compile(r'"([^"]+)"')
_LONGEST: Final = 4_000
_VERSION: Final = 64
"""Characters of the longest version."""
_DIGITS: Final = 26


def etag_of(content: bytes, version: str | None) -> str:
    """Return the ETag of an answer: it changes with each byte, and begins with the version.

    A change depends on the version alone: that a feed was polled meanwhile is no other version.
    """
    digest = sha256(content).hexdigest()[:_DIGITS]
    return f'"{digest}"' if version is None else f'"{version}.{digest}"'


def versions_in(header: str) -> tuple[str, ...]:
    """Return the versions of `If-Match`; empty for `*`, which any version matches.

    Weak ETags count as strong ones: a version differs after each change.

    Raises UsageError for anything that is no list of ETags (RFC 9110, 13.1.1).
    """
    given = header.strip()
    if len(given) > _LONGEST or not _LIST.fullmatch(given):
        raise UsageError(problem("api.no-etag"))
    # A tag that is not ours may begin with the full stop. It stays, since an empty list is any.
    return tuple((tag.partition(".")[0] or tag)[:_VERSION] for tag in _ETAG.findall(given))


def fresh_only(made: Response, headers: Mapping[str, str]) -> Response:
    """Return a response, or 304 where the client has it already (RFC 9110, 13.1.2)."""
    etag, known = made.headers.get("etag"), headers.get("if-none-match")
    if etag is None or known is None or not _has(known, etag):
        return made
    kept = ("etag", "cache-control", "content-language", "vary")
    return Response(
        status_code=304, headers={name: made.headers[name] for name in kept if name in made.headers}
    )


def _has(header: str, etag: str) -> bool:
    given = {part.strip().removeprefix("W/") for part in header[:_LONGEST].split(",")}
    return "*" in given or etag in given
