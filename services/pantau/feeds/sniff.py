"""What a document is that is no feed, told by its first bytes."""

import re
from typing import Final

_SIGNATURES: Final = (
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"RIFF", "an image or a sound"),
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\x1f\x8b", "gzip data, not decompressed by the server's own header"),
    (b"ID3", "a sound"),
    (b"\x00\x00\x00\x18ftyp", "a film"),
    (b"SQLite format 3", "a database"),
)
_HTML: Final = re.compile(rb"<(?:html|head|body|!doctype\s+html)[\s>]", re.IGNORECASE)
_FEED: Final = re.compile(rb"<(?:[\w.-]{1,40}:)?(?:rss|rdf|feed|opml)[\s>]", re.IGNORECASE)
_CONTROLS: Final = bytes(one for one in range(32) if one not in b"\t\n\x0c\r\x1b")

WEB_PAGE: Final = "a web page, no feed: try `pantau feeds add` with it to discover its feed"

_PAGE_ROOTS: Final = frozenset(
    {
        "html",
        "head",
        "body",
        "title",
        "meta",
        "div",
        "p",
        "span",
        "a",
        "b",
        "br",
        "script",
        "style",
        "center",
        "h1",
        "table",
    }
)


def what_root_is(root: str) -> str:
    """Return why a document whose root element has this local name, in lower case, is no feed."""
    if root in _PAGE_ROOTS:
        return WEB_PAGE
    if root == "opml":
        return "an OPML list of feeds, no feed: use `pantau feeds import` with it"
    if root in {"urlset", "sitemapindex"}:
        return "a sitemap, no feed"
    return f"XML, but no feed: its root element is <{root[:60]}>"


def what_it_is(body: bytes) -> str | None:
    """Return why a document cannot be a feed, saying what it is instead; None if it may be one."""
    if not body.strip(b"\x00 \t\r\n"):
        return "an empty document, no feed"
    for signature, name in _SIGNATURES:
        if body.startswith(signature):
            return f"{name}, no feed"
    head = body[:100_000].replace(b"\x00", b"")  # UTF-16 and UTF-32 too
    if _HTML.search(head[:2_000]) and not _FEED.search(head):
        return WEB_PAGE
    if len(head[:4_000].translate(None, _CONTROLS)) < 0.95 * len(head[:4_000]):
        return "binary data, no feed"
    if b"<" not in head and head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in {b"{", b"["}:
        return "plain text, no feed" if b"<" not in body.replace(b"\x00", b"") else None
    return None
