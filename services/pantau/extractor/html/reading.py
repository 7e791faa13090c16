"""The page of an article as a reading: HTML in, its text and what it says of itself out.

The text is trafilatura's (in its fast mode, without fallbacks), or the `articleBody` of the page's
JSON-LD where that is longer; of a shell that a script fills, what its data have (`embedded`). All
run in a child process with limits, since not all is linear in hostile HTML. What comes back is
checked piece by piece.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

from pantau.common.dates.reading import read_time
from pantau.extractor.html.body_mark import mark_body
from pantau.extractor.html.embedded import read_embedded
from pantau.extractor.html.page import PageText
from pantau.extractor.html.paging import find_leads
from pantau.extractor.html.related import drop_related
from pantau.extractor.html.structured import Declared, in_paragraphs, read_json_ld
from pantau.extractor.html.unseen import drop_unseen
from pantau.extractor.html.wall import asks_for_subscription, is_stub, without_wall
from pantau.feeds.encoding.charset import decode
from pantau.feeds.html.text import tidy
from pantau.net.domains import registrable_domain
from pantau.ports import Reading
from pantau_schemas.events.article import TEXT_LIMIT

_LONGEST_ADDRESS: Final = 2_000
_LONGER: Final = 1.05
_JSON_LD: Final = "//script[contains(@type, 'ld+json')]"
_JSON: Final = "//script[@type='application/json']"
_SHELL_WORDS: Final = 60
"""Words below which a page may be a shell that a script fills."""
_TITLED: Final = {
    "author": ("author", "article:author", "parsely-author", "content_author", "dable:author"),
    "published": ("article:published_time", "datePublished", "pubdate", "publishdate", "date"),
    "image": ("og:image", "og:image:url", "twitter:image", "twitter:image:src"),
    "url": ("og:url",),
}
"""Facts, and the names of the meta elements that tell them, the surest first."""


def read_page(document: bytes, about: Mapping[str, str | None]) -> PageText:
    """Read the page of an article. `about` has its `url` and `content_type`.

    Of a further page `about` has also the address of the `first` one, and its `number`.
    A document without an article gives an empty text.
    """
    # lxml and trafilatura take half a second to import: only where pages are read.
    from lxml import etree  # noqa: PLC0415 (as above)
    from lxml import html as lxml_html  # noqa: PLC0415 (as above)

    url = about.get("url") or ""
    text = decode(document, about.get("content_type")).text
    try:
        # An XML declaration that names an encoding is refused in text; so it goes in as UTF-8.
        raw = text.encode("utf-8", "replace")
        parser = lxml_html.HTMLParser(
            remove_comments=True, remove_pis=True, collect_ids=False, encoding="utf-8"
        )
        tree = lxml_html.document_fromstring(raw, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return PageText()
    declared = read_json_ld([one.text_content() for one in tree.xpath(_JSON_LD)])
    data = [one.text_content() for one in tree.xpath(_JSON)]
    metas = _metas(tree)
    leads = find_leads(tree, url, about.get("first") or url, int(about.get("number") or 1))
    canonical = _canonical(tree)
    asks = asks_for_subscription(tree.text_content())
    headings = [one.text_content() for one in tree.iter("h1")]
    drop_unseen(tree)
    drop_related(tree)
    mark_body(tree)
    found = _extracted(tree)
    best = _fuller(found, in_paragraphs(declared.text, found))
    if len(best.split()) < _SHELL_WORDS and declared.free and not asks:
        titles = [*headings, metas.get("og:title", ""), tree.findtext(".//title") or ""]
        best = _fuller(best, read_embedded(data, titles))
    best = _without_heading(best, [*headings, declared.headline or "", metas.get("og:title", "")])
    best = without_wall(best)
    read = _page(best[:TEXT_LIMIT], url, declared, metas, canonical, asks=asks)
    return replace(read, following=leads.following, whole=leads.whole)


def _page(
    text: str,
    url: str,
    declared: Declared,
    metas: Mapping[str, str],
    canonical: str | None,
    *,
    asks: bool,
) -> PageText:
    given = {
        name: next((metas[one] for one in names if one in metas), None)
        for name, names in _TITLED.items()
    }
    author = declared.author or given["author"]
    published = declared.published or given["published"]
    address = canonical or declared.url or given["url"]
    return PageText(
        text=text,
        canonical=_of_same_site(address, url),
        author=author if author and "://" not in author else None,
        published=read_time(published) if published else None,
        image=_joined(declared.image or given["image"], url),
        stub=is_stub(text, declared=not declared.free, asks=asks),
    )


def _extracted(tree: Any) -> str:
    from trafilatura import bare_extraction  # noqa: PLC0415 (as above)

    found = bare_extraction(
        tree,
        fast=True,
        include_comments=False,
        include_tables=True,
        with_metadata=False,
        deduplicate=False,
    )
    text = None if found is None or isinstance(found, dict) else found.text
    return tidy(text or "")


def _fuller(found: str, declared: str) -> str:
    """Return the text of the page's data where it is longer than what was found on the page.

    Of two that are as long, the one with paragraphs: what is found of a page without a text is
    often that of its data in one line.
    """
    longer, as_long = len(declared) > _LONGER * len(found), len(declared) * _LONGER > len(found)
    lines = declared.count("\n") > found.count("\n")
    return declared if longer or (as_long and lines) else found


def _without_heading(text: str, headings: list[str]) -> str:
    """Return a text without the heading of the page, which extraction takes for its first line."""
    titles = {_plain(one) for one in headings}
    while text:
        line, _, rest = text.partition("\n")
        if _plain(line) not in titles:
            break
        text = rest.lstrip()
    return text


def _plain(line: str) -> str:
    return " ".join(line.split()).casefold()


def _metas(tree: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in tree.iter("meta"):
        name = one.get("property") or one.get("name") or one.get("itemprop")
        content = (one.get("content") or "").strip()
        if name and 0 < len(content) <= _LONGEST_ADDRESS:
            found.setdefault(name.strip(), content)
    return found


def _canonical(tree: Any) -> str | None:
    for one in tree.iter("link"):
        if "canonical" in (one.get("rel") or "").lower().split():
            return one.get("href") or None
    return None


def _joined(link: str | None, base: str) -> str | None:
    """Return an absolute http(s) address, or None."""
    if not link or len(link) > _LONGEST_ADDRESS:
        return None
    with suppress(ValueError):
        joined = urljoin(base, link.strip())
        if urlsplit(joined).scheme in {"http", "https"} and len(joined) <= _LONGEST_ADDRESS:
            return joined
    return None


def _of_same_site(link: str | None, base: str) -> str | None:
    """Return the canonical address, unless it is another site's, or a home page.

    Pages are known to name their home page, or the site that made their software.
    """
    joined = _joined(link, base)
    if joined is None or registrable_domain(joined) != registrable_domain(base):
        return None
    parts = urlsplit(joined)
    return joined if parts.path.strip("/") or parts.query else None


def _pack(page: PageText) -> list[Any]:
    moment = page.published.isoformat() if page.published else None
    said = [page.text, page.canonical, page.author, moment, page.image, page.stub]
    return [*said, page.following, page.whole]


def _unpack(said: Any) -> PageText:
    text, canonical, author, published, image, stub, following, whole = said
    if not isinstance(text, str) or type(stub) is not bool:
        raise _unlike(text)
    moment = None
    if published is not None:
        moment = datetime.fromisoformat(_maybe(published) or "").astimezone(UTC)
    facts = (_maybe(canonical), _maybe(author), moment, _maybe(image), stub)
    return PageText(text, *facts, _maybe(following), _maybe(whole))


def _maybe(value: object) -> str | None:
    if value is not None and not isinstance(value, str):
        raise _unlike(value)
    return value


def _unlike(value: object) -> ValueError:
    return ValueError(f"not what a reading of a page says: {str(value)[:100]}")


PAGE: Final[Reading[PageText]] = Reading(f"{__name__}:PAGE", read_page, _pack, _unpack)
"""The page of an article."""
