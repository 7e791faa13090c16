"""Pictures from a web server on the loopback, by the guarded fetcher and the real Pillow."""

import asyncio
import io
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from ipaddress import ip_network
from typing import Any

import pytest
from PIL import Image

from pantau.adapters.http.fetcher import GuardedFetcher
from pantau.adapters.pictures.maker import ProcessPictureMaker
from pantau.errors import RetryError
from pantau.ports import Picture, PictureSet
from pantau.settings import FetchSettings
from pantau.usecases.pictures.cache import KEPT, PictureCache
from pantau.usecases.pictures.limits import HOSTS, FetchRate, SilentHosts
from pantau.usecases.pictures.serving import ArticlePictures
from tests.ports import refusing_port
from tests.support import START, FixedClock
from tests.unit.adapters.http.loopback import Loopback, loopback, redirect, reply

PATIENT_SECONDS = 120.0
"""As long as a busy machine may take to start the process that reads pictures."""
HERE = (ip_network("127.0.0.0/8"),)


def jpeg() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (400, 300), (200, 20, 20)).save(out, "JPEG")
    return out.getvalue()


class Desk:
    """Pictures of a site on the loopback."""

    def __init__(self, site: Loopback, clock: FixedClock, **given: Any) -> None:
        self.site, self.clock = site, clock
        settings = FetchSettings(allow_networks=given.pop("networks", HERE))
        given.setdefault("wait_seconds", PATIENT_SECONDS)
        self.pictures = ArticlePictures(
            lambda: GuardedFetcher(settings), ProcessPictureMaker(), clock, **given
        )

    async def look(self, path: str = "/a.jpg") -> Picture | None:
        return await self.pictures.picture(self.site.url(path), "small")

    @property
    def asked(self) -> list[str]:
        return [one.path for one in self.site.calls]


@asynccontextmanager
async def desk(routes: dict[str, Any], **given: Any) -> AsyncIterator[Desk]:
    async with loopback(routes) as site:
        made = Desk(site, FixedClock(START), **given)
        try:
            yield made
        finally:
            await made.pictures.close()


def run(test: Callable[[], Any]) -> None:
    asyncio.run(test())


def test_a_picture_is_fetched_once_for_all_sizes_and_again_when_it_is_old() -> None:
    async def test() -> None:
        async with desk({"/a.jpg": reply(jpeg(), Content_Type="image/jpeg")}) as at:
            small = await at.look()
            large = await at.pictures.picture(at.site.url("/a.jpg"), "large")
            assert small is not None
            assert large is not None
            assert (small.width, small.height, large.width) == (192, 144, 400)
            assert await at.look() == small
            assert at.asked == ["/a.jpg"]
            (call,) = at.site.calls
            assert "svg" not in call.headers["accept"]
            assert {"cookie", "referer", "authorization"}.isdisjoint(call.headers)
            at.clock.move(seconds=KEPT.total_seconds())
            assert await at.look() == small
            assert at.asked == ["/a.jpg"] * 2

    run(test)


def test_many_who_look_at_once_share_a_fetch_and_one_who_leaves_does_not_end_it() -> None:
    async def test() -> None:
        begun, may_go = asyncio.Event(), asyncio.Event()

        async def slow(_call: Any, writer: asyncio.StreamWriter) -> None:
            begun.set()
            await may_go.wait()
            writer.write(reply(jpeg()))
            await writer.drain()

        async with desk({"/a.jpg": slow}) as at:
            looks = [asyncio.ensure_future(at.look()) for _ in range(5)]
            await begun.wait()
            looks[0].cancel()
            await asyncio.gather(looks[0], return_exceptions=True)
            may_go.set()
            found = await asyncio.gather(*looks[1:])
            assert None not in found
            assert at.asked == ["/a.jpg"]

    run(test)


@pytest.mark.parametrize(
    ("answer", "duration"),
    [
        (reply(status="404 Not Found"), timedelta(days=1)),
        (reply(status="503 Service Unavailable"), timedelta(minutes=10)),
        (reply(b"<html>masuk dulu</html>", Content_Type="image/jpeg"), timedelta(days=1)),
        (reply(b"<svg xmlns='http://www.w3.org/2000/svg'/>", Content_Type="image/svg+xml"),
         timedelta(days=1)),
        (reply(jpeg()[:500], Content_Type="image/jpeg"), timedelta(days=1)),
        (reply(jpeg() + b"\0" * 50_000), timedelta(days=1)),  # more bytes than are read
        (redirect("http://127.0.0.1:25/"), timedelta(days=1)),
        (redirect("file:///etc/passwd"), timedelta(days=1)),
    ],
)  # fmt: skip
def test_what_cannot_be_had_is_remembered(answer: bytes, duration: timedelta) -> None:
    async def test() -> None:
        async with desk({"/a.jpg": answer}, most_bytes=40_000) as at:
            address = at.site.url("/a.jpg")
            assert at.pictures.may_be_shown(address)
            for _ in range(3):
                assert await at.look() is None
            assert not at.pictures.may_be_shown(address)
            assert at.asked == ["/a.jpg"]
            at.site.routes["/a.jpg"] = reply(jpeg())
            at.clock.move(seconds=duration.total_seconds() - 1)
            assert await at.look() is None
            at.clock.move(seconds=1)
            assert await at.look() is not None

    run(test)


def test_addresses_inside_are_refused_unless_the_settings_allow_them() -> None:
    async def test() -> None:
        inside = redirect("http://169.254.169.254/latest/meta-data/")
        async with desk({"/a.jpg": reply(jpeg()), "/b.jpg": inside}) as at:
            assert await at.look() is not None
            assert await at.look("/b.jpg") is None
        async with desk({"/a.jpg": reply(jpeg())}, networks=()) as at:
            for host in ("127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1"):
                address = at.site.url("/a.jpg", host)
                assert await at.pictures.picture(address, "large") is None
            for address in ("http://10.0.0.1/a.jpg", "file:///etc/passwd", "gopher://x/", "x", ""):
                assert await at.pictures.picture(address, "large") is None
            assert at.asked == []

    run(test)


def test_a_host_that_does_not_answer_is_left_alone_for_a_while() -> None:
    async def test() -> None:
        with refusing_port() as port:
            await look_at(port)

    async def look_at(port: int) -> None:
        async with desk({"/a.jpg": reply(jpeg())}) as at:
            dead = f"http://127.0.0.1:{port}"
            for name in ("a", "b", "c"):
                assert await at.pictures.picture(f"{dead}/{name}.jpg", "small") is None
            assert await at.look() is None  # the same host
            assert at.asked == []
            at.clock.move(minutes=10)
            assert await at.look() is not None

    run(test)


def test_fetches_in_a_minute_are_bounded() -> None:
    async def test() -> None:
        names = ("/a.jpg", "/b.jpg", "/c.jpg")
        async with desk(dict.fromkeys(names, reply(jpeg())), per_minute=2) as at:
            assert await at.look("/a.jpg") is not None
            assert await at.look("/b.jpg") is not None
            with pytest.raises(RetryError):
                await at.look("/c.jpg")
            assert await at.look("/a.jpg") is not None  # known: no fetch
            assert at.pictures.may_be_shown(at.site.url("/c.jpg"))
            at.clock.move(seconds=60)
            assert await at.look("/c.jpg") is not None

    run(test)


def test_nobody_waits_long_and_the_fetch_goes_on() -> None:
    async def test() -> None:
        may_go = asyncio.Event()

        async def slow(_call: Any, writer: asyncio.StreamWriter) -> None:
            await may_go.wait()
            writer.write(reply(jpeg()))
            await writer.drain()

        async with desk({"/a.jpg": slow}, wait_seconds=0.0) as at:
            with pytest.raises(RetryError):
                await at.look()
            assert at.pictures.may_be_shown(at.site.url("/a.jpg"))
            may_go.set()
            await asyncio.gather(*at.pictures._under_way.values())
            assert await at.look() is not None
            assert at.asked == ["/a.jpg"]

    run(test)


def test_closing_ends_what_is_under_way() -> None:
    async def test() -> None:
        begun = asyncio.Event()

        async def never(_call: Any, _writer: asyncio.StreamWriter) -> None:
            begun.set()
            await asyncio.Event().wait()

        async with desk({"/a.jpg": never}) as at:
            look = asyncio.ensure_future(at.look())
            await begun.wait()
            await at.pictures.close()
            with pytest.raises(RetryError):
                await look

    run(test)


class TestCache:
    def pictures(self, size: int) -> PictureSet:
        return PictureSet(Picture(b"l" * size, 2, 2), Picture(b"s" * 10, 1, 1))

    def test_it_is_bounded_and_drops_what_was_not_asked_for_longest(self) -> None:
        cache = PictureCache(most_bytes=20_000)
        for number in range(100):
            cache.keep(str(number), self.pictures(4_000), START)
            assert cache.get("0", "small", START) is not None
            assert cache.size <= 20_000
        assert cache.get("1", "small", START) is None
        assert cache.get("99", "large", START) is not None

    def test_a_picture_larger_than_all_of_it_is_not_kept(self) -> None:
        cache = PictureCache(most_bytes=2_000)
        cache.keep("a", self.pictures(9_000), START)
        assert cache.get("a", "large", START) is None
        assert cache.size <= 2_000

    def test_its_size_is_that_of_what_it_has(self) -> None:
        cache = PictureCache()
        for _ in range(3):
            cache.keep("a", self.pictures(100), START)
            cache.lacks("a", START, KEPT)
        assert cache.is_missing("a", START)
        assert not cache.is_missing("a", START + KEPT)
        assert 1_000 < cache.size < 1_200

    def test_long_addresses_count(self) -> None:
        cache = PictureCache(most_bytes=20_000)
        for number in range(100):
            cache.lacks(f"https://foto.example/{number}/" + "a" * 1_900, START, KEPT)
        assert cache.size <= 20_000
        assert cache.is_missing("https://foto.example/99/" + "a" * 1_900, START)
        assert not cache.is_missing("https://foto.example/90/" + "a" * 1_900, START)


def test_the_rate_counts_any_minute_and_survives_a_clock_that_is_set_back() -> None:
    rate = FetchRate(2)
    assert [rate.take(START + timedelta(seconds=one)) for one in (0, 30, 59, 60, 61)] == [
        True,
        True,
        False,
        True,
        False,
    ]
    assert rate.take(START - timedelta(days=1))


def test_silent_hosts_are_bounded() -> None:
    silent = SilentHosts(timedelta(minutes=1))
    for number in range(2 * HOSTS):
        silent.add(str(number), START)
    assert not silent.has("0", START)
    assert silent.has(str(2 * HOSTS - 1), START)
    assert not silent.has(str(2 * HOSTS - 1), START + timedelta(minutes=1))
