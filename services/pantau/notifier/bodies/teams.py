"""A message as JSON for webhooks of Microsoft Teams: an Adaptive Card in a message. Pure.

Outside text stands in `RichTextBlock`, whose runs are shown as they are; `TextBlock` would read
Markdown in it. Functions such as `{{DATE(...)}}` are broken, wherever a card might read them. Teams
accepts about 28 KB.
"""

import re
from collections.abc import Iterator
from typing import Final

from pantau.common.text.safe_text import marked_parts, one_line
from pantau.notifier.bodies.fitting import Json, fitting_body
from pantau.notifier.composing.view import ArticleView, MessageView, StoryView
from pantau_schemas.events.alert import Snippet

_PART: Final = 500
_LINES: Final = 2_500
_LINK_CHARACTERS: Final = 2_000
_FUNCTION: Final = re.compile(r"([{$])(?=\{)")


def teams_body(view: MessageView) -> bytes:
    """Return the body in UTF-8, with as many stories as fit."""
    return fitting_body(view, _body)


def _body(view: MessageView, stories: int) -> Json:
    blocks = [_block([_run(view.subject, weight="Bolder", size="Medium")])]
    blocks += [_block([_run(one, _LINES)]) for one in view.lead]
    for one in view.stories[:stories]:
        blocks.append({"type": "Container", "separator": True, "items": [*_story(one)]})
    left = "…" if stories < len(view.stories) else ""
    foot = [one for one in (left, view.more, *view.foot) if one]
    blocks += [_block([_run(one, _LINES, isSubtle=True)]) for one in foot]
    card = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "lang": view.lang,
        "fallbackText": _shown(view.subject, _PART),
        "msteams": {"width": "Full"},
        "body": blocks,
    }
    kind = "application/vnd.microsoft.card.adaptive"
    attachment = {"contentType": kind, "contentUrl": None, "content": card}
    return {"type": "message", "summary": _shown(view.subject, _PART), "attachments": [attachment]}


def _story(story: StoryView) -> Iterator[Json]:
    article = story.article
    yield _block([_title(article)])
    if article.facts:
        yield _block([_run(article.facts, isSubtle=True)])
    for one in article.passages:
        clauses = [_run(f" ({one.clauses})", isSubtle=True)] if one.clauses else []
        yield _block([*_marked(one.snippet), *clauses])
    for text in (article.clauses, story.also):
        if text:
            yield _block([_run(text, isSubtle=True)])
    if story.others:
        yield _block([_run(f"{story.heading}:")])
    for other in story.others:
        facts = [_run(f" ({other.facts})", isSubtle=True)] if other.facts else []
        yield _block([_run("• "), _title(other), *facts])
    if story.more:
        yield _block([_run(story.more, isSubtle=True)])


def _title(article: ArticleView) -> Json:
    run = _run(article.title.text, weight="Bolder")
    link = article.link.replace("{", "%7B").replace("}", "%7D")
    if link and len(link) <= _LINK_CHARACTERS:
        run["selectAction"] = {"type": "Action.OpenUrl", "url": link}
    return run


def _marked(snippet: Snippet) -> Iterator[Json]:
    for text, is_marked in marked_parts(snippet):
        if text:
            yield _run(text, weight="Bolder", keep=True) if is_marked else _run(text, keep=True)


def _block(runs: list[Json]) -> Json:
    return {"type": "RichTextBlock", "inlines": runs or [_run("…")]}


def _run(text: str, limit: int = _PART, *, keep: bool = False, **style: object) -> Json:
    """Return a run; `keep` spares the spaces at its ends, which separate it from its neighbours."""
    shown = _broken(text[:limit]) if keep else _shown(text, limit)
    return {"type": "TextRun", "text": shown, **style}


def _shown(text: str, limit: int) -> str:
    lead = " " if text.startswith(" ") else ""
    behind = " " if text.endswith(" ") else ""
    return _broken(f"{lead}{one_line(text, limit) or '…'}{behind}")


def _broken(text: str) -> str:
    """Return a text with a space before each brace that would begin a function or a template."""
    return _FUNCTION.sub(r"\1 ", text)
