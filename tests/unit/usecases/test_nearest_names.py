"""Mistyped names are answered with the nearest of those that exist, in both languages."""

import pytest

from pantau.errors import UsageError
from pantau.messages.options import speaking_to
from pantau.ports import Store
from pantau.settings import Settings
from pantau.usecases.channels.health import find_channel, known_channels
from pantau.usecases.channels.reading import read_channels
from pantau.usecases.feeds.feed_list import FeedList
from pantau.usecases.subscriptions.repository import SubscriptionRepository
from pantau.usecases.subscriptions.subscribing import NewSubscription, subscribe
from pantau_schemas.events.subscription import WebhookChannel
from tests.support import FixedClock, subscription

SECRET = "whsec_" + "c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0"


@pytest.fixture
def registry(store: Store, clock: FixedClock) -> SubscriptionRepository:
    found = SubscriptionRepository(store.log, clock)
    hook = WebhookChannel.model_validate({"url": "https://x.example/in", "secret": SECRET})
    key = "https://hooks.slack.com/services/T00/B00/kunci"
    slack = WebhookChannel.model_validate({"url": key, "secret": SECRET})
    found.save(
        subscription("tzsvfbpepvb6nahr7mm6wu727w", "banjir").model_copy(update={"name": "Banjir"}),
        subscription("kabar", "x", channels=(hook, slack)),
    )
    return found


@pytest.mark.parametrize(
    ("reference", "near"),
    [("Banjr", "Banjir"), ("tzsvfbpepvb6nahr7mm6wu277w", "tzsvfbpepvb6nahr7mm6wu727w")],
)
def test_a_subscription(registry: SubscriptionRepository, reference: str, near: str) -> None:
    with pytest.raises(UsageError) as caught:
        registry.find(reference)
    assert caught.value.problem is not None
    assert caught.value.problem.code == "subscriptions.missing"
    assert f"did you mean '{near}'?" in caught.value.text()
    assert f"maksud Anda '{near}'?" in caught.value.text("id")
    with speaking_to("pages"):
        assert "pantau" not in caught.value.text()


def test_nothing_is_suggested_where_nothing_is_near(registry: SubscriptionRepository) -> None:
    with pytest.raises(UsageError, match=r"'tsunami'; see") as caught:
        registry.find("tsunami")
    assert "mean" not in caught.value.text()


@pytest.mark.parametrize(
    ("named", "near"),
    [
        ("https://kabar.exmaple/rss", "https://kabar.example/rss"),
        ("http://www.kabar.example/rs", "https://kabar.example/rss"),
        ("Kabar Pagy", "Kabar Pagi"),
        ("https://lain.example/", None),
    ],
)
def test_a_feed(store: Store, clock: FixedClock, named: str, near: str | None) -> None:
    feeds = FeedList(store.log, clock)
    feeds.save([feeds.draft("https://kabar.example/rss", title="Kabar Pagi")])
    with pytest.raises(UsageError) as caught:
        feeds.find(named)
    assert caught.value.problem is not None
    assert caught.value.problem.code == "feeds.missing"
    assert caught.value.problem.params.get("near") == near


def test_a_channel_without_the_key_in_its_address(
    registry: SubscriptionRepository, store: Store
) -> None:
    known = known_channels(store.log, registry.all())

    def near(reference: str) -> str:
        with pytest.raises(UsageError) as caught:
            find_channel(reference, known)
        assert caught.value.problem is not None
        return str(caught.value.problem.params["near"])

    assert near("https://x.exmple/in") == "webhook:https://x.example/in"
    of_slack = near("webhook:https://hooks.slack.com/services/T00/B00/kunc")
    assert "kunci" not in of_slack
    assert find_channel(of_slack, known).channel.target.endswith("kunci")


@pytest.mark.parametrize(
    ("typed", "repair"),
    [
        ("mial:desk@example.org", "email:desk@example.org"),
        ("webhok:https://x.example", "webhook:https://x.example"),
        ("http://x.example/in", "webhook:http://x.example/in"),
        ("htps://x.example/in", "webhook:https://x.example/in"),
        ("Terminl", "terminal"),
        ("emial", "email:desk@example.org"),
        ("a@x.example,b@x.example", "email:a@x.example,b@x.example"),
    ],
)
def test_a_kind_of_channel(settings: Settings, typed: str, repair: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_channels((typed,), SECRET, settings)
    assert caught.value.text().endswith(f"; try {repair}")
    assert caught.value.text("id").endswith(f"; coba {repair}")


def test_a_field_of_a_query_that_is_to_be_saved(
    registry: SubscriptionRepository, settings: Settings, clock: FixedClock
) -> None:
    def doubt(query: str) -> UsageError:
        with pytest.raises(UsageError) as caught:
            subscribe(NewSubscription(query), registry, settings, clock)
        assert caught.value.problem is not None
        assert caught.value.problem.code == "subscriptions.doubt-field"
        return caught.value

    near = doubt("titel:banjir")
    assert "did you mean title? The fields are title, text, " in near.text()
    assert "maksud Anda title?" in near.text("id")
    assert "mean" not in doubt("qqq:banjir").text()
