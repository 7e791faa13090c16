"""The tags and the name of a feed on its articles, and queries that name them."""

from datetime import UTC, datetime

import pytest

from pantau.feeds.document import ParsedFeed, ParsedItem
from pantau.poller.decision.decide import decide
from pantau.poller.decision.outcome import Fetched
from pantau.query import parse
from pantau.query.meaning.evaluate import evaluate
from pantau.query.text.document import Document
from pantau.settings import PollSettings
from pantau_schemas.events.article import Article
from pantau_schemas.events.feed import Feed, FeedState

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)


def _article(*item_tags: str, title: str | None = None, tags: tuple[str, ...] = ()) -> Article:
    feed = Feed(
        feed_id="k3q5ab", url="https://kabar.example/rss", added=NOW, title=title, tags=tags
    )
    item = ParsedItem("1", "https://kabar.example/1", "Judul", "isi", tags=item_tags)
    document = ParsedFeed("rss20", "Kabar", None, None, (item,))
    (article,) = decide(
        feed, FeedState(feed_id="k3q5ab"), Fetched(document, "a"), now=NOW, settings=PollSettings()
    ).articles
    return article


def test_tags_of_a_feed_follow_those_of_the_item_each_once() -> None:
    assert _article("banjir", "kota", tags=("daerah", "banjir")).tags == (
        "banjir",
        "kota",
        "daerah",
    )
    assert _article("banjir").tags == ("banjir",)


@pytest.mark.parametrize(
    ("query", "matches"),
    [
        ("feed:k3q5ab", True),
        ('feed:"Kabar Pagi"', True),
        ("feed:k3q5*", True),
        ("feed:Kabar", False),
        ("tags:daerah AND tags:banjir", True),
        ("tags:ekonomi", False),
    ],
)
def test_queries_name_feeds_and_tags(query: str, matches: bool) -> None:
    article = _article("banjir", title="Kabar Pagi", tags=("daerah",))
    document = Document.from_fields({"feed": article.feed, "tags": article.tags})
    assert bool(evaluate(parse(query), document)) is matches
