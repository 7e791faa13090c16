"""An article that was taken down does not come back, whichever feed lists it in whatever form."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pantau.stream.envelope import record_for, removal_of
from pantau_schemas.codec import decode
from pantau_schemas.events.feed import FeedMemory
from pantau_schemas.events.redaction import Redaction
from pantau_schemas.ids import redaction_id
from pantau_schemas.topics import FEED_MEMORY, REDACTIONS
from tests.unit.adapters.http.loopback import loopback, reply
from tests.unit.poller.polling import Desk, desk

NOW = datetime(2026, 3, 5, tzinfo=UTC)
LINK = "https://berita.example/satu"


def item(title: str, link: str, guid: str = "", text: str = "") -> str:
    named = f"<guid isPermaLink='false'>{guid}</guid>" if guid else ""
    said = f"<description>{text}</description>" if text else ""
    return f"<item><title>{title}</title><link>{link}</link>{named}{said}</item>"


def feed_of(*items: str) -> bytes:
    head = "<title>Berita</title><link>https://berita.example/</link>"
    return f'<rss version="2.0"><channel>{head}{"".join(items)}</channel></rss>'.encode()


def redact(at: Desk, *identities: str) -> None:
    at.log.append(
        record_for(
            Redaction(redaction_id=redaction_id(one), forgotten_at=NOW),
            REDACTIONS,
            source="test",
            time=NOW,
        )
        for one in identities
    )


def remembered(at: Desk, feed: str) -> set[str]:
    value = at.log.table(FEED_MEMORY.name).get(feed)
    return set() if value is None else {one.article_id for one in decode(FeedMemory, value).seen}


@pytest.mark.parametrize(
    "again",
    [
        pytest.param(item("Satu", LINK, "id-1"), id="the same"),
        pytest.param(item("Satu, diralat", LINK, "id-1", "Teks lain sama sekali."), id="changed"),
        pytest.param(item("Satu", LINK + "?utm_source=x#top", "id-1"), id="another form"),
        pytest.param(item("Satu", "http://www.berita.example/satu/"), id="without guid"),
        pytest.param(item("Satu", "https://berita.example/pindah", "id-1"), id="another link"),
    ],
)
def test_it_is_not_published_again(again: str, tmp_path: Path) -> None:
    async def run() -> None:
        dua = item("Dua", "https://berita.example/dua", "id-2")
        one = item("Satu", LINK, "id-1", "Teks.")
        async with loopback({"/a": reply(feed_of(one, dua))}) as site, desk(tmp_path) as at:
            feed = at.add(site.url("/a"))
            await at.poller.poll_once(all_feeds=True)
            (gone,) = [one.article_id for one in at.articles() if one.title == "Satu"]
            redact(at, gone)
            tiga = item("Tiga", "https://berita.example/tiga", "id-3")
            site.routes["/a"] = reply(feed_of(again, dua, tiga))
            for _ in range(2):
                await at.poller.poll_once(all_feeds=True)
            titles = [one.title for one in at.articles()]
            assert sorted(titles) == ["Dua", "Satu", "Tiga"]  # the first is the one of before
            assert gone not in remembered(at, feed)
            assert len(remembered(at, feed)) == 2

    asyncio.run(run())


def test_another_feed_does_not_bring_it_and_an_end_of_the_redaction_does(tmp_path: Path) -> None:
    async def run() -> None:
        one = item("Satu", LINK, "id-1")
        async with loopback({"/a": reply(feed_of(one)), "/b": reply(feed_of(one))}) as site:
            async with desk(tmp_path) as at:
                first = at.add(site.url("/a"))
                await at.poller.poll_once(all_feeds=True)
                (gone,) = [one.article_id for one in at.articles()]
                redact(at, gone)
            async with desk(tmp_path) as at:  # restarted, with another feed
                at.add(site.url("/b"))
                await at.poller.poll_once(all_feeds=True)
                assert len(at.articles()) == 1
                at.remove(first)
                at.log.append([removal_of(REDACTIONS, redaction_id(gone))])
                dua = item("Dua", "https://berita.example/dua", "id-2")
                site.routes["/b"] = reply(feed_of(one, dua))
                await at.poller.poll_once(all_feeds=True)
                assert sorted(each.title for each in at.articles()) == ["Dua", "Satu", "Satu"]

    asyncio.run(run())


def test_a_live_blog_loses_one_entry_alone(tmp_path: Path) -> None:
    """Entries of one page share its link; one that goes does not take the others with it."""

    async def run() -> None:
        page = "https://berita.example/langsung"
        entries = [item(f"Entri {n}", page, f"entri-{n}", f"Isi entri {n}.") for n in range(3)]
        async with loopback({"/a": reply(feed_of(*entries))}) as site, desk(tmp_path) as at:
            feed = at.add(site.url("/a"))
            await at.poller.poll_once(all_feeds=True)
            ids = {one.title: one.article_id for one in at.articles()}
            assert len(set(ids.values())) == 3
            redact(at, ids["Entri 1"])
            more = item("Entri 3", page, "entri-3", "Isi entri 3.")
            site.routes["/a"] = reply(feed_of(*entries, more))
            await at.poller.poll_once(all_feeds=True)
            left = remembered(at, feed)
            assert ids["Entri 1"] not in left
            assert {ids["Entri 0"], ids["Entri 2"]} <= left
            assert [one.title for one in at.articles()].count("Entri 3") == 1
            assert [one.title for one in at.articles()].count("Entri 1") == 1

    asyncio.run(run())
