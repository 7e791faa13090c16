"""Templates in exports and imports: carried whole, kept where a row is silent, refused if bad."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from pantau.adapters.memory.store import MemoryStore
from pantau.adapters.templates.rendering import render
from pantau.messages.languages import Lang
from pantau.settings import Settings
from pantau.usecases.channels.own_form import template_at
from pantau.usecases.subscriptions.files import as_csv, parse_rows, rows_of
from pantau.usecases.subscriptions.importing import FaultyRowsError, import_rows
from pantau.usecases.subscriptions.repository import SubscriptionRepository
from pantau_schemas.events.subscription import (
    EmailChannel,
    FileChannel,
    MessageTemplate,
    Subscription,
    WebhookChannel,
    describe_channel,
)
from tests.support import FixedClock, subscription

SECRET = SecretStr("whsec_" + "QUJD" * 8)
PLAIN = MessageTemplate(subject="{{ name }}", text='a\n\n  b; "c", =1\n{{ lead | join }}')
BRIEF = MessageTemplate(html="<p>{{ subject }}</p>")


def stored(**changes: Any) -> tuple[SubscriptionRepository, Subscription]:
    """Return a repository with one subscription, and that."""
    clock = FixedClock()
    one = subscription(
        "s1",
        "banjir",
        channels=(
            EmailChannel(to="desk@example.org", template=BRIEF),
            WebhookChannel(url="https://x.example/in", secret=SECRET, payload=2, format="slack"),
            FileChannel(path="alerts.jsonl"),
        ),
        template=PLAIN,
    ).model_copy(update=changes)
    repository = SubscriptionRepository(MemoryStore(clock).log, clock)
    repository.save(one)
    return repository, one


def exported(one: Subscription, kind: str) -> str:
    """Return the file of a subscription, as JSON or CSV."""
    rows = [*rows_of([one])]
    return as_csv(rows) if kind == "csv" else "\n".join(map(json.dumps, rows))


def imported(repository: SubscriptionRepository, text: str) -> Subscription:
    """Import a file and return the only subscription."""
    import_rows(
        parse_rows(text), repository, Settings(data=Path("data")), lambda _: True, render=render
    )
    (one,) = repository.all()
    return one


@pytest.mark.parametrize("kind", ["json", "csv"])
def test_an_export_carries_templates(kind: str) -> None:
    repository, one = stored()
    assert imported(repository, exported(one, kind)) == one
    empty, _ = stored(subscription_id="other")
    made = imported(empty, exported(one.model_copy(update={"subscription_id": "other"}), kind))
    assert (made.template, made.channels) == (one.template, one.channels)


@given(text=st.text(min_size=1, max_size=80), kind=st.sampled_from(["json", "csv"]))
def test_any_text_of_a_template_comes_back(text: str, kind: str) -> None:
    source = "{{ name }}" + text.replace("{", "(").replace("\x00", "")
    repository, one = stored(template=MessageTemplate(text=source))
    bare = exported(one, kind)
    repository.save(one.model_copy(update={"template": None}))
    assert imported(repository, bare).template == MessageTemplate(text=source)


def test_a_row_that_is_silent_changes_nothing_and_null_removes() -> None:
    repository, _ = stored()
    assert imported(repository, '{"id": "s1", "tags": ["air"]}').template == PLAIN
    gone = imported(repository, '{"id": "s1", "template": null}')
    assert gone.template is None
    assert template_at(gone, gone.channels[0]) == BRIEF
    gone = imported(repository, 'id,channel_template\ns1,""\n')
    assert [template_at(gone, each) for each in gone.channels] == [None, None, None]
    again = {"id": "s1", "channel_template": {"webhook": {"text": "{{ name }}"}}}
    found = imported(repository, json.dumps(again))
    names = [describe_channel(each) for each in found.channels if template_at(found, each)]
    assert names == ["webhook:https://x.example/in"]


def test_a_template_that_is_of_no_use_is_not_carried() -> None:
    hook = WebhookChannel(url="https://x.example/in", secret=SECRET, payload=2, template=BRIEF)
    repository, one = stored(channels=(hook,))
    assert next(iter(rows_of([one])))["channel_template"] is None
    assert imported(repository, exported(one, "json")) == one


BAD = [
    ({"template": {"text": "{{ nam }}"}}, "text, line 1: there is no nam"),
    ({"template": {"text": "{{ name"}}, "text, line 1: "),
    ({"template": {"html": "{{ stories[0].link }}"}}, "html, line 1: "),
    ({"template": {"body": "x"}}, "template: expected subject, text or html"),
    ({"template": {"text": None}}, "template: expected subject, text or html"),
    ({"template": {"text": "x" * 20_001}}, "at most 20000 characters"),
    ({"template": "{{ name }}"}, "template: expected an object of JSON"),
    ({"template": ["x"]}, "template: expected subject, text or html"),
    ({"template": 7}, "template: expected subject, text or html"),
    ({"template": "[" * 100_000}, "template: expected an object of JSON"),
    ({"channel_template": "x"}, "channel_template: expected an object of JSON"),
    ({"channel_template": [1]}, "channel_template: expected an object of JSON"),
    ({"channel_template": {"email": {"text": "{{ nam }}"}}}, "there is no nam"),
    ({"channel_template": {"email": {"a": "b"}}}, "channel_template email: expected subject"),
    (
        {"channel_template": {"file": {"text": "x"}}},
        "messages to file:alerts.jsonl have a fixed form",
    ),
    ({"channel_template": {"terminal": {"text": "x"}}}, "email:desk@example.org"),
]


@pytest.mark.parametrize(("row", "fault"), BAD)
def test_a_bad_template_is_refused_with_its_line(row: dict[str, Any], fault: str) -> None:
    repository, one = stored()
    with pytest.raises(FaultyRowsError) as refused:
        imported(repository, json.dumps({"id": "s1", **row}))
    assert fault in str(refused.value)
    assert str(refused.value).startswith("line 1: ")
    langs: tuple[Lang, ...] = ("en", "id")
    assert len({refused.value.text(lang) for lang in langs}) == 2
    assert [*repository.all()] == [one]
