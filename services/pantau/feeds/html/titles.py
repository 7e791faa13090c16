"""Converts titles to plain text: markup is removed, tags that a headline mentions are kept.

Feeds escape titles once too often or once too rarely, without declaring it. The position of a tag
distinguishes the two: markup touches a word or has an end tag, whereas a mentioned tag stands
between spaces like a word (`Menulis <p> dan <br> yang benar`). A break between spaces is markup,
unless the title speaks of tags or it stands in quotes or parentheses.
"""

import re
from typing import Final

from pantau.feeds.html.text import (
    decode_entities,
    has_paired_markup,
    html_to_text,
    looks_like_markup,
    one_line,
)

_LONGEST: Final = 100_000  # characters that are looked at, markup included
_TAG: Final = re.compile(r"<(?P<end>/)?(?P<name>[A-Za-z][A-Za-z0-9]{0,15})(?:\s[^<>]*)?/?>")
_VOID: Final = frozenset({"br", "hr", "wbr"})
_SPEAKS_OF_TAGS: Final = re.compile(
    r"(?<!\w)(?:x?html\d?|tags?|css|elements?|elemen|markup)(?!\w)", re.IGNORECASE
)
_IN_WORD: Final = re.compile(r"(?<=\w)<wbr\s?/?>(?=\w)", re.IGNORECASE)
_STYLED: Final = re.compile(r"<(br|hr)\s[^<>=]*=[^<>]*>", re.IGNORECASE)
_ENCLOSED: Final = re.compile(r"[(\"'\[“‘«]<(?:br|hr|wbr)\s?/?>[)\"'\]”’»]", re.IGNORECASE)
_AROUND: Final = frozenset(" \t\r\n\"'.,;:!?()[]/“”‘’«»")


def title_text(value: str, *, html: bool) -> str:
    """Return a title as plain text on one line; its length is not bounded.

    `html` is true if the feed declares HTML, or tags or references in the title suggest it.
    """
    value = _STYLED.sub(r"<\1>", _IN_WORD.sub("", value[:_LONGEST]))
    if "<" in value:
        if not _mentions_tags(value, escaped=False) and (html or looks_like_markup(value)):
            return one_line(decode_entities(html_to_text(value)))
        return one_line(decode_entities(value))
    text = decode_entities(value)
    if "<" in text and has_paired_markup(text) and not _mentions_tags(text, escaped=True):
        text = html_to_text(text)  # escaped twice
    return one_line(decode_entities(text))


def _mentions_tags(text: str, *, escaped: bool) -> bool:
    """Return whether the tags of a title are mentioned rather than used.

    One tag that stands alone and has no counterpart is decisive. If all tags were `escaped`
    deliberately, it is sufficient that each of them stands alone.
    """
    tags = list(_TAG.finditer(text))
    opened = {one["name"].lower() for one in tags if not one["end"]}
    closed = {one["name"].lower() for one in tags if one["end"]}
    alone = [one for one in tags if _stands_alone(text, one, first=not opened & closed)]
    if escaped and tags:
        return len(alone) == len(tags)
    if any(one["name"].lower() in (opened ^ closed) - _VOID and one.start() for one in alone):
        return True
    # A void tag such as <br> has no counterpart anyway, so it takes more to see that it is spoken
    # of.
    breaks = [one for one in alone if one["name"].lower() in _VOID and one.start()]
    return len(breaks) == len(tags) > 0 and (
        _ENCLOSED.search(text) is not None
        or _SPEAKS_OF_TAGS.search(_TAG.sub(" ", text)) is not None
        or len({one["name"].lower() for one in breaks}) > 1
    )


def _stands_alone(text: str, tag: re.Match[str], *, first: bool) -> bool:
    """Return whether a tag has no letter beside it; `first` says that it may begin the text."""
    before, after = text[: tag.start()][-1:], text[tag.end() : tag.end() + 1]
    bare = tag["name"].lower() != "img" or tag.group().lower().rstrip("/> ") == "<img"
    return (before in _AROUND if before else first) and (not after or after in _AROUND) and bare
