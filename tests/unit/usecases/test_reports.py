"""The clipping of a day: by story, with who is quoted, against the days before."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, timedelta
from html.parser import HTMLParser
from typing import Final
from zoneinfo import ZoneInfo

import pytest

from pantau.adapters.memory.store import MemoryStore
from pantau.common.channels import report_content as bounds
from pantau.errors import UsageError
from pantau.notifier.reports.mail import say_report
from pantau.ports import Store
from pantau.usecases.reports.asked import ReportSubject, bounds_of, read_day, subject_of
from pantau.usecases.reports.clipping import (
    DAYS_BEFORE,
    DayReport,
    ReportStory,
    first_articles,
    report_of,
)
from pantau.usecases.reports.content import content_of
from pantau.usecases.reports.document import report_document
from pantau.usecases.reports.rows import COLUMNS, report_rows
from pantau.usecases.search.overview import bars_between
from pantau.usecases.stories.quoting import SaidWords, Speaker
from pantau.usecases.subscriptions.repository import SubscriptionRepository
from pantau_schemas.events.article import EnrichedArticle
from tests.consoles import XSS
from tests.support import START, FixedClock, enriched, subscription

KNOWN_TAGS: Final = {
    "html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "section", "ul", "li", "a",
    "span", "blockquote", "table", "tr", "th", "td",
}  # fmt: skip
DAY = START.date()
WORDS = "Tanggul sudah kami tutup."
TEXT = f'"{WORDS}" kata Rina. Menurut dia, banjir surut.'
JAKARTA = ZoneInfo("Asia/Jakarta")


class Elements(HTMLParser):
    """The elements of a document, as a browser reads it, and where its links lead."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]
        assert {name for name, _ in attrs} <= {
            "lang",
            "charset",
            "name",
            "content",
            "class",
            "href",
            "rel",
        }


def quoting(name: str, hours: float, story: str | None = None, **other: object) -> EnrichedArticle:
    """Return an article of so many hours before `START` in which Rina is quoted."""
    rina = {"type": "person", "name": "Rina Wulandari", "roles": ("Bupati Demak",), "mentions": ()}
    quote = {"field": "text", "start": 1, "end": 1 + len(WORDS), "speaker": "Rina Wulandari"}
    fields: dict[str, object] = {
        "source": "kabar.example",
        "entities": (rina,),
        "quotations": (quote,),
        **other,
    }
    fields = {"title": f"Banjir {name}", **fields}
    seen = START - timedelta(hours=hours)
    return enriched(name, text=TEXT, first_seen=seen, story_id=story, **fields)  # type: ignore[arg-type]


@pytest.fixture
def news(store: Store, clock: FixedClock) -> Store:
    registry = SubscriptionRepository(store.log, clock)
    registry.save(
        subscription("banjir", "banjir", tags=("bencana", "Demak")),
        subscription("rob", "title:rob", tags=("bencana",)),
        subscription("arsip", "banjir", include_historical=True),
        subscription("jeda", "banjir", paused=True, tags=("bencana", "tidur")),
    )
    store.index.put(
        [
            quoting("satu", 1, "cerita"),
            quoting("dua", 2, "cerita", source="lintas.example"),
            quoting("rob", 3, "lain"),
            quoting("lama", 4, historical=True),
            *(quoting(f"kemarin-{day}-{one}", 24 * day) for day in (1, 2) for one in range(7)),
        ]
    )
    return store


def subject(news: Store, clock: FixedClock, name: str | None, tag: str | None) -> ReportSubject:
    return subject_of(SubscriptionRepository(news.log, clock), name, tag)


def test_stories_come_with_sources_and_speakers(news: Store, clock: FixedClock) -> None:
    found = report_of(subject(news, clock, "Banjir", None), news, DAY, UTC)
    assert [(one.story_id, [each.title for each in one.articles]) for one in found.stories] == [
        ("cerita", ["Banjir dua", "Banjir satu"]),
        ("lain", ["Banjir rob"]),
    ]
    first = found.stories[0]
    assert (first.title, first.sources) == ("Banjir satu", ("lintas.example", "kabar.example"))
    (speaker,) = first.speakers
    assert (speaker.name, speaker.role) == ("Rina Wulandari", "Bupati Demak")
    assert [(one.text, one.article.title) for one in speaker.said] == [(WORDS, "Banjir dua")]
    assert (found.total, found.usual, found.speakers) == (3, round(14 / DAYS_BEFORE), 1)
    assert [one.count for one in found.days[-3:]] == [7, 7, 3]
    assert dict(found.sources) == {"kabar.example": 2, "lintas.example": 1}


@pytest.mark.parametrize(("most", "shown"), [(0, []), (1, [1]), (2, [2]), (3, [2, 1]), (9, [2, 1])])
def test_a_page_begins_with_the_first_articles(
    news: Store, clock: FixedClock, most: int, shown: list[int]
) -> None:
    stories = report_of(subject(news, clock, "Banjir", None), news, DAY, UTC).stories
    found = [*first_articles(stories, most)]
    assert [len(articles) for _, articles in found] == shown
    assert [story for story, _ in found] == [*stories[: len(shown)]]
    assert all(articles == story.articles[: len(articles)] for story, articles in found)


def test_historical_articles_count_where_the_subscription_includes_them(
    news: Store, clock: FixedClock
) -> None:
    found = report_of(subject(news, clock, "arsip", None), news, DAY, UTC)
    assert found.total == 4


def test_a_tag_is_all_its_live_subscriptions_and_each_article_once(
    news: Store, clock: FixedClock
) -> None:
    found = report_of(subject(news, clock, None, "BENCANA"), news, DAY, UTC)
    assert [(one.subscription.name, one.articles) for one in found.subscriptions] == [
        ("Banjir", 3),
        ("Rob", 1),
    ]
    assert found.total == 3
    rob = next(one for story in found.stories for one in story.articles if "rob" in one.title)
    assert found.matches[rob.article_id] == ("Banjir", "Rob")


@pytest.mark.parametrize(
    ("name", "tag", "code"),
    [
        (None, None, "reports.no-subject"),
        ("Banjir", "bencana", "reports.no-subject"),
        ("nihil", None, "subscriptions.missing"),
        (None, "nihil", "subscriptions.no-tag"),
        (None, "", "subscriptions.no-tag"),
        (None, " , ", "subscriptions.no-tag"),
    ],
)
def test_what_a_report_cannot_be_about_is_said(
    news: Store, clock: FixedClock, name: str | None, tag: str | None, code: str
) -> None:
    with pytest.raises(UsageError) as raised:
        subject(news, clock, name, tag)
    assert raised.value.problem is not None
    assert raised.value.problem.code == code


def test_without_any_tag_the_refusal_says_so(clock: FixedClock) -> None:
    with (
        closing(MemoryStore(clock)) as store,
        pytest.raises(UsageError, match="there are: none yet"),
    ):
        subject(store, clock, None, "nihil")


def test_a_query_that_cannot_be_read_is_left_out_and_named(news: Store, clock: FixedClock) -> None:
    registry = SubscriptionRepository(news.log, clock)
    registry.save(subscription("rusak", "(banjir", tags=("rusak",)))
    found = report_of(subject(news, clock, None, "rusak"), news, DAY, UTC)
    assert [(one.is_unreadable, one.articles) for one in found.subscriptions] == [(True, 0)]
    assert (found.total, found.usual, found.stories) == (0, 0, ())


def test_a_day_without_articles_has_a_report(news: Store, clock: FixedClock) -> None:
    found = report_of(subject(news, clock, "rob", None), news, DAY - timedelta(days=5), UTC)
    assert (found.total, found.stories) == (0, ())
    assert "No article" in report_document(found, "en")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-02", date(2026, 3, 2)),
        (" today ", date(2026, 3, 2)),
        ("Hari  Ini", date(2026, 3, 2)),
        ("yesterday", date(2026, 3, 1)),
        ("kemarin", date(2026, 3, 1)),
    ],
)
def test_how_days_are_written(text: str, day: date) -> None:
    assert read_day(text, START, UTC) == day


@pytest.mark.parametrize(
    "text",
    ["", "besok", "2026-03-03", "2026-3-2", "20260302", "2026-02-30", "0001-01-01", "7d",
     "2026-W10-1", "٢٠٢٦-٠٣-٠٢", "x" * 10_000],
)  # fmt: skip
def test_what_is_no_day(text: str) -> None:
    with pytest.raises(UsageError) as raised:
        read_day(text, START, UTC)
    assert raised.value.problem is not None
    assert raised.value.problem.code == "reports.no-day"


def test_days_begin_at_midnight_of_the_zone() -> None:
    since, until = bounds_of(DAY, JAKARTA)
    assert since.astimezone(UTC).hour == 17
    assert until - since == timedelta(days=1)
    late = START.replace(hour=18)
    assert read_day("today", late, JAKARTA) == DAY + timedelta(days=1)


def test_rows_credit_words_to_their_first_article(news: Store, clock: FixedClock) -> None:
    rows = [*report_rows(report_of(subject(news, clock, "Banjir", None), news, DAY, UTC))]
    assert all(tuple(one) == COLUMNS for one in rows)
    assert [one["quotations"] for one in rows[:2]] == [
        (f"Rina Wulandari (Bupati Demak): {WORDS}",),
        (),
    ]


def test_the_document_is_whole_and_keeps_hostile_text_text(news: Store, clock: FixedClock) -> None:
    news.index.put(
        quoting(f"x{place}", 1, title=f"Banjir {text}", source=text, url=f"{text}https://x.example")
        for place, text in enumerate(XSS)
    )
    found = report_of(subject(news, clock, "Banjir", None), news, DAY, UTC)
    text = report_document(found, "id")
    assert text.startswith('<!doctype html>\n<html lang="id">')
    assert "biasanya" in text.lower()
    assert "Bupati Demak" in text
    document = Elements(text)
    assert document.tags <= KNOWN_TAGS
    assert all(one.startswith(("http://", "https://")) for one in document.links)
    assert "\u202e" not in text
    assert text.count("<style>") == 1


def hostile_report(stories: int) -> DayReport:
    """Return a report of stories, each with as many and as long quotations as one can have."""
    one = enriched("a", title="Banjir")
    said = tuple(SaidWords(f"{number} " + "kata " * 250, "direct", one) for number in range(20))
    speakers = tuple(Speaker(f"Rina {number}", None, said) for number in range(30))
    since, until = bounds_of(DAY, JAKARTA)
    story = ReportStory(None, (one,), speakers)
    return DayReport(
        day=DAY,
        since=since,
        until=until,
        name="banjir",
        stories=(story,) * stories,
        matches={},
        days=bars_between([since], until, ()),
        subscriptions=(),
        sources=(),
        is_cut=False,
    )


def test_a_report_has_so_many_quotations_that_a_mail_server_takes_it() -> None:
    made = content_of(hostile_report(60), "en", "Asia/Jakarta")
    quoted = [words for story in made.stories for one in story.speakers for words in one.words]
    assert 0 < sum(len(one.text) for one in quoted) <= bounds.QUOTED
    assert made.stories[0].speakers
    assert len(made.stories) == 60
    assert [one for one in made.notes if "quotations" in one] == list(made.notes)
    mail = say_report(made, "x")
    assert made.notes[0] in mail.plain
    assert len(mail.plain) + len(mail.html) < 3 * bounds.QUOTED


def test_a_report_of_few_quotations_has_them_all_and_no_note() -> None:
    made = content_of(hostile_report(1), "en", "Asia/Jakarta")
    assert len(made.stories[0].speakers) == bounds.SPEAKERS
    assert made.notes == ()


def test_a_report_lists_so_many_articles_and_counts_the_others() -> None:
    lines = tuple(enriched(str(number), title="Banjir") for number in range(60))
    stories = tuple(ReportStory(None, lines, ()) for _ in range(70))
    made = content_of(replace(hostile_report(1), stories=stories), "en", "Asia/Jakarta")
    assert len(made.stories) == 70
    assert sum(len(one.articles) for one in made.stories) == bounds.LISTED + 10
    for one in (made.stories[0], made.stories[-1]):
        assert len(one.articles) + one.unlisted == len(lines)
        assert str(one.unlisted) in one.more
    few = content_of(replace(hostile_report(1), stories=stories[:1]), "en", "Asia/Jakarta")
    assert "   50 more articles\n" in say_report(few, "x").plain
