"""Parts of a page that its reader never sees, removed before its text is read."""

from typing import Any, Final

_NEVER: Final = "//template | //dialog | //*[@hidden]"
_MOST: Final = 1_000
_LONGEST: Final = 500
"""Characters of a hidden part; a longer one may be the article, which a script shows later."""


def drop_unseen(tree: Any) -> None:
    """Remove templates, dialogues and short hidden parts from lxml's tree of a page."""
    for element in tree.xpath(_NEVER)[:_MOST]:
        if element.getparent() is not None and not _is_long(element):
            element.drop_tree()


def _is_long(element: Any) -> bool:
    length = 0
    for text in element.itertext():
        length += len(text.strip())
        if length > _LONGEST:
            return True
    return False
