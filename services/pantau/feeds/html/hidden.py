"""Elements of HTML that a browser never shows, recognised by their start tags."""

import re
from typing import Final

_ATTRIBUTE: Final = re.compile(
    r"(?<=[\s\"'/])(?P<name>[^\s=<>\"'/]{1,50})"
    r"(?:\s{0,3}=\s{0,3}(?:\"(?P<d>[^\"]*)\"|'(?P<s>[^']*)'|(?P<u>[^\s\"'<>]+)))?"
)
_NOT_SEEN: Final = re.compile(
    r"(?<![\w-])(?:display\s{0,3}:\s{0,3}none\b|visibility\s{0,3}:\s{0,3}hidden\b"
    r"|(?:left|top|text-indent)\s{0,3}:\s{0,3}-(?:[0-9]{4}|[5-9][0-9]{2}))",
    re.IGNORECASE,
)
"""Styles that hide, as those who put links to gambling into the pages of others do, too."""
_NO_SIZE: Final = re.compile(
    r"(?<![\w-])font-size\s{0,3}:\s{0,3}0(?:px|pt|r?em|%)?\s{0,3}(?:;|!|\Z)", re.IGNORECASE
)
"""Hides unless what is within has a size of its own, as in the tables of newsletters."""
_MAY_HIDE: Final = ("hidden", "display", "font-size", ":-", ": -")
_TAG: Final = re.compile(r"<(?P<close>/)?(?P<name>[A-Za-z][^\s/<>]{0,63})[^<>]*>")
_LONGEST: Final = 2_000
"""Characters of a start tag that are looked at."""
MOST_FAILED: Final = 200
"""Hidden elements without an end, or long ones, of a document until none is looked for."""
MOST_HIDDEN: Final = 500
"""Characters of a hidden element that are left out; a longer one may be the article itself, which
a script shows later."""


def is_hidden(tag: str, inner: str = "") -> bool:
    """Return whether a start tag says that its element, with its inner markup, is not shown."""
    tag = tag[:_LONGEST]
    lower = tag.lower()
    if not any(map(lower.__contains__, _MAY_HIDE)):
        return False
    for match in _ATTRIBUTE.finditer(tag):
        name, value = match["name"].lower(), match["d"] or match["s"] or match["u"] or ""
        if name == "style" and hides(value, inner):
            return True
        if name == "hidden" and value.lower() in {"", "hidden", "true"}:
            return True
    return False


def hides(style: str, inner: str = "") -> bool:
    """Return whether a style of an element, with the styles within it, keeps it out of sight."""
    style = style[:_LONGEST]
    if _NOT_SEEN.search(style) is not None:
        return True
    return _NO_SIZE.search(style) is not None and "font-size" not in inner.lower()


def end_of_hidden(html: str, name: str, start: int) -> int | None:
    """Return the end of a short hidden element whose content begins at `start`.

    `name` is in lower case. None if it has no end, or is long.
    """
    depth = 1
    for match in _TAG.finditer(html, start, start + MOST_HIDDEN):
        if match["name"].lower() == name:
            depth += -1 if match["close"] else 1
        if depth == 0:
            return match.end()
    return None
