"""Webhooks that exist keep the version of their body, and new ones get the newest."""

import json
from pathlib import Path

import pytest

from pantau.adapters.memory.store import MemoryStore
from pantau.errors import UsageError
from pantau.settings import Settings
from pantau.usecases.channels.payloads import change_payload, payload_of
from pantau.usecases.subscriptions.editing import SubscriptionChanges, edit
from pantau.usecases.subscriptions.files import as_csv, parse_rows, rows_of
from pantau.usecases.subscriptions.importing import import_rows
from pantau.usecases.subscriptions.repository import SubscriptionRepository
from pantau.usecases.subscriptions.subscribing import NewSubscription, read_tags, subscribe
from pantau_schemas.codec import decode, encode
from pantau_schemas.events.subscription import (
    PayloadVersion,
    Subscription,
    TerminalChannel,
    WebhookChannel,
)
from tests.support import FixedClock, subscription

HOOK = "webhook:https://desk.example/hook"
OTHER = "webhook:https://desk.example/other"
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


class Desk:
    """A store, and what is done with its subscriptions."""

    def __init__(self, folder: Path) -> None:
        self.clock = FixedClock()
        self.store = MemoryStore(self.clock)
        self.settings = Settings(data=folder)
        self.repository = SubscriptionRepository(self.store.log, self.clock)

    def add(self, query: str, *targets: str, payload: PayloadVersion | None = None) -> Subscription:
        wanted = NewSubscription(
            query=query, targets=targets, subscription_id=query, payload=payload, is_sure=True
        )
        return subscribe(wanted, self.repository, self.settings, self.clock).subscription

    def edit(self, name: str, changes: SubscriptionChanges) -> None:
        edit(name, changes, self.repository, self.settings, self.store.log, lambda _: True)

    def versions(self) -> dict[str, PayloadVersion | None]:
        return {one.subscription_id: payload_of(one) for one in self.repository.all()}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_a_webhook_of_before_there_were_versions_keeps_the_first() -> None:
    stored = json.loads(encode(subscription("s", "banjir", channels=(hook(1),))))
    del stored["channels"][0]["payload"], stored["tags"]
    read = decode(Subscription, json.dumps(stored | {"schema_version": 1}).encode())
    assert (payload_of(read), read.tags) == (1, ())


def hook(version: PayloadVersion) -> WebhookChannel:
    return WebhookChannel.model_validate(
        {"url": "https://desk.example/hook", "secret": SECRET, "payload": version}
    )


def test_a_new_address_gets_the_newest_and_a_known_one_its_own(desk: Desk) -> None:
    desk.repository.save(subscription("old", "banjir", channels=(hook(1),)))
    desk.add("gempa", HOOK)
    desk.add("longsor", OTHER)
    desk.add("topan", OTHER, payload=1)
    desk.add("hujan", OTHER)
    desk.add("angin", "terminal")
    assert desk.versions() == {
        "old": 1, "gempa": 1, "longsor": 2, "topan": 1, "hujan": 1, "angin": None,
    }  # fmt: skip


def test_an_edit_changes_only_what_it_names(desk: Desk) -> None:
    desk.repository.save(subscription("old", "banjir", channels=(hook(1),)))
    desk.edit("old", SubscriptionChanges(name="Lain", tags=("a, b", "a")))
    assert desk.versions() == {"old": 1}
    assert desk.repository.find("old").tags == ("a", "b")
    desk.edit("old", SubscriptionChanges(added=(OTHER,)))
    assert [one.payload for one in desk.repository.find("old").channels if is_hook(one)] == [1, 2]  # type: ignore[union-attr]
    desk.edit("old", SubscriptionChanges(payload=2, tags=()))
    found = desk.repository.find("old")
    assert [one.payload for one in found.channels if is_hook(one)] == [2, 2]  # type: ignore[union-attr]
    assert found.tags == ()


def is_hook(channel: object) -> bool:
    return isinstance(channel, WebhookChannel)


def test_an_address_is_changed_for_all_subscriptions_that_have_it(desk: Desk) -> None:
    for name in ("a1", "b1"):
        desk.repository.save(subscription(name, "banjir", channels=(hook(1), TerminalChannel())))
    desk.add("longsor", OTHER, payload=1)
    assert change_payload(hook(1), 2, desk.repository) == 2
    assert desk.versions() == {"a1": 2, "b1": 2, "longsor": 1}
    assert change_payload(hook(1), 2, desk.repository) == 0
    assert change_payload(hook(2), 1, desk.repository) == 2
    with pytest.raises(UsageError, match="no webhook"):
        change_payload(TerminalChannel(), 2, desk.repository)


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_a_file_takes_versions_and_tags_to_another_store(
    desk: Desk, tmp_path: Path, form: str
) -> None:
    desk.repository.save(
        subscription("old", "banjir", channels=(hook(1),), tags=("bencana", "jateng"))
    )
    desk.add("longsor", OTHER)
    desk.add("angin", "terminal")
    rows = [*rows_of(desk.repository.all())]
    text = as_csv(rows) if form == "csv" else "\n".join(map(json.dumps, rows))
    other = Desk(tmp_path)
    import_rows(parse_rows(text), other.repository, other.settings)
    assert other.versions() == {"old": 1, "longsor": 2, "angin": None}
    assert other.repository.find("old").tags == ("bencana", "jateng")


def test_a_row_without_a_version_keeps_that_of_the_webhook(desk: Desk) -> None:
    desk.repository.save(subscription("old", "banjir", channels=(hook(1),)))
    for row, version in (({}, 1), ({"payload": 2}, 2), ({}, 2), ({"payload": "1"}, 1)):
        line = json.dumps({"id": "old", "query": "banjir", "to": HOOK, **row})
        import_rows(parse_rows(line), desk.repository, desk.settings)
        assert desk.versions() == {"old": version}
    line = json.dumps({"id": "old", "query": "banjir", "to": HOOK, "payload": 3})
    with pytest.raises(UsageError, match="expected 1 or 2"):
        import_rows(parse_rows(line), desk.repository, desk.settings)


@pytest.mark.parametrize("tags", [("x" * 41,), ("a\x00b",), tuple("abcdefghijk")])
def test_tags_that_cannot_be_are_refused(desk: Desk, tags: tuple[str, ...]) -> None:
    wanted = NewSubscription(query="banjir", tags=tags)
    with pytest.raises(UsageError, match="tags"):
        subscribe(wanted, desk.repository, desk.settings, desk.clock)


def test_tags_are_read_as_people_write_them() -> None:
    assert read_tags(("a, b ,", " c  d ", "a")) == ("a", "b", "c d")
