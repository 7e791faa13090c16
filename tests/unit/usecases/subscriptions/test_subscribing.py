"""Subscribing and what owners do with subscriptions afterwards, over a store in memory."""

import base64

import pytest

from pantau.errors import UsageError
from pantau.ports import Store
from pantau.query import QueryError
from pantau.settings import Settings, SmtpSettings
from pantau.usecases.subscriptions.repository import (
    SubscriptionRepository,
    remove,
    set_paused,
    short_id,
)
from pantau.usecases.subscriptions.subscribing import NewSubscription, subscribe
from tests.support import FixedClock

HOOK = "webhook:https://hook.example/in"


@pytest.fixture
def registry(store: Store, clock: FixedClock) -> SubscriptionRepository:
    return SubscriptionRepository(store.log, clock)


def code_of(caught: pytest.ExceptionInfo[UsageError]) -> str:
    assert caught.value.problem is not None
    return caught.value.problem.code


def test_what_is_asked_for_is_saved(
    registry: SubscriptionRepository, settings: Settings, clock: FixedClock
) -> None:
    done = subscribe(
        NewSubscription("banjir", targets=(HOOK, "terminal", HOOK)), registry, settings, clock
    )
    assert registry.all() == [done.subscription]
    assert [one.kind for one in done.subscription.channels] == ["webhook", "terminal"]
    assert (done.subscription.name, done.subscription.created) == ("banjir", clock.now())
    assert (done.doubts, done.warnings) == ((), ())
    assert done.new_secret is not None
    assert len(base64.b64decode(done.new_secret.removeprefix("whsec_"))) == 32


def test_a_secret_is_returned_only_where_it_is_new_and_of_use(
    registry: SubscriptionRepository, settings: Settings, clock: FixedClock
) -> None:
    own = "whsec_" + base64.b64encode(b"s" * 32).decode()
    given = NewSubscription("banjir", targets=(HOOK,), secret=own)
    assert subscribe(given, registry, settings, clock).new_secret is None
    without = NewSubscription("gempa", targets=("terminal",))
    assert subscribe(without, registry, settings, clock).new_secret is None


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (NewSubscription(" \t"), "query.empty"),
        (NewSubscription("banjir", targets=("sms:0812",)), "channels.refused"),
        (NewSubscription("banjir", targets=("terminal:tty1",)), "channels.refused"),
        (NewSubscription("banjir", targets=(HOOK,), secret="whsec_"), "channels.refused"),
        (NewSubscription("banjir", subscription_id="not an id"), "subscriptions.invalid"),
    ],
)
def test_what_cannot_work_is_refused_and_nothing_is_saved(
    registry: SubscriptionRepository,
    settings: Settings,
    clock: FixedClock,
    wanted: NewSubscription,
    code: str,
) -> None:
    with pytest.raises(UsageError) as caught:
        subscribe(wanted, registry, settings, clock)
    assert code_of(caught) == code
    assert registry.all() == []


def test_a_query_that_cannot_be_read_is_refused(
    registry: SubscriptionRepository, settings: Settings, clock: FixedClock
) -> None:
    with pytest.raises(QueryError):
        subscribe(NewSubscription("banjir AND (Demak"), registry, settings, clock)
    assert registry.all() == []


def test_an_id_is_given_once(
    registry: SubscriptionRepository, settings: Settings, clock: FixedClock
) -> None:
    wanted = NewSubscription("banjir", subscription_id="desk")
    subscribe(wanted, registry, settings, clock)
    with pytest.raises(UsageError) as caught:
        subscribe(wanted, registry, settings, clock)
    assert code_of(caught) == "subscriptions.id-taken"


def test_doubts_come_with_the_result(
    registry: SubscriptionRepository, settings: Settings, clock: FixedClock
) -> None:
    mail = SmtpSettings(host="mail.example.org", port=465, security="starttls")
    with_mail = settings.model_copy(update={"smtp": mail})
    wanted = NewSubscription(
        "banjir and gempa", targets=("email:desk@example.org", "webhook:http://127.0.0.1/in")
    )
    done = subscribe(wanted, registry, with_mail, clock)
    codes = [one.code for one in done.warnings]
    assert {"channels.inside", "channels.mail-tls-port"} <= set(codes)
    assert done.doubts


def test_pausing_many_is_all_or_nothing(
    registry: SubscriptionRepository, settings: Settings, clock: FixedClock
) -> None:
    for name in ("banjir", "gempa"):
        subscribe(NewSubscription(name, subscription_id=name), registry, settings, clock)
    with pytest.raises(UsageError) as caught:
        set_paused(registry, ["banjir", "tsunami"], paused=True)
    assert code_of(caught) == "subscriptions.missing"
    assert [one.status for one in registry.listed()] == ["live", "live"]
    set_paused(registry, ["banjir"], paused=True)
    assert [one.status for one in registry.listed()] == ["paused", "live"]
    set_paused(registry, ["banjir"], paused=False)
    assert registry.found("banjir").status == "live"


def test_removing_many_is_all_or_nothing(
    registry: SubscriptionRepository, settings: Settings, clock: FixedClock
) -> None:
    for name in ("banjir-a", "banjir-b", "gempa"):
        subscribe(NewSubscription(name, subscription_id=name), registry, settings, clock)
    with pytest.raises(UsageError) as caught:
        remove(registry, ["gempa", "banjir-"])
    assert code_of(caught) == "subscriptions.several"
    assert len(registry.all()) == 3
    removed, unreadable = remove(registry, ["gempa"])
    assert [one.subscription_id for one in removed] == ["gempa"]
    assert unreadable == ()
    assert len(registry.all()) == 2


def test_an_id_of_ones_own_is_never_cut() -> None:
    assert short_id("my-subscription") == "my-subscription"
    assert short_id("k3q5" * 8) in {"k3q5k3q5", "k3q5" * 8}
