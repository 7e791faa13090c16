"""Every page of the list, in both languages, light and dark, by axe."""

import time
from collections.abc import Iterator, Mapping
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser

from pantau.console.asked import Asked
from pantau.console.render import environment
from pantau.console.render import page as render
from pantau.messages.languages import LANGS
from scripts.pictures.pages import PAGES, Scene, Served, open_page, sign_in
from scripts.pictures.scenes import served_scenes
from tests.browser.faults import faults_of, watched_page

PARTS = {
    "base.html", "receiver-base.html", "parts.html", "fields.html", "person-fields.html",
    "subscription-form.html",
}  # fmt: skip
"""Templates that others extend, include or import."""
SCREENS: tuple[tuple[Literal["light", "dark"], int], ...] = (("dark", 360), ("light", 1280))
FAULTY = """<!DOCTYPE html><html lang="en"><title>A page</title>
<style>@media (prefers-color-scheme: dark) { p { color: #eee; background: #fff } }</style>
<main><h1>A page</h1><p>Read in the light alone.</p><img src="data:,"></main></html>"""
"""A picture without words, and in the dark a text that nobody can read."""
SEEN: set[tuple[str, str]] = set()
"""Templates that were rendered, and in which language."""


@pytest.fixture(scope="module")
def consoles(
    tmp_path_factory: pytest.TempPathFactory, browser: Browser
) -> Iterator[Mapping[Scene, Served]]:
    del browser  # without one nothing is filled
    with pytest.MonkeyPatch.context() as patch:

        def noted(template: str, asked: Asked, values: Any) -> str:
            SEEN.add((asked.lang, template))
            return render(template, asked, values)

        patch.setattr("pantau.console.output.page", noted)
        patch.setenv("TZ", "Asia/Jakarta")
        time.tzset()
        with served_scenes(tmp_path_factory.mktemp("scenes"), [one.scene for one in PAGES]) as made:
            yield made
    time.tzset()


@pytest.mark.parametrize("lang", LANGS)
def test_no_page_has_a_fault_that_axe_finds_in_light_or_dark(
    browser: Browser, consoles: Mapping[Scene, Served], lang: str
) -> None:
    faults: list[tuple[str, ...]] = []
    for scene, person in dict.fromkeys((one.scene, one.signed_in) for one in PAGES):
        console = consoles[scene]
        with watched_page(browser, "dark", 360, lang) as page:
            if person:
                sign_in(page, console, person)
            for shown in PAGES:
                if (shown.scene, shown.signed_in) != (scene, person):
                    continue
                # Asked for once: the styles follow the screen at once. First on the phone, where
                # the script brings the menu's entry into view as the page is loaded.
                for scheme, width in SCREENS:
                    page.emulate_media(color_scheme=scheme)
                    page.set_viewport_size({"width": width, "height": 800})
                    if width == SCREENS[0][1]:
                        open_page(page, console, shown)
                    faults += [(shown.name, lang, scheme, *one) for one in faults_of(page)]
    assert not faults


def test_a_fault_is_found_on_each_screen_that_has_it(browser: Browser) -> None:
    with watched_page(browser, "dark", 360, "en") as page:
        page.set_content(FAULTY)
        dark = {rule for _, rule, _ in faults_of(page)}
        page.emulate_media(color_scheme="light")
        light = {rule for _, rule, _ in faults_of(page)}
    assert dark == {"image-alt", "color-contrast"}
    assert light == {"image-alt"}


def test_every_template_was_seen_in_every_language(consoles: Mapping[Scene, Served]) -> None:
    del consoles
    pages = set(environment().list_templates()) - PARTS
    assert {(lang, one) for lang in LANGS for one in pages} - SEEN == set()
