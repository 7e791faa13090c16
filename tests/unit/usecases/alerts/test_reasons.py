"""Why an article did not alert, where the subscription was changed or paused meanwhile."""

from datetime import datetime, timedelta

import pytest

from pantau.ports import Store
from pantau.stream.envelope import record_for
from pantau.usecases.alerts.changes_since import last_saved
from pantau.usecases.alerts.reasons import reasons
from pantau.usecases.subscriptions.repository import SubscriptionRepository
from pantau_schemas.events.subscription import SubscriptionState
from pantau_schemas.ids import alert_id, query_digest
from pantau_schemas.topics import ALERTS, SUBSCRIPTION_STATE
from tests.support import START, FixedClock, enriched, subscription
from tests.unit.notifier.support import alert

HOUR = timedelta(hours=1)


@pytest.fixture
def repository(store: Store, clock: FixedClock) -> SubscriptionRepository:
    """Return the repository with a subscription that was made an hour before the article."""
    made = SubscriptionRepository(store.log, clock)
    clock.moment = START
    other = subscription("zz", "gempa")
    made.save(subscription("meja", "banjir").model_copy(update={"created": START}), other)
    clock.moment = START + 2 * HOUR
    return made


ARTICLE = enriched("a1", title="Banjir di Demak", first_seen=START + HOUR)


def steps(repository: SubscriptionRepository, store: Store, clock: FixedClock) -> list[str]:
    found = reasons(ARTICLE, repository.found("meja"), store.log, clock)
    return [one.code.removeprefix("query.") for one in found.steps]


def test_an_unchanged_subscription_waits_for_its_turn(
    repository: SubscriptionRepository, store: Store, clock: FixedClock
) -> None:
    assert last_saved(store.log, "meja") == START
    assert last_saved(store.log, "none") is None
    assert steps(repository, store, clock) == ["not-yet", "unchanged-since", "waits"]


def test_a_query_that_was_changed_later_was_not_tried(
    repository: SubscriptionRepository, store: Store, clock: FixedClock
) -> None:
    before = repository.find("meja")
    repository.save(before.model_copy(update={"query": "banjir AND Demak"}))
    assert steps(repository, store, clock) == ["not-yet", "changed-since", "missed"]
    repository.save(before.model_copy(update={"query": "gempa"}))
    assert steps(repository, store, clock) == ["matches-not", "changed-since"]


def test_an_earlier_alert_shows_the_former_query(
    repository: SubscriptionRepository, store: Store, clock: FixedClock
) -> None:
    fired = alert("meja").model_copy(update={"query": "longsor", "matched_at": START})
    store.log.append([record_for(fired, ALERTS, source="test", time=START)])
    before = repository.find("meja")
    repository.save(before.model_copy(update={"query": "gempa"}))
    assert steps(repository, store, clock) == ["matches-not", "changed-since", "former"]


@pytest.mark.parametrize(
    ("paused_at", "expected"),
    [
        (START + HOUR / 2, ["is-paused", "unchanged-since"]),
        (START + 2 * HOUR, ["is-paused", "changed-since", "missed"]),
    ],
)
def test_a_pause_is_before_or_after_the_article(
    repository: SubscriptionRepository,
    store: Store,
    clock: FixedClock,
    paused_at: datetime,
    expected: list[str],
) -> None:
    clock.moment = paused_at
    repository.pause(repository.find("meja"), paused=True)
    clock.moment = START + 3 * HOUR
    repository.pause(repository.find("meja"), paused=True)  # changes nothing
    assert steps(repository, store, clock) == expected


def test_a_suspension_says_since_when(
    repository: SubscriptionRepository, store: Store, clock: FixedClock
) -> None:
    state = SubscriptionState(
        schema_version=1,
        subscription_id="meja",
        query_digest=query_digest("banjir", "lucene", "UTC"),
        suspended_since=START,
        problem="it costs too much",
        times=1,
    )
    store.log.append([record_for(state, SUBSCRIPTION_STATE, source="test", time=START)])
    found = reasons(ARTICLE, repository.found("meja"), store.log, clock)
    assert found.steps[0].code == "query.is-suspended"
    assert "2026-03-02" in str(found.steps[0])


def test_an_alert_of_a_former_query_says_so(
    repository: SubscriptionRepository, store: Store, clock: FixedClock
) -> None:
    fired = alert("meja").model_copy(
        update={"alert_id": alert_id("meja", ARTICLE.article_id), "query": "longsor"}
    )
    store.log.append([record_for(fired, ALERTS, source="test", time=START)])
    assert steps(repository, store, clock) == ["alerted", "alerted-by-other"]
