"""Templates through the interface: tried, saved for all or for one channel, refused, put back."""

from typing import Any
from urllib.parse import quote

import pytest

from tests.apis import ApiClient

GOOD = {"subject": "!! {{ name }}", "text": "{% for one in stories %}{{ one.title }}{% endfor %}"}


@pytest.fixture
def path(client: ApiClient) -> str:
    given = {
        "query": "banjir",
        "name": "Formulir",
        "channels": ["webhook:https://hooks.example/in", "terminal"],
        "format": "slack",
        "confirm": True,
    }
    made = client.send("POST", "/subscriptions", given)
    assert made.status == 201, made.content
    return f"/subscriptions/{quote(made.json()['subscription']['subscription_id'])}/template"


def test_a_template_is_tried_saved_and_removed(client: ApiClient, path: str) -> None:
    empty = client.get(path).json()
    assert (empty["template"], empty["text"], empty["saved"]) == (None, None, True)
    tried = client.send("POST", path, {"template": GOOD, "preview": True}).json()
    assert (tried["subject"], tried["html"], tried["saved"]) == ("!! Formulir", None, False)
    assert tried["text"]
    assert client.get(path).json()["template"] is None
    saved = client.send("POST", path, {"template": GOOD}).json()
    assert saved["saved"] is True
    assert client.get(path).json() == saved
    assert client.get(path, {"channel": "webhook"}).json()["template"] is None
    assert client.send("POST", path, {"template": None}).json()["template"] is None
    assert client.get(path).json() == empty


def test_a_channel_has_its_own(client: ApiClient, path: str) -> None:
    given = {"template": GOOD, "channel": "webhook"}
    saved = client.send("POST", path, given).json()
    assert saved["channel"] == "webhook:https://hooks.example/in"
    assert client.get(path, {"channel": "https://hooks.example/in"}).json() == saved
    assert client.get(path).json()["template"] is None


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"template": {"text": "{{ nam }}"}}, "template.refused"),
        ({"template": {"text": "{{ name"}}, "template.refused"),
        ({"template": GOOD, "channel": "terminal"}, "template.fixed-form"),
        ({"template": GOOD, "channel": "email"}, "template.no-such-channel"),
        ({"template": {"text": "x" * 20_001}}, None),
        ({"template": {"body": "x"}}, None),
        ({}, None),
    ],
)
def test_what_fails_is_refused_and_nothing_is_saved(
    client: ApiClient, path: str, given: dict[str, Any], code: str | None
) -> None:
    answer = client.send("POST", path, given)
    assert 400 <= answer.status < 500
    assert code is None or answer.json()["code"] == code
    assert client.get(path).json()["template"] is None
