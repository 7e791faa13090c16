"""The items of one feed over a few polls: kinds of trouble with ids, links and dates."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from email.utils import format_datetime
from html import escape
from typing import Any, Final

import pytest

from tests.unit.poller.identity.newsstand import START, Newsstand

SITE: Final = "https://kabar-contoh.com"
TEXTS: Final = (
    "Pintu air dibuka sejak pagi dan warga di tepi sungai diminta mengungsi.",
    "Jalan pantura putus di dua titik, kendaraan dialihkan lewat tengah kota.",
    "Dapur umum berdiri di halaman masjid dan melayani ratusan pengungsi.",
    "Air mulai surut, sekolah dibuka lagi, petugas membersihkan lumpur.",
    "Tanggul darurat selesai dipasang oleh relawan bersama warga kampung.",
)


def item(n: int, **changes: str | None) -> dict[str, str | None]:
    """Return an item about the n-th piece of news."""
    date = format_datetime(START + timedelta(minutes=n), usegmt=True)
    plain: dict[str, str | None] = {
        "title": f"Kabar {n}", "link": f"{SITE}/{n}", "guid": f"g{n}", "date": date,
        "text": TEXTS[n],
    }  # fmt: skip
    return plain | changes


def document(items: Sequence[dict[str, str | None]]) -> bytes:
    names = {
        "title": "title",
        "link": "link",
        "guid": "guid",
        "date": "pubDate",
        "text": "description",
    }
    told = "".join(
        "<item>"
        + "".join(
            f"<{names[key]}>{escape(value)}</{names[key]}>"
            for key, value in one.items()
            if value is not None
        )
        + "</item>"
        for one in items
    )
    head = f"<rss version='2.0'><channel><title>Uji</title><link>{SITE}/</link>"
    return f"{head}{told}</channel></rss>".encode()


def play(*polls: Sequence[dict[str, str | None]], minutes: float = 10) -> Newsstand:
    """Poll a feed whose first document has an older item of its own, then `polls`."""

    async def run() -> Newsstand:
        at = Newsstand()
        feed = at.add(f"{SITE}/rss")
        old = item(
            0, title="Kabar lama", link=f"{SITE}/lama", guid="lama", text="Sudah lama lewat."
        )
        for items in ((), *polls):
            at.documents[feed.url] = document([*items, old])
            at.pass_time(minutes=minutes)
            at.new_poller()
            await at.poll(feed)
        return at

    return asyncio.run(run())


def counts(at: Newsstand) -> tuple[int, int]:
    """Return the number of articles beside the older one, and of those that may alert."""
    news = [one for one in at.articles() if one.title != "Kabar lama"]
    alerting = {one.article_id for one in news if not one.historical}
    return len({one.article_id for one in news}), len(alerting)


PAGE = f"{SITE}/langsung"
GUIDLESS: dict[str, Any] = {"guid": None}


@pytest.mark.parametrize(
    "polls",
    [
        # One link, several ids: several articles.
        [[item(n, link=PAGE)] for n in (1, 2, 3)],
        [[item(n, link=PAGE) for n in range(last, 0, -1)] for last in (1, 2, 3)],
        [[item(n, link=f"{PAGE}#{n}") for n in range(last, 0, -1)] for last in (1, 2, 3)],
        [[item(n, link=f"{PAGE}#komentar-{n}", guid=None)] for n in (1, 2, 3)],
        [[item(n, link=f"{SITE}/#/berita/{n}", guid=None)] for n in (1, 2, 3)],
        [[item(n, link=f"{SITE}/#!berita/{n}", guid=f"{SITE}/")] for n in (1, 2, 3)],
        [[item(n, link=PAGE, title="Peringatan dini")] for n in (1, 2, 3)],
        [[item(n, link=PAGE, guid=f"{PAGE}#{n}", title="Peringatan")] for n in (1, 2, 3)],
        # A table: one link, no id.
        [[item(n, link=PAGE, guid=None) for n in range(last, 0, -1)] for last in (2, 3, 3)],
        [[item(n, link=PAGE, guid=PAGE) for n in range(last, 0, -1)] for last in (2, 3, 3)],
        # Ids that mean nothing.
        [[item(n, guid="sama") for n in range(last, 0, -1)] for last in (2, 3, 3)],
        [[item(n, guid="N/A", link="N/A") for n in range(last, 0, -1)] for last in (1, 2, 3)],
        [[item(n, guid="0") for n in range(last, 0, -1)] for last in (1, 2, 3)],
        [[item(n, guid=f"{SITE}/", link=SITE) for n in range(last, 0, -1)] for last in (1, 2, 3)],
        [[item(n, guid="null", link="#") for n in range(last, 0, -1)] for last in (1, 2, 3)],
        [[item(n, guid=None, link=SITE)] for n in (1, 2, 3)],
        [[item(n, guid=None, link=f"{SITE}/index.html")] for n in (1, 2, 3)],
    ]
    + [
        [[item(n, guid=guid, link=link)] for n in (1, 2, 3)]
        for guid, link in (
            ("{{ guid }}", "{{ link }}"),
            ("$guid", "$link"),
            ("TBD", "TBD"),
            ("...", "..."),
            ("00000000-0000-0000-0000-000000000000", None),
            ("tidak ada", "about:blank"),
            ("https://example.com", None),
            ("tetap", None),
            ("7", f"{SITE}/index.html"),
        )
    ]
    + [
        # Other news on one page, without an id.
        [[item(n, guid=None, link=PAGE)] for n in (1, 2, 3)],
        # Ids that count the places of the list.
        [[item(n, guid=str(last - n + 1)) for n in range(last, 0, -1)] for last in (1, 2, 3)],
        [[item(n, guid="1")] for n in (1, 2, 3)],
        # Nothing but titles and texts.
        [[item(n, guid=None, link=None, date=None)] for n in (1, 2, 3)],
    ],
)
def test_three_pieces_of_news_are_three_articles(polls: list[list[dict[str, str | None]]]) -> None:
    assert counts(play(*polls)) == (3, 3)


IN_NAMES_ONLY: Final = (
    "/berita?ref={n}", "/?ref={n}", "/baca.php?source={n}", "/a?from={n}", "/a?session_id={n}",
    "/lihat.asp?lang=id&refid={n}", "/a?utm_id={n}", "/a?page=all&ref={n}", "/#/{n}", "/app#/{n}",
    "/app#!{n}", "/app#{n}",
)  # fmt: skip
"""Links that differ in what mostly says only where a reader came from."""


@pytest.mark.parametrize("guid", ["none", "link"])
@pytest.mark.parametrize("changes", [{}, {"title": "Peringatan dini"}, {"date": None}])
@pytest.mark.parametrize("path", IN_NAMES_ONLY)
def test_a_parameter_that_mostly_means_nothing_keeps_news_apart(
    path: str, changes: dict[str, str | None], guid: str
) -> None:
    def one(n: int) -> dict[str, str | None]:
        link = SITE + path.format(n=100 + n)
        return item(n, link=link, guid=link if guid == "link" else None, **changes)

    in_turn = [[one(n)] for n in (1, 2, 3)]
    growing = [[one(n) for n in range(last, 0, -1)] for last in (1, 2, 3)]
    assert counts(play(*in_turn)) == counts(play(*growing)) == (3, 3)


@pytest.mark.parametrize("guid", ["none", "link"])
@pytest.mark.parametrize("name", ["ref", "utm_source", "session_id"])
@pytest.mark.parametrize(
    "edited",
    [
        {},
        {"title": "Judul yang disunting"},
        {"text": TEXTS[2] + " Ditambahkan: jalan ditutup."},
        {"title": "Judul baru", "text": TEXTS[3]},
        {"date": None},
        {"title": "Judul baru", "date": "Wed, 04 Mar 2026 09:00:00 GMT"},
    ],
)
def test_a_parameter_that_changes_with_each_request_makes_no_news(
    edited: dict[str, str | None], name: str, guid: str
) -> None:
    def one(session: int, **changes: str | None) -> dict[str, str | None]:
        link = f"{SITE}/berita/7?{name}=s{session}"
        return item(2, link=link, guid=link if guid == "link" else None, **changes)

    assert counts(play([one(1)], [one(2)], [one(3, **edited)], [one(4, **edited)])) == (1, 1)


def requests(n: int = 4) -> list[str]:
    return [
        format_datetime(START + timedelta(minutes=10 * (one + 2)), usegmt=True) for one in range(n)
    ]


@pytest.mark.parametrize(
    "listed",
    [
        # A known id, whatever else changes.
        [item(1, link=f"{SITE}/klik?t={n}&x=1") for n in range(4)],
        [item(1, link=f"{SITE}/{n}-judul-baru", title=f"Judul {n}") for n in range(4)],
        [item(1, link=f"https://situs{n}-contoh.net/1") for n in range(4)],
        [item(1, date=date) for date in requests()],
        [item(1, text=text) for text in TEXTS[:4]],
        [item(1, link=f"{SITE}/1?n={n}", title=TEXTS[n], text=TEXTS[n]) for n in range(4)],
        [item(1, link=None), item(1), item(1, link=SITE), item(1)],
        # A known link, without an id or with one that alone changed.
        [item(1, guid=f"baru-{n}") for n in range(4)],
        [item(1, guid=f"baru-{n}", text=TEXTS[1] + " Foto." * n) for n in range(4)],
        [item(1, guid=f"baru-{n}", date=date) for n, date in enumerate(requests())],
        [item(1, guid=None, text=text) for text in TEXTS[:4]],
        [item(1, guid=None, title=text) for text in TEXTS[:4]],
        [item(1, guid=None), item(1), item(1, guid=None), item(1)],
        [item(1, guid=None, link=link) for link in (
            f"{SITE}/1?utm_source=rss", "https://www.kabar-contoh.com/1/",
            "https://m.kabar-contoh.com/1",
            f"{SITE}/1/amp?page=all",
        )],
        [item(1, guid=f"{SITE}/1?ref={n}", link=f"{SITE}/1?ref={n}") for n in range(4)],
        [
            item(1, guid=None, link=f"https://www.google.com/url?url={SITE}/1&ved={n}")
            for n in range(4)
        ],
        # Neither, but the same words.
        [item(1, guid=None, link=SITE, date=date) for date in requests()],
        [item(1, guid=None, link=None, date=date) for date in requests()],
        [item(1, guid=None, link=f"{SITE}/klik?t={n}") for n in range(4)],
        [item(1, guid=None, link=f"https://situs{n}-contoh.net/1") for n in range(4)],
        [item(1, guid=None, link=f"{SITE}/judul-{n}", title=f"Judul {n}") for n in range(4)],
        # A copy under another link and id.
        [item(1, guid=f"g{n}", link=f"{SITE}/rubrik-{n}/1",
            title="Banjir besar di Demak") for n in range(4)],
    ],
)  # fmt: skip
def test_one_piece_of_news_is_one_article(listed: list[dict[str, str | None]]) -> None:
    assert counts(play(*([one] for one in listed))) == (1, 1)


def test_headlines_edited_among_articles_of_one_date_make_no_news() -> None:
    """Programs that import many articles at once give all of them the same second."""
    listed = [item(n, guid=None, date=item(1)["date"]) for n in (0, 1, 2)]
    edited = [one | {"link": f"{one['link']}-b", "title": f"{one['title']} (b)"} for one in listed]
    assert counts(play(listed, [edited[0], *listed[1:]])) == (3, 3)
    assert counts(play(listed, edited)) == (3, 3)
    others = [
        one | {"text": TEXTS[4], "title": f"Lain {n}", "link": f"{SITE}/lain-{n}"}
        for n, one in enumerate(listed)
    ]
    assert counts(play(listed, [others[0], *listed[1:]])) == (4, 4)


@pytest.mark.parametrize("path", ["1?asal=rss", "1/cetak", "cetak/1", "1-amp.html", "kanal/1"])
def test_two_feeds_of_a_site_that_say_the_same_list_one_article(path: str) -> None:
    async def run() -> set[str]:
        at = Newsstand()
        feeds = [at.add(f"{SITE}/rss"), at.add(f"{SITE}/kanal.xml")]
        for feed, link in zip(feeds, (f"{SITE}/1", f"{SITE}/{path}"), strict=True):
            at.documents[feed.url] = document([item(1, link=link, guid=None)])
            await at.poll(feed)
        return {one.article_id for one in at.articles()}

    assert len(asyncio.run(run())) == 1


@pytest.mark.parametrize("path", ["1.html", "1?kanal=b", "cetak/1"])
@pytest.mark.parametrize(("days", "articles"), [(0, 1), (1, 1), (3, 2)])
def test_without_dates_the_time_at_which_they_came_is_compared(
    path: str, days: int, articles: int
) -> None:
    async def run() -> set[str]:
        at = Newsstand()
        feeds = [at.add(f"{SITE}/rss"), at.add(f"{SITE}/kanal.xml")]
        for feed, link in zip(feeds, (f"{SITE}/1", f"{SITE}/{path}"), strict=True):
            at.documents[feed.url] = document([item(1, link=link, guid=None, date=None)])
            await at.poll(feed)
            at.pass_time(days=days)
        return {one.article_id for one in at.articles()}

    assert len(asyncio.run(run())) == articles


@pytest.mark.parametrize(
    "other",
    [{"text": TEXTS[2]}, {"title": "Kabar lain"}, {"date": "Fri, 06 Mar 2026 09:00:00 GMT"},
     {"date": None}],
)  # fmt: skip
def test_two_feeds_of_a_site_that_say_other_things_list_two_articles(other: dict[str, Any]) -> None:
    async def run() -> set[str]:
        at = Newsstand()
        at.pass_time(days=4)
        feeds = [at.add(f"{SITE}/rss"), at.add(f"{SITE}/kanal.xml")]
        listed = (item(1, guid=None), item(1, guid=None, link=f"{SITE}/lain", **other))
        for feed, one in zip(feeds, listed, strict=True):
            at.documents[feed.url] = document([one])
            await at.poll(feed)
        return {one.article_id for one in at.articles()}

    assert len(asyncio.run(run())) == 2


def test_ids_that_all_change_at_once_are_not_believed() -> None:
    polls = [[item(n, guid=f"{poll}-{n}") for n in (3, 2, 1)] for poll in range(4)]
    polls[3] = [one | {"text": f"{one['text']} Diperbarui."} for one in polls[3]]
    at = play(*polls)
    assert counts(at) == (3, 3)
    assert max(one.revision for one in at.articles()) == 2


@pytest.mark.parametrize(
    "date",
    [
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "Mon, 01 Jan 0001 00:00:00 GMT",
        "Sat, 30 Dec 1899 00:00:00 GMT",
        "Fri, 01 Jan 2016 00:00:00 GMT",
        "Tue, 04 Mar 2025 00:20:00 GMT",
        "2026-03-04 07:20:00",
        "Wed, 04 Mar 2026 14:00:00 GMT",
        "Thu, 04 Mar 2027 00:00:00 GMT",
        "kemarin sore",
        None,
    ],
)
def test_no_date_silences_an_article_or_lies_ahead(date: str | None) -> None:
    at = play([item(1, date=date)])
    assert counts(at) == (1, 1)
    article = at.articles()[-1]
    assert article.published is None or article.published <= at.now() + timedelta(minutes=5)
    assert article.published is None or article.published.year == 2026


@pytest.mark.parametrize(
    ("date", "said"),
    [
        ("Fri, 01 Jan 2016 00:00:00 GMT", "long before the feed listed it, such as 2016-01-01"),
        ("2026-03-04 07:20:00", "by up to 7.0 hours"),
    ],
)
def test_the_list_of_feeds_names_strange_dates(date: str, said: str) -> None:
    at = play([item(1, date=date)])
    (state,) = [at.state(one) for one in at.poller._registry.feeds.values()]
    assert state.status == "warning"
    assert said in (state.problem or "")


def test_a_time_without_a_zone_is_in_the_feeds_zone() -> None:
    async def run() -> Newsstand:
        at = Newsstand()
        feed = at.add(f"{SITE}/rss", time_zone="Asia/Jakarta")
        for items in ((item(2),), (item(1, date="2026-03-04 07:20:00"), item(2))):
            at.documents[feed.url] = document(items)
            at.pass_time(minutes=15)
            await at.poll(feed)
        return at

    at = asyncio.run(run())
    assert at.articles()[-1].published == START + timedelta(minutes=20)


@pytest.mark.parametrize(
    "churn",
    [
        "Dibaca {n}01 kali.",
        "{n} menit yang lalu",
        "Diperbarui: 04/03/2026 10:0{n} WIB",
        "1.{n}00 views",
        "Baca juga: Kereta {n} anjlok\n",
        "{n} komentar",
        "https://iklan.contoh/{n}",
    ],
)
def test_what_churns_makes_no_revision(churn: str) -> None:
    at = play(*([item(1, text=f"{TEXTS[1]} {churn.format(n=n)}")] for n in range(1, 7)))
    assert [one.revision for one in at.articles() if one.title == "Kabar 1"] == [1]


def test_small_changes_at_every_poll_wait_and_none_is_lost() -> None:
    changing = [[item(1, text=f"{TEXTS[1]} {TEXTS[2]} Angka {n} tak dikenal.")] for n in range(8)]
    at = play(*changing, minutes=1)
    (state,) = [at.state(one) for one in at.poller._registry.feeds.values()]
    assert [one.revision for one in at.articles() if one.title == "Kabar 1"] == [1, 2, 3]
    assert "change" in (state.problem or "")
    assert state.content_hash is None  # read again at the next poll, changed or not

    async def later() -> None:
        (feed,) = at.poller._registry.feeds.values()
        at.pass_time(minutes=40)
        await at.poll(feed)

    asyncio.run(later())
    assert at.articles()[-1].text.endswith("Angka 7 tak dikenal.")


def test_a_real_change_never_waits() -> None:
    texts = [" ".join(TEXTS[:1]), TEXTS[1], TEXTS[2], TEXTS[3], TEXTS[4]]
    at = play(*([item(1, text=text)] for text in texts), minutes=1)
    assert [one.text for one in at.articles() if one.title == "Kabar 1"] == texts
