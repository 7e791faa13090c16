"""Pictures where people sign in: for those who may read the article, and gone after a sign-out."""

import io
from dataclasses import replace
from typing import TYPE_CHECKING

from PIL import Image

from pantau.adapters.pictures.maker import ProcessPictureMaker
from pantau.console.identity import COOKIE
from pantau.ports import FetchResponse
from pantau.usecases.pictures.serving import ArticlePictures
from tests.consoles import Client, serving
from tests.support import enriched

if TYPE_CHECKING:
    from tests.unit.accounts.conftest import House


class Sender:
    """A fetcher whose every address has a picture."""

    async def get(self, request: object) -> FetchResponse:
        del request
        out = io.BytesIO()
        Image.new("RGB", (100, 100)).save(out, "PNG")
        return FetchResponse("https://foto.example/a.png", 200, {}, out.getvalue())

    async def post(self, *_given: object) -> FetchResponse:
        raise NotImplementedError

    async def close(self) -> None:
        """Close nothing."""


def test_a_picture_is_for_those_who_are_signed_in(house: "House") -> None:
    article = enriched("foto", title="Foto", image="https://foto.example/a.png")
    house.store.index.put([article])
    house.join("dewi", "reader")
    maker = ProcessPictureMaker()
    pictures = ArticlePictures(Sender, maker, house.clock, wait_seconds=120.0)
    path = f"/articles/{article.article_id}/picture"
    with serving(replace(house.parts, pictures=pictures)) as address:
        client = Client(address)
        nobody = client.get(path)
        assert (nobody.status, nobody.content) == (303, b"")
        cookie = {"Cookie": f"{COOKIE}={house.secrets['dewi']}"}
        found = client.get(path, headers=cookie)
        assert (found.status, found.headers["content-type"]) == (200, "image/webp")
        assert found.headers["cache-control"] == "private, no-cache"
        assert "Cookie" in found.headers["vary"]
        known = {"If-None-Match": found.headers["etag"]}
        assert client.get(path, headers=cookie | known).status == 304
        assert client.get(path, headers=known).status == 303
