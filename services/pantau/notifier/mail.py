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
from pantau.common.text.safe_text import one_line, starred
from pantau.common.time.zones import known_zone
from pantau.errors import RejectError
from pantau.messages.languages import Lang
from pantau.notifier.composing.view import MessageView
from pantau.notifier.composing.views import moment_text as moment_in
from pantau.notifier.composing.views import view_of_alert
from pantau.notifier.mails import layout
from pantau.notifier.mails.check import check_mail
from pantau.notifier.mails.footer import footer_lines
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


INDONESIAN: Final = Wording(
    lang="id",
    matched="Berita baru untuk langganan",
    source="Sumber",
    published="Terbit",
    first_seen="Ditemukan",
    query="Kueri",
    more="Kecocokan lain",
    read="Baca berita",
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


def compose(
    alert: Alert, *, delivery_id: str, sender: Mailbox, to: str, lang: Lang | None = None
) -> Mail:
    """Compose the mail of an alert, and check its bytes.

    It is in `lang`, else in the language of the article. Raises RejectError when `to` is not an
    address, or the bytes differ from the draft.
    """
    return seal(say_alert(alert, lang), message_id=delivery_id, sender=sender, to=to)


def say_alert(alert: Alert, lang: Lang | None = None) -> "MailContent":
    """Compose what the mail of an alert says, in `lang`, else in the language of the article."""
    words = wording_for(alert.article.lang if lang is None else lang)
    name = one_line(alert.subscription_name, 80)
    title = one_line(alert.article.title) or "(…)"
    view = view_of_alert(alert, "id" if words.lang == "id" else "en")
    return MailContent(
        subject=f"[{name}] {title}",
        moment=alert.matched_at,
        list_name=alert.subscription_id,
        lang=words.lang,
        plain=_text(alert, words, view, title),
        html=_html(alert, words, view),
        thread=thread_of(alert.subscription_id, alert.article.story_id),
    )


def thread_of(subscription_id: str, story_id: str | None) -> str | None:
    """Return the id of the thread of a story's mails; None without a story.

    Every mail about one story names the same ancestor, so readers show them as one thread whichever
    of them came first, is missing or was sent twice. No state is needed for that.
    """
    return None if story_id is None else digest_id("thread", subscription_id, story_id)


@dataclass(frozen=True, slots=True)
class MailContent:
    """The content of a mail. Texts are clean."""

    subject: str
    moment: datetime
    list_name: str
    lang: str
    plain: str
    html: str
    thread: str | None = None  # see `thread_of`
    unsubscribe: str | None = None  # address by which the receiver unsubscribes


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
        thread=None if said.thread is None else f"{_atom(said.thread)}@{domain}",
        unsubscribe=said.unsubscribe,
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
    return moment_in(moment, known_zone(zone), "id" if words.lang == "id" else "en")


def _text(alert: Alert, words: Wording, view: MessageView, title: str) -> str:
    marked = next((starred(one) for one in alert.snippets if _whole_title(one, alert)), title)
    lines = [f"{words.matched} {view.name}", "", marked, ""]
    story = view.stories[0]
    for passage in story.article.passages:
        lines += [starred(passage.snippet), *filter(None, (passage.clauses,)), ""]
    lines += [one for one in (story.article.clauses, story.also) if one]
    lines += [f"{label}: {value}" for label, value in _facts(alert, words)]
    if alert.article.url:
        lines += ["", whole_link(alert.article.url)]
    return "\n".join([*lines, "", "-- ", *_footer(alert, words, view), ""])


def _footer(alert: Alert, words: Wording, view: MessageView) -> tuple[str, ...]:
    return footer_lines(words.lang, view.name, (alert.subscription_id,))


def _html(alert: Alert, words: Wording, view: MessageView) -> str:
    facts = "".join(
        f"<tr><td>{html.escape(label)}</td><td>{html.escape(value)}</td></tr>\n"
        for label, value in _facts(alert, words)
        if label not in {words.source, words.published}  # they stand below the title
    )
    return layout.page(
        words.lang,
        f"<p>{html.escape(words.matched)} <b>{html.escape(view.name)}</b></p>\n"
        + layout.story(view.stories[0], view.read)
        + f'<table role="presentation" class="facts">\n{facts}</table>\n',
        _footer(alert, words, view),
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
