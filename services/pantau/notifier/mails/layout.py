"""The HTML of mails: one column for any width, for light and dark screens. Pure.

Readers that darken mails do so in three ways: by the style sheet (`prefers-color-scheme`), by the
reader's own colours where a mail sets none, and by inverting. So texts and backgrounds have no
colour of their own, and the few that there are have a contrast of at least 4.5 (WCAG 2.2, 1.4.3) on
white as well as on black. There are no images and no addresses but those of articles.
"""

import html
import re
from collections.abc import Iterable
from typing import Final

from pantau.common.text.safe_text import marked_parts, one_line
from pantau.notifier.composing.view import ArticleView, MessageView, StoryView
from pantau_schemas.events.alert import Snippet

_LINK: Final = "#1976d2"
_FAINT: Final = "#767676"
_MARK: Final = "#f9a825"
"""The line below matched words of a title: a background would take contrast from the link."""
_RULE: Final = "rgba(128,128,128,.4)"
"""Lines between stories: they separate, and are not read."""
_DATE: Final = re.compile(
    r"\b[0-9]{1,2} [A-Z][a-z]{2,8}(?: [0-9]{4})? [0-9]{2}:[0-9]{2}(?: [A-Z0-9+:-]{1,9})?"
)
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
    f".passage{{border-left:3px solid {_RULE};padding-left:12px;margin:8px 0}}"
    ".passage b{background:rgba(255,193,7,.35);border-radius:2px}"
    f"h2 b{{font-weight:inherit;border-bottom:2px solid {_MARK}}}"
    f".story{{border-top:1px solid {_RULE};padding:16px 0 4px;margin:0}}"
    "ul{margin:0 0 12px;padding-left:20px}"
    "li{margin:0 0 8px}"
    "li small{display:block}"
    ".when{white-space:nowrap}"
    "table{border-collapse:collapse;margin:0 0 12px}"
    "td{padding:0 12px 2px 0;vertical-align:top}"
    f".foot{{border-top:1px solid {_RULE};padding-top:12px;margin-top:16px}}"
    "@media (prefers-color-scheme:dark){a{color:#8ab4f8!important}"
    "small,td,.faint{color:#a8a8a8!important}}"
    "@media (max-width:420px){main{padding:12px}h2{font-size:18px}"
    ".dot{display:none}.when{display:block}}"
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
    name = f'<p class="faint"><b>{html.escape(view.name)}</b></p>\n' if view.name else ""
    return page(view.lang, name + body(view), foot)


def body(view: MessageView) -> str:
    """Return what a message says, without the page around it."""
    first, *rest = view.lead
    text = f"<p>{_unbroken(first)}</p>\n"
    text += "".join(f"<p><strong>{_unbroken(one)}</strong></p>\n" for one in rest)
    text += "".join(story(one, "") for one in view.stories)
    if view.more:
        text += f'<p class="story">{html.escape(view.more)}</p>\n'
    return text


def _unbroken(text: str) -> str:
    """Return a sentence as HTML, with its dates each on one line."""
    return _DATE.sub(lambda found: found[0].replace(" ", "&nbsp;"), html.escape(text))


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
    """Return source and time; a narrow screen has them on lines of their own."""
    when = f'<span class="when">{html.escape(article.when)}</span>' if article.when else ""
    dot = '<span class="dot"> · </span>'
    return dot.join(one for one in (html.escape(article.source), when) if one)


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
