"""Rules given to subscriptions: saved, edited, copied, muted, exported and imported."""

import json
from datetime import timedelta

import pytest

from pantau.errors import UsageError
from pantau.ports import Store
from pantau.settings import Settings
from pantau.usecases.rules.given import GivenRules
from pantau.usecases.rules.muting import mute, unmute
from pantau.usecases.subscriptions.editing import SubscriptionChanges, copy, edit
from pantau.usecases.subscriptions.files import as_csv, parse_rows, rows_of
from pantau.usecases.subscriptions.importing import FaultyRowsError, import_rows
from pantau.usecases.subscriptions.repository import SubscriptionRepository
from pantau.usecases.subscriptions.subscribing import NewSubscription, subscribe
from pantau_schemas.events.rules import (
    NO_RULES,
    Collected,
    Digest,
    Immediate,
    Mute,
    QuietHours,
    Rules,
    Spike,
    Throttled,
)
from pantau_schemas.events.subscription import Subscription
from tests.support import START, FixedClock

GIVEN = GivenRules(
    digest="weekly:fri@07:00",
    quiet="22:00-05:30 except 5 sources",
    articles="growth",
    sources=2,
    when="spike:high",
    expires="2027-01-01",
    language="id",
    channel_timings=("terminal=at once", "webhook=every 1h"),
)
HOOK = "webhook:https://hook.example/in"


@pytest.fixture
def repository(store: Store, clock: FixedClock) -> SubscriptionRepository:
    return SubscriptionRepository(store.log, clock)


@pytest.fixture
def saved(
    repository: SubscriptionRepository, settings: Settings, clock: FixedClock
) -> Subscription:
    wanted = NewSubscription(
        "banjir", name="Banjir", time_zone="Asia/Jakarta", targets=("terminal", HOOK), rules=GIVEN
    )
    return subscribe(wanted, repository, settings, clock).subscription


def changed(
    repository: SubscriptionRepository, settings: Settings, store: Store, rules: GivenRules
) -> Subscription:
    changes = SubscriptionChanges(rules=rules)
    return edit("Banjir", changes, repository, settings, store.log, lambda _: True).subscription


def test_rules_are_saved(saved: Subscription, repository: SubscriptionRepository) -> None:
    rules = repository.find("Banjir").rules
    assert rules.timing == Digest(every="week", weekday=5)
    assert rules.trigger == Spike(sensitivity="high")
    assert rules.quiet == QuietHours(begin="22:00", end="05:30", except_sources=5)
    assert (rules.articles, rules.sources, rules.language) == ("growth", 2, "id")
    assert rules.expires is not None
    assert rules.expires.isoformat() == "2026-12-31T17:00:00+00:00"  # midnight in Jakarta
    assert [one.timing for one in saved.channels] == [Immediate(), Throttled(every_seconds=3600)]


def test_an_edit_changes_what_it_names(
    saved: Subscription, repository: SubscriptionRepository, settings: Settings, store: Store
) -> None:
    given = GivenRules(collect="1m", quiet="none", channel_timings=("terminal=rules",))
    after = changed(repository, settings, store, given)
    assert after.subscription_id == saved.subscription_id
    wanted = {"timing": Collected(seconds=60), "quiet": None}
    assert after.rules == saved.rules.model_copy(update=wanted)
    assert [one.timing for one in after.channels] == [None, Throttled(every_seconds=3600)]


@pytest.mark.parametrize(
    "given",
    [
        GivenRules(digest="fortnightly"),
        GivenRules(channel_timings=("email:x@y.example=daily",)),
        GivenRules(channel_timings=("terminal",)),
        GivenRules(expires="2020-01-01"),
        GivenRules(sources=0),
    ],
)
def test_rules_that_cannot_be_read_change_nothing(
    saved: Subscription,
    repository: SubscriptionRepository,
    settings: Settings,
    store: Store,
    given: GivenRules,
) -> None:
    with pytest.raises(UsageError):
        changed(repository, settings, store, given)
    assert repository.find("Banjir") == saved


def test_a_copy_has_the_rules_but_no_mute(
    saved: Subscription, repository: SubscriptionRepository
) -> None:
    mute(repository, ["Banjir"])
    made = copy("Banjir", "Lagi", repository, lambda _: True, GivenRules(when="every match"))
    assert made.rules == saved.rules.model_copy(update={"trigger": NO_RULES.trigger})
    assert made.channels == saved.channels


def test_mutes(saved: Subscription, repository: SubscriptionRepository) -> None:
    (one,) = mute(repository, ["Banjir"], until="2d")
    assert one.rules.mute == Mute(since=START, until=START + timedelta(days=2))
    (one,) = mute(repository, ["Banjir"], until_growth=True)
    assert one.rules.mute == Mute(since=START, until_growth=True)
    with pytest.raises(UsageError, match="contradict"):
        mute(repository, ["Banjir"], until="2d", until_growth=True)
    (one,) = unmute(repository, ["Banjir"])
    assert one == repository.find("Banjir") == saved


def test_a_mute_of_one_that_is_not_there_changes_nothing(
    saved: Subscription, repository: SubscriptionRepository
) -> None:
    with pytest.raises(UsageError):
        mute(repository, ["Banjir", "Nothing"])
    assert repository.find("Banjir") == saved


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_rules_survive_a_file(
    saved: Subscription, repository: SubscriptionRepository, settings: Settings, form: str
) -> None:
    del saved
    before = mute(repository, ["Banjir"], until="2d")
    rows = [*rows_of(before)]
    text = as_csv(rows) if form == "csv" else "\n".join(map(json.dumps, rows))
    unmute(repository, ["Banjir"])
    import_rows(parse_rows(text), repository, settings, lambda _: True)
    assert repository.find("Banjir") == before[0]


def test_a_row_changes_the_rules_that_it_names(
    saved: Subscription, repository: SubscriptionRepository, settings: Settings
) -> None:
    row = {"id": saved.subscription_id, "timing": "harian@08:00", "quiet": None}
    import_rows(parse_rows(json.dumps(row)), repository, settings, lambda _: True)
    wanted = {"timing": Digest(every="day", at="08:00"), "quiet": None}
    assert repository.find("Banjir").rules == saved.rules.model_copy(update=wanted)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("timing", "sometimes"), ("when", "5"), ("articles", "some"), ("min_sources", "many"),
        ("quiet", "22"), ("mute", "tomorrowish"), ("expires", "x"), ("message_language", "fr"),
        ("channel_timing", ["nowhere=daily"]),
    ],
)  # fmt: skip
def test_a_row_with_wrong_rules_is_named(
    repository: SubscriptionRepository, settings: Settings, column: str, value: object
) -> None:
    row = {"query": "banjir", column: value}
    with pytest.raises(FaultyRowsError, match="line 1"):
        import_rows(parse_rows(json.dumps(row)), repository, settings, lambda _: True)
    assert not repository.all()


def test_a_row_without_rules_has_none(
    repository: SubscriptionRepository, settings: Settings
) -> None:
    import_rows(parse_rows('{"query": "banjir"}'), repository, settings, lambda _: True)
    assert [one.rules for one in repository.all()] == [Rules()]
