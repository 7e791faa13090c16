"""The HTML of mails: one column for any width, for light and dark screens. Pure.

Readers that darken mails do so in three ways: by the style sheet (`prefers-color-scheme`), by the
reader's own colours where a mail sets none, and by inverting. So texts and backgrounds have no
colour of their own, and the few that there are have a contrast of at least 4.5 (WCAG 2.2, 1.4.3) on
white as well as on black. There are no images and no addresses but those of articles.
"""

import html
from collections.abc import Iterable
from typing import Final

from pantau.common.text.safe_text import marked_parts, one_line
from pantau.notifier.composing.view import ArticleView, MessageView, StoryView
from pantau_schemas.events.alert import Snippet

_LINK: Final = "#1976d2"
_FAINT: Final = "#767676"
_STYLE: Final = (
    ":root{color-scheme:light dark;supported-color-schemes:light dark}"
    "body{margin:0;padding:0;-webkit-text-size-adjust:100%}"
    "main{display:block;max-width:640px;margin:0 auto;padding:16px;"
    "font:16px/1.5 -apple-system,'Segoe UI',Roboto,'Noto Sans',Arial,sans-serif;"
    "overflow-wrap:anywhere}"
    "h2{font-size:19px;line-height:1.3;margin:0 0 4px}"
    "h3{font-size:15px;margin:12px 0 4px}"
    f"a{{color:{_LINK};text-decoration:none}}"
    "h2 a:hover,li a:hover{text-decoration:underline}"
    "p{margin:0 0 12px}"
    f"small,td,.faint{{color:{_FAINT};font-size:14px}}"
    f".passage{{border-left:3px solid {_FAINT};padding-left:12px;margin:8px 0}}"
    "h2 b,.passage b{background:rgba(255,193,7,.35);border-radius:2px}"
    "h2 b{font-weight:inherit}"
    f".story{{border-top:1px solid {_FAINT};padding:16px 0 4px;margin:0}}"
    "ul{margin:0 0 12px;padding-left:20px}"
    "li{margin:0 0 8px}"
    "li small{display:block}"
    ".when{white-space:nowrap}"
    "table{border-collapse:collapse;margin:0 0 12px}"
    "td{padding:0 12px 2px 0;vertical-align:top}"
    f".foot{{border-top:1px solid {_FAINT};padding-top:12px;margin-top:16px}}"
    "@media (prefers-color-scheme:dark){a{color:#8ab4f8!important}"
    "small,td,.faint{color:#a8a8a8!important}}"
    "@media (max-width:420px){main{padding:12px}h2{font-size:18px}}"
)
"""Mail programs that drop the style sheet still show the text in order, with their own fonts."""


def page(lang: str, content: str, foot: Iterable[str]) -> str:
    """Return a mail of a content that is HTML already, and lines of text at its foot."""
    lines = "<br>".join(html.escape(one) for one in foot)
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}"><head><meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        '<meta name="supported-color-schemes" content="light dark">\n'
        f"<style>{_STYLE}</style></head><body><main>\n"
        f'{content}<p class="foot"><small>{lines}</small></p>\n</main></body></html>\n'
    )


def message(view: MessageView, foot: Iterable[str]) -> str:
    """Return the mail of a message of several alerts."""
    return page(view.lang, body(view), foot)


def body(view: MessageView) -> str:
    """Return what a message says, without the page around it."""
    first, *rest = view.lead
    text = f"<p>{html.escape(first)}</p>\n"
    text += "".join(f"<p><strong>{html.escape(one)}</strong></p>\n" for one in rest)
    text += "".join(story(one, "") for one in view.stories)
    if view.more:
        text += f'<p class="story">{html.escape(view.more)}</p>\n'
    return text


def story(shown: StoryView, read: str) -> str:
    """Return a story; `read` is the text of a second link to its article, if it is to have one."""
    article = shown.article
    text = f'<div class="story">\n<h2>{_linked(article, marked(article.title))}</h2>\n'
    facts = _facts(article)
    text += f'<p class="faint">{facts}</p>\n' if facts else ""
    for one in article.passages:
        clauses = f"<br><small>{html.escape(one.clauses)}</small>" if one.clauses else ""
        text += f'<p class="passage">{marked(one.snippet)}{clauses}</p>\n'
    text += _faint(article.clauses) + _faint(shown.also)
    if article.link and read:
        text += f"<p>{_linked(article, html.escape(read))}</p>\n"
    return text + _others(shown) + "</div>\n"


def _others(shown: StoryView) -> str:
    if not shown.others:
        return ""
    items = "".join(
        f"<li>{_linked(one, html.escape(one_line(one.title.text)))} "
        f"<small>{_facts(one)}</small></li>\n"
        for one in shown.others
    )
    return f"<h3>{html.escape(shown.heading)}</h3>\n<ul>\n{items}</ul>\n{_faint(shown.more)}"


def _facts(article: ArticleView) -> str:
    """Return source and time; a narrow screen breaks the line between them, not within the time."""
    when = f'<span class="when">{html.escape(article.when)}</span>' if article.when else ""
    return " · ".join(one for one in (html.escape(article.source), when) if one)


def _faint(text: str) -> str:
    return f'<p class="faint">{html.escape(text)}</p>\n' if text else ""


def _linked(article: ArticleView, text: str) -> str:
    return f'<a href="{html.escape(article.link)}">{text}</a>' if article.link else text


def marked(snippet: Snippet) -> str:
    """Return a snippet with its matched words in bold."""
    return "".join(
        f"<b>{html.escape(text)}</b>" if is_marked else html.escape(text)
        for text, is_marked in marked_parts(snippet)
    )
