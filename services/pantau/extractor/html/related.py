"""Links to other articles within a page's article, taken out before its text is read.

Sites of Indonesia put a label such as "Baca juga" and a link between paragraphs: in a line, in a
table of one cell, or above a list. In the text they may look like sentences of the article; as
elements they consist of a label and links. Linear: around each label a few parts are read.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

_LABEL: Final = re.compile(
    r"\W{0,5}(?:(?:baca|lihat|simak|tonton|saksikan)\s(?:juga|artikel|berita|selengkapnya)"
    r"|(?:berita|artikel|video|konten)\s(?:terkait|lainnya|terpopuler|pilihan|rekomendasi)"
    r"|pilihan\s(?:redaksi|editor)|jangan\slewatkan|(?:rekomendasi|selanjutnya|menarik\sdibaca)(?=\s?[:：])"
    r"|tags?|topik|kata\skunci|read\s(?:also|more|next)|also\sread|see\salso|related\s(?:articles?|news|stories))\b"
    r"[^\n:：]{0,30}[:：]?\s{0,5}",
    re.IGNORECASE,
)
_MOST_LABELS: Final = 300
_MOST_LINKS: Final = 1_500
"""Characters of a list of links below a label."""
_LONGEST: Final = 400
"""Characters of a label with its links."""
_LONGEST_RAW: Final = 10_000
"""Characters of one text with its white space; what has more is no label, nor beside one."""
_WHOLE: Final = frozenset({"body", "html", "article", "main"})
"""Elements that have more than a label and its links."""
_MOST_LEVELS: Final = 5
_MOST_PARTS: Final = 200
_OTHER_WORDS: Final = 15
"""Characters beside label and links that a block of links may have, such as an author's name."""


def drop_related(tree: Any) -> None:
    """Remove labels and the links below them from lxml's tree of a page."""
    for element in list(_labelled(tree)):
        if element.getparent() is None or element.tag in {"body", "html"}:
            continue  # went with another one
        block = _with_links(element)
        following = _list_below(element) if block is None else None
        if block is not None:
            _drop(block)
        elif following is not None:
            _drop(following[0])
            _drop(following[1])


def _labelled(tree: Any) -> Iterator[Any]:
    """Yield the elements whose text begins with a label."""
    count = 0
    for element in tree.iter():
        text = element.text
        if isinstance(element.tag, str) and text and _LABEL.match(text[:_LONGEST].lstrip()):
            count += 1
            if count > _MOST_LABELS:
                return
            yield element


def _with_links(element: Any) -> Any:
    """Return the largest element around a label that consists of it and of links, if any."""
    block, found = element, None
    for _ in range(_MOST_LEVELS):
        if block is None or block.tag in _WHOLE:
            break
        said = _read(block, _LONGEST)
        if said is None:
            break
        text, linked = said
        label = _LABEL.match(text.lstrip())
        if label is None:
            break
        if linked and len(text) - linked - label.end() <= _OTHER_WORDS:
            found = block
        block = block.getparent()
    return found


def _list_below(element: Any) -> tuple[Any, Any] | None:
    """Return the element of a label alone, and the one after it that consists of links."""
    for _ in range(_MOST_LEVELS):
        said = _read(element, _LONGEST)
        label = _LABEL.match(said[0].lstrip()) if said else None
        if said is None or label is None or len(said[0].strip()) > label.end() + 1:
            return None
        following = element.getnext()
        if (element.tail or "").strip():
            return None
        if following is not None:
            read = _read(following, _MOST_LINKS)
            links = read is not None and read[1] and len(read[0]) - read[1] <= _OTHER_WORDS
            return (element, following) if links else None
        element = element.getparent()
        if element is None or element.tag in _WHOLE:
            return None
    return None


def _read(element: Any, most: int) -> tuple[str, int] | None:
    """Return the text of an element and how much of it is of links; None for a longer one."""
    text, linked, depth = "", 0, 0
    for number, (event, one) in enumerate(_events(element)):
        if event == "more" or number > _MOST_PARTS:
            return None
        if event == "text":
            if len(one) > _LONGEST_RAW:
                return None
            said = " ".join(one.split())
            text += f" {said}" if text and said else said
            linked += len(said) + bool(linked) if depth else 0
            if len(text) > most:
                return None
        else:
            depth += 1 if event == "start" else -1
    return text, linked


def _events(element: Any) -> Iterator[tuple[str, str]]:
    """Yield the texts of an element in order, with the starts and ends of its links.

    `more` comes in place of more parts than are read.
    """
    waiting: list[tuple[Any, bool]] = [(element, False)]
    while waiting:
        one, ended = waiting.pop()
        link = one.tag == "a"
        if ended:
            if link:
                yield "end", ""
            if one is not element and one.tail:
                yield "text", one.tail
            continue
        children = list(islice(one, _MOST_PARTS + 1))  # lxml counts children one by one
        if len(children) > _MOST_PARTS:
            yield "more", ""
            return
        if link:
            yield "start", ""
        if one.text and one.tag not in {"script", "style"}:
            yield "text", one.text
        waiting.append((one, True))
        waiting += [(child, False) for child in reversed(children)]


def _drop(element: Any) -> None:
    """Remove an element; the text after it stays."""
    if element.getparent() is not None:
        element.drop_tree()
