"""An alert as an e-mail, in Indonesian or English by the article's language. Pure.

Every value is external: it is made harmless before it enters a header or the text, the HTML part
escapes everything, and links are built from http and https addresses only. After that nothing
interprets it again: `mails.header` and `mails.wire` write the bytes, and `mails.check` reads the
finished ones.
"""

import html
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Final
from urllib.parse import quote

from pantau.common.channels.mailbox import Mailbox, read_mailbox
from pantau.common.text.safe_text import marked_parts, one_line, starred
from pantau.common.time.zones import known_zone, local_time, zone_label
from pantau.errors import RejectError
from pantau.notifier.mails.check import check_mail
from pantau.notifier.mails.footer import footer_html, footer_lines
from pantau.notifier.mails.wire import Draft, write_mail
from pantau.problems import problem
from pantau_schemas.events.alert import Alert, Snippet
from pantau_schemas.ids import digest_id

SUBJECT_LIMIT: Final = 200
_ATOM_LIMIT: Final = 200
_MALAY_FAMILY: Final = frozenset({"id", "ms", "jv", "su", "min", "und"})


@dataclass(frozen=True, slots=True)
class Wording:
    """The fixed phrases of a mail."""

    lang: str
    matched: str
    source: str
    published: str
    first_seen: str
    query: str
    more: str
    read: str
    months: str


INDONESIAN: Final = Wording(
    lang="id",
    matched="Berita baru untuk langganan",
    source="Sumber",
    published="Terbit",
    first_seen="Ditemukan",
    query="Kueri",
    more="Kecocokan lain",
    read="Baca berita",
    months="Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
)
ENGLISH: Final = Wording(
    lang="en",
    matched="New article for subscription",
    source="Source",
    published="Published",
    first_seen="Found",
    query="Query",
    more="More matches",
    read="Read the article",
    months="January February March April May June July August September October November December",
)


def wording_for(lang: str | None) -> Wording:
    """Return the phrases: Indonesian for Indonesian and for related or unknown languages."""
    return INDONESIAN if lang is None or lang in _MALAY_FAMILY else ENGLISH


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail that is ready to send: its bytes, and the addresses of its envelope."""

    sender: str
    to: str
    content: bytes


def mail_address(text: str) -> Mailbox:
    """Parse a mailbox such as `desk@example.org`. Raises RejectError with the expected form."""
    try:
        return read_mailbox(text)
    except ValueError as error:
        raise RejectError(
            problem("channels.no-address", text=text[:200], reason=str(error))
        ) from error


def compose(alert: Alert, *, delivery_id: str, sender: Mailbox, to: str) -> Mail:
    """Compose the mail of an alert, and check its bytes.

    Raises RejectError when `to` is not an address, or the bytes differ from the draft.
    """
    words = wording_for(alert.article.lang)
    name = one_line(alert.subscription_name, 80)
    title = one_line(alert.article.title) or "(…)"
    said = MailContent(
        subject=f"[{name}] {title}",
        moment=alert.matched_at,
        list_name=alert.subscription_id,
        lang=words.lang,
        plain=_text(alert, words, name, title),
        html=_html(alert, words, name, title),
    )
    return seal(said, message_id=delivery_id, sender=sender, to=to)


@dataclass(frozen=True, slots=True)
class MailContent:
    """The content of a mail. Texts are clean."""

    subject: str
    moment: datetime
    list_name: str
    lang: str
    plain: str
    html: str


def seal(said: MailContent, *, message_id: str, sender: Mailbox, to: str) -> Mail:
    """Write a mail and check its bytes.

    Raises RejectError when `to` is not an address, or the bytes differ from the draft.
    """
    # An address literal cannot be the domain of an id; localhost stands in.
    domain = "localhost" if sender.domain.startswith("[") else sender.domain
    draft = Draft(
        sender=replace(sender, name=sender.name or "Pantau"),
        to=replace(mail_address(to), name=""),
        subject=one_line(said.subject, SUBJECT_LIMIT),
        date=format_datetime(said.moment.astimezone(UTC)),
        # The same on every attempt, so that a repeated mail can be recognised.
        message_id=f"{_atom(message_id)}@{domain}",
        list_id=f"{_atom(said.list_name)}.pantau.{domain}",
        lang=said.lang,
        plain=said.plain,
        html=said.html,
        boundary=f"=_{digest_id('boundary', message_id)}",
    )
    content = write_mail(draft)
    check_mail(content, draft)
    return Mail(draft.sender.address, draft.to.address, content)


def _atom(identifier: str) -> str:
    """Return an id as a dot-atom (RFC 5322).

    Other characters become hexadecimal codes; a long id becomes its digest.
    """
    atom = "".join(
        one if one.isascii() and (one.isalnum() or one in "-_") else f"={ord(one):x}"
        for one in identifier
    )
    return atom if len(atom) <= _ATOM_LIMIT else digest_id("atom", identifier)


def _facts(alert: Alert, words: Wording) -> Iterator[tuple[str, str]]:
    article = alert.article
    if article.source:
        yield words.source, one_line(article.source)
    if article.published is not None:
        yield words.published, moment_text(article.published, words, alert.time_zone)
    yield words.first_seen, moment_text(article.first_seen, words, alert.time_zone)
    yield words.query, one_line(alert.query, 500)
    if alert.more_matches:
        yield words.more, str(alert.more_matches)


def moment_text(moment: datetime, words: Wording, zone: str) -> str:
    """Format a time in words, in the zone of an IANA name and with its short name."""
    local = local_time(moment, known_zone(zone))
    month = words.months.split()[local.month - 1]
    return f"{local.day} {month} {local.year} {local:%H:%M} {zone_label(local)}"


def _text(alert: Alert, words: Wording, name: str, title: str) -> str:
    marked = next((starred(one) for one in alert.snippets if _whole_title(one, alert)), title)
    lines = [f"{words.matched} {name}", "", marked, ""]
    for snippet in alert.snippets:
        if not _whole_title(snippet, alert):
            lines += [starred(snippet), ""]
    lines += [f"{label}: {value}" for label, value in _facts(alert, words)]
    if alert.article.url:
        lines += ["", whole_link(alert.article.url)]
    return "\n".join([*lines, "", "-- ", *_footer(alert, words, name), ""])


def _footer(alert: Alert, words: Wording, name: str) -> tuple[str, ...]:
    return footer_lines(words.lang, name, (alert.subscription_id,))


def _html(alert: Alert, words: Wording, name: str, title: str) -> str:
    marked = next(
        (_bold(one) for one in alert.snippets if _whole_title(one, alert)), html.escape(title)
    )
    link = whole_link(alert.article.url or "")
    linked = link.lower().startswith(("http://", "https://"))
    heading = f'<a href="{html.escape(link)}">{marked}</a>' if linked else marked
    snippets = "".join(
        f"<p>{_bold(one)}</p>\n" for one in alert.snippets if not _whole_title(one, alert)
    )
    facts = "".join(
        f"<tr><td>{html.escape(label)}</td><td>{html.escape(value)}</td></tr>\n"
        for label, value in _facts(alert, words)
    )
    button = (
        f'<p><a href="{html.escape(link)}">{html.escape(words.read)}</a></p>\n' if linked else ""
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{words.lang}"><head><meta charset="utf-8"></head><body>\n'
        f"<p>{html.escape(words.matched)} <b>{html.escape(name)}</b></p>\n"
        f"<h2>{heading}</h2>\n{snippets}<table>\n{facts}</table>\n{button}"
        f"{footer_html(_footer(alert, words, name))}</body></html>\n"
    )


def whole_link(url: str) -> str:
    """Return an equivalent address without invisible characters."""
    return one_line(
        "".join(
            one if one.isprintable() and one != " " else quote(one, errors="replace")
            for one in url.strip()
        )
    )


def _whole_title(snippet: Snippet, alert: Alert) -> bool:
    return snippet.field == "title" and snippet.text == alert.article.title


def _bold(snippet: Snippet) -> str:
    return "".join(
        f"<b>{html.escape(text)}</b>" if marked else html.escape(text)
        for text, marked in marked_parts(snippet)
    )
