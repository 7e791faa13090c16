"""Buttons whose effect cannot be taken back: a first click asks, without a script as well."""

import pytest
from playwright.sync_api import Browser, expect

from tests.consoles import filled, serving_console


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no script"])
def test_a_record_is_discarded_by_the_second_click_alone(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory, has_script: bool
) -> None:
    store, settings, clock = filled(tmp_path_factory.mktemp("letters"))
    with serving_console(store, settings, clock) as address:
        context = browser.new_context(
            locale="id", java_script_enabled=has_script, viewport={"width": 360, "height": 740}
        )
        page = context.new_page()
        page.goto(f"{address}/pipeline/dead-letters")
        asking = page.locator("summary", has_text="Buang")
        asking.dblclick()
        expect(page.locator("[data-row]")).to_have_count(1)
        if page.locator("[data-row] details").get_attribute("open") is None:
            asking.click()
        sure = page.locator("[data-row] form", has_text="tidak dapat dikembalikan")
        box = sure.locator("button").bounding_box()
        assert box is not None
        assert box["height"] >= 44
        sure.locator("button").click()
        expect(page.locator(".note.ok")).to_contain_text("Rekaman dibuang")
        expect(page.locator("[data-row]")).to_have_count(0)
        context.close()
    store.close()
