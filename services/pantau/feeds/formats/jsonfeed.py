"""JSON Feed 1.0 and 1.1 (jsonfeed.org); a field of the wrong type counts as absent."""

import json
from datetime import UTC, tzinfo
from typing import Any, Final

from pantau.common.dates.reading import read_time
from pantau.common.files.json_bounds import MAX_CONTAINERS, holds_too_much
from pantau.common.text.normal_text import normalise_text
from pantau.feeds.discovery.hubs import chosen
from pantau.feeds.document import (
    ITEMS_LIMIT,
    ParsedFeed,
    ParsedItem,
    UnreadableFeedError,
    too_many,
)
from pantau.feeds.formats.json_lists import as_feed, within
from pantau.feeds.formats.json_repair import read_first, read_whole_items, without_depths
from pantau.feeds.html.text import (
    decode_entities,
    decode_leftovers,
    has_paired_markup,
    html_to_text,
    is_block_markup,
    one_line,
    tidy,
)
from pantau.feeds.html.titles import title_text
from pantau.feeds.links import LinkBudget, picture_link, resolve_link
from pantau.feeds.texts import join_texts
from pantau_schemas.events.article import TEXT_LIMIT, TITLE_LIMIT

_LIMIT: Final = 500  # of authors and tags, in characters
_TAGS: Final = 200
_SITE: Final = "jsonfeed.org"
_CONTENTS: Final = frozenset({"content_html", "content_text", "summary", "date_published"})


def read_json_feed(
    text: str, *, url: str | None = None, warnings: tuple[str, ...] = (), zone: tzinfo = UTC
) -> ParsedFeed:
    """Read a JSON Feed; `zone` is meant by dates that name none.

    Raises UnreadableFeedError for other JSON and for what is no JSON.
    """
    value, repairs = _parse_json(text)
    warnings += repairs
    if _SITE not in (_string(value, "version") or "") and "title" not in value and not repairs:
        value = within(value) or value
    version = _string(value, "version") or ""
    items = _in_order(value.get("items"))
    # Feeds without `version` exist, so the form decides; other JSON has no title and items.
    # What is cut off may lack the fields that come after its items.
    known = "title" in value or (bool(repairs) and _are_articles(items))
    if _SITE not in version and not (isinstance(items, list) and known):
        raise UnreadableFeedError("JSON, but no JSON Feed: it has no `version` of jsonfeed.org")
    objects, dropped = _objects(items)
    warnings += dropped
    if _SITE not in version:
        warnings += ("`version` is missing",)
    budget = LinkBudget(len(text))
    link = resolve_link(_string(value, "home_page_url"), url, budget)
    base = link or url or _string(value, "feed_url")
    authors = _authors(value)
    return ParsedFeed(
        format="json10" if version.rstrip("/").endswith("/1") else "json11",
        title=_title(value)[:TITLE_LIMIT].rstrip() or None,
        link=link,
        language=one_line(_string(value, "language") or "")[:_LIMIT] or None,
        items=tuple(_item(one, base, authors, budget, zone) for one in objects[:ITEMS_LIMIT]),
        warnings=warnings + budget.warnings,
        hubs=chosen(_hub_links(value), url),
    )


def _in_order(items: object) -> object:
    """Return items in a list; PHP writes one with a gap in its numbers as an object."""
    numbered = isinstance(items, dict) and all(isinstance(one, dict) for one in items.values())
    return list(items.values()) if isinstance(items, dict) and items and numbered else items


def _are_articles(items: object) -> bool:
    """Return whether a list has items with the fields that JSON Feed gives them."""
    first = items[0] if isinstance(items, list) and items else None
    return isinstance(first, dict) and "id" in first and not _CONTENTS.isdisjoint(first)


def _parse_json(text: str) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Parse an object of JSON, as far as it came, and say what is broken.

    Raises UnreadableFeedError for anything else.
    """
    if holds_too_much(text):
        message = f"refused: it has more than {MAX_CONTAINERS:,} objects and lists"
        raise UnreadableFeedError(message)
    try:
        value = _loaded(text)
    except json.JSONDecodeError as error:
        return _repaired(text, error)
    except (ValueError, RecursionError):
        # A number with too many digits is a ValueError.
        reason = "nested too deep, or a number too long"
        raise UnreadableFeedError(f"broken JSON, no feed: {reason}") from None
    if isinstance(value, list):
        value = as_feed(value)
    if not isinstance(value, dict):
        raise UnreadableFeedError("JSON, but no JSON Feed: its top is not an object")
    return value, ()


def _loaded(text: str) -> Any:
    """Parse JSON, without what is nested too deep to be of a feed."""
    try:
        return json.loads(text, strict=False)
    except RecursionError:
        return json.loads(without_depths(text), strict=False)


def _repaired(text: str, error: json.JSONDecodeError) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return what can be read of broken JSON. Raises UnreadableFeedError if there is no item."""
    if error.msg == "Extra data" and (first := read_first(text, error.pos)) is not None:
        return first, ("what stands behind the feed was left out",)
    found = read_whole_items(text, error.pos)
    if found is None:
        raise UnreadableFeedError(f"broken JSON, no feed: {error.msg}") from None
    number = len(found["items"])
    return found, (f"broken JSON ({error.msg}); items read before that: {number}",)


def _objects(items: object) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    """Return the items that are objects, and warnings about the others."""
    warnings: tuple[str, ...] = ()
    if not isinstance(items, list):
        warnings += ("`items` is missing or no list; the feed counts as empty",)
        items = []
    objects = [one for one in items if isinstance(one, dict)]
    if len(objects) < len(items):
        warnings += (f"{len(items) - len(objects)} of its items are no objects and were left out",)
    if len(objects) > ITEMS_LIMIT:
        warnings += (too_many(len(objects)),)
    return objects, warnings


def _hub_links(value: dict[str, Any]) -> list[tuple[str, str]]:
    """Return `hubs` of type WebSub and `feed_url` as links (JSON Feed 1.1, top level)."""
    hubs = value.get("hubs")
    named = [one for one in hubs[:_TAGS] if isinstance(one, dict)] if isinstance(hubs, list) else []
    links = [
        ("hub", one["url"])
        for one in named
        if str(one.get("type")).lower() in {"websub", "pubsubhubbub"}
        and isinstance(one.get("url"), str)
    ]
    own = _string(value, "feed_url")
    return [*links, ("self", own)] if own else links


def _item(
    item: dict[str, Any],
    base: str | None,
    feed_authors: str | None,
    budget: LinkBudget,
    zone: tzinfo,
) -> ParsedItem:
    html = _string(item, "content_html")
    contents = (html_to_text(html) if html else "", _plain(_string(item, "content_text") or ""))
    texts = (_plain(_string(item, "summary") or ""), max(contents, key=len))
    names = [normalise_text(one_line(decode_entities(one)))[:_LIMIT] for one in _tags(item)]
    link = resolve_link(_string(item, "url") or _string(item, "external_url"), base, budget)
    guid = _identifier(item.get("id"))
    # A podcast may have its enclosure as the only address; an id that is an address goes before it.
    if link is None and not (guid and guid.startswith(("http://", "https://"))):
        link = resolve_link(_attached(item.get("attachments")), base, budget)
    if link is None and guid and guid.startswith(("http://", "https://")):
        link = guid
    return ParsedItem(
        guid=guid,
        link=link,
        title=normalise_text(_title(item))[:TITLE_LIMIT].rstrip(),
        text=normalise_text(join_texts(texts))[:TEXT_LIMIT].rstrip(),
        author=_authors(item) or feed_authors,
        tags=tuple(one for one in dict.fromkeys(names) if one)[:_TAGS],
        published=read_time(_date(item, "date_published"), zone)
        or read_time(_date(item, "date_modified"), zone),
        image=picture_link(_picture(item), base, budget),
    )


def _date(item: dict[str, Any], name: str) -> str:
    """Return a date as written; many programs write a number, which is Unix time."""
    found = item.get(name)
    if isinstance(found, (int, float)) and not isinstance(found, bool):
        return str(found)
    return _string(item, name) or ""


def _tags(item: dict[str, Any]) -> list[str]:
    """Return tags: of a list the names, or the parts of a text between commas."""
    tags = item.get("tags")
    if isinstance(tags, str):
        return [one for one in tags.split(",", _TAGS)[:_TAGS] if one.strip()]
    listed = tags if isinstance(tags, list) else []
    named = [one.get("name") if isinstance(one, dict) else one for one in listed]
    return [one for one in named if isinstance(one, str)]


def _picture(item: dict[str, Any]) -> str | None:
    """Return the address of an item's picture: its image, its banner, or an attached one."""
    found = _string(item, "image") or _string(item, "banner_image")
    listed = item.get("attachments")
    for one in listed[:_TAGS] if found is None and isinstance(listed, list) else []:
        kind = (_string(one, "mime_type") or "").lower() if isinstance(one, dict) else ""
        if kind.startswith("image/") and "svg" not in kind and (found := _string(one, "url")):
            break
    return found


def _title(value: dict[str, Any]) -> str:
    text = _string(value, "title") or ""
    return title_text(text, html=has_paired_markup(text))


def _attached(listed: object) -> str | None:
    """Return the address of the first sound or film, which an item without a link is about."""
    for one in listed if isinstance(listed, list) else []:
        if isinstance(one, dict) and not (_string(one, "mime_type") or "").startswith("image/"):
            return _string(one, "url")
    return None


def _plain(text: str) -> str:
    """Return plain text, which is sometimes HTML."""
    if is_block_markup(text) or has_paired_markup(text):
        return html_to_text(text)
    return tidy(decode_leftovers(text))


def _authors(value: dict[str, Any]) -> str | None:
    """Return the names of `authors` (1.1) or `author` (1.0), which may be names alone."""
    people = value.get("authors")
    people = people if isinstance(people, list) else [value.get("author")]
    named = [one if isinstance(one, dict) else {"name": one} for one in people[:_TAGS]]
    names = [name for one in named if (name := _string(one, "name"))]
    return ", ".join(map(one_line, names))[:_LIMIT] or None


def _identifier(value: object) -> str | None:
    """Return an item's id; numbers are converted as version 1.0 requires."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    return one_line(str(value)) or None


def _string(value: dict[str, Any], name: str) -> str | None:
    found = value.get(name)
    return found.strip() or None if isinstance(found, str) else None
