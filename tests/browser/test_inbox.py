"""The inbox in a browser: triage by keys alone, and alerts that arrive while a person looks."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.faults import touching
from tests.consoles import filled, serving_console
from tests.inbox import fire


def test_stories_are_triaged_by_keys_alone_while_new_ones_arrive(
    browser: Browser, tmp_path: Path
) -> None:
    store, settings, clock = filled(tmp_path)
    fired = [fire(store, f"a{number}", clock.now(), story=f"s{number}") for number in range(4)]
    with serving_console(store, settings, clock) as address:
        page = browser.new_page(locale="en")
        told: list[str] = []
        page.on("console", lambda one: told.append(one.text))
        page.on("pageerror", lambda one: told.append(str(one)))
        page.goto(f"{address}/alerts")
        rows = page.locator("[data-row]")
        before = rows.count()
        page.keyboard.press("j")
        expect(rows.nth(0)).to_have_class("row at")
        gone = rows.nth(0).locator("[data-tick]").get_attribute("name")
        page.click("[data-all=done]")
        expect(page.locator("#arrivals")).to_contain_text("tick at least one story")
        page.keyboard.press("e")
        expect(rows).to_have_count(before - 1)
        expect(page.locator("#open")).to_have_text(f"{before - 1} open stories")
        expect(page.locator(f"[name='{gone}']")).to_have_count(0)
        expect(rows.nth(0)).to_have_class("row at")
        page.keyboard.press("s")
        expect(rows.nth(0).locator("[data-state]")).to_contain_text("starred")
        # The buttons fit the new state at once: the star can be taken off, not given again.
        expect(rows.nth(0).locator("[data-do=star]")).to_have_count(0)
        expect(rows.nth(0).locator("[data-do=reopen]")).to_contain_text("Take the star off")
        expect(rows.nth(0)).to_have_class("row at")
        for key in ("j", "x", "j", "x"):
            page.keyboard.press(key)
        page.keyboard.press("m")
        expect(rows).to_have_count(before - 3)
        # A new alert waits behind a link; nothing moves.
        fire(store, "baru", clock.now(), story="baru")
        expect(page.locator("#arrivals")).to_contain_text("1 new alert")
        expect(rows).to_have_count(before - 3)
        page.click("#arrivals a")
        expect(rows).to_have_count(before - 2)
        page.keyboard.press("?")
        expect(page.locator("dialog")).to_contain_text("star")
        page.keyboard.press("Escape")
        # Reading an alert marks it as seen: the second load says so.
        page.goto(f"{address}/alerts/{fired[0].alert_id}")
        page.wait_for_load_state("networkidle")
        page.close()
        assert not told
    store.close()


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """Yield the page of an inbox of several stories."""
    store, settings, clock = filled(tmp_path)
    with serving_console(store, settings, clock) as address:
        made = browser.new_page(locale="en")
        made.goto(f"{address}/alerts")
        yield made
        made.close()
    store.close()


def test_a_mark_that_the_console_does_not_take_back_is_said_to_stay(page: Page) -> None:
    rows, marked = page.locator("[data-row]"), page.locator("#marked")
    count = rows.count()
    page.keyboard.press("j")
    page.keyboard.press("m")
    expect(marked).to_contain_text("Marked.")
    page.route("**/alerts/triage", lambda route: route.fulfill(status=503))
    page.keyboard.press("u")
    expect(marked).to_contain_text("the console does not answer")
    expect(rows).to_have_count(count - 1)


def test_what_was_marked_by_mistake_is_undone_also_of_the_last_story(page: Page) -> None:
    rows, states = page.locator("[data-row]"), page.locator("[data-state]")
    before = rows.locator("h2").all_inner_texts()
    marked = page.locator("#marked")
    page.keyboard.press("j")
    page.keyboard.press("s")
    expect(states.nth(0)).to_contain_text("starred")
    page.keyboard.press("m")
    expect(rows).to_have_count(len(before) - 1)
    expect(marked).to_contain_text("Marked.")
    assert not touching(page)
    with page.expect_navigation():  # with its scripts
        page.keyboard.press("u")
    expect(rows).to_have_count(len(before))
    expect(states.nth(0)).to_contain_text("starred")
    expect(marked).to_be_empty()
    # All of them at once, each back to the state that it had.
    for box in page.locator("[data-tick]").all():
        box.check()
    page.click("[data-all=done]")
    expect(page.locator("main .card")).to_contain_text("All is well")
    marked.locator("button").click()
    expect(rows).to_have_count(len(before))
    expect(states.nth(0)).to_contain_text("starred")
    assert rows.locator("h2").all_inner_texts() == before
    assert [one.strip() for one in states.all_inner_texts()[1:]] == ["● new"] * (len(before) - 1)


def test_an_inbox_that_hears_nothing_says_so_until_it_does(page: Page) -> None:
    page.context.set_offline(True)
    look_again = "document.dispatchEvent(new Event('visibilitychange'))"
    page.evaluate(look_again)
    expect(page.locator("#arrivals")).to_contain_text("does not answer")
    page.context.set_offline(False)
    page.evaluate(look_again)
    expect(page.locator("#arrivals")).to_be_empty()
