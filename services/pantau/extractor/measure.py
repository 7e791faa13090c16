"""Decides by its text whether an article needs its page. Pure.

Feeds shorten in few ways: they end with an ellipsis, with a link to the rest, or give a sentence
or two. A text that ends in none of these ways and has some length is taken as the whole.
"""

import re
from typing import Final

from pantau_schemas.events.article import ArticleFields
from pantau_schemas.events.feed import FullText

_TAIL: Final = 200
"""Characters at the end of a text in which a sign that it breaks off is looked for."""
_MORE: Final = (
    r"read more|read the full (?:story|article)|continue reading|full story"
    r"|(?:baca |lihat )?selengkapnya|baca lebih lanjut|lanjut(?:kan)? (?:mem)?baca"
    r"|(?:berita|baca artikel) selengkapnya|weiterlesen"
    r"|lire la suite|leer más|seguir leyendo|leia mais"
)
_BREAKS_OFF: Final = re.compile(
    r"(?:…|\.{3}|\[(?:…|\.{3}|&hellip;|more)\]|\((?:…|\.{3})\))[\s\])»›>→]{0,8}\Z"
    rf"|(?:\A|[\s.…\[(»])(?:{_MORE})[\s.…:!\])»›>→]{{0,8}}\Z"
    r"|The post .{1,180} appeared first on .{1,100}\Z",
    re.IGNORECASE | re.DOTALL,
)


def breaks_off(text: str) -> bool:
    """Return whether a text ends as one that goes on elsewhere: `…`, `[...]`, "Read more"."""
    return _BREAKS_OFF.search(text[-_TAIL:].rstrip()) is not None


def gives_summary(text: str, summary_words: int) -> bool:
    """Return whether a feed's text looks like a summary of its article."""
    return breaks_off(text) or len(text[: summary_words * 40].split()) < summary_words


def needs_page(article: ArticleFields, wanted: FullText, summary_words: int) -> bool:
    """Return whether the page of an article is to be fetched, by what its feed is set to."""
    if article.url is None or wanted == "never":
        return False
    return wanted == "always" or gives_summary(article.text, summary_words)
