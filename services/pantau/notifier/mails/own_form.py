"""Mails in their owner's own form. Pure.

The foot of a mail stays, whatever the template: it says how to unsubscribe.
"""

import html
from dataclasses import replace
from typing import Final

from pantau.common.text.safe_text import one_line
from pantau.messages.languages import Lang
from pantau.notifier.composing.own_form import OwnTexts
from pantau.notifier.mail import MailContent
from pantau.notifier.mails import layout

_FOOT: Final = "\n-- \n"
_PLAIN_STYLE: Final = "white-space:pre-wrap"


def in_own_form(said: MailContent, texts: OwnTexts) -> MailContent:
    """Return a mail with the texts that a template made, or with the notice that it failed.

    A template without HTML is shown as text in both parts; one without text leaves ours.
    """
    if texts.fault is not None:
        return _with_notice(said, texts)
    subject = said.subject if texts.subject is None else one_line(texts.subject)
    text = None if texts.text is None else clean_text(texts.text)
    page = _page(said, text, texts.html)
    plain = said.plain if text is None else text.rstrip() + "\n" + _foot(said)
    return replace(said, subject=subject or said.subject, plain=plain, html=page)


def clean_text(text: str) -> str:
    """Return lines without control characters and without what hides or reorders text."""
    return "\n".join(
        line[: len(line) - len(line.lstrip(" "))] + one_line(line) for line in text.splitlines()
    )


def _page(said: MailContent, text: str | None, page: str | None) -> str:
    if page is None and text is None:
        return said.html
    content = page
    if content is None:
        content = f'<div style="{_PLAIN_STYLE}">{html.escape(text or "")}</div>\n'
    return layout.page(said.lang, content, _foot(said).removeprefix(_FOOT).splitlines())


def _foot(said: MailContent) -> str:
    _, mark, foot = said.plain.rpartition(_FOOT)
    return mark + foot


def _with_notice(said: MailContent, texts: OwnTexts) -> MailContent:
    lang: Lang = "id" if said.lang == "id" else "en"
    notice = texts.notice(lang)
    shown = f'<p class="faint">{html.escape(notice)}</p>\n'
    body, _, _ = said.plain.rpartition(_FOOT)
    return replace(
        said,
        plain=f"{body}\n{notice}\n{_foot(said)}",
        html=said.html.replace('<p class="foot">', f'{shown}<p class="foot">', 1),
    )
