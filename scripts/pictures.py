"""Pictures of the console's pages: `python -m scripts.pictures FOLDER [NAME...]`.

Every page over the data of `pantau demo`, in both languages, light and dark, on a phone and on a
desk, as WebP in FOLDER; with `--png` as PNG. NAME chooses pages, and `--kept` the pictures of the
documents. People look at them after a change of a page. Chromium must be on the machine.
"""

import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import IO, Final, Literal, cast
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, sync_playwright

SIZES: Final = {"phone": (390, 844), "desk": (1280, 800)}
"""Width and height of the window, in CSS pixels."""
LONGEST: Final = 1_600
"""Longest picture in CSS pixels; pages go on below."""
QUALITY: Final = 60
"""Of WebP, from 0 to 100."""
LANGS: Final = ("id", "en")
Shade = Literal["light", "dark"]
SHADES: Final[tuple[Shade, ...]] = ("light", "dark")
IN_DOCUMENTS: Final = frozenset(
    {
        "now-en-light-desk", "search-en-light-desk", "report-en-light-desk", "alerts-en-dark-desk",
        "story-en-dark-phone",
        "now-id-light-desk", "search-id-light-desk", "report-id-light-desk", "story-id-light-desk",
        "alerts-id-dark-phone",
    }
)  # fmt: skip
"""The pictures that pages of the documents show, and that are kept in docs/pictures."""


@dataclass(frozen=True, slots=True)
class Served:
    """A console: its address, and the ids of things to show."""

    address: str
    ids: Mapping[str, str]

    def pages(self) -> dict[str, str]:
        """Return the path of each page by its name."""
        ids = self.ids
        subscription = f"/subscriptions/{ids['subscription']}"
        return {
            "now": "/",
            "start": "/start",
            "search": "/search?q=banjir",
            "search-broken": "/search?q=banjir+AND+OR",
            "search-empty": "/search?q=tidakada",
            "stories": "/stories",
            "story": f"/stories/{ids['story']}",
            "article": f"/articles/{ids['article']}",
            "entities": "/entities",
            "entity": f"/entities/place/{ids['place']}",
            "alerts": "/alerts",
            "alert": f"/alerts/{ids['alert']}",
            "subscriptions": "/subscriptions",
            "subscription": subscription,
            "subscribe": "/subscriptions/new?q=banjir",
            "remove": f"{subscription}/remove",
            "reports": "/reports",
            "report": f"/reports/today?subscription={ids['subscription']}",
            "feeds": "/feeds",
            "feed": f"/feeds/{ids['feed']}",
            "feed-add": "/feeds/add",
            "feed-import": "/feeds/import",
            "pipeline": "/pipeline",
            "dead-letters": "/pipeline/dead-letters",
            "missing": "/nowhere",
        }


def main(arguments: list[str]) -> int:
    """Write the pictures; return the exit code."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        sys.stderr.write("no Chromium is on the path: install it, or put it there\n")
        return 1
    form: Literal["png", "webp"] = "png" if "--png" in arguments else "webp"
    folder, *names = [one for one in arguments if not one.startswith("--")]
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, served(Path(data) / "data") as console:
        chosen = {
            name: path for name, path in console.pages().items() if name in names or not names
        }
        with sync_playwright() as playwright:
            # Its sandbox cannot be had as root, as in containers; the pages are our own.
            browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
            for lang, shade, size in product(LANGS, SHADES, SIZES):
                end = f"{lang}-{shade}-{size}"
                wanted = {
                    name: path
                    for name, path in chosen.items()
                    if "--kept" not in arguments or f"{name}-{end}" in IN_DOCUMENTS
                }
                for name, made in pictures(browser, console, wanted, lang, shade, size, form):
                    (target / f"{name}-{end}.{form}").write_bytes(made)
            browser.close()
    return 0


def pictures(
    browser: Browser,
    console: Served,
    chosen: Mapping[str, str],
    lang: str,
    shade: Shade,
    size: str,
    form: str,
) -> Iterator[tuple[str, bytes]]:
    """Yield the pictures of pages in one language, shade and size, each with its name."""
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=shade,
        locale=lang,
        has_touch=size == "phone",
        timezone_id="Asia/Jakarta",
    )
    page = context.new_page()
    for name, path in chosen.items():
        page.set_viewport_size({"width": width, "height": height})
        page.goto(console.address + path, wait_until="load")
        # A part that the page did not wait for takes the place of the button that asks for it.
        page.wait_for_function("!document.querySelector('[data-now]')")
        yield name, picture(page, form)
    context.close()


def picture(page: Page, form: str) -> bytes:
    """Return a picture of a page, as long as the page is, up to `LONGEST`."""
    tall = cast("int", page.evaluate("document.documentElement.scrollHeight"))
    width = cast("int", page.evaluate("document.documentElement.clientWidth"))
    # As tall a window, so that what stays in view while people scroll is drawn once.
    page.set_viewport_size({"width": width, "height": min(tall, LONGEST)})
    session = page.context.new_cdp_session(page)
    # Playwright writes no WebP; Chromium does.
    asked = {
        "format": form,
        "captureBeyondViewport": True,
        "clip": {"x": 0, "y": 0, "width": width, "height": min(tall, LONGEST), "scale": 1},
    }
    if form == "webp":
        asked["quality"] = QUALITY
    made = session.send("Page.captureScreenshot", asked)
    session.detach()
    return base64.b64decode(made["data"])


@contextmanager
def served(data: Path) -> Iterator[Served]:
    """Fill a folder by the demonstration and serve the console over it."""
    environment = {
        **os.environ,
        "PANTAU_CONSOLE__PORT": "0",
        "PANTAU_TIME_ZONE": "Asia/Jakarta",
        "PYTHONPATH": os.pathsep.join(("services", "schemas", os.environ.get("PYTHONPATH", ""))),
    }
    _pantau(environment, "demo", "--keep", str(data))
    to = ("--to", "webhook:https://newsroom.example/reports", "--data", str(data))
    subject = ("--subscription", "keamanan-pangan", "--when", "daily@06:30")
    _pantau(environment, "reports", "schedule", *subject, *to)
    program = [sys.executable, "-m", "pantau.console", str(data)]
    with subprocess.Popen(  # noqa: S603 (as above)
        program, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as console:
        line = json.loads(cast("IO[bytes]", console.stdout).readline())
        address = str(line[1]["address"]).rstrip("/")
        try:
            yield Served(address, found_ids(address))
        finally:
            cast("IO[bytes]", console.stdin).close()  # its end
            console.wait(30)


def _pantau(environment: Mapping[str, str], *arguments: str) -> None:
    subprocess.run(  # noqa: S603 (our own program)
        [sys.executable, "-m", "pantau.cli", *arguments],
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
        timeout=300,
    )


def found_ids(address: str) -> dict[str, str]:
    """Return ids of things to show: the largest story, its newest article, and so on."""

    def first(path: str) -> dict[str, str]:
        with urlopen(address + path, timeout=60) as answer:  # noqa: S310 (the console just started)
            return cast("dict[str, str]", json.load(answer)["items"][0])

    story = first("/stories.json")
    article = first("/search.json?q=banjir&by=article")
    alert = first("/api/v1/alerts")
    return {
        "story": story["story_id"],
        "article": article["article_id"],
        "place": first("/entities.json?type=places")["name"],
        "alert": cast("dict[str, str]", alert["alert"])["alert_id"],
        "subscription": "keamanan-pangan",
        "feed": first("/feeds.json")["feed_id"],
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
