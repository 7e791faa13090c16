"""Draw the console's pages: `python -m scripts.pictures FOLDER [NAME...]`.

Every page of `pages.PAGES`, in both languages, light and dark, on a phone and on a desk, as WebP in
FOLDER; with `--png` as PNG. NAME chooses pictures, such as `story`, `empty-*` or `*-id-dark-phone`,
and `--kept` those of the documents. With `--sheets` FOLDER gets one sheet of all eight for each
page instead, and the page of the documents about them is written. People look at them after a
change of a page. Chromium must be on the machine.
"""

import base64
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from itertools import product
from pathlib import Path
from typing import Final, Literal, cast

from playwright.sync_api import Browser, Page, sync_playwright

from scripts.pictures.pages import PAGES, Scene, Served, Shown, open_page, sign_in
from scripts.pictures.scenes import served_scenes
from scripts.pictures.sections import page_text
from scripts.pictures.sheets import VARIANTS, sheet

PAGE: Final = Path("docs/reference/pages.md")
"""The page of the documents that shows the sheets."""
SIZES: Final = {"phone": (390, 844), "desk": (1280, 800)}
"""Width and height of the window, in CSS pixels."""
LONGEST: Final = 1_600
"""Longest picture in CSS pixels; pages go on below."""
QUALITY: Final = 60
"""Of WebP, from 0 to 100."""
ZONE: Final = "Asia/Jakarta"
"""Of the browser and of the console."""
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
    os.environ["TZ"] = ZONE
    time.tzset()
    if "--sheets" in arguments:
        write_sheets(program, target, names)
        return 0
    patterns = tuple(IN_DOCUMENTS) if "--kept" in arguments else (*names,) or ("*",)
    draw(program, target, patterns, form)
    return 0


def write_sheets(program: str, target: Path, names: Sequence[str]) -> None:
    """Write the sheets of pages, all by default; then none is left over, and the page is written.

    `program` is Chromium.
    """
    with tempfile.TemporaryDirectory() as drawn:
        draw(program, Path(drawn), (*names,) or ("*",), "png")
        for one in PAGES:
            files = {name: Path(drawn, f"{one.name}-{name}.png") for name in VARIANTS}
            if all(file.exists() for file in files.values()):
                made = sheet({name: file.read_bytes() for name, file in files.items()})
                (target / f"{one.name}.webp").write_bytes(made)
    if not names:
        for file in target.glob("*.webp"):
            if file.stem not in {one.name for one in PAGES}:
                file.unlink()
        PAGE.write_text(page_text(LONGEST), encoding="utf-8")


def draw(program: str, target: Path, patterns: Sequence[str], form: Literal["png", "webp"]) -> None:
    """Write the pictures that patterns choose, by Chromium."""
    turns = [
        (lang, shade, size, [one for one in PAGES if _is_wanted(one, lang, shade, size, patterns)])
        for lang, shade, size in product(LANGS, SHADES, SIZES)
    ]
    scenes: list[Scene] = [one.scene for *_, pages in turns for one in pages]
    with (
        tempfile.TemporaryDirectory() as data,
        served_scenes(Path(data), scenes) as consoles,
        sync_playwright() as playwright,
    ):
        # Its sandbox cannot be had as root, as in containers; the pages are our own.
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        # What is sent changes the data, so it is drawn after what is only looked at.
        for sends, (lang, shade, size, pages) in product((False, True), turns):
            now = [one for one in pages if bool(one.presses) == sends]
            for name, made in pictures(browser, consoles, now, lang, shade, size, form):
                (target / f"{name}-{lang}-{shade}-{size}.{form}").write_bytes(made)
        browser.close()


def _is_wanted(shown: Shown, lang: str, shade: str, size: str, patterns: Sequence[str]) -> bool:
    names = (shown.name, f"{shown.name}-{lang}-{shade}-{size}")
    return any(fnmatchcase(name, one) for name in names for one in patterns)


def pictures(
    browser: Browser,
    consoles: Mapping[Scene, Served],
    chosen: Sequence[Shown],
    lang: str,
    shade: Shade,
    size: str,
    form: str,
) -> Iterator[tuple[str, bytes]]:
    """Yield the pictures of pages in one language, shade and size, each with its name."""
    width, height = SIZES[size]
    for scene, person in dict.fromkeys((one.scene, one.signed_in) for one in chosen):
        console = consoles[scene]
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=shade,
            locale=lang,
            has_touch=size == "phone",
            timezone_id=ZONE,
        )
        page = context.new_page()
        if person:
            sign_in(page, console, person)
        for shown in chosen:
            if (shown.scene, shown.signed_in) == (scene, person):
                page.set_viewport_size({"width": width, "height": height})
                open_page(page, console, shown)
                yield shown.name, picture(page, form)
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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
