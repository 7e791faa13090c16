"""RSS, RDF and Atom by feedparser's element handlers. The only file that knows feedparser.

Only the part of feedparser that knows the formats is used. What surrounds it there is done elsewhere: characters
are decoded by `poller.charset`, hostile and broken XML is caught by `poller.xmlsource`, HTML becomes text in
`poller.htmltext`, dates are read by `pantau.dates`; so nothing here is sanitised, guessed or parsed twice. That also
leaves out regular expressions of feedparser's that take time growing with the square of what a feed sends (an
author of a megabyte would keep it busy for hours).
"""

import io
import xml.sax
import xml.sax.handler
import xml.sax.xmlreader
from dataclasses import dataclass, field
from typing import Any

from feedparser.api import StrictFeedParser


@dataclass(frozen=True, slots=True)
class RawText:
    """A text as the feed gives it: `kind` is the element, `type` a MIME type such as `text/html`."""

    kind: str
    type: str
    value: str


@dataclass(slots=True)
class RawEntry:
    """One item with all that was said, nothing chosen yet. Links are resolved where a base is known."""

    guid: str | None = None
    guid_is_link: bool = False
    link: str | None = None
    links: list[dict[str, str]] = field(default_factory=list)
    title: RawText | None = None
    texts: list[RawText] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)  # best first


@dataclass(slots=True)
class RawFeed:
    """A feed document with all that was said of the feed itself. `problem` tells where reading broke off."""

    version: str
    title: RawText | None
    link: str | None
    language: str | None
    ttl: str | None
    update_period: str | None
    update_frequency: str | None
    entries: list[RawEntry]
    problem: str | None = None


class _Parser(StrictFeedParser):  # type: ignore[misc]  # feedparser ships no types
    """feedparser's state machine, keeping every text of an entry and leaving dates as they are written."""

    def __init__(self, base: str) -> None:
        super().__init__(base, None, "utf-8")
        self.resolve_relative_uris = False
        self.sanitize_html = False
        self.texts: dict[int, list[RawText]] = {}

    def pop_content(self, tag: str) -> Any:
        """Note each text of an entry, also those that feedparser would let another one replace."""
        value = self.pop(tag)
        kind = str(self.contentparams.get("type", "text/plain"))
        if self.inentry and not self.insource and value and tag != "title":
            self.texts.setdefault(len(self.entries) - 1, []).append(RawText(tag, kind, value))
        self.incontent -= 1
        self.contentparams.clear()
        return value

    def _sync_author_detail(self, key: str = "author") -> None:
        """Leave authors as they are; feedparser would search them for addresses."""

    def _end_published(self) -> None:
        self.pop("published")

    def _end_updated(self) -> None:
        self.pop("updated")

    def _end_created(self) -> None:
        self.pop("created")

    def _end_expirationdate(self) -> None:
        self.pop("expired")

    _end_issued = _end_pubdate = _end_dcterms_issued = _end_published
    _end_modified = _end_lastbuilddate = _end_dc_date = _end_dcterms_modified = _end_updated
    _end_dcterms_created = _end_created


def read_xml(data: bytes, base: str | None) -> RawFeed:
    """Read a well-formed document in UTF-8. What feedparser cannot go on with ends the reading, not the feed."""
    parser = _Parser(base or "")
    problem: str | None = None
    reader = xml.sax.make_parser()  # noqa: S317 (entities were expanded and declarations refused before)
    reader.setFeature(xml.sax.handler.feature_namespaces, True)
    reader.setFeature(xml.sax.handler.feature_external_ges, False)
    reader.setFeature(xml.sax.handler.feature_external_pes, False)
    reader.setContentHandler(parser)
    reader.setErrorHandler(parser)
    source = xml.sax.xmlreader.InputSource()
    source.setByteStream(io.BytesIO(data))
    source.setEncoding("utf-8")
    try:
        reader.parse(source)
    except Exception as error:  # noqa: BLE001 (its handlers fail in many ways; what was read so far is kept)
        problem = f"reading broke off after {len(parser.entries)} items ({type(error).__name__}: {error})"
    return _to_raw(parser, problem)


def _to_raw(parser: Any, problem: str | None) -> RawFeed:
    feed: dict[str, Any] = dict(parser.feeddata)
    return RawFeed(
        version=str(parser.version or ""),
        title=_title(feed),
        link=_string(feed.get("link")),
        language=_string(feed.get("language")),
        ttl=_string(feed.get("ttl")),
        update_period=_string(feed.get("sy_updateperiod")),
        update_frequency=_string(feed.get("sy_updatefrequency")),
        entries=[
            _entry(dict(one), parser.texts.get(number, [])) for number, one in enumerate(parser.entries)
        ],
        problem=problem,
    )


def _entry(entry: dict[str, Any], texts: list[RawText]) -> RawEntry:
    source = entry.get("source")
    authors = _people(entry.get("authors")) or _one(entry.get("author")) or _people(entry.get("contributors"))
    if not authors and isinstance(source, dict):
        authors = _people(source.get("authors")) or _one(dict(source).get("author"))
    return RawEntry(
        guid=_string(entry.get("id")),
        guid_is_link=bool(entry.get("guidislink")),
        link=_string(entry.get("link")),
        links=[{k: v for k, v in dict(one).items() if isinstance(v, str)} for one in entry.get("links", [])],
        title=_title(entry),
        texts=texts,
        authors=authors,
        tags=[tag for one in entry.get("tags", []) for tag in _tag(dict(one))],
        dates=[v for name in ("published", "created", "updated") for v in _one(entry.get(name))],
    )


def _title(context: dict[str, Any]) -> RawText | None:
    value = _string(context.get("title"))
    if value is None:
        return None
    detail = context.get("title_detail")
    kind = dict(detail).get("type") if isinstance(detail, dict) else None
    return RawText("title", str(kind or "text/plain"), value)


def _people(people: object) -> list[str]:
    """Give the names of `authors` or `contributors`, or their addresses."""
    names: list[str] = []
    for one in people if isinstance(people, list) else []:
        person = dict(one)
        names += _one(person.get("name")) or _one(person.get("email"))
    return names


def _tag(tag: dict[str, Any]) -> list[str]:
    return _one(tag.get("label")) or _one(tag.get("term"))


def _one(value: object) -> list[str]:
    text = _string(value)
    return [text] if text else []


def _string(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None
