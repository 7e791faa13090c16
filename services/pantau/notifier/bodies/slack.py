"""A message as JSON for Slack's incoming webhooks, and for receivers that read their `text`. Pure.

Outside text stands in `plain_text` and `rich_text`, which Slack shows as they are: no mark-up, no
mention and no link can come of it. `text`, which notifications and other programs show, has the
three characters escaped that Slack interprets, and no mark-up (`mrkdwn` is false); a mention of
everybody and a link of Markdown, which some programs read in plain text, are broken by an invisible
character.

Limits are those of Slack's Block Kit: 50 blocks a message, 150 characters in a header, 3,000 in
the text of a block.
"""

import re
from collections.abc import Iterator
from typing import Final

from pantau.common.text.safe_text import marked_parts, one_line
from pantau.notifier.bodies.fitting import Json, fitting_body
from pantau.notifier.composing.view import ArticleView, MessageView, StoryView
from pantau_schemas.events.alert import Snippet

HEADER_CHARACTERS: Final = 150
TEXT_CHARACTERS: Final = 2_500
_LINK_CHARACTERS: Final = 3_000
_PART: Final = 500
_MENTION: Final = re.compile(r"@(?=channel|here|everyone|all|group)", re.IGNORECASE)
_MARKDOWN: Final = re.compile(r"\](?=[(\[:])")


def slack_body(view: MessageView) -> bytes:
    """Return the body in UTF-8, with as many stories as fit."""
    return fitting_body(view, _body)


def _body(view: MessageView, stories: int) -> Json:
    header = {"type": "plain_text", "text": _cut(view.subject, HEADER_CHARACTERS), "emoji": False}
    blocks: list[Json] = [{"type": "header", "text": header}]
    blocks.append(_rich([_section([_text(_cut("\n".join(view.lead), TEXT_CHARACTERS))])]))
    for one in view.stories[:stories]:
        blocks += [{"type": "divider"}, _rich([*_story(one)])]
    left = "…" if stories < len(view.stories) else ""
    foot = "\n".join(one for one in (left, view.more, *view.foot) if one)
    if foot:
        blocks += [{"type": "divider"}, _rich([_section([_text(_cut(foot, TEXT_CHARACTERS))])])]
    return {
        "text": fallback(view),
        "mrkdwn": False,
        "link_names": False,
        "parse": "none",
        "unfurl_links": False,
        "unfurl_media": False,
        "blocks": blocks,
    }


def fallback(view: MessageView) -> str:
    """Return the message in one escaped line, for notifications."""
    return escaped(_cut(view.subject, 300))


def escaped(text: str) -> str:
    """Return a text in which Slack and programs like it find no link, entity or mention."""
    for plain, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        text = text.replace(plain, entity)
    return _MARKDOWN.sub("]\u200b", _MENTION.sub("@\u200b", text))


def _story(story: StoryView) -> Iterator[Json]:
    article = story.article
    head = [*_title(article)]
    head += [_text(f"\n{article.facts}")] if article.facts else []
    yield _section(head)
    for one in article.passages:
        clauses = [_text(f"\n{one.clauses}", italic=True)] if one.clauses else []
        yield {"type": "rich_text_quote", "elements": [*_marked(one.snippet), *clauses]}
    lines = [one for one in (article.clauses, story.also) if one]
    if lines:
        yield _section([_text("\n".join(lines))])
    if story.others:
        yield _section([_text(f"{story.heading}:")])
        items = [_section([*_title(one), *_facts(one)]) for one in story.others]
        yield {"type": "rich_text_list", "style": "bullet", "elements": items}
    if story.more:
        yield _section([_text(story.more)])


def _title(article: ArticleView) -> Iterator[Json]:
    title = _cut(article.title.text, _PART)
    if article.link and len(article.link) <= _LINK_CHARACTERS:
        yield {"type": "link", "url": article.link, "text": title, "style": {"bold": True}}
    else:
        yield _text(title, bold=True)


def _facts(article: ArticleView) -> Iterator[Json]:
    if article.facts:
        yield _text(f" ({article.facts})")


def _marked(snippet: Snippet) -> Iterator[Json]:
    for text, is_marked in marked_parts(snippet):
        if text:
            yield _text(text[:_PART], bold=is_marked)


def _text(text: str, *, bold: bool = False, italic: bool = False) -> Json:
    style = {name: True for name, is_set in (("bold", bold), ("italic", italic)) if is_set}
    return {"type": "text", "text": text} | ({"style": style} if style else {})


def _section(elements: list[Json]) -> Json:
    return {"type": "rich_text_section", "elements": elements}


def _rich(elements: list[Json]) -> Json:
    return {"type": "rich_text", "elements": elements}


def _cut(text: str, limit: int) -> str:
    """Return lines of a text, clean and at most `limit` characters long; never empty."""
    clean = "\n".join(one_line(one) for one in text.splitlines()) or "…"
    return clean if len(clean) <= limit else clean[: limit - 1] + "…"
