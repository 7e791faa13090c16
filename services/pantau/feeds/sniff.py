"""Recognition of documents that are not feeds, by their first bytes."""

import re
from typing import Final

from pantau.problems import Problem, problem

_SIGNATURES: Final = (
    (b"\x89PNG", "documents.image"),
    (b"\xff\xd8\xff", "documents.image"),
    (b"GIF8", "documents.image"),
    (b"RIFF", "documents.image-or-sound"),
    (b"%PDF", "documents.pdf"),
    (b"PK\x03\x04", "documents.zip"),
    (b"\x1f\x8b", "documents.gzip"),
    (b"ID3", "documents.sound"),
    (b"\x00\x00\x00\x18ftyp", "documents.film"),
    (b"SQLite format 3", "documents.database"),
)
_HTML: Final = re.compile(rb"<(?:html|head|body|!doctype\s+html)[\s>]", re.IGNORECASE)
_FEED: Final = re.compile(rb"<(?:[\w.-]{1,40}:)?(?:rss|rdf|feed|opml)[\s>]", re.IGNORECASE)
_CONTROLS: Final = bytes(one for one in range(32) if one not in b"\t\n\x0c\r\x1b")

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


_JSON_FEED: Final = re.compile(
    rb'\{\s*"(?:version|title|items|home_page_url|feed_url|user_comment)"\s*:'
)
_MOST_BEFORE: Final = 4_000
_PAGE_PARTS: Final = re.compile(
    rb"<(?:!doctype|\?xml|html|head|body|script|rss|feed|rdf:)", re.IGNORECASE
)


def json_start(body: bytes) -> int:
    """Return where a JSON Feed begins behind a warning, a comment or a name of a function; else 0.

    Programs print their warnings before what they answer, and JSONP encloses it in a call.
    """
    if body[:200].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"{", b"["}:
        return 0
    found = _JSON_FEED.search(body, 0, _MOST_BEFORE)
    if found is None or _PAGE_PARTS.search(body, 0, found.start()):
        return 0
    return found.start()


def what_root_is(root: str) -> Problem:
    """Return why a document whose root element has this local name, in lower case, is no feed."""
    if root in _PAGE_ROOTS:
        return problem("documents.page-no-feed")
    if root == "opml":
        return problem("documents.opml-no-feed")
    if root in {"urlset", "sitemapindex"}:
        return problem("documents.sitemap-no-feed")
    return problem("documents.root-no-feed", root=root[:60])


def no_feed(what: Problem) -> Problem:
    """Return why a document that is something else is no feed; a page may lead to one."""
    if what.code == "documents.page":
        return problem("documents.page-no-feed")
    return problem("documents.no-feed", what=what)


def what_it_is(body: bytes) -> Problem | None:
    """Return what a document is that can be neither a feed nor a list; None if it may be one."""
    if not body.strip(b"\x00 \t\r\n"):
        return problem("documents.empty")
    for signature, name in _SIGNATURES:
        if body.startswith(signature):
            return Problem(name)
    head = body[:100_000].replace(b"\x00", b"")  # UTF-16 and UTF-32 too
    if _HTML.search(head[:2_000]) and not _FEED.search(head):
        return problem("documents.page")
    if len(head[:4_000].translate(None, _CONTROLS)) < 0.95 * len(head[:4_000]):
        return problem("documents.binary")
    if b"<" not in head and head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:1] not in {b"{", b"["}:
        is_text = b"<" not in body.replace(b"\x00", b"")
        return problem("documents.plain-text") if is_text else None
    return None
