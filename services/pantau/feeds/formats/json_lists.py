"""Lists of articles in JSON, such as those of WordPress and news APIs, as items of a JSON Feed."""

from collections.abc import Mapping
from typing import Any, Final

_FORMS: Final[Mapping[str, tuple[str, ...]]] = {
    "id": ("id", "guid", "url", "link"),
    "url": ("url", "link", "permalink"),
    "title": ("title", "headline"),
    "content_html": ("content_html", "content", "body"),
    "content_text": ("content_text", "text"),
    "summary": ("summary", "excerpt", "description"),
    "date_published": (
        "date_published",
        "date_gmt",
        "published",
        "published_at",
        "publishedAt",
        "datePublished",
        "pubDate",
        "date",
        "created_at",
        "createdAt",
    ),
    "image": ("image", "image_url", "urlToImage"),
    "author": ("author",),
    "tags": ("tags", "categories"),
}
"""Names that lists give to the fields of JSON Feed, the first that is there counts."""
_UTC: Final = "date_gmt"
"""WordPress writes it without a zone."""
_VERSION: Final = "https://jsonfeed.org/version/1.1"
_LISTS: Final = ("articles", "posts", "entries", "items")
_ANY_LISTS: Final = ("data", "results", "news", "response", "payload")
"""Names of lists, and of objects that hold one; an empty list of these may be of anything."""


def as_feed(found: object) -> dict[str, Any] | None:
    """Return a list of articles as a JSON Feed; None for any other list.

    Each has a link and a place for a title, which short posts leave empty; one has a title. An
    empty list is a feed without items, as a list that has run out is.
    The list never has a version, so a warning that it lacks one would say nothing.
    """
    if not isinstance(found, list):
        return None
    items = [_item(one) for one in found if isinstance(one, dict)]
    if found and not _are_articles(items):
        return None
    return {"version": _VERSION, "title": "", "items": items}


def within(found: dict[str, Any]) -> dict[str, Any] | None:
    """Return the list of articles that an object encloses as a JSON Feed; None without one."""
    for holder in (
        found,
        *(found[name] for name in _ANY_LISTS if isinstance(found.get(name), dict)),
    ):
        for name in (*_LISTS, *_ANY_LISTS):
            listed = as_feed(holder.get(name))
            if listed is not None and (listed["items"] or name in _LISTS):
                return listed
    return None


def _are_articles(items: list[dict[str, Any]]) -> bool:
    every = all(isinstance(one.get("title"), str) and _is_text(one, "url") for one in items)
    return every and any(_is_text(one, "title") for one in items)


def _item(given: Mapping[str, Any]) -> dict[str, Any]:
    item: dict[str, Any] = {}
    for name, forms in _FORMS.items():
        for form in forms:
            value = _rendered(given.get(form))
            if value is not None:
                item[name] = f"{value}Z" if form == _UTC and isinstance(value, str) else value
                break
    return item


def _rendered(value: object) -> object:
    """Return a value; that of a field of WordPress stands within an object."""
    return value.get("rendered", value) if isinstance(value, dict) else value


def _is_text(item: Mapping[str, Any], name: str) -> bool:
    return isinstance(item.get(name), str) and bool(item[name].strip())
