"""A newsroom for tests of the console: a store that the real pipeline has filled, and hostile text.

What is hostile is everywhere that outside text reaches a page: titles, texts, names of feeds,
sources, addresses, queries, names of subscriptions, reasons of dead letters.
"""

import asyncio
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlencode, urlsplit

from pantau.adapters.files.signing_key import signing_key
from pantau.bootstrap import build_workers, open_store
from pantau.bootstrap.documents import REPORT_WRITERS
from pantau.bootstrap.faces import read_feed_list
from pantau.console.app import build_app
from pantau.console.server import ConsoleServer, address_of, bind
from pantau.feeds.discovery.discover import FoundFeed
from pantau.messages.languages import Lang
from pantau.operations.base.parts import Parts
from pantau.ports import Store
from pantau.problems import problem
from pantau.runtimes.embedded.worker import run_until_idle
from pantau.settings import ConsoleSettings, Settings
from pantau.stream.envelope import record_for
from pantau.usecases.channels.trial import TrialResult
from pantau.usecases.feeds.adding import Added, NotWatched, SeveralFeeds, Watching
from pantau.usecases.feeds.feed_list import FeedFields, FeedList
from pantau.usecases.subscriptions.repository import SubscriptionRepository
from pantau_schemas.events.dead_letter import DeadLetter
from pantau_schemas.events.feed import FeedStatus
from pantau_schemas.events.subscription import EmailChannel, Subscription, TerminalChannel
from pantau_schemas.ids import digest_id
from pantau_schemas.topics import ARTICLES_FULL, DEAD_LETTERS, FEED_STATE
from tests.support import START, FixedClock, full, subscription

XSS: Final = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg onload=alert(1)>",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "javascript:alert(1)",
    "{{ 7*7 }}{% raw %}",
    '<a href="javascript:alert(1)">x</a>',
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<style>*{display:none}</style>",
    "<!-- --><b onmouseover=alert(1)>",
    "<math><mtext></mtext><script>alert(1)</script></math>",
    "\u202egnp.exe\u202c\u200b<u>",
    '=HYPERLINK("http://evil.example","x")',
)  # fmt: skip
"""Texts that are markup, formulas, templates or reordering to whatever does not escape them."""
_FIRST: Final = """DEMAK - Banjir merendam empat kecamatan di Kabupaten Demak, Jawa Tengah,
pada 2 Maret 2026. "Kami membuka sepuluh dapur umum," kata Kepala BNPB Suharyanto di Demak.
Tanggul Sungai Wulan jebol pada Minggu malam."""
_SECOND: Final = """DEMAK - Banjir merendam empat kecamatan di Kabupaten Demak, Jawa Tengah.
Tanggul Sungai Wulan jebol pada Minggu malam.
"Kami membuka sepuluh dapur umum," kata Kepala BNPB Suharyanto di Demak."""
_OTHER: Final = "BANDA ACEH - Gempa dengan magnitudo 5,1 mengguncang Banda Aceh, kata BMKG."
NEWS: Final = (
    ("demak-1", "Banjir merendam Demak, ribuan warga mengungsi", _FIRST, "kabar.example"),
    ("demak-2", "Banjir merendam Demak, tanggul Sungai Wulan jebol", _SECOND, "lintas.example"),
    ("gempa", "Gempa mengguncang Banda Aceh", _OTHER, "kabar.example"),
)


def fill(store: Store, settings: Settings, clock: FixedClock) -> None:
    """Fill a store through the real stages: articles, stories, alerts, deliveries, feeds."""
    book, registry = FeedList(store.log, clock), SubscriptionRepository(store.log, clock)
    _fill_feeds(store, book, clock)
    registry.save(
        subscription(
            "banjir", "banjir AND Demak", channels=(TerminalChannel(),), tags=("bencana",)
        ),
        subscription("surat", "gempa", channels=(EmailChannel(to="desk@example.org"),)),
        *(
            subscription(f"xss{place}", f'"nihil {place}"').model_copy(update={"name": text})
            for place, text in enumerate(XSS)
        ),
    )
    clock.move(minutes=10)
    articles = [
        full(name, title=title, text=text, source=source, first_seen=clock.now())
        for name, title, text, source in NEWS
    ]
    for place, text in enumerate(XSS):
        articles.append(
            full(
                f"hostile-{place}",
                title=f"Banjir Demak {text}",
                text=f"Banjir di Demak {text}\n{text} banjir {text}",
                source=text,
                author=text,
                url=text if "script:" in text else f"https://kabar.example/{place}?{text}",
                first_seen=clock.now() - timedelta(seconds=place),
                feed=(digest_id("feed"), text),
            )
        )
    store.log.append(
        [record_for(one, ARTICLES_FULL, source="test", time=clock.now()) for one in articles]
    )
    names = ["enricher", "indexer", "alerter", "notifier"]
    run_until_idle(build_workers(store, clock, settings, only=names), threading.Event())
    _fill_letters(store, clock)
    clock.move(minutes=1)


def _fill_feeds(store: Store, book: FeedList, clock: FixedClock) -> None:
    good, _ = book.add("https://kabar.example/rss", title="Kabar Nusantara", tags=("bencana",))
    book.add("https://user:sandi@rahasia.example/rss?x=<b>", title=XSS[1])
    bad, _ = book.add("https://mati.example/rss", title=XSS[0])
    states: dict[str, dict[str, Any]] = {
        good.feed_id: {"status": FeedStatus.OK, "last_polled": clock.now()},
        bad.feed_id: {"status": FeedStatus.ERROR, "problem": f"no such host {XSS[0]}"},
    }
    for one in book.all():
        if one.feed.feed_id in states:
            state = one.state.model_copy(update=states[one.feed.feed_id])
            store.log.append([record_for(state, FEED_STATE, source="test", time=clock.now())])


def _fill_letters(store: Store, clock: FixedClock) -> None:
    letter = DeadLetter(
        dead_letter_id=digest_id("letter"),
        stage="enricher",
        topic=ARTICLES_FULL.name,
        offset=1,
        key="k",
        value=b"{}",
        error="RejectError",
        reason=f"broken {XSS[0]}",
        failed_at=clock.now(),
    )
    store.log.append([record_for(letter, DEAD_LETTERS, source="test", time=clock.now())])


def add_feed(book: FeedList, url: str, fields: FeedFields) -> Added:
    """Add a feed as the network would answer, by its address."""
    if "beberapa" in url:
        found = (
            FoundFeed("https://satu.example/rss", XSS[0], "rss"),
            FoundFeed(f"https://x.example/{XSS[1]}", None, "rss"),
        )
        return SeveralFeeds(url, found)
    if "mati" in url:
        return NotWatched(url, problem("feeds.nothing-there"))
    feed, _ = book.add(f"https://{url.removeprefix('https://')}", **fields)
    return Watching(feed, "added")


def send_trials(subscription: Subscription, lang: Lang) -> tuple[TrialResult, ...]:
    """Refuse every channel but the terminal."""
    del lang
    refused = problem("delivery.other", text="refused")
    return tuple(
        TrialResult(one, None if one.kind == "terminal" else refused)
        for one in subscription.channels
    )


@contextmanager
def serving_console(store: Store, settings: Settings, clock: FixedClock) -> Iterator[str]:
    """Serve the console over a store on a free port; yield its address."""
    parts = Parts(
        store,
        settings,
        clock,
        add_feed,
        send_trials,
        read_feed_list,
        lambda: {"enricher": 0},
        lambda: signing_key(settings),
        report_writers=REPORT_WRITERS,
    )
    with serving(parts) as address:
        yield address


@contextmanager
def serving(parts: Parts) -> Iterator[str]:
    """Serve the console of some parts on a free port; yield its address."""
    with bind(parts.settings.console.model_copy(update={"port": 0})) as listening:
        app = build_app(parts)
        server = ConsoleServer(app, app.close)
        thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[listening])))
        thread.start()
        try:
            yield address_of(listening)
        finally:
            server.end()
            thread.join()


@dataclass(frozen=True, slots=True)
class Reply:
    """A response; names of headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode()

    def json(self) -> Any:
        return json.loads(self.content)


class Client:
    """Asks the console one request at a time; follows no redirection, keeps no cookie."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._host = urlsplit(address).netloc

    def get(
        self,
        path: str,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        joined = "&" if "?" in path else "?"
        asked = f"{path}{joined}{urlencode(params)}" if params else path
        return self.ask("GET", asked, headers or {})

    def post(
        self,
        path: str,
        form: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.ask("POST", path, kind | dict(headers or {}), urlencode(form or {}).encode())

    def ask(self, method: str, path: str, headers: Mapping[str, str], body: bytes = b"") -> Reply:
        with closing(HTTPConnection(self._host, timeout=240)) as connection:
            connection.putrequest(method, quote(path, safe="/?&=%:+*~.()\"'"), skip_host=True)
            sent = {"Host": self._host, "Content-Length": str(len(body)), **headers}
            for name, value in sent.items():
                connection.putheader(name, value)
            connection.endheaders(body)
            answer = connection.getresponse()
            named = {name.lower(): value for name, value in answer.getheaders()}
            return Reply(answer.status, named, answer.read())


def filled(
    folder: Path, console: ConsoleSettings | None = None
) -> tuple[Store, Settings, FixedClock]:
    """Return a filled store in a file of a folder."""
    settings, clock = Settings(data=folder), FixedClock(START)
    if console is not None:
        settings = settings.model_copy(update={"console": console})
    store = open_store(settings, clock)
    fill(store, settings, clock)
    return store, settings, clock
