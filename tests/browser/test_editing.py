"""A subscription edited in a browser: the difference as it is typed, two people, and no script."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from pantau.usecases.subscriptions.repository import SubscriptionRepository
from pantau_schemas.events.rules import Digest
from pantau_schemas.events.subscription import TerminalChannel
from tests.browser.faults import RULES
from tests.consoles import filled, serving_console
from tests.support import subscription


@dataclass
class Room:
    """A console in a browser, and the subscriptions behind it."""

    address: str
    repository: SubscriptionRepository


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    store, settings, clock = filled(tmp_path)
    repository = SubscriptionRepository(store.log, clock)
    repository.save(subscription("ubah", "gempa", channels=(TerminalChannel(),), tags=("bumi",)))
    with serving_console(store, settings, clock) as address:
        yield Room(address, repository)
    store.close()


def axe(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), page.url
    return [one["id"] for one in found]


def test_a_subscription_is_opened_by_a_key_changed_and_saved(browser: Browser, room: Room) -> None:
    page = browser.new_page(locale="en")
    told: list[str] = []
    page.on("console", lambda one: told.append(one.text))
    page.on("pageerror", lambda one: told.append(str(one)))
    page.goto(f"{room.address}/subscriptions/ubah")
    page.keyboard.press("e")
    expect(page.locator("h1")).to_have_text("Edit the subscription")
    expect(page.locator("#backtest")).to_contain_text("would have sent")
    expect(page.locator("#backtest")).not_to_contain_text("What the change makes")
    page.fill("#q", "gempa OR banjir")
    expect(page.locator("#backtest")).to_contain_text("17 articles would alert only now")
    expect(page.locator("#reading")).to_contain_text("banjir")
    page.fill("[name^='own.']", "daily@07:00")
    expect(page.locator("#backtest")).to_contain_text("wait for the next message")
    assert axe(page) == []
    page.fill("#q", "(gempa")
    page.locator("#reading .note a.query").click()
    assert page.input_value("#q") == "(gempa)"
    page.fill("#tags", "bumi, laut")
    page.click("button:has-text('Save')")
    expect(page.locator(".note.ok")).to_contain_text("The change is saved.")
    page.close()
    found = room.repository.find("ubah")
    assert (found.query, found.tags) == ("(gempa)", ("bumi", "laut"))
    assert found.channels == (TerminalChannel(timing=Digest(every="day")),)
    assert not told


def test_of_two_people_one_overwrites_nothing_unasked(browser: Browser, room: Room) -> None:
    mine, other = browser.new_page(locale="en"), browser.new_page(locale="en")
    for page in (mine, other):
        page.set_viewport_size({"width": 360, "height": 800})
        page.goto(f"{room.address}/subscriptions/ubah/edit")
    other.fill("#name", "Gempa dan tsunami")
    other.click("button:has-text('Save')")
    expect(other.locator("h1")).to_have_text("Gempa dan tsunami")
    mine.fill("#tags", "darurat")
    mine.click("button:has-text('Save')")
    expect(mine.locator("[role=alert]")).to_contain_text("Somebody has saved this subscription")
    expect(mine.locator("[role=alert]")).to_contain_text("Gempa dan tsunami")
    assert axe(mine) == []
    assert room.repository.find("ubah").tags == ("bumi",)
    mine.fill("#name", "Gempa dan tsunami")
    mine.click("button:has-text('Save')")
    expect(mine.locator(".note.ok")).to_contain_text("The change is saved.")
    found = room.repository.find("ubah")
    assert (found.name, found.tags) == ("Gempa dan tsunami", ("darurat",))
    mine.close()
    other.close()


def test_without_javascript_it_is_previewed_copied_and_changed(
    browser: Browser, room: Room
) -> None:
    context = browser.new_context(java_script_enabled=False, locale="id")
    page = context.new_page()
    page.goto(f"{room.address}/subscriptions/ubah")
    page.click("text=Salin")
    page.fill("#name", "Salinan gempa")
    page.click("button:has-text('Salin')")
    expect(page.locator("h1")).to_have_text("Ubah langganan")
    page.fill("#q", "gempa OR banjir")
    page.click("button:has-text('Pratinjau')")
    expect(page.locator("#backtest")).to_contain_text("17 artikel baru menjadi pemberitahuan")
    assert room.repository.find("Salinan gempa").query == "gempa"
    page.click("button:has-text('Simpan')")
    expect(page.locator(".note.ok")).to_contain_text("Perubahan disimpan")
    assert room.repository.find("Salinan gempa").query == "gempa OR banjir"
    assert room.repository.find("ubah").query == "gempa"
    # All with the tag at once.
    page.click("a.tag:has-text('bumi')")
    page.click("text=Ubah semuanya")
    page.fill("#quiet", "22.00-05.30")
    page.click("button:has-text('Ubah 2 langganan')")
    expect(page.locator(".note.ok")).to_contain_text("Semuanya diubah.")
    assert all(one.rules.quiet is not None for one in room.repository.all() if "bumi" in one.tags)
    context.close()
