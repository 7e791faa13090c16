"""Feeds whose links or ids say nothing from one poll to the next, and feeds that move."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import timedelta
from email.utils import format_datetime
from typing import Final

import pytest

from tests.unit.poller.identity.newsstand import START, Newsstand
from tests.unit.poller.identity.test_identity_kinds import SITE, TEXTS, document

Item = dict[str, str | None]
TITLES: Final = ("Pintu air dibuka", "Jalan pantura putus", "Dapur umum berdiri", "Air surut")


def played(*polls: Sequence[Item], minutes: int = 10) -> Newsstand:
    """Poll a feed ten minutes apart, or more; what the first poll finds is history."""

    async def run() -> Newsstand:
        at = Newsstand()
        feed = at.add(f"{SITE}/rss")
        for items in polls:
            at.documents[feed.url] = document(items)
            at.pass_time(minutes=minutes)
            at.new_poller()
            await at.poll(feed)
        return at

    return asyncio.run(run())


def counts(at: Newsstand) -> tuple[int, int]:
    """Return the number of articles, and of those that may alert."""
    found = at.articles()
    return len({one.article_id for one in found}), len(
        {one.article_id for one in found if not one.historical}
    )


def bare(n: int, link: str, **more: str | None) -> Item:
    """Return an item of a headline and a link."""
    return {"title": TITLES[n], "link": link, "guid": None, "date": None, "text": None} | more


def at_poll(poll: int) -> str:
    return format_datetime(START + timedelta(minutes=10 * poll), usegmt=True)


@pytest.mark.parametrize(
    "make",
    [
        lambda poll, n: bare(n, f"{SITE}/(S(x{poll}y))/berita/{n}"),
        lambda poll, n: bare(n, f"{SITE}/r/{poll}f{n}e", guid=f"{poll}a{n}"),
        lambda poll, n: bare(n, f"{SITE}/r/{poll}f{n}e", date=at_poll(poll)),
        lambda poll, n: bare(n, f"{SITE}/r/{poll}f{n}e", text="Singkat."),
        lambda poll, n: bare(n, f"https://situs-{poll}.com/berita/{n}"),
        lambda poll, n: bare(n, f"https://situs-{poll}.com/{n}", text=TEXTS[n]),
        lambda poll, n: bare(n, f"{SITE}/{'B' if poll % 2 else 'b'}erita/{n}"),
        lambda poll, n: bare(n, f"https://kabar-contoh.com:{8080 + poll}/{n}"),
    ],
)
def test_the_same_news_under_other_links_is_no_news(make: Callable[[int, int], Item]) -> None:
    polls = [[make(poll, n) for n in range(3)] for poll in (1, 2, 3)]
    assert counts(played(*polls)) == (3, 0)


def test_headlines_of_every_day_are_news_each_day() -> None:
    polls = [[bare(n, f"{SITE}/2026/03/0{day}/{n}-{day}") for n in range(3)] for day in (1, 2, 3)]
    assert counts(played(*polls, minutes=24 * 60)) == (9, 6)


def test_news_among_links_that_all_changed_is_found() -> None:
    polls = [[bare(n, f"{SITE}/r/{last}f{n}") for n in range(last, -1, -1)] for last in (1, 2, 3)]
    assert counts(played(*polls)) == (4, 2)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # A text of another day under the same headline.
        ({"text": TEXTS[0]}, {"text": TEXTS[1]}),
        # A later edition, by its date.
        (
            {"date": "Wed, 04 Mar 2026 00:00:00 GMT"},
            {"date": "Tue, 03 Mar 2026 00:00:00 GMT"},
        ),
    ],
)
def test_other_news_under_the_same_headlines_is_news(before: Item, after: Item) -> None:
    polls = [
        [bare(n, f"{SITE}/{poll}-{n}", **more) for n in range(3)]
        for poll, more in ((1, before), (2, after))
    ]
    assert counts(played(*polls)) == (6, 3)


def test_one_link_that_is_known_shows_that_links_are_meant() -> None:
    stays = bare(3, f"{SITE}/tetap")
    polls = [[*(bare(n, f"{SITE}/{poll}-{n}") for n in range(2)), stays] for poll in (1, 2)]
    assert counts(played(*polls)) == (5, 2)


def test_ids_that_count_places_join_no_texts_of_one_template() -> None:
    def written(n: int, place: int) -> Item:
        text = f"Kabar {TITLES[n]}: {TEXTS[4]} {TEXTS[3]}"
        return bare(n, f"{SITE}/{n}", guid=str(place), text=text)

    polls = [[written(n, last - n) for n in range(last, -1, -1)] for last in (1, 2, 3)]
    at = played(*polls)
    assert counts(at) == (4, 2)
    assert {one.revision for one in at.articles()} == {1}
