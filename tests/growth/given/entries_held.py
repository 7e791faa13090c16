"""Calls on what is held of many texts.

A feed's items, stories, an index, screens, answers of servers.
"""

import asyncio
import io
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any, Final, TypeVar

from rich.console import Console
from rich.text import Text

from pantau.adapters.channels.webhook import WebhookDriver
from pantau.adapters.http.connection import Reader
from pantau.adapters.memory.store import MemoryStore
from pantau.adapters.terminal import screen
from pantau.adapters.terminal.channel import TerminalDriver
from pantau.adapters.terminal.summary import summary_text
from pantau.alerter.decide import Composer
from pantau.alerter.matched_query import MatchedQuery
from pantau.common.channels.mailbox import Mailbox
from pantau.common.channels.summary import Summary
from pantau.common.files.jsonlines import Complaints
from pantau.feeds.document import ParsedFeed, ParsedItem
from pantau.feeds.formats.opml import OpmlFeed, write_opml
from pantau.indexer.outlines import outline_of_fields
from pantau.net.address import WebAddress
from pantau.notifier.dispatching.entry import PendingDelivery
from pantau.notifier.floods.summary import summarize
from pantau.notifier.mails.summary import compose_message
from pantau.notifier.payload import summary_data
from pantau.poller.decision.decide import DecisionContext, decide
from pantau.poller.decision.outcome import Fetched
from pantau.poller.identity.ownership import Ownership
from pantau.poller.reading.batch import parse_file
from pantau.ports import (
    FetchRequest,
    FetchResponse,
    Message,
    Outline,
    Reading,
    Received,
    Record,
    SearchRequest,
    SummaryMessage,
)
from pantau.query import ast, parse
from pantau.query.fts5.expand import expand
from pantau.settings import PollSettings
from pantau.stories.merges import Merges
from pantau.stream.dead_letter import dead_letter
from pantau.usecases.feeds.inspection import inspect
from pantau.usecases.search.by_story import search_by_story
from pantau.usecases.stories.lookup import read_merges
from pantau.usecases.stories.ranking import rank
from pantau_schemas.events.alert import Delivery
from pantau_schemas.events.feed import Feed, FeedMemory, FeedState
from pantau_schemas.events.subscription import (
    EmailChannel,
    SubscriptionState,
    WebhookChannel,
)
from pantau_schemas.ids import digest_id
from tests.growth.given.arguments import make
from tests.growth.given.makers import alert_of, article_of, encodable, snippet_of, values_of
from tests.growth.given.pieces import Kind
from tests.support import START, FixedClock, enriched

T = TypeVar("T")
Prepare = Callable[[str], Callable[[], object]]
_FEED: Final = Feed(feed_id="one", url="https://kabar.example/umpan", added=START)
_READ: Final = Received(Record("deliveries", "a", b"{}"), 1)
_WANTED: Final = ("a*", "*a", "a?a", "aa~2", "/a+b?/", "[a TO b]", "quotes:a*", "people:/A.*/")


def _many_items(text: str) -> Callable[[], object]:
    items = tuple(_item(number, words) for number, words in enumerate(values_of(text)))
    outcome = Fetched(
        ParsedFeed("rss20", text[:100], "https://kabar.example/", "id", items), "hash"
    )
    state = FeedState(feed_id="one")
    return lambda: decide(_FEED, state, outcome, now=START, settings=PollSettings())


def _known_items(text: str) -> Callable[[], object]:
    """Compare items with a feed's memory: under other ids, links and words, on one page, bare."""
    words = values_of(text)
    first = tuple(_item(number, one) for number, one in enumerate(words))
    page = "https://kabar.example/halaman"
    moved = (
        replace(
            one, guid=f"lain {number}" if number % 2 else None, link=page, text=f"{one.text} lagi"
        )
        for number, one in enumerate(first)
    )
    again = tuple(replace(one, guid="sama", title="Judul") for one in first)
    bare = tuple(replace(one, guid=None, link=None) for one in first)
    second = (*moved, *again, *bare)
    documents = [ParsedFeed("rss20", "", None, "id", some) for some in (first, second)]
    known = decide(
        _FEED,
        FeedState(feed_id="one"),
        Fetched(documents[0], "hash"),
        now=START,
        settings=PollSettings(),
    )
    memory = DecisionContext(known.memory or FeedMemory(feed_id="one"), Ownership(_FEED))
    return lambda: decide(
        _FEED,
        known.state,
        Fetched(documents[1], "other"),
        now=START,
        settings=PollSettings(),
        known=memory,
    )


def _one_item(text: str) -> Callable[[], object]:
    outcome = Fetched(ParsedFeed("rss20", text, text, text, (make(ParsedItem, "", text),)), "hash")
    state = FeedState(feed_id="one")
    return lambda: decide(_FEED, state, outcome, now=START, settings=PollSettings())


def _item(number: int, words: str) -> ParsedItem:
    return ParsedItem(
        guid=str(number), link=f"https://kabar.example/{number}", title=words, text=words
    )


class _Answering:
    """A fetcher with a fixed answer."""

    def __init__(self, body: bytes, headers: Mapping[str, str]) -> None:
        self._answer = FetchResponse("https://kabar.example/", 200, headers, body)

    async def get(self, request: FetchRequest) -> FetchResponse:
        """Return the answer."""
        del request
        return self._answer

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> FetchResponse:
        """Raise an error."""
        del url, body, headers
        return FetchResponse("https://kabar.example/", 400, self._answer.headers, self._answer.body)

    async def close(self) -> None:
        """Do nothing."""


class Here:
    """Reads documents in this process, so that what reading costs is measured."""

    async def read(
        self, reading: Reading[T], document: bytes, about: Mapping[str, str | None]
    ) -> T:
        """Read."""
        return self.read_now(reading, document, about)

    def read_now(self, reading: Reading[T], document: bytes, about: Mapping[str, str | None]) -> T:
        """Read, and bring the result through JSON, as it crosses processes."""
        return reading.unpack(json.loads(json.dumps(reading.pack(reading.read(document, about)))))

    def close(self) -> None:
        """Do nothing."""


def _inspected(text: str) -> Callable[[], object]:
    fetcher = _Answering(text.encode("utf-8", "surrogatepass"), {"content-type": text})
    return lambda: asyncio.run(inspect(fetcher, Here(), "https://kabar.example/", START))


def _file_of_feeds(text: str) -> Callable[[], object]:
    body = f"<rss version='2.0'><channel><title>a</title>{text}</channel></rss>".encode(
        "utf-8", "surrogatepass"
    )
    told = Complaints(io.StringIO())
    return lambda: list(parse_file("a.xml", body, "https://kabar.example/", told, Here()))


def _summary(text: str) -> Summary:
    """Return a summary of as many alerts as a text has pieces, as the dispatcher composes it."""
    alert = alert_of(text)
    fixed = {
        "alert_id": "a",
        "channel_id": "c",
        "channel": "terminal",
        "created": START,
        "updated": START,
    }
    entries = [
        PendingDelivery(
            Delivery.model_validate(
                {**fixed, "delivery_id": str(at), "subscription_id": name, "feed_id": name}
            ),
            at,
            _READ,
        )
        for at, words in enumerate(values_of(encodable(text)) or ("a",))
        for name in (digest_id(words),)
    ]
    names = {entry.kept.subscription_id: encodable(text) for entry in entries[:5]}
    return summarize("one", entries, names, lambda _: alert)


def _summary_made(text: str) -> Callable[[], object]:
    return lambda: _summary(text)


def _summary_text(text: str) -> Callable[[], object]:
    summary, console = _summary(text), _console()
    sender = Mailbox("pantau", "example.org", "Pantau")
    message = SummaryMessage(summary, EmailChannel(to="desk@example.org"))

    def compose() -> bytes:
        console.print(summary_text(console, summary))
        summary_data(summary)
        return compose_message(message, sender=sender, to="desk@example.org").content

    return compose


def _suspended(text: str) -> Callable[[], object]:
    article, owner = article_of(text), make(MatchedQuery, "", text)
    state = SubscriptionState(
        subscription_id="one",
        query_digest="two",
        suspended_since=START,
        problem=encodable(text),
        times=1,
    )
    return lambda: Composer(article, START).suspended(owner, state)


def _webhook_answer(text: str) -> Callable[[], object]:
    fetcher = _Answering(text.encode("utf-8", "surrogatepass"), {"retry-after": text})
    driver = WebhookDriver(fetcher, FixedClock())
    channel = WebhookChannel.model_validate(
        {"url": "https://a.example/", "secret": "whsec_" + "YWFh" * 10}
    )
    message: Message = make(Message, "", text)
    return lambda: asyncio.run(driver.send(Message(message.delivery, message.alert, channel)))


def _console() -> Console:
    return Console(file=io.StringIO(), force_terminal=True, width=80, color_system="standard")


def _shown_alert(text: str) -> Callable[[], object]:
    alert, console = alert_of(text), _console()
    return lambda: console.print(screen.alert_text(console, alert))


def _shown_article(text: str) -> Callable[[], object]:
    console, snippets = _console(), [snippet_of(text)]
    return lambda: console.print(
        screen.article_text(console, text, snippets, [text], named=values_of(text), url=text)
    )


def _table(text: str) -> Callable[[], object]:
    console = _console()
    rows: list[list[Text | str]] = [[Text(words), words] for words in values_of(encodable(text))]

    def show() -> None:
        screen.print_table(console, ["a", "b"], rows)
        screen.print_pairs(console, [("a", encodable(text))])

    return show


def _terminal(text: str) -> Callable[[], object]:
    message = make(Message, "", text)
    driver = TerminalDriver(_console())
    return lambda: asyncio.run(driver.send(message))


class _Words:
    """The words of an index."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = sorted(set(words))

    def words(self, names: tuple[str, ...], begins: str) -> Iterable[str]:
        """Yield the words that begin so."""
        del names
        return [word for word in self._words if word.startswith(begins)]

    def values(self, name: str, begins: str) -> Iterable[str] | None:
        """Yield the values that begin so."""
        del name
        return self.words((), begins)


def _expanded(text: str) -> Callable[[], object]:
    vocabulary, queries = _Words(text.split()), [parse(written, "pantau") for written in _WANTED]
    return lambda: [expand(query, vocabulary) for query in queries]


def _search_of_stories(text: str) -> Callable[[], object]:
    """Search an index of as many articles as a text has pieces of three words.

    Every fifth founds a story.
    """
    store = MemoryStore(FixedClock())
    store.index.put(
        enriched(
            str(number),
            title=encodable(words),
            text=encodable(words),
            story_id=f"story-{number // 5}",
        )
        for number, words in enumerate(values_of(text))
    )
    merges = read_merges(store.log)
    return lambda: search_by_story(store.index, SearchRequest(ast.MatchAll()), merges)


def _ranked(text: str) -> Callable[[], object]:
    outlines = [
        Outline(str(number), words, words, f"story-{number // 5}", START)
        for number, words in enumerate(values_of(text))
    ]
    return lambda: rank(outlines, Merges({}), 10)


def _merged(text: str) -> Callable[[], object]:
    """Resolve stories of which each was merged into the next: as long a way as there is."""
    names = [digest_id(str(number)) for number, _ in enumerate(values_of(text))]
    into = dict(pairwise(names))
    return lambda: (
        merges := Merges(into),
        [merges.resolve(name) for name in names],
        merges.ids(names[-1]) if names else (),
    )


def _outlines(text: str) -> Callable[[], object]:
    fields = {"article_id": text, "title": text, "source": text, "first_seen": START.isoformat()}
    return lambda: outline_of_fields(fields, titles=True)


def _rejected(text: str) -> Callable[[], object]:
    record = Record("articles", encodable(text), encodable(text).encode(), {"a": encodable(text)})
    return lambda: dead_letter("enricher", Received(record, 1), ValueError(encodable(text)), START)


def _lists(text: str) -> Callable[[], object]:
    feeds = [
        OpmlFeed(f"https://a.example/{words}", words, words, words)
        for words in values_of(encodable(text))
    ]
    return lambda: write_opml(feeds, title=encodable(text), created=START)


HELD: Final[dict[str, tuple[Kind, Prepare]]] = {
    "decide: many items": ("prose", _many_items),
    "decide: one item": ("prose", _one_item),
    "decide: known items": ("prose", _known_items),
    "inspect": ("markup", _inspected),
    "file of a feed": ("markup", _file_of_feeds),
    "summary": ("prose", _summary_made),
    "summary: told": ("prose", _summary_text),
    "suspended": ("prose", _suspended),
    "webhook's answer": ("address", _webhook_answer),
    "screen: alert": ("prose", _shown_alert),
    "screen: article": ("prose", _shown_article),
    "screen: table": ("prose", _table),
    "terminal": ("prose", _terminal),
    "expand": ("prose", _expanded),
    "stories: search": ("prose", _search_of_stories),
    "stories: ranking": ("prose", _ranked),
    "stories: merged in a row": ("prose", _merged),
    "outline": ("prose", _outlines),
    "dead letter": ("prose", _rejected),
    "opml: written": ("prose", _lists),
}


def _stream_reader(_: str) -> Reader:
    """Return a reader of a loop that is closed already: nobody waits for it, and none is leaked."""
    loop = asyncio.new_event_loop()
    loop.close()
    return Reader(loop=loop)


HELD_INSTANCES: Final[dict[type, Callable[[str], Any]]] = {
    Reader: _stream_reader,
    WebAddress: lambda _: WebAddress("https", "kabar.example", 443, "/a/b?c"),
}
