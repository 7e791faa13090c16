"""An article and what was found of its page as one event. Pure."""

import re
from collections.abc import Callable, Iterable
from typing import Final

from pantau.common.text.subject import speaks_of
from pantau.extractor.html.page import PageText
from pantau.extractor.no_article import is_no_article
from pantau.extractor.page_lines import is_of_frame
from pantau_schemas.base import carried
from pantau_schemas.events.article import Article, FullArticle

Pieces = Callable[[str], Iterable[tuple[int, int, str]]]
"""Find the parts of a text that are not its own words, as (start, end, kind)."""
_OUT: Final = frozenset({"related", "notice"})
"""Kinds of parts that a page's text goes without: they belong to the page, not to the article."""
_LIKE_A_LINK: Final = re.compile(
    r"(?:berita|artikel|konten|baca|lihat|simak|tonton)\s", re.IGNORECASE
)
_LABEL: Final = 40
"""Characters in which the colon of a label stands."""
_PAGE_IS_LONGER: Final = 1.1
"""A page's text is taken from this many times the words of the feed's."""


def without_clutter(text: str, pieces: Pieces) -> str:
    """Return the text of a page without links to other articles, and notices, on lines of theirs.

    What a feed gives is never changed; what a page gives is our own choice of its parts.
    """
    kept, place = [], 0
    for start, end, kind in pieces(text):
        if kind in _OUT and _is_whole_line(text, start, end) and not _is_sentence(text[start:end]):
            kept.append(text[place:start])
            place = min(end + 1, len(text))
    lines = ("".join(kept) + text[place:]).split("\n")
    return "\n".join(one for one in lines if not is_of_frame(one)).strip()


def _is_whole_line(text: str, start: int, end: int) -> bool:
    before = start == 0 or text[start - 1] == "\n"
    return before and (end >= len(text) or text[end] == "\n")


def _is_sentence(line: str) -> bool:
    """Return whether a line that begins like a link is a sentence: "Berita terkait rob itu ..."."""
    begins = _LIKE_A_LINK.match(line)
    return (
        begins is not None and ":" not in line[:_LABEL] and line.rstrip().endswith((".", "?", "!"))
    )


def unread(
    article: Article, last: FullArticle | None = None, *, keep_text: bool = False
) -> FullArticle:
    """Return an article as its feed gives it; `last` is the event that went out before.

    With `keep_text` the text of the page stays, if that event had it: a headline that changes does
    not take the text away while the page is fetched again.
    """
    fields = {name: getattr(article, name) for name in _GIVEN}
    if keep_text and last is not None and last.text_from == "page":
        fields |= {name: getattr(last, name) for name in ("text", "text_from", "same_as", "image")}
        fields["author"] = fields["author"] or last.author
        fields["image"] = fields["image"] or article.image
    return _event(fields, article, last)


def read(article: Article, page: PageText, last: FullArticle | None, pieces: Pieces) -> FullArticle:
    """Return an article with its page: what the feed lacks, and the text where it is longer."""
    fields = {name: getattr(article, name) for name in _GIVEN}
    text = without_clutter(page.text, pieces)
    if is_no_article(text) and not speaks_of(article.title, text):
        text = ""
    if page.stub:
        fields["text_from"] = "stub"
    elif len(text.split()) > _PAGE_IS_LONGER * len(article.text.split()):
        fields |= {"text": text, "text_from": "page"}
    fields["author"] = fields["author"] or page.author
    if page.published is not None and fields["published"] is None:
        fields["published"] = min(page.published, article.first_seen)
    fields["image"] = page.image or article.image
    if page.canonical is not None and page.canonical != article.url:
        fields["same_as"] = (page.canonical,)
    return _event(fields, article, last)


def says_more(full: FullArticle, last: FullArticle) -> bool:
    """Return whether an event is worth another revision after the one that went out before."""
    told = ("text", "text_from", "author", "published", "same_as", "image")
    return any(getattr(full, name) != getattr(last, name) for name in told)


def outcome_of(event: FullArticle, late: FullArticle | None) -> str:
    """Return how the page of an article ended: one of `PAGE_OUTCOMES`."""
    if event.text_from == "stub":
        return "stub"
    if event.text_from == "feed":
        return "no_more"
    return "read" if late is None else "late"


def _event(fields: dict[str, object], article: Article, last: FullArticle | None) -> FullArticle:
    """Build the event; revisions rise with each one, whichever of feed and page it is due to."""
    revision = _above(article) if last is None else max(article.revision, last.revision + 1)
    return FullArticle.model_validate(
        {
            **carried(article, FullArticle),
            **fields,
            "schema_version": 1,
            "revision": revision,
            "feed_revision": article.revision,
        }
    )


def _above(article: Article) -> int:
    """Return a revision above all that went out of an article of which nothing is known any more.

    What went out before a change of the feed is kept for `keep.raw_articles_days`, or is in the
    partition where an earlier version wrote it. Each earlier revision of the feed's article made at
    most two events: its summary, and its page. With a lower number the index would keep the old
    text.
    """
    return article.revision + min(article.revision - 1, _MOST_EARLIER)


_MOST_EARLIER: Final = 1_000
"""Earlier revisions that are counted twice; no article comes near it."""
_GIVEN: Final = tuple(Article.model_fields.keys() - {"schema_version", "revision"})
