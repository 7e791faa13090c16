"""The page of templates: shown, tried, saved and taken back, for a subscription and a channel."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest

from pantau.bootstrap import open_store
from pantau.console.app import build_app
from pantau.messages.languages import Lang
from pantau.settings import Settings
from pantau.usecases.channels.health import id_of
from pantau.usecases.subscriptions.repository import SubscriptionRepository
from pantau_schemas.events.subscription import EmailChannel, MessageTemplate, TerminalChannel
from tests.apis import ApiClient, ApiReply, api_parts
from tests.consoles import fill
from tests.support import START, FixedClock, subscription

MAIL = EmailChannel(to="meja@kabar.example")


@dataclass
class Desk:
    """A console over a store with a subscription that has alerts."""

    client: ApiClient
    repository: SubscriptionRepository

    def get(self, path: str = "", lang: Lang = "en") -> ApiReply:
        return self.client.ask(
            "GET", f"/subscriptions/a/messages{path}", b"", {"accept-language": lang}
        )

    def post(self, **form: str) -> ApiReply:
        sent = {"accept-language": "en", "content-type": "application/x-www-form-urlencoded"}
        return self.client.ask("POST", "/subscriptions/a/messages", urlencode(form).encode(), sent)

    def saved(self) -> tuple[MessageTemplate | None, MessageTemplate | None]:
        """Return the templates of the subscription and of its mail."""
        found = self.repository.find("a")
        mail = next(one for one in found.channels if isinstance(one, EmailChannel))
        return found.template, mail.template


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder: Path = tmp_path_factory.mktemp("desk")
    settings, clock = Settings(data=folder), FixedClock(START)
    store = open_store(settings, clock)
    repository = SubscriptionRepository(store.log, clock)
    repository.save(subscription("a", "banjir AND Demak", channels=(MAIL, TerminalChannel())))
    fill(store, settings, clock)
    yield Desk(ApiClient(build_app(api_parts(store, settings, clock)), ""), repository)
    store.close()


@pytest.fixture
def desk(made: Desk) -> Desk:
    made.repository.save(subscription("a", "banjir AND Demak", channels=(MAIL, TerminalChannel())))
    return made


def shown(reply: ApiReply) -> str:
    return html.unescape(reply.content.decode())


def test_a_template_is_tried_with_the_newest_alert_and_not_saved(desk: Desk) -> None:
    text = "{{ name }}|{% for one in stories %}<{{ one.source }}>{% endfor %}"
    reply = desk.post(text=text, do="preview")
    assert reply.status == 200
    assert 'class="line">A|&lt;' in reply.content.decode()
    assert "<script>alert" not in reply.content.decode()  # of a source with such a name
    assert text in shown(reply)
    assert desk.saved() == (None, None)


def test_a_template_is_saved_for_all_channels_or_for_one_and_taken_back(desk: Desk) -> None:
    channel = id_of(MAIL)
    reply = desk.post(text="semua\r\nbaris", do="save")
    assert reply.headers["location"] == "/subscriptions/a/messages?done=desk.form-saved"
    reply = desk.post(subject="satu", channel=channel, do="save")
    assert f"channel={channel}" in reply.headers["location"]
    assert desk.saved() == (MessageTemplate(text="semua\nbaris"), MessageTemplate(subject="satu"))
    assert ">\nsatu</textarea>" in shown(desk.get(f"?channel={channel}"))
    assert ">\nsemua\nbaris</textarea>" in shown(desk.get())
    assert desk.post(channel=channel, do="remove").status == 303
    assert desk.saved() == (MessageTemplate(text="semua\nbaris"), None)
    desk.post(do="remove")
    assert desk.saved() == (None, None)


@pytest.mark.parametrize(
    ("form", "said", "wrong"),
    [
        ({"text": "a\nb\n{{ nama }}"}, "text, line 3", "text"),
        ({"subject": "{% if %}"}, "subject, line 1", "subject"),
        ({"html": "<p>\n{{ 7 / 0 }}"}, "html, line 2", "html"),
        ({"text": "baik", "html": "{{ name.__class__ }}"}, "html, line 1", "html"),
        ({"text": " \r\n "}, "Write a subject", ""),
        ({}, "Write a subject", ""),
    ],
)
def test_a_fault_names_its_place_and_keeps_what_was_written(
    desk: Desk, form: dict[str, str], said: str, wrong: str
) -> None:
    for do in ("save",) if not wrong else ("save", "preview"):
        reply = desk.post(**form, do=do)
        page = shown(reply)
        assert (reply.status, said in page) == (400, True)
        assert re.findall(r'id="(\w+)"[^>]*aria-invalid', page) == ([wrong] if wrong else [])
        for text in form.values():
            assert text.strip() in page
    assert desk.saved() == (None, None)


def test_a_channel_with_a_fixed_form_is_refused_and_not_offered(desk: Desk) -> None:
    page = shown(desk.get())
    assert "meja@kabar.example" in page
    assert "terminal" not in page
    assert desk.post(text="x", channel=id_of(TerminalChannel()), do="save").status == 400
    assert desk.get("?channel=webhook").status == 400


def test_long_templates_are_taken_and_longer_ones_refused(desk: Desk) -> None:
    assert desk.post(text="x" * 20_000, do="save").status == 303
    assert desk.post(text="x" * 20_001, do="save").status == 400
    assert desk.saved()[0] == MessageTemplate(text="x" * 20_000)
    lines = "\u0939" * 10_000 + "\r\n" * 10_000
    assert desk.post(subject=lines, text=lines, html=lines, do="save").status == 303
    assert desk.post(text="x" * 600_000, do="save").status == 413


def test_the_page_speaks_both_languages(desk: Desk) -> None:
    assert "Bentuk pesan" in shown(desk.get(lang="id"))
    assert "Form of messages" in shown(desk.get())
    assert "{{ name }}: {% for one in stories %}" in shown(desk.get())
    page = desk.client.ask("GET", "/subscriptions/a", b"", {}).content.decode()
    assert 'href="/subscriptions/a/messages"' in page
