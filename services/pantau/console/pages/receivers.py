"""Pages for the receivers of mails, who have no account: unsubscribe, mute."""

from datetime import datetime
from functools import wraps
from typing import Final

from pantau.common.channels.mail_links import ChannelToken, MailLinks, Purpose
from pantau.console.asked import Asked
from pantau.console.output import Answer, PageAnswer, View
from pantau.errors import UsageError
from pantau.problems import problem
from pantau.usecases.channels.unsubscribing import (
    find_receiver,
    mute_by_receiver,
    unsubscribe,
)
from pantau.usecases.reports.schedules import ReportSchedules
from pantau_schemas.events.subscription import Subscription

SPANS: Final = (
    ("1d", "receivers.mute-day"),
    ("7d", "receivers.mute-week"),
    ("growth", "receivers.mute-growth"),
)
"""How long a receiver can mute, and the words of the buttons."""


class _NoLinkError(UsageError):
    """An address that no mail has: it was cut, or its key was replaced."""


def _for_receivers(view: View) -> View:
    """Return a view that says what to do where its link is cut or its subscription is gone.

    The error page of the console is for people with an account, and names commands and menus.
    """

    @wraps(view)
    def answered(asked: Asked) -> Answer:
        try:
            return view(asked)
        except _NoLinkError:
            return PageAnswer("receiver-told.html", {"told": "cut"}, 404)
        except UsageError as error:
            if error.problem is None or error.problem.code != "subscriptions.missing":
                raise
            # Nothing comes from it any more: what the receiver wanted is so.
            return PageAnswer("receiver-told.html", {"told": "gone"})

    return answered


@_for_receivers
def ask_unsubscribe(asked: Asked) -> Answer:
    """Return the question whether to unsubscribe. Opening it changes nothing: scanners do."""
    meant = _meant(asked, "unsubscribe")
    report = ReportSchedules(asked.store.log, asked.parts.clock).mailed_to(meant)
    if report is not None:
        return _page("receivers.unsubscribe", report.about, None, {"yes": ""})
    found = find_receiver(asked.repository, meant)
    done = None if found.is_subscribed else "receivers.unsubscribed"
    return _page("receivers.unsubscribe", found.subscription.name, done, {"yes": ""})


@_for_receivers
def do_unsubscribe(asked: Asked) -> Answer:
    """Remove the receiver: by the button of the page, or by a mail program (RFC 8058).

    A scheduled report has one receiver, and ends with them.
    """
    meant = _meant(asked, "unsubscribe")
    schedules = ReportSchedules(asked.store.log, asked.parts.clock)
    report = schedules.mailed_to(meant)
    if report is not None:
        schedules.remove(report.schedule.subscription_id)
        return _page("receivers.unsubscribe", report.about, "receivers.unsubscribed", {})
    with asked.parts.changing:
        changed = unsubscribe(asked.repository, meant)
    return _page("receivers.unsubscribe", changed.name, "receivers.unsubscribed", {})


@_for_receivers
def ask_mute(asked: Asked) -> Answer:
    """Return the question for how long to mute."""
    found = find_receiver(asked.repository, _meant(asked, "mute"))
    return _page("receivers.mute", found.subscription.name, None, dict(SPANS))


@_for_receivers
def do_mute(asked: Asked) -> Answer:
    """Set a mute on the subscription.

    Raises UsageError for a length that the page does not offer.
    """
    span = asked.form.get("for", "")
    if span not in dict(SPANS):
        raise UsageError(problem("console.no-page"))
    until = None if span == "growth" else span
    meant = _meant(asked, "mute")
    with asked.parts.changing:
        changed = mute_by_receiver(asked.repository, meant, until)
    return _page("receivers.mute", changed.name, "receivers.muted", {}, _end_of(changed))


def _meant(asked: Asked, purpose: Purpose) -> ChannelToken:
    """Return what the address stands for. Raises UsageError for one that we did not write."""
    key = asked.parts.signing_key()
    links = None if key is None else MailLinks(asked.parts.settings.console.public_url or "", key)
    found = None if links is None else links.read(purpose, asked.named["token"])
    if found is None:
        raise _NoLinkError(problem("console.no-page"))
    return found


def _end_of(muted: Subscription) -> datetime | None:
    mute = muted.rules.mute
    return None if mute is None else mute.until


def _page(
    question: str,
    name: str,
    done: str | None,
    choices: dict[str, str],
    until: datetime | None = None,
) -> Answer:
    values = {
        "question": question,
        "name": name,
        "done_code": done,
        "choices": choices,
        "until": until,
    }
    return PageAnswer("receiver.html", values)
