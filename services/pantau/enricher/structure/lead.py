"""The end of an article's first paragraph, whose entities are the most prominent."""

from typing import Final

from pantau.enricher.ner.engine import Ranges

LEAD_REACH: Final = 300
"""Characters that count as the first paragraph of a text without paragraphs."""
LEAST_PARAGRAPH: Final = 60
"""Minimum number of own characters of a paragraph.

Shorter lines are datelines and headings.
"""


def lead_end(text: str, skip: Ranges) -> int:
    """Return the end of the first paragraph after the dateline, including the text before it.

    `skip` is the boilerplate, in order; it is not a paragraph.
    """
    start, at = 0, 0
    while (end := text.find("\n", start)) >= 0:
        own = end - start
        while at < len(skip) and skip[at][0] < end:
            own -= min(skip[at][1], end) - max(skip[at][0], start)
            if skip[at][1] > end:
                break
            at += 1
        if own >= LEAST_PARAGRAPH:
            return end
        start = end + 1
    return min(len(text), LEAD_REACH)
