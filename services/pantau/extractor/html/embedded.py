"""The text of an article in the data of a page that a script draws. Pure.

Pages of Next.js, Nuxt and such may be an empty shell with the article in a script of JSON. Nothing
says which of its values that is, so a value counts by its name, its length, and by speaking of what
the page's headline says.
"""

import json
from collections.abc import Iterator
from typing import Any, Final

from pantau.common.text.subject import speaks_of
from pantau.feeds.html.text import html_to_text, looks_like_markup, tidy

_NAMES: Final = frozenset(
    {
        *("article", "articlebody", "body", "bodyhtml", "content", "contenthtml", "description"),
        *("fulltext", "html", "isi", "konten", "rendered", "story", "text", "value"),
    }
)
_LEAST: Final = 200
"""Characters of a text that is worth having."""
_MOST_NODES: Final = 50_000
_MOST_SCRIPTS: Final = 10
_LONGEST_SCRIPT: Final = 5_000_000
_MOST_TRIED: Final = 20


def read_embedded(scripts: list[str], headings: list[str]) -> str:
    """Return the longest text in scripts of JSON that speaks of a heading; empty without one."""
    found = sorted({text for one in scripts[:_MOST_SCRIPTS] for text in _texts(one)}, key=len)
    for value in reversed(found[-_MOST_TRIED:]):
        text = html_to_text(value) if looks_like_markup(value) else tidy(value)
        if len(text) >= _LEAST and any(speaks_of(one, text) for one in headings):
            return text
    return ""


def _texts(script: str) -> Iterator[str]:
    """Yield the long texts of a script's values that are named like those of articles."""
    waiting: list[tuple[str, Any]] = [("", _parsed(script))]
    count = 0
    while waiting and count < _MOST_NODES:
        name, one = waiting.pop()
        count += 1
        if isinstance(one, dict):
            waiting += [(str(key), value) for key, value in one.items()]
        elif isinstance(one, list):
            waiting += [(name, value) for value in one]
        elif isinstance(one, str) and len(one) >= _LEAST and _plain(name) in _NAMES:
            yield one


def _parsed(script: str) -> Any:
    if len(script) > _LONGEST_SCRIPT:
        return None
    try:
        return json.loads(script, strict=False)
    except (ValueError, RecursionError):
        return None


def _plain(name: str) -> str:
    return name.replace("_", "").replace("-", "").lower()
