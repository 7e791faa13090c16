"""Metadata of a page: JSON-LD of schema.org, meta elements, and links of its head. Pure.

Limits: so many scripts, so many nodes. A page that nests deeper than Python's parser goes, or is
no JSON, says nothing.
"""

import html
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from pantau.feeds.html.text import html_to_text, looks_like_markup, tidy

MOST_NODES: Final = 2_000
MOST_SCRIPTS: Final = 20
_ARTICLES: Final = frozenset(
    {
        *("Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle"),
        *("OpinionNewsArticle", "BackgroundNewsArticle", "ReviewNewsArticle", "BlogPosting"),
        *("LiveBlogPosting", "AskPublicNewsArticle", "Report", "TechArticle"),
    }
)
_HOLDERS: Final = ("@graph", "mainEntity", "mainEntityOfPage")
_LONGEST: Final = 2_000
_MOST_UPDATES: Final = 500
_PARAGRAPH: Final = 40
"""Characters of a line that is looked for in a text without lines."""
_MOST_MISSED: Final = 300
"""Lines that are looked for in vain; each takes as long as the text."""


_LONGEST_SCRIPT: Final = 5_000_000
_BEFORE: Final = ("//", "/*", "*/", "<!--", "<![CDATA[")
_BEHIND: Final = (";", "//", "/*", "*/", "-->", "]]>")
"""Signs that hide a script from programs that do not know it, and that people write behind it."""
_MOST_AROUND: Final = 10
_STRAY_COMMA: Final = re.compile(r",(?=\s*+[}\]])")
_GAP: Final = re.compile(r"[\s,;]*")


@dataclass(frozen=True, slots=True)
class Declared:
    """The article as described by the JSON-LD of a page."""

    text: str = ""
    headline: str | None = None
    author: str | None = None
    published: str | None = None
    image: str | None = None
    url: str | None = None
    free: bool = True


NOTHING: Final = Declared()


def read_json_ld(scripts: list[str]) -> Declared:
    """Return what the article among the scripts' nodes says; the one with the longest text."""
    found = [_article(node) for node in _nodes(scripts) if _types(node) & _ARTICLES]
    if not found:
        return NOTHING
    return max(found, key=lambda one: len(one.text))


def _nodes(scripts: list[str]) -> Iterator[dict[str, Any]]:
    count = 0
    for script in scripts[:MOST_SCRIPTS]:
        waiting = [_parsed(script)]
        while waiting and count < MOST_NODES:
            one = waiting.pop()
            count += 1
            if isinstance(one, list):
                waiting += one[:MOST_NODES]
            elif isinstance(one, dict):
                yield one
                waiting += [
                    one[name] for name in _HOLDERS if isinstance(one.get(name), dict | list)
                ]


def _parsed(script: str) -> Any:
    """Return what a script says, also one in comments for old browsers or with stray commas."""
    script = _bare(script[:_LONGEST_SCRIPT])
    try:
        # Line breaks within strings are the most frequent fault of hand-made JSON-LD.
        return json.loads(script, strict=False)
    except (ValueError, RecursionError):
        return _in_parts(_STRAY_COMMA.sub("", script))


def _bare(script: str) -> str:
    """Return a script without comments and sections around it."""
    script = script.strip()
    for _ in range(_MOST_AROUND):
        before = next((one for one in _BEFORE if script.startswith(one)), "")
        behind = next((one for one in _BEHIND if script.endswith(one)), "")
        if not before and not behind:
            break
        script = script.removeprefix(before).removesuffix(behind).strip()
    return script


def _in_parts(script: str) -> list[Any]:
    """Return the values that stand one after the other in a script, up to the first broken one."""
    decoder = json.JSONDecoder(strict=False)
    found: list[Any] = []
    place = 0
    with suppress(ValueError, RecursionError):
        while len(found) < MOST_SCRIPTS:
            value, place = decoder.raw_decode(script, _after_gap(script, place))
            found.append(value)
    return found


def _after_gap(script: str, place: int) -> int:
    match = _GAP.match(script, place)
    return match.end() if match is not None else place


def _types(node: dict[str, Any]) -> set[str]:
    given = node.get("@type")
    names = given[:20] if isinstance(given, list) else [given]
    return {one.rpartition("/")[2] for one in names if isinstance(one, str)}


def _article(node: dict[str, Any]) -> Declared:
    body = node.get("articleBody")
    return Declared(
        text=_plain(body) if isinstance(body, str) and body.strip() else _updates(node),
        headline=_short(node.get("headline")),
        author=_names(node.get("author")),
        published=_short(node.get("datePublished")),
        image=_address(node.get("image")),
        url=_address(node.get("mainEntityOfPage")) or _short(node.get("url")),
        free=str(node.get("isAccessibleForFree", True)).rpartition("/")[2].lower() != "false",
    )


def _updates(node: dict[str, Any]) -> str:
    """Return the text of a live blog: its entries, each below its headline."""
    listed = node.get("liveBlogUpdate")
    told = []
    for one in listed[:_MOST_UPDATES] if isinstance(listed, list) else []:
        if isinstance(one, dict):
            texts = (_short(one.get("headline")), one.get("articleBody"))
            told += [_plain(text) for text in texts if isinstance(text, str) and text.strip()]
    return "\n".join(told)


def _plain(body: str) -> str:
    if "&lt;" in body:
        body = html.unescape(body)
    return html_to_text(body) if looks_like_markup(body) else tidy(body)


def in_paragraphs(text: str, found: str) -> str:
    """Return a text that is one line with the paragraphs that the page shows of it.

    What stands between them, such as links to other articles, comes on lines of its own.
    """
    if "\n" in text or "\n" not in found:
        return text
    pieces, place, missed = [], 0, 0
    for line in found.split("\n"):
        words = " ".join(line.split())
        # Short lines stand anywhere in a text, and would be found at the wrong place.
        if len(words) < _PARAGRAPH:
            continue
        start = text.find(words, place)
        if start >= 0:
            pieces += [text[place:start], words]
            place = start + len(words)
            continue
        missed += 1
        if missed == _MOST_MISSED:
            break
    pieces.append(text[place:])
    return "\n".join(one for piece in pieces if (one := piece.strip()))


def _names(given: Any) -> str | None:
    people = given[:10] if isinstance(given, list) else [given]
    names = (one.get("name") if isinstance(one, dict) else one for one in people)
    told = [one.strip() for one in names if isinstance(one, str) and one.strip()]
    return ", ".join(dict.fromkeys(told))[:500] or None


def _address(given: Any) -> str | None:
    """Return an address given as such, as an object, or as the first of a list."""
    for _ in range(3):
        if isinstance(given, list):
            given = given[0] if given else None
        elif isinstance(given, dict):
            given = given.get("url") or given.get("@id") or given.get("contentUrl")
    return _short(given)


def _short(given: Any) -> str | None:
    return given.strip() if isinstance(given, str) and 0 < len(given.strip()) <= _LONGEST else None
