"""Parts of a page that its reader never sees, emptied before its text is read."""

from typing import Any, Final

from pantau.feeds.html.hidden import hides

_NEVER: Final = "//template | //dialog | //*[@hidden]"
_NEVER_SHOWN: Final = frozenset({"template", "dialog"})
_STYLED: Final = "//*[@style]"
_MOST_STYLED: Final = 20_000
_MOST: Final = 1_000
_MOST_PARTS: Final = 1_000
"""Elements within a hidden part; one that has more stays, as a longer one does."""
_LONGEST: Final = 500
"""Characters of a hidden part; a longer one may be the article, which a script shows later."""


def drop_unseen(tree: Any) -> None:
    """Remove what is in templates, dialogues and short hidden parts of lxml's tree of a page."""
    styled = [one for one in tree.xpath(_STYLED)[:_MOST_STYLED] if hides(one.get("style"))]
    for element in (*tree.xpath(_NEVER)[:_MOST], *styled[:_MOST]):
        if element.getparent() is None or _is_long(element):
            continue
        if element.tag in _NEVER_SHOWN or "hidden" in element.attrib or _is_hidden(element):
            # An empty element stays: joining the text around it would read that text each time.
            element.clear(keep_tail=True)
            element.tag = "span"


def _is_hidden(element: Any) -> bool:
    """Return whether a part that is not long is out of sight by its style."""
    within = " ".join(one.get("style") or "" for one in element.iterdescendants("*"))
    return hides(element.get("style", ""), within)


def _is_long(element: Any) -> bool:
    """Return whether a part has much text, or more parts than are read for each of nested ones."""
    length = 0
    for number, one in enumerate(element.iter()):
        length += len((one.text or "").strip()) if isinstance(one.tag, str) else 0
        length += len((one.tail or "").strip()) if number else 0
        if length > _LONGEST or number > _MOST_PARTS:
            return True
    return False
