"""`pantau subscriptions template`: shown, saved, refused with part and line, put back."""

import re
from pathlib import Path

import pytest

from pantau.bootstrap import open_store
from pantau.settings import load_settings
from pantau.usecases.channels.own_form import template_at
from pantau.usecases.subscriptions.repository import all_subscriptions
from pantau_schemas.events.subscription import MessageTemplate
from tests.unit.commands.conftest import Run

GOOD = """subject = "!! {{ name }}"
text = '''
{% for one in stories %}
{{ loop.index }}. {{ one.title }}
   {{ one.link }}
{% endfor %}
'''
html = "<h1>{{ name }}</h1>"
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def saved(pantau: Run) -> Run:
    assert pantau("subscribe", "banjir", "--name", "Banjir & Co", "--yes")[0] == 0
    return pantau


def stored(data: Path) -> MessageTemplate | None:
    store = open_store(load_settings(data))
    try:
        (one,) = all_subscriptions(store.log)
    finally:
        store.close()
    return one.template


def test_it_is_shown_saved_kept_by_edits_and_removed(
    saved: Run, data: Path, tmp_path: Path
) -> None:
    file = tmp_path / "form.toml"
    file.write_text(GOOD, encoding="utf-8")
    name = "Banjir & Co"
    code, out, _ = saved("subscriptions", "template", name, str(file), "--preview")
    assert (code, stored(data)) == (0, None)
    assert "subject:\n  !! Banjir & Co\n" in out
    assert re.search(r"^text:\n  1\. .*\n     https://", out, re.MULTILINE)
    assert "<h1>" not in out
    code, out, _ = saved("subscriptions", "template", name, str(file))
    assert "saved: messages of Banjir & Co have this form" in out
    assert saved("subscriptions", "template", name, "--html")[1] == "<h1>Banjir &amp; Co</h1>\n"
    assert saved("subscriptions", "edit", name, "--tag", "air")[0] == 0
    kept = stored(data)
    assert kept is not None
    assert kept.html == "<h1>{{ name }}</h1>"
    assert saved("subscriptions", "template", name, "--remove")[0] == 0
    assert stored(data) is None
    assert "has no template" in saved("subscriptions", "template", name)[1]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ('text = "{{ name"', "the template is refused: text, line 1: "),
        ("text = '''\na\n{{ nam }}'''", "the template is refused: text, line 2: there is no nam;"),
        ('html = "{{ stories[0].link() }}"', "html, line 1: a call is not allowed here"),
        ('text = "{{ stories[0].title }}"', "text, line 1: "),
        ("text = unquoted", "is no TOML: Invalid value (at line 1, column 8)"),
        ('body = "x"', "body: "),
        ("", "expected subject, text or html"),
        ("text = '" + "x" * 20_001 + "'", "at most 20000 characters"),
        ("text = '" + "x" * 200_001 + "'", "is larger than 200000 bytes"),
        ("\x00", "is no TOML"),
    ],
)
def test_what_fails_is_refused_and_nothing_is_saved(
    saved: Run, data: Path, tmp_path: Path, content: str, fault: str
) -> None:
    file = tmp_path / "form.toml"
    file.write_text(content, encoding="utf-8")
    code, _, err = saved("subscriptions", "template", "Banjir & Co", str(file))
    assert code == 2
    assert fault in " ".join(err.split())
    assert stored(data) is None


def test_a_file_that_cannot_be_read_is_named(saved: Run, tmp_path: Path) -> None:
    code, _, err = saved("subscriptions", "template", "Banjir & Co", str(tmp_path / "none.toml"))
    assert code == 2
    assert "none.toml: No such file" in " ".join(err.split())


def mailed(pantau: Run) -> None:
    """Save a subscription with a webhook of Slack, and a file."""
    to = (
        "--to",
        "webhook:https://hooks.example/in",
        "--to",
        "file:alerts.jsonl",
        "--webhook-format",
        "slack",
    )
    made = pantau("subscribe", "banjir", "--name", "Banjir", "--yes", *to)
    assert made[0] == 0, made


def channels(data: Path) -> dict[str, MessageTemplate | None]:
    store = open_store(load_settings(data))
    try:
        (one,) = all_subscriptions(store.log)
    finally:
        store.close()
    return {each.kind: template_at(one, each) for each in one.channels}


def test_a_channel_has_its_own(pantau: Run, data: Path, tmp_path: Path) -> None:
    mailed(pantau)
    file = tmp_path / "form.toml"
    file.write_text(GOOD, encoding="utf-8")
    template = ("subscriptions", "template", "Banjir")
    assert pantau(*template, str(file), "--channel", "webhook", "--preview")[0] == 0
    assert channels(data)["webhook"] is None
    code, out, _ = pantau(*template, str(file), "--channel", "webhook")
    assert (code, stored(data)) == (0, None)
    assert "saved: messages of Banjir to webhook:https://hooks.example/in have this form" in out
    kept = channels(data)["webhook"]
    assert kept is not None
    assert kept.html == "<h1>{{ name }}</h1>"
    # Edits and other forms of the channel leave it in place.
    assert pantau("subscriptions", "edit", "Banjir", "--to-timing", "webhook=every 1h")[0] == 0
    assert channels(data)["webhook"] == kept
    assert "has no template;" in pantau(*template)[1]
    assert "<h1>Banjir</h1>" in pantau(*template, "--channel", "webhook", "--html")[1]
    assert pantau(*template, "--channel", "webhook", "--remove")[0] == 0
    assert channels(data)["webhook"] is None


@pytest.mark.parametrize(
    ("channel", "lang", "fault"),
    [
        ("file", "en", "alerts.jsonl have a fixed form; templates are for mails"),
        ("file", "id", "alerts.jsonl berbentuk tetap; templat adalah untuk surel"),
        ("terminal", "en", "webhook:https://hooks.example/in"),
        ("", "en", "webhook:https://hooks.example/in"),
    ],
)
def test_a_channel_without_a_form_is_refused(
    pantau: Run, data: Path, tmp_path: Path, channel: str, lang: str, fault: str
) -> None:
    mailed(pantau)
    file = tmp_path / "form.toml"
    file.write_text(GOOD, encoding="utf-8")
    for preview in ([], ["--preview"]):
        words = ("--lang", lang, "subscriptions", "template", "Banjir", str(file))
        code, _, err = pantau(*words, "--channel", channel, *preview)
        assert code == 2
        assert fault in " ".join(err.split())
    assert set(channels(data).values()) == {None}
