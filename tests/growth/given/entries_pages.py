"""Calls on pages of articles and on robots.txt, beside those that reflection finds."""

import asyncio
from collections.abc import Callable
from typing import Any, Final

from pantau.common.time.clock import SystemClock
from pantau.console.uploads import read_upload
from pantau.enricher.structure.boilerplate import find_boilerplate
from pantau.extractor.html.page import PageText
from pantau.extractor.html.structured import read_json_ld
from pantau.extractor.measure import needs_page
from pantau.extractor.merging import read, says_more, unread, without_clutter
from pantau.extractor.robots import read_robots
from pantau.extractor.several import NOTHING
from pantau.usecases.feeds.site_declarations import ask_declarations
from tests.extracting import Web
from tests.support import article

ROBOTS: Final = {
    "lines": "{}",
    "rule": "User-agent: *\nDisallow: /{}\nAllow: /*{}$",
    "stars": "User-agent: *\nDisallow: /*a*a*a*a*a*a*a*b\nDisallow: *{}*$",
    "agents": "User-agent: {}\nUser-agent: pantau\nDisallow: /",
    "declared": "License: {}\nContent-Usage: {}",
}
"""Files with a place for the text that grows; a rule and an address of two thousand characters
count, so the product of both is bounded."""
DATA: Final = {
    "body": '{{"@type":"NewsArticle","articleBody":"{}"}}',
    "graph": '{{"@graph":[{}]}}',
    "nested": '{{"@type":"NewsArticle","author":{}',
}


_FIRST: Final = PageText("Awal", following="https://kabar.example/a?page=2")


def _robots(frame: str) -> Callable[[str], Callable[[], object]]:
    def prepare(text: str) -> Callable[[], object]:
        body = frame.format(*[text] * frame.count("{}")).encode("utf-8", "surrogatepass")
        url = "https://kabar.example/" + "a" * 3_000
        return lambda: read_robots(body, "pantau").allows(url)

    return prepare


def _data(frame: str) -> Callable[[str], Callable[[], object]]:
    return lambda text: lambda: read_json_ld([frame.format(text)])


def _declared(text: str) -> Callable[[], object]:
    web = Web({"https://kabar.example/robots.txt": text.encode("utf-8", "surrogatepass")})
    url = "https://kabar.example/a"
    return lambda: asyncio.run(ask_declarations(web, url, SystemClock(), "pantau"))


def _merged(text: str) -> Callable[[], object]:
    clean = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    given, page = article(text=clean[: len(clean) // 2]), PageText(text=clean)

    def merge() -> object:
        first = unread(given)
        second = read(given, page, first, find_boilerplate)
        return needs_page(given, "auto", 80), says_more(second, first)

    return merge


def _form(frame: str) -> Callable[[str], Callable[[], object]]:
    def prepare(text: str) -> Callable[[], object]:
        line = "content-disposition: " * (len(text) // 20)
        part = frame.format(text=text, line=line).encode("utf-8", "surrogatepass")
        body = b"--bnd\r\n" + part + b"\r\n\r\ncontent\r\n--bnd--\r\n"
        return lambda: read_upload("multipart/form-data; boundary=bnd", body)

    return prepare


FORMS: Final = {
    "header": "{text}",
    "name": 'Content-Disposition: form-data; name="{text}"',
    "one line": "{line}",
    "lines": '{text}\r\n{line}; name="file"',
    "content": 'Content-Disposition: form-data; name="file"\r\n\r\n{text}',
}
"""Parts of a form with a file, with a place for the text that grows."""


PAGES: Final[dict[str, Any]] = {
    **{f"form with a file: {name}": ("markup", _form(frame)) for name, frame in FORMS.items()},
    **{f"robots.txt: {name}": ("markup", _robots(frame)) for name, frame in ROBOTS.items()},
    **{f"JSON-LD: {name}": ("markup", _data(frame)) for name, frame in DATA.items()},
    "robots.txt of a site": ("markup", _declared),
    "article and page": ("prose", _merged),
    "pages of an article": (
        "prose",
        lambda text: lambda: NOTHING.take(_FIRST, 6).take(PageText(text), 6).take(_FIRST, 6),
    ),
    "page without clutter": (
        "prose",
        lambda text: lambda: without_clutter(text, find_boilerplate),
    ),
}
