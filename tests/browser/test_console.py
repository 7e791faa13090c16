"""The console in a browser: from an empty folder to a firing alert, and every page by axe."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from pantau.bootstrap import build_embedded, open_store
from pantau.bootstrap.faces import build_parts
from pantau.common.time.clock import SystemClock
from pantau.console.app import build_app
from pantau.console.server import ConsoleServer, address_of, bind
from pantau.ports import Store
from pantau.settings import Settings, load_settings
from pantau_schemas.ids import alert_id, digest_id
from tests.browser.faults import faults_of, watched_page
from tests.consoles import Client
from tests.http_server import serving

ARTICLE = digest_id("demak-1")
PAGES = (
    "/",
    "/start?q=banjir",
    "/start?q=(banjir",
    "/entities",
    "/entities?match=suhar&type=person",
    "/entities/person/Suharyanto",
    "/entities/organization/org:bnpb",
    "/reports",
    "/reports/today?subscription=banjir",
    "/reports/today?tag=bencana",
    "/feeds/import",
    "/search",
    "/search?q=banjir",
    "/search?q=(banjir",
    "/stories?since=7d",
    f"/articles/{ARTICLE}?q=banjir",
    "/alerts",
    f"/alerts/{alert_id('banjir', ARTICLE)}",
    "/subscriptions",
    "/subscriptions/banjir",
    "/subscriptions/new?q=banjir",
    "/subscriptions/banjir/remove",
    "/subscriptions/banjir/messages",
    "/subscriptions/banjir/edit?look=1",
    "/subscriptions/banjir/copy",
    "/subscriptions?tag=bencana",
    "/subscriptions/tagged?tag=bencana",
    "/feeds",
    "/feeds/add",
    "/pipeline",
    "/pipeline/dead-letters",
    "/nothing",
)


def all_pages(address: str) -> list[str]:
    """Return the pages, with those of one feed and one story."""
    feed = Client(address).get("/feeds.json").json()["items"][0]["feed_id"]
    story = Client(address).get("/stories.json?since=7d").json()["items"][0]["story_id"]
    return [*PAGES, f"/feeds/{feed}", f"/feeds/{feed}/edit", f"/stories/{story}"]


@pytest.mark.parametrize(("scheme", "width", "lang"), [("light", 1280, "en"), ("dark", 360, "id")])
def test_no_page_with_hostile_text_has_a_fault_that_axe_finds(
    browser: Browser, address: str, scheme: Any, width: int, lang: str
) -> None:
    with watched_page(browser, scheme, width, lang) as page:
        faults = []
        for path in all_pages(address):
            page.goto(address + path)
            faults += faults_of(page)
        assert not faults


def test_a_search_is_typed_repaired_narrowed_and_gone_back_from(
    browser: Browser, address: str
) -> None:
    page = browser.new_page(locale="en")
    page.goto(f"{address}/search")
    page.keyboard.press("/")
    page.keyboard.type("(banjir AND Demak")
    repair = page.locator("#reading .note a.query")
    expect(repair).to_have_text("(banjir AND Demak)")
    repair.click()
    expect(page.locator("#reading")).to_contain_text("articles match")
    page.keyboard.press("Enter")
    expect(page.locator(".bar strong")).to_have_text("17 articles match")
    page.locator(".facets summary", has_text="more").first.click()
    page.locator(".facets a", has_text="kabar.example").first.click()
    expect(page.locator(".bar strong")).to_have_text("1 article matches")
    expect(page.locator(".chip")).to_contain_text("kabar.example")
    page.go_back()
    expect(page.locator(".bar strong")).to_have_text("17 articles match")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("o")
    expect(page.locator("article.story h1")).to_contain_text("Banjir")
    page.keyboard.press("?")
    expect(page.locator("dialog")).to_contain_text("open the original")
    page.close()


def bars_of(page: Page) -> list[Any]:
    return page.locator("[data-brush] [data-from]").all()


def test_a_time_is_chosen_by_dragging_and_by_keys_and_gone_back_from(
    browser: Browser, address: str
) -> None:
    page = browser.new_page(locale="en")
    page.goto(f"{address}/search?q=banjir&cursor=")
    whole = page.url
    box = page.locator("[data-brush] svg").bounding_box()
    assert box is not None
    count = len(bars_of(page))
    step, middle = box["width"] / count, box["y"] + box["height"] / 2
    last = [one.get_attribute("data-to") for one in bars_of(page)][-1]
    page.mouse.move(box["x"] + step * (count - 4.5), middle)
    page.mouse.down()
    page.mouse.move(box["x"] + step * (count - 0.5), middle, steps=4)
    page.mouse.up()
    page.wait_for_url("**from=*")
    assert page.input_value("#to") == last
    expect(page.locator(".bar strong")).to_have_text("17 articles match")
    page.go_back()
    assert page.url == whole
    assert page.input_value("#from") == ""
    # The same by keys: from the last bar with matches two more to the left.
    page.locator("[data-brush] a").last.focus()
    for _ in range(2):
        page.keyboard.press("Shift+ArrowLeft")
    expect(page.locator("[data-brush] figcaption [aria-live]")).to_contain_text("–")
    page.keyboard.press("Enter")
    page.wait_for_url("**from=*")
    expect(page.locator(".bar strong")).to_have_text("17 articles match")
    page.close()


def test_the_backtest_follows_what_is_typed(browser: Browser, address: str) -> None:
    page = browser.new_page(locale="en")
    page.goto(f"{address}/subscriptions/new")
    page.fill("#to", "terminal")  # what stands there is no part of the query
    page.fill("#q", "banjir")
    expect(page.locator("#reading")).not_to_be_empty()
    expect(page.locator("#backtest")).to_contain_text("would have sent 17 messages")
    page.locator("summary", has_text="Rules of its messages").click()
    page.fill("#timing", "daily@07:00")
    expect(page.locator("#backtest")).to_contain_text("would have sent 0 messages")
    page.fill("#timing", "whenever")
    expect(page.locator("#backtest .note.danger")).to_contain_text("is not a message timing")
    page.close()


def test_without_javascript_it_searches_in_both_languages(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, locale="en")
    page = context.new_page()
    page.goto(f"{address}/search")
    page.fill("#q", "gempa")
    page.click("button.main")
    expect(page.locator(".bar strong")).to_have_text("1 article matches")
    page.click("text=Bahasa Indonesia")
    expect(page.locator(".bar strong")).to_have_text("1 artikel cocok")
    page.locator("[data-brush] a").first.click(force=True)
    expect(page.locator(".bar strong")).to_have_text("1 artikel cocok")
    assert page.input_value("#from") != ""
    page.goto(f"{address}/subscriptions/new")
    page.fill("#q", "banjir")
    page.click("text=Pratinjau")
    expect(page.locator("#backtest")).to_contain_text("17 artikel akan menjadi pemberitahuan")
    context.close()


FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Kabar Uji</title>
<link>http://127.0.0.1/</link><description>Uji</description>{items}</channel></rss>"""
ITEM = """<item><guid>{number}</guid><link>http://127.0.0.1/{number}</link>
<title>Banjir bandang menerjang desa {number}</title>
<description>Banjir bandang menerjang sebuah desa pada Senin.</description></item>"""


class Publisher(BaseHTTPRequestHandler):
    """Publishes a feed of as many items as were set."""

    items = 1

    def do_GET(self) -> None:
        if self.path != "/rss":
            self.send_error(404)
            return
        items = "".join(ITEM.format(number=number) for number in range(type(self).items))
        body = FEED.format(items=items).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/rss+xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Write nothing."""


@contextmanager
def running(store: Store, settings: Settings) -> Iterator[str]:
    """Run the whole embedded runtime, and the console beside it; yield the console's address."""
    clock = SystemClock()
    stop: list[Any] = []

    async def work(server: ConsoleServer, listening: Any) -> None:
        embedded = build_embedded(store, clock, settings)
        stop.extend([asyncio.get_running_loop(), embedded.stopping])
        serving_task = asyncio.create_task(server.serve(sockets=[listening]))
        await embedded.run()
        server.end()
        await serving_task

    with bind(settings.console) as listening:
        app = build_app(build_parts(store, settings, clock))
        server = ConsoleServer(app, app.close)
        thread = threading.Thread(target=lambda: asyncio.run(work(server, listening)))
        thread.start()
        try:
            yield address_of(listening)
        finally:
            loop, stopping = stop
            loop.call_soon_threadsafe(stopping.set)
            thread.join()


def test_from_an_empty_folder_to_a_firing_alert(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Publisher, "items", 1)
    lines = "[console]\nport = 0\n[poll]\ndomain_gap_seconds = 0\n"
    (tmp_path / "pantau.toml").write_text(lines)
    settings = load_settings(tmp_path, allow_networks=["127.0.0.0/8"])
    store = open_store(settings)
    with serving(Publisher) as site, running(store, settings) as address:
        page = browser.new_page(locale="en")
        page.goto(address)
        expect(page.locator("h1")).to_have_text("Your first alert")
        page.fill("#url", f"{site}/rss")
        page.click("text=Add a feed")
        expect(page.locator("main")).to_contain_text("1 feed is watched.")
        page.fill("#q", "banjir band")  # what is typed meanwhile stays
        # The first article is shown by itself, or was there before the page.
        expect(page.locator("#first-article")).to_contain_text("1 article is here.")
        assert page.input_value("#q") == "banjir band"
        page.fill("#q", "banjir")
        expect(page.locator("#reading")).to_contain_text("1 article matches")
        page.click("text=Alert me about this")
        expect(page.locator(".note.ok")).to_contain_text("The subscription is saved.")
        page.click("text=Skip this")
        expect(page.locator("main")).to_contain_text("Where alerts go")
        page.goto(f"{address}/alerts")
        expect(page.locator("main")).to_contain_text("No alerts yet.")
        Publisher.items = 2
        feeds = browser.new_page(locale="en")
        feeds.goto(f"{address}/feeds")
        feeds.click("text=Kabar Uji")
        feeds.click("text=Poll now")
        # The inbox says so by itself, without moving.
        expect(page.locator("#arrivals")).to_contain_text("1 new alert")
        page.click("#arrivals a")
        page.click("text=Banjir bandang menerjang desa 1")
        expect(page.locator("h1")).to_contain_text("Banjir bandang menerjang desa 1")
        expect(page.locator("mark").first).to_have_text("Banjir")
        feeds.close()
        page.close()
    store.close()
