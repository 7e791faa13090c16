"""The log as one person sees it: whose a new subscription is, and what may be written."""

import json
from dataclasses import replace

import pytest

from pantau.errors import UsageError
from pantau.ports import Record
from pantau.stream.envelope import record_for, removal_of
from pantau.usecases.accounts.ownership import owned_by
from pantau.usecases.accounts.person import ForbiddenError, Person
from pantau.usecases.dead_letters.handling import DeadLetters
from pantau.usecases.dead_letters.reading import LetterFilter
from pantau.usecases.feeds.feed_list import FeedList
from pantau.usecases.subscriptions.repository import SubscriptionRepository
from pantau_schemas.events.dead_letter import DeadLetter
from pantau_schemas.events.people.account import Scope
from pantau_schemas.ids import alert_id, digest_id
from pantau_schemas.topics import (
    ACCOUNTS,
    ALERTED,
    ALERTS,
    DEAD_LETTERS,
    DELIVERIES,
    REDACTIONS,
    SUBSCRIPTIONS,
)
from tests.support import START, subscription
from tests.unit.accounts.conftest import OWN, House

EDITOR: frozenset[Scope] = frozenset({"read", "write"})
ANI = Person("ani-id", "ani", "editor", ("kebun",), EDITOR)
BUDI = Person("budi-id", "budi", "editor", ("melati",), EDITOR)
CICI = Person("cici-id", "cici", "admin", (), frozenset({"read", "write", "admin"}))
READER = Person("dedi-id", "dedi", "reader", ("kebun",), frozenset({"read"}))


def registry(house: House, person: Person | None) -> SubscriptionRepository:
    log = house.store.log if person is None else house.parts.for_person(person).store.log
    return SubscriptionRepository(log, house.clock)


def owner(house: House, name: str) -> str | None:
    return registry(house, None).find(name).owner


def test_what_a_person_makes_is_theirs_or_their_teams(house: House) -> None:
    registry(house, ANI).save(
        subscription("own", "x"),
        subscription("team", "x").model_copy(update={"owner": "team:kebun"}),
        subscription("other", "x").model_copy(update={"owner": "budi-id"}),
        subscription("others", "x").model_copy(update={"owner": "team:melati"}),
    )
    found = {one: owner(house, one) for one in ("own", "team", "other", "others")}
    assert found == {"own": "ani-id", "team": "team:kebun", "other": "ani-id", "others": "ani-id"}
    assert [one.subscription_id for one in registry(house, BUDI).all()] == []
    assert [one.subscription_id for one in registry(house, READER).all()] == ["team"]


def test_a_change_keeps_the_owner_and_a_member_may_take_over(house: House) -> None:
    registry(house, ANI).save(subscription("a", "x").model_copy(update={"owner": "team:kebun"}))
    changed = subscription("a", "y")
    registry(house, ANI).save(changed)
    assert owner(house, "a") == "team:kebun"
    registry(house, ANI).save(changed.model_copy(update={"owner": "ani-id"}))
    assert owner(house, "a") == "ani-id"


def test_what_the_command_line_made_administrators_see(house: House) -> None:
    registry(house, None).save(subscription("free", "x"))
    assert [one.subscription_id for one in registry(house, CICI).all()] == ["free"]
    assert registry(house, ANI).all() == []
    registry(house, CICI).save(subscription("free", "y"))
    assert owner(house, "free") is None


@pytest.mark.parametrize("name", ["save", "remove", "pause"])
def test_nobody_writes_what_another_owns(house: House, name: str) -> None:
    one = subscription("a", "x")
    registry(house, ANI).save(one)
    before = house.store.log.table(SUBSCRIPTIONS.name).get("a")
    theirs = registry(house, BUDI)
    calls = {
        "save": lambda: theirs.save(one),
        "remove": lambda: theirs.remove([one]),
        "pause": lambda: theirs.pause(one, paused=True),
    }
    with pytest.raises(UsageError, match="there is no a"):
        calls[name]()
    assert house.store.log.table(SUBSCRIPTIONS.name).get("a") == before


def test_no_name_of_another_owner_is_suggested(house: House) -> None:
    registry(house, ANI).save(subscription("kebun", "x").model_copy(update={"name": "Kebun"}))
    with pytest.raises(UsageError, match="mean 'Kebun'"):
        registry(house, ANI).find("Kebum")
    with pytest.raises(UsageError) as caught:
        registry(house, BUDI).find("Kebum")
    assert "Kebun" not in caught.value.text()


def test_nothing_of_several_records_is_written_where_one_is_refused(house: House) -> None:
    registry(house, ANI).save(subscription("a", "x"))
    with pytest.raises(UsageError):
        registry(house, BUDI).save(subscription("b", "x"), subscription("a", "x"))
    assert [one.subscription_id for one in registry(house, None).all()] == ["a"]
    assert house.accounts.audit.newest(9)[0].actor == "ani"


def test_a_reader_writes_nothing(house: House) -> None:
    with pytest.raises(ForbiddenError):
        registry(house, READER).save(subscription("a", "x"))
    with pytest.raises(ForbiddenError):
        FeedList(house.parts.for_person(READER).store.log, house.clock).add("https://a.example/rss")


@pytest.mark.parametrize("topic", [ACCOUNTS.name, "no-topic"])
def test_accounts_and_what_nobody_placed_are_reached_by_no_face(house: House, topic: str) -> None:
    log = house.parts.for_person(CICI).store.log
    if topic == ACCOUNTS.name:
        with pytest.raises(UsageError):
            log.table(topic)
        with pytest.raises(UsageError):
            log.consumer([topic], None)
    with pytest.raises(UsageError):
        log.append([Record(topic, "k", b"{}")])
    with pytest.raises(UsageError):
        log.consumer([SUBSCRIPTIONS.name], "group")
    with pytest.raises(UsageError):
        log.tidy(SUBSCRIPTIONS.name, START)
    with pytest.raises(UsageError):
        log.key_assignment(SUBSCRIPTIONS.name, "group")


def test_what_the_pipeline_keeps_only_administrators_write(house: House) -> None:
    record = removal_of(REDACTIONS, "x")
    with pytest.raises(ForbiddenError):
        house.parts.for_person(ANI).store.log.append([record])
    house.parts.for_person(CICI).store.log.append([record])


def test_parts_are_made_for_a_person_once(house: House) -> None:
    with pytest.raises(RuntimeError):
        house.parts.for_person(ANI).for_person(BUDI)
    with pytest.raises(RuntimeError):
        replace(house.parts, ownership=None).for_person(ANI)


def test_an_alert_names_only_the_subscriptions_that_are_seen(newsroom: House) -> None:
    article = digest_id("demak-1")
    whole = json.loads(newsroom.store.log.table(ALERTED.name).get(article) or b"")
    seen = json.loads(
        newsroom.parts.for_person(ANI).store.log.table(ALERTED.name).get(article) or b""
    )
    assert set(seen["subscription_ids"]) == {f"{OWN}-1", f"{OWN}-2"}
    assert set(whole["subscription_ids"]) > set(seen["subscription_ids"])
    assert newsroom.parts.for_person(BUDI).store.log.table(ALERTED.name).get(article) is None


def test_a_table_counts_and_changes_by_what_is_seen(newsroom: House) -> None:
    table = newsroom.parts.for_person(ANI).store.log.table(ALERTS.name)
    values = table.snapshot().values
    assert table.count() == len(values) > 1
    assert set(table.changes(0).values) == set(values)
    assert list(table.newest(table.version())) == list(reversed(list(values.values())))
    assert alert_id(f"{OWN}-1", digest_id("demak-1")) in values
    assert newsroom.parts.for_person(BUDI).store.log.table(ALERTS.name).count() == 0


def test_a_closed_letter_stays_closed_for_its_owner(house: House) -> None:
    boss = Person("boss", "boss", "admin", ("kebun",), frozenset({"read", "write", "admin"}))
    owned = subscription("a", "x").model_copy(update={"owner": "team:kebun"})
    registry(house, None).save(owned)
    letter = DeadLetter(
        dead_letter_id="letter",
        stage="notifier",
        topic=DELIVERIES.name,
        offset=1,
        key="k",
        value=b'{"subscription_id": "a"}',
        error="RejectError",
        reason="broken",
        failed_at=START,
    )
    house.store.log.append([record_for(letter, DEAD_LETTERS, source="test", time=START)])

    def shown(person: Person, *, closed: bool = False) -> list[str]:
        found = letters(person).listed(LetterFilter(closed=closed), 99, "en").shown
        return [one.dead_letter_id for one in found]

    def letters(person: Person) -> DeadLetters:
        return DeadLetters(house.parts.for_person(person).store.log, house.clock)

    with pytest.raises(UsageError):
        letters(CICI).discard(["letter"])
    assert (shown(boss), shown(CICI)) == (["letter"], [])
    assert letters(boss).discard(["letter"]) == 1
    assert (shown(boss), shown(CICI)) == ([], [])
    assert (shown(boss, closed=True), shown(CICI, closed=True)) == (["letter"], [])


def test_a_portion_without_anything_that_is_seen_is_not_the_end(newsroom: House) -> None:
    consumer = newsroom.parts.for_person(ANI).store.log.consumer([SUBSCRIPTIONS.name], None)
    found = 0
    while portion := consumer.poll(1):
        found += len(portion)
    assert found == 2


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (b"", None),
        (b"[]", None),
        (b'{"owner": 1}', None),
        (b'{"schema_version": 99, "owner": "team:kebun"}', "team:kebun"),
    ],
)
def test_the_owner_of_a_record_that_cannot_be_read_is_still_its_owner(
    value: bytes, expected: str | None
) -> None:
    assert owned_by(value).owner == expected


def test_a_query_cannot_pose_as_an_owner(house: House) -> None:
    trick = '","owner":"budi-id","subscription_id":"b'
    registry(house, ANI).save(subscription("a", trick).model_copy(update={"name": trick}))
    assert registry(house, BUDI).all() == []
    assert len(registry(house, ANI).all()) == 1


def test_every_change_is_in_the_audit_log(house: House) -> None:
    house.join("ani", "editor")
    secret = house.secrets["ani"]
    body = json.dumps({"query": "banjir", "name": "Banjir"}).encode()
    made = house.ask("ani", "POST", "/api/v1/subscriptions", body=body).json()
    path = f"/subscriptions/{made['subscription']['subscription_id']}"
    house.ask("ani", "POST", f"{path}/pause", {})
    house.ask("ani", "POST", f"{path}/remove", {})
    house.ask("ani", "POST", "/feeds/add", {"url": "https://user:sandi@baru.example/rss"})
    house.ask("ani", "POST", "/account/tokens", {"name": "papan"})
    found = house.accounts.audit.newest(20)
    assert [one.action for one in reversed(found)] == [
        "subscriptions.added", "subscriptions.changed", "subscriptions.removed", "feeds.added",
        "tokens.added",
    ]  # fmt: skip
    assert {(one.actor, one.via, one.address) for one in found} == {("ani", "session", "127.0.0.1")}
    assert found[-1].subject == "Banjir"
    assert all("sandi" not in f"{one}" and secret not in f"{one}" for one in found)


def test_trial_messages_are_audited_though_they_write_nothing(house: House) -> None:
    account = house.join("ani", "editor")
    mine = subscription("a", "x").model_copy(update={"owner": account.account_id})
    registry(house, None).save(mine)
    assert house.ask("ani", "POST", "/api/v1/subscriptions/a/test").status == 200
    assert house.accounts.audit.newest(1)[0].action == "send_trial_messages"


def test_the_audit_log_is_for_administrators_and_bounded(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.join("cici", "admin")
    house.join("ani", "editor")
    assert house.ask("ani", "GET", "/admin/audit").status == 403
    assert house.ask("ani", "GET", "/admin/accounts.json").status == 403
    monkeypatch.setattr("pantau.usecases.accounts.audit.MOST", 3)
    monkeypatch.setattr("pantau.usecases.accounts.audit._SLACK", 2)
    for _ in range(9):
        house.accounts.sign_in("ani", "kuda laut biru 7", "192.0.2.9")
    assert 3 <= len(house.accounts.audit.newest(99)) <= 5
    shown = house.ask("cici", "GET", "/admin/audit.json").json()["items"]
    assert {one["address"] for one in shown} == {"192.0.2.9"}
    listed = house.ask("cici", "GET", "/admin/accounts.json").json()["items"]
    assert "password" not in listed[0]
    assert "argon2" not in str(listed)


def test_a_record_keeps_its_envelope_with_its_new_owner(house: House) -> None:
    record = record_for(subscription("a", "x"), SUBSCRIPTIONS, source="cli", time=START)
    house.parts.for_person(ANI).store.log.append([record])
    consumer = house.store.log.consumer([SUBSCRIPTIONS.name], None)
    (stored,) = consumer.poll(9)
    assert stored.record.headers["ce_time"] == record.headers["ce_time"]
    assert stored.record.headers["ce_source"] == record.headers["ce_source"]
    assert stored.record.headers["ce_id"] != record.headers["ce_id"]
