"""Whoever reads a subscription or a feed to write it again keeps others from doing so meanwhile."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import pytest

from pantau.api.mount import PREFIX
from pantau.bootstrap import open_store
from pantau.common.channels.mail_links import ChannelToken, MailLinks
from pantau.console.app import build_app
from pantau.ports import Record
from pantau.settings import ConsoleSettings, Settings, SmtpSettings
from pantau.usecases.channels.health import id_of
from pantau.usecases.feeds.feed_list import FeedList
from pantau.usecases.subscriptions.repository import SubscriptionRepository
from pantau_schemas.events.subscription import EmailChannel
from pantau_schemas.topics import FEEDS, SUBSCRIPTIONS
from tests.apis import ApiClient, api_parts
from tests.support import START, FixedClock, subscription

MAIL = EmailChannel(to="meja@kabar.example")
KEY = b"k" * 32
FEED = "https://kabar.example/rss"
FORM = "application/x-www-form-urlencoded"


def test_what_is_read_to_be_changed_is_not_changed_by_others_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(
        data=tmp_path,
        smtp=SmtpSettings(host="mail.example", sender="p@kabar.example"),
        console=ConsoleSettings(public_url="https://pantau.example"),
    )
    clock = FixedClock(START)
    store = open_store(settings, clock)
    SubscriptionRepository(store.log, clock).save(subscription("a", "banjir", channels=(MAIL,)))
    feed, _ = FeedList(store.log, clock).add(FEED)
    parts = replace(api_parts(store, settings, clock), signing_key=lambda: KEY)
    client, held = ApiClient(build_app(parts), ""), list[bool]()
    append = type(store.log).append

    def watched(log: object, records: Iterable[Record]) -> object:
        listed = [*records]
        if any(one.topic in {SUBSCRIPTIONS.name, FEEDS.name} for one in listed):
            held.append(parts.changing.locked())
        return append(log, listed)  # type: ignore[arg-type]  # (the log of the store)

    monkeypatch.setattr(type(store.log), "append", watched)
    links, meant = MailLinks("https://pantau.example", KEY), ChannelToken("a", id_of(MAIL))
    one, fed = "/subscriptions/a", f"/feeds/{feed.feed_id}"
    asked = [
        ("/start/channel", {"to": "terminal"}),
        (f"{one}/mute", {"until": "1h"}),
        (f"{one}/unmute", {}),
        (f"{one}/pause", {}),
        (f"{one}/resume", {}),
        (f"/mute/{links.token('mute', meant)}", {"for": "1d"}),
        (f"/unsubscribe/{links.token('unsubscribe', meant)}", {}),
        (f"{fed}/pause", {}),
        (f"{fed}/resume", {}),
        (f"{PREFIX}{one}/mute", None),
        (f"{PREFIX}{one}/unmute", None),
        (f"{PREFIX}{one}/pause", None),
        (f"{PREFIX}{one}/resume", None),
        (f"{PREFIX}{fed}/pause", None),
        (f"{PREFIX}{fed}/resume", None),
        (f"{one}/remove", {}),
        (f"{fed}/remove", {}),
    ]
    for path, form in asked:
        before = len(held)
        kind = "application/json" if form is None else FORM
        body = b"{}" if form is None else urlencode(form).encode()
        reply = client.ask("POST", path, body, {"content-type": kind})
        assert reply.status < 400, (path, reply.content)
        assert held[before:] == [True], path
    store.close()
