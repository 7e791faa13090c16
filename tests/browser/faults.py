"""Faults of a page: those that axe finds, and what must never happen meanwhile."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, expect

RULES: dict[str, Any] = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    # All rules are checked. What passes need not be described element by element, which takes
    # longer than to check it.
    "resultTypes": ["violations"],
}

TOUCHING = """least => {
  const hidden = "[type=hidden], .hidden, .hidden *, .skip";
  const shown = document.querySelector("dialog[open]") || document;
  const all = [...shown.querySelectorAll("button, .button, .chip, input, select, textarea")]
    .filter(one => one.checkVisibility() && !one.matches(hidden))
    .map(one => [one, one.getBoundingClientRect()]);
  const apart = (a, b) => Math.max(
    Math.max(a.left, b.left) - Math.min(a.right, b.right),
    Math.max(a.top, b.top) - Math.min(a.bottom, b.bottom));
  return all.flatMap(([one, a], at) => all.slice(at + 1)
    .filter(([other, b]) => !one.contains(other) && apart(a, b) < least)
    .map(([other]) => `${one.outerHTML.slice(0, 90)} and ${other.outerHTML.slice(0, 90)}`));
}"""
"""Returns the pairs of controls whose distance is less than a number of pixels."""
LEAST_APART = 4


@contextmanager
def watched_page(browser: Browser, scheme: Any, width: int, lang: str) -> Iterator[Page]:
    """Yield a page; at the end nothing ran on it that should not, and nothing was blocked."""
    context = browser.new_context(
        color_scheme=scheme, viewport={"width": width, "height": 800}, locale=lang
    )
    page = context.new_page()
    told: list[str] = []
    page.on("console", lambda one: told.append(one.text))
    page.on("pageerror", lambda one: told.append(str(one)))
    try:
        yield page
    finally:
        context.close()
    # What is missing or refused on purpose is reported as such.
    assert not [one for one in told if not re.search("40[0134]", one)]


def faults_of(page: Page) -> list[tuple[str, ...]]:
    """Return what axe finds on a page that is shown, which is not wider than the screen."""
    if page.evaluate("typeof axe") == "undefined":  # a page may be looked at on several screens
        page.evaluate(AXE_SCRIPT)
    expect(page.locator("[aria-busy=true]")).to_have_count(0)  # what is replaced in a moment is dim
    faults = page.evaluate(f"axe.run({json.dumps(RULES)}).then(found => found.violations)")
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), page.url
    for entry in page.locator(".top nav [aria-current]").all():
        expect(entry).to_be_in_viewport(ratio=0.9)
    return [
        *((page.url, one["id"], one["nodes"][0]["html"][:200]) for one in faults),
        *((page.url, "too close", one) for one in touching(page)),
    ]


def touching(page: Page) -> list[str]:
    """Return the controls of a page that are shown too close to each other."""
    found: list[str] = page.evaluate(TOUCHING, LEAST_APART)
    return found
