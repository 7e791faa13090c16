"""Ownership: a feed of the article's own site takes it from any other, unaffected by others."""

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pantau.poller.service import Poller
from pantau.settings import PollSettings
from pantau.usecases.feeds.feed_list import FeedList
from pantau_schemas.events.article import Article
from pantau_schemas.events.feed import Feed
from tests.unit.poller.identity.newsstand import DATED_1990, Entry, Newsstand

LINK = "https://nasional.kabar-contoh.com/1"
OWN = "https://www.kabar-contoh.com/rss"
STRANGER = "https://palsu-contoh.net/rss"
AGGREGATOR = "https://kumpulan-contoh.org/rss"
NEWS = Entry(LINK, "Gempa di Bantul")
CLAIM = Entry(LINK, "Promo besar", "Beli sekarang.", DATED_1990)


def shown(articles: list[Article], names: dict[str, str]) -> list[tuple[str, str, int, bool]]:
    return [
        (names[one.feed_id or ""], one.title, one.revision, one.historical)
        for one in articles
        if one.url == LINK
    ]


def both_polled_before(at: Newsstand) -> tuple[Feed, Feed, dict[str, str]]:
    """Add a publisher's feed and a stranger's, and poll each once, so that later items are news."""
    own, stranger = at.add(OWN), at.add(STRANGER)
    return own, stranger, {own.feed_id: "own", stranger.feed_id: "stranger"}


def test_the_publishers_feed_takes_its_article_over_and_it_alerts() -> None:
    async def run() -> None:
        at = Newsstand()
        own, stranger, names = both_polled_before(at)
        for feed in (own, stranger):
            await at.poll(feed)
        at.add(STRANGER, CLAIM)
        await at.poll(stranger)
        claimed = at.articles()[-1]
        at.pass_time(minutes=5)
        at.add(OWN, NEWS)
        await at.poll(own)
        assert shown(at.articles(), names) == [
            ("stranger", "Promo besar", 1, False),
            ("own", "Gempa di Bantul", 2, False),
        ]
        taken = at.articles()[-1]
        assert (taken.source, taken.first_seen) == ("nasional.kabar-contoh.com", claimed.first_seen)
        assert taken.published is None
        at.add(STRANGER, Entry(LINK, "Promo lagi"))
        for _ in range(2):
            await at.poll(stranger)
            await at.poll(own)
        assert len(at.articles()) == 2
        assert [one.mine for one in at.memory(stranger).seen] == [False]
        at.add(OWN, Entry(LINK, "Gempa di Bantul (2)"))
        at.new_poller()
        await at.poll(own)
        assert shown(at.articles()[2:], names) == [("own", "Gempa di Bantul (2)", 3, False)]

    asyncio.run(run())


def test_after_a_restart_the_owner_is_who_took_it_whichever_memory_is_read_first() -> None:
    async def run() -> None:
        at = Newsstand()
        own, stranger, _ = both_polled_before(at)
        await at.poll(stranger)
        at.add(STRANGER, CLAIM)
        await at.poll(stranger)
        at.add(OWN, NEWS)
        await at.poll(own)  # the stranger's memory still names it, and was written before
        at.add(STRANGER, CLAIM, Entry("https://palsu-contoh.net/9", "Lain"))
        for _ in range(2):
            at.new_poller()
            at.add(STRANGER, Entry(LINK, "Promo baru"), Entry("https://palsu-contoh.net/9", "Lain"))
            await at.poll(stranger)
        assert [one.title for one in at.articles() if one.url == LINK] == [
            "Promo besar",
            "Gempa di Bantul",
        ]

    asyncio.run(run())


def test_a_first_poll_stays_historical_when_it_takes_over() -> None:
    async def run() -> None:
        at = Newsstand()
        own, stranger, names = both_polled_before(at)
        await at.poll(stranger)
        at.add(STRANGER, Entry(LINK, "Promo"))
        await at.poll(stranger)
        at.add(OWN, NEWS)
        await at.poll(own)
        assert shown(at.articles(), names) == [
            ("stranger", "Promo", 1, False),
            ("own", "Gempa di Bantul", 2, True),
        ]

    asyncio.run(run())


def test_of_feeds_without_the_site_and_of_feeds_with_it_the_first_owns() -> None:
    async def run() -> None:
        at = Newsstand()
        stranger = at.add(STRANGER, CLAIM)
        await at.poll(stranger)
        aggregator = at.add(AGGREGATOR, Entry(LINK, "Kumpulan"))
        await at.poll(aggregator)
        assert [one.title for one in at.articles()] == ["Promo besar"]
        own = at.add(OWN, NEWS)
        other = at.add("https://olahraga.kabar-contoh.com/rss", Entry(LINK, "Gempa, kata kami"))
        await at.poll(own)
        await at.poll(other)
        assert [one.title for one in at.articles()] == ["Promo besar", "Gempa di Bantul"]
        FeedList(at.store.log, at).remove([own])
        await at.poll(aggregator)
        assert [one.title for one in at.articles()[2:]] in (["Kumpulan"], [])

    asyncio.run(run())


@pytest.mark.parametrize(
    ("publisher", "link"),
    [
        ("https://satu.github.io/rss", "https://satu.github.io/1"),
        ("https://satu.blogspot.com/rss", "https://satu.blogspot.com/1"),
        ("https://kabar.co.id/rss", "https://www.kabar.co.id/1"),
        ("http://192.0.2.1:8001/rss", "http://192.0.2.1:8001/1"),
    ],
)
def test_neighbours_under_a_shared_domain_are_strangers(publisher: str, link: str) -> None:
    async def run() -> None:
        at = Newsstand()
        neighbours = (
            *(
                "https://dua.github.io/rss",
                "https://dua.blogspot.com/rss",
                "https://lain.co.id/rss",
            ),
            "http://192.0.2.2:8001/rss",
        )
        for address in neighbours:
            await at.poll(at.add(address, Entry(link, f"Milik {address}")))
        own = at.add(publisher, Entry(link, "Milik sendiri"))
        await at.poll(own)
        assert [one.title for one in at.articles()] == [f"Milik {neighbours[0]}", "Milik sendiri"]

    asyncio.run(run())


def test_a_strange_date_never_silences_an_article() -> None:
    async def run() -> None:
        at = Newsstand()
        feed = at.add(OWN, Entry(LINK, "Pertama", date=DATED_1990))
        await at.poll(feed)
        old = "Mon, 02 Feb 2026 00:00:00 GMT"
        at.add(
            OWN,
            *(
                Entry(f"{LINK}/{n}", f"Judul {n}", date=one)
                for n, one in enumerate((DATED_1990, old))
            ),
        )
        await at.poll(feed)
        assert [(one.title, one.historical) for one in at.articles()] == [
            ("Pertama", True),
            ("Judul 1", False),
            ("Judul 0", False),
        ]

    asyncio.run(run())


# -- any feeds, any order, restarts, two pollers
# -----------------------------------------------------------

HONEST = ("https://a-contoh.com", "https://b-contoh.net")
HOSTILE = ("https://x-contoh.org", "https://y-contoh.info")
FLOODING = "https://z-contoh.biz"
PIECE = 5

links = st.integers(0, 5)
revisions = st.integers(0, 2)
listing = st.dictionaries(links, revisions, max_size=5)
claims = st.dictionaries(
    st.tuples(st.sampled_from((*HONEST, *HOSTILE)), links),
    st.tuples(revisions, st.sampled_from((None, DATED_1990, "Mon, 02 Feb 2026 00:00:00 GMT"))),
    max_size=6,
)
step = st.one_of(
    st.tuples(st.just("honest"), st.sampled_from(HONEST), listing),
    st.tuples(st.just("hostile"), st.sampled_from(HOSTILE), claims),
    st.tuples(st.just("flood"), st.just(FLOODING), st.integers(0, 25)),
    st.tuples(st.just("piece"), st.just(""), st.none()),
    st.tuples(st.just("restart"), st.just(""), st.none()),
)


@dataclass
class Oracle:
    """Return a publisher's articles as they are if there is nobody else.

    Written from the rules alone.
    """

    polled: set[str] = field(default_factory=set)
    last: dict[str, str] = field(default_factory=dict)
    historical: dict[str, bool] = field(default_factory=dict)
    expected: dict[str, list[tuple[str, str, bool]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def poll(self, site: str, entries: list[Entry]) -> None:
        first = site not in self.polled
        self.polled.add(site)
        for one in reversed(entries):
            if self.last.get(one.link) != one.title:
                self.historical.setdefault(one.link, first)
                self.expected[site].append((one.link, one.title, self.historical[one.link]))
                self.last[one.link] = one.title


class Play:
    """Plays steps against real pollers; hostile feeds are another poller's where there are two."""

    def __init__(self, *, two: bool) -> None:
        self.at = Newsstand(
            PollSettings(per_host=20, piece_articles=PIECE, domain_gap_seconds=0.0), lambda: 1_000
        )
        self.oracle = Oracle()
        self.two = two
        self.feeds: dict[str, Feed] = {}
        self.flooded = 0
        self.pollers: tuple[Poller, Poller]
        self.restart()

    def restart(self) -> None:
        first = self.at.new_poller()
        self.pollers = (first, self.at.new_poller() if self.two else first)

    async def take(self, kind: str, site: str, what: object) -> None:
        self.at.pass_time(minutes=1)
        match kind, what:
            case "honest", dict():
                entries = [
                    Entry(f"{site}/{n}", f"{site} {n} {revision}") for n, revision in what.items()
                ]
                self.oracle.poll(site, entries)
                await self.poll(site, entries, self.pollers[0])
            case "hostile", dict():
                entries = [
                    Entry(f"{of}/{n}", f"{site} says {revision}", date=date)
                    for (of, n), (revision, date) in what.items()
                ]
                await self.poll(site, entries, self.pollers[1])
            case "flood", int():
                self.flooded = max(self.flooded, what)
                entries = [Entry(f"{site}/{n}", f"{n}") for n in reversed(range(self.flooded))]
                await self.poll(site, entries, self.pollers[1])
            case "piece", _:
                await self.piece()
            case _:
                self.restart()

    async def poll(self, site: str, entries: list[Entry], poller: Poller) -> None:
        self.feeds[site] = feed = self.at.add(f"{site}/rss", *entries)
        await self.at.poll(feed, poller=poller, paced=True)

    async def piece(self) -> None:
        """Publish a piece of a waiting feed.

        A poller looks at what others wrote every half second; a step of the play takes a minute.
        """
        await self.pollers[1].look()
        await self.pollers[1]._release._turn(lambda _: None)

    async def finish(self) -> None:
        """Poll everybody until nothing waits: strangers last, they are not to have a chance."""
        for site, feed in (*self.feeds.items(), *reversed(self.feeds.items())):
            poller = self.pollers[site not in HONEST]
            await self.at.poll(feed, poller=poller)


_CLAIMS = {
    **{(HONEST[0], number): (0, None) for number in range(4)},
    **{(HONEST[1], number): (0, None) for number in range(2)},
}
"""One claim more than a piece has articles: of the first, which waits."""


@settings(max_examples=100, deadline=None)
@given(st.lists(step, max_size=25), st.booleans())
@example(
    [("hostile", HOSTILE[0], _CLAIMS), ("honest", HONEST[0], {0: 0}), ("piece", "", None)], True
)
def test_a_publishers_articles_come_once_a_revision_whatever_others_do(
    steps: list[tuple[str, str, object]], two: bool
) -> None:
    async def run() -> Play:
        play = Play(two=two)
        for one in steps:
            await play.take(*one)
        await play.finish()
        return play

    play = asyncio.run(run())
    articles = play.at.articles()
    for site in HONEST:
        if site in play.feeds:
            own = play.feeds[site].feed_id
            given_out = [
                (one.url, one.title, one.historical) for one in articles if one.feed_id == own
            ]
            assert given_out == play.oracle.expected[site]
    of_article: dict[str, list[Article]] = defaultdict(list)
    for one in articles:
        of_article[one.article_id].append(one)
    for given_of_one in of_article.values():
        numbers = [one.revision for one in given_of_one]
        assert numbers == list(range(1, len(numbers) + 1))
        assert len({one.first_seen for one in given_of_one}) == 1
        owners = [one.feed_id for one in given_of_one]
        site = (given_of_one[0].url or "").rpartition("/")[0]
        if site in play.feeds and play.feeds[site].feed_id in owners:
            first = owners.index(play.feeds[site].feed_id)
            assert set(owners[first:]) == {play.feeds[site].feed_id}
    if FLOODING in play.feeds:
        flood = [one.title for one in articles if one.feed_id == play.feeds[FLOODING].feed_id]
        assert sorted(flood) == sorted(str(n) for n in range(play.flooded))
