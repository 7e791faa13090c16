"""RSS, RDF and Atom by feedparser's element handlers.

Only the format-specific part of feedparser is used. The rest is done elsewhere: characters are
decoded by `encoding.charset`, hostile and broken XML is handled by `xml.source`, HTML becomes text
in `html.text`, dates are parsed by `pantau.common.dates.reading`; so nothing here is sanitised,
guessed or parsed twice. That also avoids regular expressions of feedparser's that take quadratic
time (an author of a megabyte would keep it busy for hours).
"""

import re
from collections.abc import Mapping
from typing import Any
from xml.parsers import expat

from pantau.feeds.feedparser.pictures import pictures_of
from pantau.feeds.feedparser.plain_entries import PlainEntries
from pantau.feeds.feedparser.plain_items import PlainItems
from pantau.feeds.feedparser.relations import (
    article_link,
    enclosed,
    hub_links,
    near_link,
    relation,
)
from pantau.feeds.feedparser.state import MOST_HANDLED, DocumentState
from pantau.feeds.links import NO_LINKS, LinkBudget
from pantau.feeds.raw_feed import CAPTION, RawEntry, RawFeed, RawText

_MOST_TAGS = 1_000  # of an item; repeated ones are dropped later
_MOST_TAGS_OF_ALL = 150_000  # of a document
_MOST_AUTHORS = 50  # of an item
_RDF = frozenset({"rss090", "rss10"})
_RELATIVE = re.compile(r"/[^/\s]|[\w.-]+/[\w./-]*\w\Z")
"""An address within a site, rather than an id."""
_BUFFER = 65_536  # bytes of text that arrive as one piece


class _EntryParser(DocumentState):
    """feedparser's state machine, keeping every text of an entry and dates as written."""

    def __init__(self, base: str, budget: LinkBudget) -> None:
        super().__init__(base, budget)
        self.permalink = ""
        self.tags = 0
        self.texts: dict[int, list[RawText]] = {}
        self.permalinks: dict[int, str] = {}
        self.originals: dict[int, str] = {}
        self.contents: dict[int, str] = {}
        self.in_caption = self.in_picture = False
        self.by_lines: dict[int, tuple[str, list[str]]] = {}
        self.author_kind = "author"

    def pop_content(self, tag: str) -> Any:
        """Record each text of an entry, including those that feedparser would replace."""
        value = self.pop(tag)
        kind = str(self.contentparams.get("type", "text/plain"))
        name = CAPTION if self.in_caption else tag
        if self.inentry and not self.insource and value and tag != "title":
            self.texts.setdefault(len(self.entries) - 1, []).append(RawText(name, kind, value))
        self.incontent -= 1
        self.contentparams.clear()
        return value

    def _start_content(self, attributes: dict[str, str]) -> None:
        """Record where the content of an entry is if it is not in the feed (RFC 4287, 4.1.3.2)."""
        source = attributes.get("src", "").strip()
        picture = attributes.get("type", "").lower().startswith("image/")
        if source and not picture and self.inentry and not self.insource:
            self.contents.setdefault(len(self.entries) - 1, self.resolve_uri(source))
        super()._start_content(attributes)

    def _start_fulltext(self, attributes: dict[str, str]) -> None:
        self._start_content_encoded(attributes)

    def _end_fulltext(self) -> None:
        """Read a text in an element that a site, or a search engine, made for it."""
        self._end_content_encoded()

    _start_full_text = _start_yandex_full_text = _start_excerpt_encoded = _start_fulltext
    _end_full_text = _end_yandex_full_text = _end_excerpt_encoded = _end_fulltext

    def _start_media_description(self, attributes: dict[str, str]) -> None:
        """Treat Media RSS's descriptions as plain text by default, as its specification says."""
        if attributes.get("type", "plain") == "plain":
            attributes["type"] = "text"
        self.in_caption = True
        self._start_description(attributes)

    def _end_media_description(self) -> None:
        """Keep a caption as such: it describes a picture or a video, not the article."""
        self._end_description()
        self.in_caption = False

    def _start_description(self, attributes: dict[str, str]) -> None:
        """Read the description of an item's own picture (`<image>`) as a caption."""
        self.in_picture = bool(self.inentry and self.inimage)
        self.in_caption = self.in_caption or self.in_picture
        super()._start_description(attributes)

    def _end_description(self) -> None:
        super()._end_description()
        if self.in_picture:
            self.in_caption = self.in_picture = False

    def _start_link(self, attributes: dict[str, str]) -> None:
        """Normalise the relation, which may be an IRI or a list (RFC 4287, 4.2.7.2)."""
        if attributes.get("rel") is not None:
            attributes["rel"] = relation(attributes["rel"])
        super()._start_link(attributes)

    def _start_origlink(self, _attributes: dict[str, str]) -> None:
        self.push("origlink", 1)

    def _end_origlink(self) -> None:
        """Keep the original address that a feed proxy replaced by its own."""
        value = _address(self.pop("origlink"))
        if value and self.inentry and not self.insource:
            self.originals.setdefault(len(self.entries) - 1, value)

    _start_feedburner_origlink = _start_pheedo_origlink = _start_origlink
    _end_feedburner_origlink = _end_pheedo_origlink = _end_origlink

    def _start_item(self, attributes: dict[str, str]) -> None:
        """Read an `about` without a prefix as RDF's, as parsers of RDF do."""
        if "about" in attributes:
            attributes.setdefault("rdf:about", attributes["about"])
        super()._start_item(attributes)

    def _start_guid(self, attributes: dict[str, str]) -> None:
        """Keep ids as written: feedparser would resolve them like links."""
        self.guidislink = 0
        self.permalink = attributes.get("ispermalink", "").strip().lower()
        self.push("id", 1)

    def _end_guid(self) -> None:
        """Treat an id as a link if it is an address, or is declared as one and looks like one."""
        value = self.pop("id")
        if value and self.permalink != "false":
            rooted = self.permalink == "true" and value.startswith("/")
            if rooted or _address(value):
                self.permalinks.setdefault(len(self.entries) - 1, str(self.resolve_uri(value)))

    _start_id, _end_id = _start_guid, _end_guid

    def _add_tag(self, term: str | None, scheme: str | None, label: str | None) -> None:
        """Add a tag, up to a limit; feedparser would compare it with all others."""
        tags = self._get_context().setdefault("tags", [])
        if (term or scheme or label) and len(tags) < _MOST_TAGS:
            self.tags += 1
            if self.tags <= _MOST_TAGS_OF_ALL:
                tags.append({"term": term, "scheme": scheme, "label": label})

    def _end_tags(self) -> None:
        self._add_terms(self.pop("tags"), None)

    def _end_itunes_keywords(self) -> None:
        self._add_terms(self.pop("itunes_keywords"), "http://www.itunes.com/")

    def _end_media_keywords(self) -> None:
        self._add_terms(self.pop("media_keywords"), None)

    def _add_terms(self, listed: str | None, scheme: str | None) -> None:
        """Add a list of tags, up to a limit."""
        terms = [
            one for one in map(str.strip, (listed or "").split(",", _MOST_TAGS)[:_MOST_TAGS]) if one
        ]
        if self.tags > _MOST_TAGS_OF_ALL:
            self.tags += len(terms)
            return
        for term in terms:
            self._add_tag(term, scheme, None)

    def _start_author(self, attributes: dict[str, str], kind: str = "author") -> None:
        self.author_kind = kind
        super()._start_author(attributes)

    def _start_dc_creator(self, attributes: dict[str, str]) -> None:
        self._start_author(attributes, "dc:creator")

    def _start_itunes_author(self, attributes: dict[str, str]) -> None:
        self._start_author(attributes, "itunes:author")

    def _end_author(self) -> None:
        """Record all authors that one kind of element gives an entry.

        feedparser would keep only the last.
        """
        value = self.pop("author")
        self.inauthor = 0
        if value and self.inentry and not self.insource:
            kind, names = self.by_lines.get(len(self.entries) - 1, ("", []))
            same = kind == self.author_kind and len(names) < _MOST_AUTHORS
            self.by_lines[len(self.entries) - 1] = (
                self.author_kind,
                [*names, value] if same else [value],
            )

    def _sync_author_detail(self, key: str = "author") -> None:
        """Do nothing; feedparser would search authors for addresses."""

    def _end_published(self) -> None:
        self.pop("published")

    def _end_updated(self) -> None:
        self.pop("updated")

    def _end_created(self) -> None:
        self.pop("created")

    def _end_expirationdate(self) -> None:
        self.pop("expired")

    def _end_dcterms_valid(self) -> None:
        self.pop("validity")

    def _start_dcterms_date(self, attributes: dict[str, str]) -> None:
        self._start_dc_date(attributes)

    def _start_prism_publicationdate(self, _attributes: dict[str, str]) -> None:
        """Read a date that is often a whole day, as one that others go before."""
        self.push("created", 1)

    _start_dcterms_available = _start_prism_publicationdate
    _end_prism_publicationdate = _end_dcterms_available = _end_created
    _end_issued = _end_pubdate = _end_dcterms_issued = _end_published
    _end_modified = _end_lastbuilddate = _end_dc_date = _end_dcterms_modified = (
        _end_dcterms_date
    ) = _end_updated
    _end_dcterms_created = _end_created


def read_xml(data: bytes, base: str | None, budget: LinkBudget, *, atom: bool = False) -> RawFeed:
    """Parse a well-formed document in UTF-8; `atom` says that its root is Atom's.

    An error of feedparser ends the parsing, not the feed.
    """
    parser = _EntryParser(base or "", budget)
    broken: list[str] = []
    reader = expat.ParserCreate("utf-8", namespace_separator=" ")
    reader.namespace_prefixes = reader.buffer_text = reader.ordered_attributes = True
    reader.buffer_size = _BUFFER
    form = PlainEntries if atom else PlainItems
    plain = form(parser, most_tags=_MOST_TAGS, most_tags_of_all=_MOST_TAGS_OF_ALL)
    reader.StartNamespaceDeclHandler = plain.start_namespace
    reader.StartElementHandler = plain.start
    reader.EndElementHandler = plain.end
    reader.CharacterDataHandler = plain.text
    try:
        reader.Parse(data, True)  # noqa: FBT003 (by position; as one piece: expat would read a long tag again with each)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 (its handlers fail in many ways; what was read so far is kept)
        where = f"after {len(parser.entries)} items"
        broken.append(f"reading broke off {where} ({type(error).__name__}: {error})")
    return _to_raw(parser, plain.read, (*broken, *_left_out(parser)))


def _left_out(parser: _EntryParser) -> list[str]:
    """Return the parts of a document that were omitted."""
    said: list[str] = []
    if parser.failures:
        said.append(
            f"{parser.failures} of its elements stand where they make no sense; they were left out"
        )
    if parser.handled > MOST_HANDLED:
        said.append(
            f"it has {parser.handled:,} elements of feeds; only the first {MOST_HANDLED:,} were "
            "read"
        )
    if parser.tags > _MOST_TAGS_OF_ALL:
        said.append(f"it has {parser.tags:,} tags; only the first {_MOST_TAGS_OF_ALL:,} were read")
    return said


def _to_raw(parser: Any, plain: Mapping[int, RawEntry], problems: tuple[str, ...]) -> RawFeed:
    feed: dict[str, Any] = dict(parser.feeddata)
    return RawFeed(
        version=str(parser.version or ""),
        title=_title(feed),
        link=article_link(feed.get("links")),
        language=_string(feed.get("language")),
        ttl=_string(feed.get("ttl")),
        update_period=_string(feed.get("sy_updateperiod")),
        update_frequency=_string(feed.get("sy_updatefrequency")),
        entries=[
            plain.get(number) or _entry(dict(one), parser, number)
            for number, one in enumerate(parser.entries)
        ],
        excess=parser.excess,
        problems=problems,
        links=hub_links(feed.get("links")),
    )


def _entry(entry: dict[str, Any], parser: Any, number: int) -> RawEntry:
    source = entry.get("source")
    subject = _subject(entry.get("id")) if parser.version in _RDF else None
    authors = _people(entry.get("authors")) or parser.by_lines.get(number, ("", []))[1]
    authors = authors or _one(entry.get("author")) or _people(entry.get("contributors"))
    if not authors and isinstance(source, dict):
        authors = _people(source.get("authors")) or _one(dict(source).get("author"))
    # The first link that there is, by how surely it leads to the article itself: an attachment is
    # the last.
    return RawEntry(
        guid=_string(entry.get("id")),
        link=parser.originals.get(number)
        or article_link(entry.get("links"))
        or _linked(entry.get("link"))
        or parser.contents.get(number)
        or parser.permalinks.get(number)
        or subject
        or enclosed(entry)
        or near_link(entry.get("links")),
        title=_title(entry),
        texts=parser.texts.get(number, []),
        authors=authors,
        tags=[tag for one in entry.get("tags", []) for tag in _tag(dict(one))],
        dates=[v for name in ("published", "created", "updated") for v in _one(entry.get(name))],
        image=pictures_of(entry),
    )


def _linked(link: object) -> str | None:
    """Return the link that feedparser chose; None for a placeholder."""
    text = _string(link)
    return None if (text or "").lower() in NO_LINKS else text


def _subject(about: object) -> str | None:
    """Return what `rdf:about` says an item is about, if it is an address, which may be relative."""
    text = _string(about) or ""
    return _address(text) or (text if _RELATIVE.match(text) else None)


def _title(context: dict[str, Any]) -> RawText | None:
    value = _string(context.get("title"))
    if value is None:
        return None
    detail = context.get("title_detail")
    kind = dict(detail).get("type") if isinstance(detail, dict) else None
    return RawText("title", str(kind or "text/plain"), value)


def _address(link: object) -> str | None:
    """Return a guid or id that feedparser treats as a link, if it is an address."""
    text = _string(link)
    return text if text and text.lower().startswith(("http://", "https://")) else None


def _people(people: object) -> list[str]:
    """Return the names of `authors` or `contributors`, or their addresses."""
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
