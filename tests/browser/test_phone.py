"""A phone of 360 CSS pixels: nothing is cut off, and fingers hit what they mean."""

from collections.abc import Iterator, Sequence

import pytest
from playwright.sync_api import Browser, Locator, Page

FINGER = 44
"""Least height of what is tapped, in CSS pixels."""


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(
        locale="id", has_touch=True, viewport={"width": 360, "height": 740}
    )
    yield context.new_page()
    context.close()


def boxes(found: Locator) -> Sequence[dict[str, float]]:
    """Return the places of what is seen."""
    made: list[dict[str, float]] = found.evaluate_all(
        "all => all.filter((one) => one.checkVisibility()).map((one) => "
        "one.getBoundingClientRect().toJSON())"
    )
    assert made
    return made


def test_the_state_of_each_feed_is_on_the_screen(phone: Page, address: str) -> None:
    phone.goto(f"{address}/feeds")
    table = boxes(phone.locator(".wide"))[0]
    assert all(one["right"] <= table["right"] for one in boxes(phone.locator("td .state")))


def test_the_buttons_of_a_story_stand_in_one_line(phone: Page, address: str) -> None:
    phone.goto(f"{address}/alerts")
    row = phone.locator("[data-row]").first.locator("button")
    places = boxes(row)
    assert len(places) == 3
    assert {one["y"] for one in places} == {places[0]["y"]}
    assert min(one["height"] for one in places) >= FINGER


def test_filters_are_led_to_and_large_enough_to_hit(phone: Page, address: str) -> None:
    phone.goto(f"{address}/search?q=banjir")
    phone.tap(".bar a[href='#narrow']")
    phone.wait_for_function("document.querySelector('#narrow').getBoundingClientRect().y < 300")
    assert min(one["height"] for one in boxes(phone.locator(".facets li a"))) >= FINGER
    phone.set_viewport_size({"width": 1280, "height": 800})
    assert not phone.locator(".bar a[href='#narrow']").is_visible()
