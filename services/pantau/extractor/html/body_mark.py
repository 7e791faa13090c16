"""Marks the element that holds an article's text, where the page itself does not name it.

Extraction knows the names that programs of sites give to it. Where a site has a name of its own,
extraction would collect paragraphs from the whole page: without headings between them, and with
menus where the text is not in paragraphs.
"""

from typing import Any, Final

_NAMED: Final = "//article | //*[@itemprop='articleBody'] | //main"
_PARTS: Final = frozenset({"p", "h2", "h3", "h4", "blockquote", "br", "b", "strong", "em", "i"})
_INLINE: Final = frozenset({"a", "b", "br", "em", "i", "span", "strong", "u"})
_SHELLS: Final = frozenset({"body", "html", "head", "form", "nav", "header", "footer", "aside"})
_NO_TEXT: Final = frozenset({"script", "style", "a", "title", "noscript"})
_BOXES: Final = frozenset({"div", "span", "section"})
"""Elements that are paragraphs on some sites: if they have nothing but text."""
_LONGEST_BOX: Final = 2_500
"""Characters of a paragraph; what has more holds an article by itself."""
_MOST_LEVELS: Final = 3
_LEAST: Final = 400
"""Characters of a text whose element is marked."""
_SHARE: Final = 0.7
"""The part of the text of all elements that the marked one has."""
_LONGEST_PART: Final = 5_000


def mark_body(tree: Any) -> None:
    """Mark the element of lxml's tree that has most of the page's text as its own."""
    if tree.xpath(_NAMED):
        return
    own: dict[Any, int] = {}
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag in _NO_TEXT:
            continue
        said = len((element.text or "").strip())
        if said:
            holder = _holder(element, said)
            own[holder] = own.get(holder, 0) + min(said, _LONGEST_PART)
        tail, parent = len((element.tail or "").strip()), element.getparent()
        if tail and parent is not None:
            holder = _holder(parent, tail) if parent.tag in _PARTS else parent
            own[holder] = own.get(holder, 0) + min(tail, _LONGEST_PART)
    best = max(own, key=lambda one: own[one], default=None)
    if best is None or best.tag in _SHELLS or own[best] < max(_LEAST, _SHARE * sum(own.values())):
        return
    best.set("itemprop", "articleBody")
    for child in best:
        # Beside paragraphs, extraction passes over text in boxes.
        if child.tag == "div" and all(one.tag in _INLINE for one in child):
            child.tag = "p"


def _holder(element: Any, said: int) -> Any:
    """Return the element that one is a part of: the text around a paragraph.

    `said` is the number of its characters.
    """
    part = element.tag in _PARTS or (element.tag in _BOXES and not len(element))
    parent = element.getparent()
    if not part or parent is None or said > _LONGEST_BOX:
        return element
    for _ in range(_MOST_LEVELS):
        around = parent.getparent()
        alone = element.getprevious() is None and element.getnext() is None
        if not alone or parent.tag in _SHELLS or around is None:
            break
        element, parent = parent, around
    return parent
