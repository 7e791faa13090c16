"""An article has the fullest text of its feeds, without flapping; older memories stay usable."""

import asyncio
import json

import pytest

from pantau.stream.envelope import record_for
from pantau_schemas.codec import decode
from pantau_schemas.events.article import Article
from pantau_schemas.events.feed import FeedMemory
from pantau_schemas.ids import article_id
from pantau_schemas.links.canonical import former_link, normalise_link, second_link
from pantau_schemas.topics import FEED_MEMORY
from tests.unit.poller.identity.newsstand import START, Entry, Newsstand

LINK = "https://penerbit-contoh.com/rapat"
HEADLINES = "https://judul-contoh.org/rss"
FULL = "https://lengkap-contoh.net/rss"
SHORT = "Rapat membahas tanggul yang jebol."
LONG = (
    "Rapat membahas tanggul yang jebol. Bupati meminta perbaikan selesai sebelum musim hujan, "
    "sedangkan warga menuntut ganti rugi atas sawah yang terendam banjir sejak pekan lalu."
)


def titles_and_texts(at: Newsstand) -> list[tuple[int, str]]:
    return [(one.revision, one.text) for one in at.articles() if one.url == LINK]


async def both_polled(at: Newsstand, first: str, second: str, rounds: int = 3) -> Newsstand:
    """Poll two feeds that list one article with two texts, the first one before the other."""
    feeds = [at.add(HEADLINES), at.add(FULL)]
    for feed in feeds:
        await at.poll(feed)
    at.pass_time(minutes=10)
    at.add(HEADLINES, Entry(LINK, "Rapat", first))
    await at.poll(feeds[0])
    at.add(FULL, Entry(LINK, "Rapat", second))
    for _ in range(rounds):
        for feed in reversed(feeds):
            at.pass_time(minutes=10)
            at.new_poller()
            await at.poll(feed)
    return at


@pytest.mark.parametrize("short", ["", SHORT])
def test_a_text_that_contains_the_other_and_is_longer_is_the_next_revision(short: str) -> None:
    at = asyncio.run(both_polled(Newsstand(), short, LONG))
    assert titles_and_texts(at) == [(1, short), (2, LONG)]
    assert not at.articles()[-1].historical


@pytest.mark.parametrize(
    "other",
    [
        "",
        "Bupati memimpin rapat soal tanggul.",
        (
            "Promo besar hari ini, beli sekarang juga di toko kami, jangan sampai kehabisan barang "
            "murah."
        ),
        f"{SHORT} Begitu.",
    ],
)
def test_a_text_that_is_only_worded_otherwise_changes_nothing(other: str) -> None:
    assert titles_and_texts(asyncio.run(both_polled(Newsstand(), SHORT, other))) == [(1, SHORT)]


@pytest.mark.parametrize("teaser", ["Baca di situs kami.", "Judul - Penerbit"])
def test_a_teaser_gives_way_to_a_full_text_on_the_subject(teaser: str) -> None:
    found = titles_and_texts(asyncio.run(both_polled(Newsstand(), teaser, LONG)))
    assert found == [(1, teaser), (2, LONG)]


def test_the_loser_does_not_take_the_article_back() -> None:
    async def run() -> Newsstand:
        at = await both_polled(Newsstand(), SHORT, LONG)
        (loser,) = [one for one in at.poller._registry.feeds.values() if one.url == HEADLINES]
        at.add(HEADLINES, Entry(LINK, "Rapat", f"{SHORT} Selesai."))
        at.new_poller()
        await at.poll(loser)
        return at

    assert [number for number, _ in titles_and_texts(asyncio.run(run()))] == [1, 2]


def test_a_strangers_longer_text_never_replaces_the_publishers_own() -> None:
    async def run() -> Newsstand:
        at = Newsstand()
        own, stranger = at.add("https://penerbit-contoh.com/rss"), at.add(FULL)
        for feed in (own, stranger):
            await at.poll(feed)
        at.add(own.url, Entry(LINK, "Rapat", SHORT))
        at.add(FULL, Entry(LINK, "Rapat", LONG))
        for feed in (own, stranger, own):
            await at.poll(feed)
        return at

    assert titles_and_texts(asyncio.run(run())) == [(1, SHORT)]


def test_articles_of_an_older_memory_keep_their_ids_and_alert_no_more() -> None:
    """Version 2 of the memory has ids by version 1 of the link rules, no guids, no samples."""
    links = [f"https://www.penerbit-contoh.com/{n}/?page=all" for n in range(3)]
    old = [article_id(link=former_link(link)) for link in links]

    async def run() -> list[Article]:
        at = Newsstand()
        feed = at.add(HEADLINES, *(Entry(link, f"Judul {n}") for n, link in enumerate(links)))
        await at.poll(feed)
        entry = {
            "revision": 1,
            "first_seen": "2026-03-01T00:00:00.000Z",
            "last_listed": "2026-03-03T00:00:00.000Z",
        }
        printed = [one.fingerprint for one in at.memory(feed).seen]
        seen = [
            {"article_id": key, "fingerprint": mark, **entry}
            for key, mark in zip(old, reversed(printed), strict=True)
        ]
        fields = {"schema_version": 2, "feed_id": feed.feed_id, "seen": seen}
        memory = decode(FeedMemory, json.dumps(fields).encode())
        at.store.log.append([record_for(memory, FEED_MEMORY, source="test", time=START)])
        at.pass_time(minutes=10)
        before = len(at.articles())
        changed = [
            Entry(link, f"Judul {n}", "Banjir surut." if n == 1 else "Air mulai surut.")
            for n, link in enumerate(links)
        ]
        at.add(HEADLINES, *changed)
        at.new_poller()
        await at.poll(feed)
        at.add(
            HEADLINES,
            *(Entry(link.replace("www.", "m."), f"Judul {n}") for n, link in enumerate(links)),
        )
        await at.poll(feed)
        return at.articles()[before:]

    assert [(one.article_id, one.revision) for one in asyncio.run(run())] == [
        (old[1], 2),
        (old[1], 3),
    ]


def test_articles_of_version_2_of_the_link_rules_keep_their_ids() -> None:
    """Its memory has everything, but links with the parameters that version 2 did not drop."""
    link = "https://penerbit-contoh.com/banjir?share=twitter"
    kept = article_id(link=second_link(link))

    async def run() -> tuple[list[Article], list[Article]]:
        at = Newsstand()
        feed = at.add(HEADLINES, Entry(link, "Judul lama"))
        await at.poll(feed)
        seen = [one.model_copy(update={"article_id": kept}) for one in at.memory(feed).seen]
        memory = at.memory(feed).model_copy(update={"seen": tuple(seen)})
        at.store.log.append([record_for(memory, FEED_MEMORY, source="test", time=START)])
        at.pass_time(minutes=10)
        at.new_poller()
        before = len(at.articles())
        at.add(HEADLINES, Entry(link, "Judul baru", "Air naik lagi."))
        await at.poll(feed)
        other = at.add(FULL, Entry(link, "Judul dari penerbit lain", LONG))
        await at.poll(other)
        return at.articles()[before:], at.articles(other)

    changed, of_other = asyncio.run(run())
    assert [(one.article_id, one.revision) for one in changed[:1]] == [(kept, 2)]
    assert of_other == []  # it is the article of the first feed
    assert article_id(link=second_link(link)) != article_id(link=normalise_link(link))


@pytest.mark.parametrize(
    ("title", "teaser"),
    [
        ("Rapat kabinet", "Kabinet bertemu dan membicarakan beberapa hal."),
        ("Rapat kabinet - Penerbit", "... rapat kabinet ..."),
        ("Kabinet: RAPAT", "Baca di sini."),
        ("Rapat kabinet hari Senin di istana negara", "Baca selengkapnya di situs kami."),
    ],
)
def test_a_short_teaser_gives_way_to_a_text_that_is_not_very_long(title: str, teaser: str) -> None:
    full = (
        "Rapat kabinet membahas banjir di Demak dan perbaikan tanggul yang jebol sejak pekan lalu."
    )

    async def run() -> Newsstand:
        at = Newsstand()
        feeds = at.add(HEADLINES), at.add(FULL)
        for feed in feeds:
            await at.poll(feed)
        at.add(HEADLINES, Entry(LINK, title, teaser))
        at.add(FULL, Entry(LINK, "Rapat kabinet hari Senin di istana negara", full))
        for feed in (*feeds, *feeds):
            await at.poll(feed)
        return at

    assert titles_and_texts(asyncio.run(run())) == [(1, teaser), (2, full)]
