"""Feeds over 30 polls whose items move and change: every event of their world alerts exactly once.

The world is written from what happens in it, not from the rules of identity: an event begins at a
round, is listed by one feed or two, and what feeds say of it changes as the feed's kind allows.
Each event has a word of its own in its text, by which the oracle finds its articles. The oracle:

- all articles of an event have one id, whatever they were listed as;
- an event that began after the first polls has an article that may alert; one that was there before
  has none;
- no article is of two events.

A subscription alerts once an article, so with these an event alerts exactly once.
"""

import asyncio
import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from email.utils import format_datetime

import pytest

from pantau_schemas.events.feed import Feed
from tests.unit.poller.identity.newsstand import START, Newsstand

ROUNDS = 30
WORDS = [
    "warga",
    "sungai",
    "hujan",
    "tanggul",
    "jalan",
    "desa",
    "pasar",
    "sekolah",
    "rumah",
    "bantuan",
    "petugas",
    "kecamatan",
    "malam",
    "pagi",
    "air",
    "surut",
    "naik",
    "jembatan",
    "sawah",
    "listrik",
    "tenda",
    "dapur",
    "umum",
    "perahu",
    "karet",
    "bupati",
    "camat",
    "relawan",
    "logistik",
    "lumpur",
    "arus",
    "deras",
]
KINDS = (
    "guids",  # stable ids; link, title, text and date change at will
    "permalinks",  # the id is the link
    "links",  # no ids; the link carries tracking names and turns up as its twins
    "migrated",  # ids that change once for each item, or all at once
    "anew",  # ids generated at every poll
    "one page",  # all items link to one page, distinguished by their ids
    "one table",  # all items link to one page, distinguished by their titles
    "home",  # no ids, the home page as link, the time of the request as date
    "tokens",  # no ids, a session in every link
    "nothing",  # "N/A" for ids and links
)


def sentence(chance: random.Random, number: int = 16) -> list[str]:
    return [chance.choice(WORDS) for _ in range(number)]


@dataclass
class Event:
    """Something that happens, and what is said of it now."""

    number: int
    begins: int
    chance: random.Random
    site: str
    text: list[str] = field(init=False)
    title: str = field(init=False)
    date: str = field(init=False)
    slug: str = field(init=False)
    guid: str = field(init=False)
    place: str = field(init=False)

    def __post_init__(self) -> None:
        self.text = [f"peristiwa{self.number}", *sentence(self.chance)]
        self.guid, self.slug, self.place = f"id-{self.number}", f"berita/{self.number}", self.site
        self.retitle()
        self.redate()

    def retitle(self) -> None:
        self.title = " ".join(sentence(self.chance, 5)) + f" {self.number}"

    def redate(self) -> None:
        """Set the time of the event, or one that cannot be right."""
        when = START + timedelta(minutes=10 * self.begins, seconds=self.number)
        odd = ["Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 01 Jan 2016 00:00:00 GMT"]
        usual = format_datetime(when, usegmt=True)
        self.date = self.chance.choice([usual] * 6 + odd) if self.begins else usual

    def edit_text(self) -> None:
        self.text[self.chance.randrange(1, len(self.text))] = self.chance.choice(WORDS)
        if self.chance.random() < 0.3:
            self.text += sentence(self.chance, 3)

    @property
    def link(self) -> str:
        return f"https://{self.place}/{self.slug}"

    def change(self, kind: str) -> None:
        """Change one thing, or several where the feed's kind still identifies the event."""
        may = {
            "guids": [self.move, self.retitle, self.edit_text, self.redate, self.reslug],
            "permalinks": [self.retitle, self.edit_text, self.redate],
            "links": [self.retitle, self.edit_text, self.redate],
            "migrated": [self.renumber],
            "one page": [self.retitle, self.edit_text, self.redate],
            "one table": [self.edit_text],
            "home": [],
            "nothing": [self.edit_text],
        }.get(kind, [])
        for one in self.chance.sample(may, min(len(may), self.chance.choice([1, 1, 2, 3]))):
            one()

    def move(self) -> None:
        self.place = f"baru{self.chance.randrange(9)}.{self.site}"

    def reslug(self) -> None:
        self.slug = f"berita/{self.number}-{self.chance.randrange(10**6)}"
        self.retitle()

    def renumber(self) -> None:
        self.guid = f"lain-{self.chance.randrange(10**9)}"


@dataclass
class Source:
    """A feed of the world: which events it lists, and how."""

    feed: Feed
    kind: str
    words: str = ""  # what it adds to every title: two feeds word an event differently

    def item(self, event: Event, number: int, chance: random.Random, now: str) -> str:
        link, guid, date = self.identifiers(event, number, chance, now)
        named = f"<guid isPermaLink='false'>{guid}</guid>" if guid else ""
        return (
            f"<item><title>{event.title}{self.words}</title><link>{link}</link>{named}"
            f"<pubDate>{date}</pubDate><description>{' '.join(event.text)}</description></item>"
        )

    def identifiers(
        self, event: Event, number: int, chance: random.Random, now: str
    ) -> tuple[str, str | None, str]:
        """Return link, id and date of an event as the feed's kind has them at a poll."""
        twin = chance.choice(["?utm_source=rss", "?ref=rss", "/amp", "?page=all", "/", "#isi", ""])
        link, guid, date = {
            "permalinks": (event.link, event.link, event.date),
            "links": (event.link + twin.replace("#isi", ""), None, event.date),
            "anew": (event.link, f"baru-{number}-{event.number}", event.date),
            "one page": (f"https://{event.site}/langsung", event.guid, event.date),
            "one table": (f"https://{event.site}/tabel", None, event.date),
            "home": (f"https://{event.site}/", None, now),
            "tokens": (f"https://{event.site}/klik?t={number}x{event.number}", None, event.date),
            "nothing": ("N/A", "N/A", event.date),
        }.get(self.kind, (event.link + twin, event.guid, event.date))
        return link, guid, date

    def document(self, events: list[Event], number: int, chance: random.Random, now: str) -> bytes:
        items = "".join(self.item(one, number, chance, now) for one in events)
        site = f"<link>https://{events[0].site}/</link>" if events else ""
        head = f"<rss version='2.0'><channel><title>Umpan</title>{site}"
        return f"{head}{items}</channel></rss>".encode()


@dataclass
class World:
    """Two feeds, or one where its items are known to it alone, and the events that they list."""

    seed: int
    kind: str

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.at = Newsstand()
        self.site = "kabar-contoh.com"
        self.events: list[Event] = []
        first = self.at.add("https://kabar-contoh.com/rss")
        self.sources = [Source(first, self.kind)]
        if self.kind in {"guids", "permalinks", "links", "anew", "migrated"}:
            other = self.at.add("https://kumpulan-contoh.net/rss")
            self.sources.append(Source(other, "links", " - Kumpulan"))
        self.listed: dict[str, list[Event]] = {one.feed.feed_id: [] for one in self.sources}

    async def run(self) -> None:
        for number in range(ROUNDS):
            self.happen(number)
            for source in self.chance.sample(self.sources, len(self.sources)):
                now = format_datetime(self.at.now_is, usegmt=True)
                listed = self.listed[source.feed.feed_id]
                body = source.document(listed, number, self.chance, now)
                self.at.documents[source.feed.url] = body
                await self.at.poll(source.feed)
                self.at.pass_time(seconds=1)
            self.at.pass_time(minutes=10)
            if self.chance.random() < 0.2:
                self.at.new_poller()

    def happen(self, number: int) -> None:
        """Simulate a poll: events begin, change, leave the feeds, come back and change places."""
        changed: list[Event] = []
        shared = [one for one in self.events if self.is_shared(one)]
        for _ in range(3 if number == 0 else self.chance.choice([0, 1, 1, 2])):
            event = Event(len(self.events), number, self.chance, self.site)
            self.events.append(event)
            for source in self.sources:
                if source is self.sources[0] or self.chance.random() < 0.6:
                    self.listed[source.feed.feed_id].insert(0, event)
        for event in self.events:
            if event.begins < number and self.chance.random() < 0.3:
                place, slug = event.place, event.slug
                event.change(self.kind)
                changed.append(event)
                unseen = event not in self.listed[self.sources[0].feed.feed_id]
                if event in shared or unseen:  # nobody could know that the link is the same one
                    event.place, event.slug = place, slug
            elif event.begins < number and self.chance.random() < 0.05:
                self.list_again(event)
        for listed in self.listed.values():
            if len(listed) > 1 and self.chance.random() < 0.3:
                self.chance.shuffle(listed)
            old = [one for one in listed if one.begins < number and one not in changed]
            if len(listed) > 8 and old:
                listed.remove(self.chance.choice(old))

    def list_again(self, event: Event) -> None:
        """List an event again in a feed that it left, or late in the other feed."""
        for source in self.sources:
            listed = self.listed[source.feed.feed_id]
            if event not in listed:
                listed.insert(self.chance.randrange(len(listed) + 1), event)

    def is_shared(self, event: Event) -> bool:
        return len(self.sources) > 1 and any(
            event in self.listed[one.feed.feed_id] for one in self.sources[1:]
        )


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(6))
def test_every_event_alerts_exactly_once(kind: str, seed: int) -> None:
    world = World(seed, kind)
    asyncio.run(world.run())
    ids: dict[int, set[str]] = defaultdict(set)
    alerting: dict[int, set[str]] = defaultdict(set)
    for article in world.at.articles():
        number = int(article.text.split()[0].removeprefix("peristiwa"))
        ids[number].add(article.article_id)
        if not article.historical:
            alerting[number].add(article.article_id)
    for event in world.events:
        assert len(ids[event.number]) == 1, (
            f"event {event.number} has {len(ids[event.number])} articles"
        )
        often = len(alerting[event.number])
        assert often == (event.begins > 0), f"event {event.number} alerts {often} times"
    assert len(set().union(*ids.values())) == len(world.events)
