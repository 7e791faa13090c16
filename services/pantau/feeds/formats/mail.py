"""Mails read as a feed: each mail is an item.

Mails come from anyone, so each is read by itself: one that cannot be read costs that item alone.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from typing import Final
from urllib.parse import urlsplit

from pantau.common.text.normal_text import normalise_text
from pantau.feeds.document import ParsedFeed, ParsedItem
from pantau.feeds.html.text import html_to_text, one_line, tidy
from pantau_schemas.events.article import TEXT_LIMIT, TITLE_LIMIT

FORMAT: Final = "mail"
_HEADER_LIMIT: Final = 2_000
_NAME_LIMIT: Final = 200
_PART_LIMIT: Final = 1_000_000
_MOST_PARTS: Final = 100
_LINKS_LIMIT: Final = 300_000
_MOST_LINKS: Final = 2_000
_LINK: Final = re.compile(
    r"<a\s(?P<attributes>[^<>]{0,4000})>(?P<label>(?:[^<]|<(?!/?a[\s>])){0,400})</a", re.IGNORECASE
)
_HREF: Final = re.compile(r"href\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
_IN_BROWSER: Final = re.compile(
    r"\b(?:view|read|open|see|show)\b.{0,40}\b(?:browser|online|web)\b|\bweb version\b"
    r"|\b(?:lihat|baca|buka|tampilkan)\b.{0,40}\b(?:browser|peramban|daring|online|web)\b"
    r"|\bversi (?:web|daring|online)\b",
    re.IGNORECASE,
)
_LIST_ID: Final = re.compile(r"<([^<>\s]{1,255})>\s*$")
_ANGLES: Final = re.compile(r"<([^<>]*)>")


def pack_mails(mails: Iterable[bytes]) -> bytes:
    """Return mails as one document: each after its length on a line of its own."""
    return b"".join(b"%d\n%s" % (len(one), one) for one in mails)


def unpack_mails(document: bytes) -> Iterator[bytes]:
    """Yield the mails of a document, up to the first place that is not well-formed."""
    start = 0
    while start < len(document):
        end = document.find(b"\n", start, start + 20)
        length = document[start:end]
        if end < 0 or not length.isdigit():
            return
        start = end + 1 + int(length)
        yield document[end + 1 : start]


def read_mails(document: bytes, name: str) -> ParsedFeed:
    """Return mails as a feed with the title `name`; see `pack_mails`."""
    items, warnings = [], []
    for number, raw in enumerate(unpack_mails(document), start=1):
        try:
            items.append(read_mail(raw))
        except Exception as error:  # noqa: BLE001 (the standard parser fails in many ways on hostile mails)
            warnings.append(f"mail {number} cannot be read: {type(error).__name__}")
    return ParsedFeed(FORMAT, name, None, None, tuple(items), tuple(warnings))


def read_mail(raw: bytes) -> ParsedItem:
    """Return one mail as an item.

    Its guid is the Message-ID, its source the List-Id or the domain of the sender, its link the
    one that leads to it in a browser, else its address in the archive (RFC 5064).
    """
    mail = message_from_bytes(raw, policy=policy.compat32)
    name, address = parseaddr(_header(mail, "From"))
    html, plain = _texts(mail)
    text = html_to_text(html) if html else ""
    text = text if len(text) >= len(plain) // 4 else tidy(plain)
    return ParsedItem(
        guid=_guid(mail, raw),
        link=_browser_link(html) or _archive(mail),
        title=normalise_text(one_line(_header(mail, "Subject")))[:TITLE_LIMIT].rstrip(),
        text=normalise_text(text or tidy(plain))[:TEXT_LIMIT].rstrip(),
        author=normalise_text(one_line(name or address))[:_NAME_LIMIT] or None,
        published=_date(mail),
        source=_source(mail, address),
    )


def _header(mail: Message, name: str) -> str:
    """Return a header decoded (RFC 2047), on one line; empty if it is absent."""
    value = mail.get(name)
    if value is None:
        return ""
    raw = str(value)[:_HEADER_LIMIT]
    try:
        pieces = decode_header(raw)
    except (ValueError, LookupError):
        return one_line(raw)
    return one_line("".join(_decoded(*one) for one in pieces))


def _decoded(piece: bytes | str, charset: str | None) -> str:
    if isinstance(piece, str):
        return piece
    with suppress(LookupError, ValueError):
        return piece.decode(charset or "utf-8", "replace")
    return piece.decode("utf-8", "replace")


def _guid(mail: Message, raw: bytes) -> str:
    """Return the Message-ID without brackets; a digest of the mail that lacks one."""
    found = _header(mail, "Message-ID").strip("<> ")
    return found[:500] or f"sha256:{hashlib.sha256(raw).hexdigest()}"


def _source(mail: Message, address: str) -> str | None:
    """Return the id of the mailing list (RFC 2919), else the domain of the sender."""
    listed = _LIST_ID.search(_header(mail, "List-Id"))
    domain = listed[1] if listed else address.rpartition("@")[2]
    return domain.lower().strip()[:_NAME_LIMIT] or None


def _date(mail: Message) -> datetime | None:
    try:
        found = parsedate_to_datetime(_header(mail, "Date"))
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _texts(mail: Message) -> tuple[str, str]:
    """Return the first part of HTML and the first of plain text; attachments are no text."""
    found = {"text/html": "", "text/plain": ""}
    for part, _ in zip(mail.walk(), range(_MOST_PARTS), strict=False):
        kind = part.get_content_type()
        attached = part.get_content_disposition() == "attachment"
        if kind not in found or attached or found[kind] or part.is_multipart():
            continue
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes):
            charset = part.get_content_charset() or "utf-8"
            found[kind] = _decoded(payload[:_PART_LIMIT], charset)
    return found["text/html"], found["text/plain"]


def _browser_link(html: str) -> str | None:
    """Return the link that shows the mail in a browser, by its label."""
    for one, _ in zip(_LINK.finditer(html[:_LINKS_LIMIT]), range(_MOST_LINKS), strict=False):
        href = _HREF.search(one["attributes"])
        if href is not None and _IN_BROWSER.search(one_line(html_to_text(one["label"]))):
            return _web(html_to_text(href[1] or href[2] or href[3] or "").strip())
    return None


def _archive(mail: Message) -> str | None:
    found = _ANGLES.search(_header(mail, "Archived-At"))
    return _web(found[1].strip()) if found is not None else None


def _web(link: str) -> str | None:
    with suppress(ValueError):
        parts = urlsplit(link)
        if parts.scheme.lower() in {"http", "https"} and parts.hostname and " " not in link:
            return link
    return None
