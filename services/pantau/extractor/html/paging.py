"""The next page of an article that its site spreads over several. Pure.

A link leads on only if its address is that of the first page with a number, and the number is the
next one: `?page=2`, `?halaman=2`, `/2`, `/page/2`, `/halaman/2`, `judul-2.html`. And it must look
like a link between pages: `rel=next`, the number as its text, or words such as "Halaman berikutnya"
or "Selengkapnya". `rel=next` alone is no sign: blogs name their next article so. A link to the
whole article on one page (`?page=all`) is preferred.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import SplitResult, parse_qsl, urljoin, urlsplit

_MOST_LINKS: Final = 3_000
"""Links of a page that are looked at."""
_LONGEST: Final = 2_000
_NUMBERED: Final = frozenset(
    {"page", "pages", "halaman", "hal", "laman", "p", "pg", "paged", "pagenum", "page_number"}
)
_WHOLE: Final = {
    "page": {"all"},
    "pages": {"all"},
    "showpage": {"all"},
    "halaman": {"all", "semua"},
    "single": {"1", "true"},
    "singlepage": {"1", "true"},
    "view": {"all", "full"},
}
_WORDS: Final = re.compile(
    r"(?:baca |lihat )?(?:halaman|hal\.?|laman) (?:se)?(?:lanjut|berikut)(?:nya)?"
    r"|(?:se)?lanjut(?:nya|kan)?|berikut(?:nya)?|lanjut(?:kan)? (?:mem)?baca|(?:baca )?selengkapnya"
    r"|next(?: page)?|continue(?: reading)?|page suivante|p[aá]gina siguiente",
    re.IGNORECASE,
)
_WHOLE_WORDS: Final = re.compile(
    r"(?:baca |lihat |tampilkan )?(?:semua(?: halaman)?|dalam satu halaman|selengkapnya)"
    r"|show all|view all|(?:view as )?(?:a )?single page|all",
    re.IGNORECASE,
)
_ORNAMENTS: Final = re.compile(r"^[\s\W_]+|[\s\W_]+$")
_PAGE_NUMBER: Final = re.compile(r"(?:halaman|hal\.?|laman|page)?\s*(\d{1,2})", re.IGNORECASE)
_ARROWS: Final = frozenset({">", ">>", "›", "»", "→", "❯", "⟩"})
_ENDING: Final = re.compile(r"\.(?:html?|php|aspx?|shtml|jsp)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Leads:
    """Targets of a page's links: the next page, and the whole article on one page."""

    following: str | None = None
    whole: str | None = None


NOWHERE: Final = Leads()


@dataclass(frozen=True, slots=True)
class _Link:
    address: str
    text: str
    is_next: bool  # by its relation


def find_leads(tree: Any, url: str, first: str, number: int) -> Leads:
    """Return where page `number` of an article leads on.

    `tree` is lxml's, `url` the page's own address, `first` that of the article's first page.
    """
    start = _split(first)
    if start is None:
        return NOWHERE
    following = whole = None
    for link in _links(tree, url):
        parts = _split(link.address)
        if parts is None or _origin(parts) != _origin(start):
            continue
        if whole is None and _is_whole(parts, start) and _says_whole(link):
            whole = link.address
        if following is None and _says_next(link, number + 1):
            loose = link.is_next or _number_of(link.text) == number + 1
            if number + 1 in _numbers(parts, start, loose=loose):
                following = link.address
    return Leads(following, whole)


def _links(tree: Any, url: str) -> Iterator[_Link]:
    places: Iterable[Any] = tree.iter("link", "a")
    for count, one in enumerate(places):
        if count >= _MOST_LINKS:
            return
        href = (one.get("href") or "").strip()
        is_next = "next" in (one.get("rel") or "").lower().split()
        if (
            not href
            or href[0] == "#"
            or len(href) > _LONGEST
            or (one.tag == "link" and not is_next)
        ):
            continue
        with suppress(ValueError):
            address = urljoin(url, href).partition("#")[0]
            text = " ".join(one.text_content().split())[:100] if one.tag == "a" else ""
            yield _Link(address, text, is_next)


def _says_next(link: _Link, number: int) -> bool:
    if link.is_next or link.text in _ARROWS or _number_of(link.text) == number:
        return True
    return _WORDS.fullmatch(_ORNAMENTS.sub("", link.text)) is not None


def _says_whole(link: _Link) -> bool:
    return _WHOLE_WORDS.fullmatch(_ORNAMENTS.sub("", link.text)) is not None


def _number_of(text: str) -> int | None:
    found = _PAGE_NUMBER.fullmatch(_ORNAMENTS.sub("", text))
    return int(found[1]) if found else None


def _split(url: str) -> SplitResult | None:
    with suppress(ValueError):
        parts = urlsplit(url)
        if parts.scheme in {"http", "https"} and parts.netloc:
            return parts
    return None


def _origin(parts: SplitResult) -> tuple[str, str]:
    return parts.scheme, parts.netloc.lower()


def _query(parts: SplitResult) -> dict[str, str]:
    with suppress(ValueError):  # too many parameters
        return dict(parse_qsl(parts.query, keep_blank_values=True, max_num_fields=50))
    return {}


def _is_whole(parts: SplitResult, start: SplitResult) -> bool:
    """Return whether an address is the first page's with a parameter that asks for all of it."""
    if parts.path.rstrip("/") != start.path.rstrip("/"):
        return False
    said, before = _query(parts), _query(start)
    asks = [name for name, value in said.items() if value.lower() in _WHOLE.get(name.lower(), ())]
    return bool(asks) and before.keys().isdisjoint(asks)


def _numbers(parts: SplitResult, start: SplitResult, *, loose: bool) -> Iterator[int]:
    """Yield the page numbers that an address adds to that of the first page.

    A number after a dash (`judul-2.html`) counts only if the link is surely one of paging.
    """
    path, base = parts.path.rstrip("/"), start.path.rstrip("/")
    said, before = _query(parts), _query(start)
    other = {name: value for name, value in said.items() if name.lower() not in _NUMBERED}
    kept = {name: value for name, value in before.items() if name.lower() not in _NUMBERED}
    # Beside the number of the page all parameters stay: by another one, articles may differ.
    if other != kept:
        return
    if path == base:
        yield from (_number(said[name]) for name in said if name not in other)
    elif said == before:
        # The number stands after the whole path (judul/2), or before its ending (judul-2.html).
        ending = _ENDING.search(base)
        stem = base[: ending.start()] if ending else base
        dash = r"[-_](?:page-|hal-|p)?" if loose else r"[-_](?:page-|hal-)"
        forms = rf"(?:/(?:(?:page|halaman|hal|laman|p)/)?|{dash})(\d{{1,2}})"
        for beginning, after in ((base, ""), (stem, ending.group() if ending else "")):
            if path.startswith(beginning) and path.endswith(after):
                found = re.fullmatch(forms, path[len(beginning) : len(path) - len(after)])
                if found is not None:
                    yield int(found[1])


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 2 else -1
