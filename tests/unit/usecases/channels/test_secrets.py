"""Secrets of webhooks: given at an import, and replaced later."""

import json
from pathlib import Path

import pytest

from pantau.errors import PantauError, UsageError
from pantau.usecases.channels.secrets import change_secret
from pantau.usecases.subscriptions.files import parse_rows
from pantau.usecases.subscriptions.importing import import_rows
from pantau_schemas.events.subscription import TerminalChannel, WebhookChannel
from tests.unit.usecases.channels.test_payloads import HOOK, OTHER, SECRET, Desk

NEW = "whsec_" + "QUJD" * 10


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def secrets(desk: Desk) -> dict[str, str]:
    return {
        channel.url: channel.secret.get_secret_value()
        for one in desk.repository.all()
        for channel in one.channels
        if isinstance(channel, WebhookChannel)
    }


def test_an_import_takes_the_secret_of_the_receiver(desk: Desk) -> None:
    rows = parse_rows(json.dumps({"id": "a1", "query": "banjir", "to": HOOK}))
    done = import_rows(rows, desk.repository, desk.settings, given_secret=SECRET)
    assert done.new_secret is None
    assert set(secrets(desk).values()) == {SECRET}
    again = parse_rows(json.dumps({"id": "b1", "query": "gempa", "to": OTHER}))
    made = import_rows(again, desk.repository, desk.settings).new_secret
    assert made is not None
    assert set(secrets(desk).values()) == {SECRET, made}


def test_a_secret_is_replaced_for_all_subscriptions_of_an_address(desk: Desk) -> None:
    first = desk.add("gempa", HOOK)
    desk.add("banjir", HOOK)
    desk.add("longsor", OTHER)
    before = secrets(desk)
    assert change_secret(first.channels[0], NEW, desk.repository) == 2
    assert secrets(desk) == before | {HOOK.removeprefix("webhook:"): NEW}
    assert change_secret(first.channels[0], NEW, desk.repository) == 0
    with pytest.raises(UsageError, match="no webhook"):
        change_secret(TerminalChannel(), NEW, desk.repository)
    with pytest.raises(PantauError, match="whsec_"):
        change_secret(first.channels[0], "short", desk.repository)
