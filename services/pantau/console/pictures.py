"""The picture of an article: `/articles/ID/picture`, and the same with `?size=small`.

The address names an article, never an address of the web, so the console fetches nothing but what
stands in stored articles, and shows it to whoever may read the article.
"""

from hashlib import sha256

import anyio
from starlette.requests import Request
from starlette.responses import Response

from pantau.api.conditional import fresh_only
from pantau.api.identity import parts_of
from pantau.errors import PantauError, RetryError
from pantau.operations.base.parts import Parts
from pantau.ports import Picture, PictureSize
from pantau.usecases.accounts.person import require
from pantau.usecases.pictures.serving import ArticlePictures

_SECONDS_KEPT = 3_600
"""How long browsers keep a picture where nobody signs in; its article may be taken down."""
_RETRY_SECONDS = "10"


class PictureEndpoint:
    """Answers requests for pictures. An answer without a picture has no body."""

    def __init__(
        self, parts: Parts, pictures: ArticlePictures, limiter: anyio.CapacityLimiter
    ) -> None:
        self._parts = parts
        self._pictures = pictures
        self._limiter = limiter

    async def answer(self, request: Request) -> Response:
        """Return the picture, 304, or 404 where there is none."""
        size = request.query_params.get("size", "large")
        if size not in {"large", "small"}:
            return _without(404)
        try:
            address = await anyio.to_thread.run_sync(self._address, request, limiter=self._limiter)
            found = await self._found(address, "small" if size == "small" else "large")
        except RetryError:
            return _without(503)
        except PantauError:  # a person without the right to read
            return _without(403)
        if found is None:
            return _without(404)
        return fresh_only(self._made(found), request.headers)

    async def _found(self, address: str | None, size: PictureSize) -> Picture | None:
        return None if address is None else await self._pictures.picture(address, size)

    def _address(self, request: Request) -> str | None:
        """Return the address of the picture of an article; None where there is none.

        Raises PantauError for a person who may not read, and where the store does not answer.
        Runs in a thread.
        """
        parts = parts_of(request, self._parts)
        require(parts.person, "read")
        article = parts.store.index.get(request.path_params["id"])
        return None if article is None else article.image

    def _made(self, picture: Picture) -> Response:
        # Where people sign in, a browser asks each time, so that nothing is shown after a sign-out.
        signed_in = self._parts.accounts is not None
        headers = {
            "Cache-Control": "private, no-cache"
            if signed_in
            else f"private, max-age={_SECONDS_KEPT}",
            "ETag": f'"{sha256(picture.content).hexdigest()[:32]}"',
            "Vary": "Cookie",
            "X-Robots-Tag": "noindex, noimageindex",
        }
        return Response(picture.content, 200, headers, "image/webp")


def _without(status: int) -> Response:
    headers = {"Cache-Control": "no-store"}
    if status == 503:
        headers["Retry-After"] = _RETRY_SECONDS
    return Response(status_code=status, headers=headers)
