"""Selects the picture that an item shows, among its media and enclosures. Pure."""

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, Final

Media = Mapping[str, Any]
"""The attributes of a `media:content`, a `media:thumbnail` or an enclosure, names in lower case."""

Listed = dict[str, list[Media]]
"""The media of an item by their kind, in the order of the parameters of `lead_picture`."""
LEAST_SIDE: Final = 32
"""Pixels of a side below which a picture is a mark of a counter, or an icon."""
_FILES: Final = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif")
_MOST: Final = 50
"""Candidates of a kind that are looked at; the best are among the first."""


def lead_picture(
    contents: Iterable[Media], enclosures: Iterable[Media], thumbnails: Iterable[Media]
) -> str | None:
    """Return the address of the picture of an item as written; None if it has none.

    Media that say they are images go before enclosures, and these before thumbnails. Among those
    of a kind the widest is chosen, the first of several.
    """
    for listed, declared in ((contents, False), (enclosures, False), (thumbnails, True)):
        first = islice(listed, _MOST)
        found = [one for one in first if _is_picture(one, declared=declared)]
        if found:
            return _address(max(found, key=lambda one: _pixels(one, "width")))
    return None


def nothing_listed() -> Listed:
    """Return an item's media before any is read."""
    return {"media_content": [], "enclosure": [], "media_thumbnail": []}


def pictures_of(entry: Mapping[str, Any]) -> str | None:
    """Return the address of the picture of an entry that feedparser's state machine read."""
    return lead_picture(
        _listed(entry.get("media_content")),
        (one for one in _listed(entry.get("links")) if one.get("rel") == "enclosure"),
        _listed(entry.get("media_thumbnail")),
    )


def _listed(value: object) -> list[Media]:
    found = value if isinstance(value, list) else []
    return [one for one in found if isinstance(one, dict)]


def _is_picture(media: Media, *, declared: bool) -> bool:
    """Return whether a medium is a picture; `declared` says that its element says so."""
    address = _address(media)
    if not address or any(0 < _pixels(media, one) < LEAST_SIDE for one in ("width", "height")):
        return False
    kind = str(media.get("type") or media.get("medium") or "").strip().lower()
    if "svg" in kind:
        return False
    if kind:
        return kind.startswith("image") or (declared and not kind.startswith(("video", "audio")))
    return declared or address.partition("?")[0].lower().endswith(_FILES)


def _address(media: Media) -> str:
    # In the order of feedparser's `_enforce_href`.
    value = media.get("url") or media.get("uri") or media.get("href")
    return value.strip() if isinstance(value, str) else ""


def _pixels(media: Media, name: str) -> int:
    """Return a width or height; 0 where it is unknown."""
    text = str(media.get(name) or "").strip().removesuffix("px")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else 0
