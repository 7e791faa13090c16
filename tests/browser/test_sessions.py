"""A session that has ended, and a console that does not answer: what is typed is not lost.

Also the switch of the single keys, which is kept in the browser.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from pantau.bootstrap.provider import build_console_parts
from pantau.settings import ConsoleSettings
from pantau.usecases.accounts.administration import Administration
from tests.browser.faults import touching
from tests.consoles import filled, serving

PASSWORD = "kuda laut biru 7"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a console where ani and budi sign in."""
    console = ConsoleSettings(accounts=True)
    store, settings, clock = filled(tmp_path_factory.mktemp("people"), console)
    parts = build_console_parts(store, settings, clock)
    assert parts.accounts is not None
    changes = Administration(parts.accounts, None, "admin")  # type: ignore[arg-type]  # nothing is given
    for name in ("ani", "budi"):
        changes.add(name, "editor", (), PASSWORD)
    with serving(parts) as made:
        yield made
    store.close()


def sign_in(page: Page, name: str) -> None:
    page.fill("#password", PASSWORD)  # first: a form that was just sent may have a #name, too
    page.fill("#name", name)
    with page.expect_navigation():
        page.click("main .form button")


def press_at_once(page: Page, *keys: str) -> None:
    """Send keys one after the other, with no pause of a busy machine in between."""
    page.evaluate(
        "keys => keys.forEach((key) => document.body.dispatchEvent("
        "new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })))",
        keys,
    )


def begun_form(browser: Browser, address: str) -> Page:
    """Return the form of a subscription that ani writes while her session ends."""
    page = browser.new_context(locale="en").new_page()
    page.goto(f"{address}/sign-in?back=/subscriptions/new%3Fq%3Dbanjir")
    sign_in(page, "ani")
    expect(page.locator("#backtest")).to_contain_text("would have sent")
    page.fill("#name", "Banjir pagi")
    page.context.clear_cookies()
    return page


def _with_ticked_box(route: Route) -> None:
    """Serve the page of a form whose box is ticked to begin with."""
    answer = route.fetch(max_redirects=0)
    if "text/html" in answer.headers.get("content-type", "") and answer.status == 200:
        ticked = answer.text().replace('id="historical"', 'id="historical" checked')
        route.fulfill(response=answer, body=ticked)
    else:
        route.fulfill(response=answer)


def test_a_form_stays_when_its_session_ends_and_comes_back_filled_in(
    browser: Browser, address: str
) -> None:
    page = begun_form(browser, address)
    page.fill("#q", "banjir AND Demak")
    for place in ("#reading", "#backtest"):
        expect(page.locator(f"{place} .note")).to_contain_text("Your session has ended")
        expect(page.locator(f"{place} a")).to_have_attribute("target", "_blank")
    expect(page.locator("#name")).to_have_value("Banjir pagi")
    page.click("main .form button.main")
    expect(page.locator(".note")).to_contain_text("what you sent was not saved")
    sign_in(page, "ani")
    expect(page.locator("h1")).to_have_text("New subscription")
    expect(page.locator("#q")).to_have_value("banjir AND Demak")
    expect(page.locator("#name")).to_have_value("Banjir pagi")
    expect(page.locator("#reading")).to_contain_text("demak")
    page.click("main .form button.main")
    expect(page.locator(".note.ok")).to_contain_text("The subscription is saved")
    # Nothing of it is kept.
    page.goto(f"{address}/subscriptions/new")
    expect(page.locator("#name")).to_have_value("")
    page.context.close()


def test_a_box_that_was_unticked_comes_back_unticked(browser: Browser, address: str) -> None:
    page = begun_form(browser, address)
    page.route("**/subscriptions/new*", _with_ticked_box)
    page.set_checked("#historical", checked=False)
    page.click("main .form button.main")
    sign_in(page, "ani")
    expect(page.locator("#name")).to_have_value("Banjir pagi")
    expect(page.locator("#historical")).not_to_be_checked()
    page.context.close()


def test_another_person_at_the_same_browser_sees_nothing_of_the_form(
    browser: Browser, address: str
) -> None:
    page = begun_form(browser, address)
    page.click("main .form button.main")
    sign_in(page, "budi")
    expect(page.locator("h1")).to_have_text("New subscription")
    expect(page.locator("#name")).to_have_value("")
    assert page.evaluate("sessionStorage.length") == 0
    page.context.close()


def test_a_reading_is_not_left_standing_where_the_console_refuses_or_is_away(
    browser: Browser, address: str
) -> None:
    page = browser.new_context(locale="en").new_page()
    page.goto(f"{address}/sign-in?back=/search%3Fq%3Dbanjir")
    sign_in(page, "ani")
    reading = page.locator("#reading")
    expect(reading).to_contain_text('the word "banjir"')
    page.fill("#from", "whenever")
    expect(reading).to_contain_text("is no moment")
    expect(reading).not_to_contain_text("banjir")
    page.fill("#from", "")
    expect(reading).to_contain_text('the word "banjir"')
    page.context.set_offline(True)
    page.fill("#q", "gempa")
    expect(reading).to_contain_text("The console does not answer")
    expect(reading).not_to_contain_text("banjir")
    page.context.set_offline(False)
    page.fill("#q", "gempa bumi")
    expect(reading).to_contain_text('"bumi"')
    page.context.close()


def test_single_keys_are_listed_lead_to_pages_and_can_be_turned_off(
    browser: Browser, address: str
) -> None:
    page = browser.new_context(locale="en").new_page()
    page.goto(f"{address}/sign-in?back=/search%3Fq%3Dbanjir")
    sign_in(page, "ani")
    page.keyboard.press("f")  # alone it leads nowhere
    press_at_once(page, "g", "f")
    expect(page.locator("h1")).to_have_text("Feeds")
    page.click("footer button")
    expect(page.locator("dialog")).to_contain_text("Feeds")
    assert not touching(page)
    page.uncheck("dialog input")
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)
    press_at_once(page, "g", "i", "?")
    page.reload()
    page.keyboard.press("/")
    expect(page.locator("h1")).to_have_text("Feeds")
    expect(page.locator("dialog")).to_have_count(0)
    page.click("footer button")
    page.check("dialog input")
    page.click("dialog button")
    page.keyboard.press("/")
    expect(page.locator("h1")).to_have_text("Search")
    page.context.close()
