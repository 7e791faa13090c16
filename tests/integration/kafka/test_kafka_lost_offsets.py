"""A group whose offsets are lost, or have expired, reads everything again; nothing old alerts."""

from collections.abc import Sequence
from datetime import timedelta

from kafka import KafkaAdminClient

from pantau.bootstrap import build_workers
from pantau.errors import RetryError
from pantau.ports import Store
from pantau.runtimes.embedded.worker import Worker, run_until_idle
from pantau.settings import Settings
from pantau.stream.envelope import record_for
from pantau_schemas.codec import decode
from pantau_schemas.events.alert import Alert
from pantau_schemas.topics import ALERTS, ARTICLES_ENRICHED, SUBSCRIPTIONS
from tests.support import START, FixedClock, enriched, subscription
from tests.topics import wait_until


def alerts(store: Store) -> Sequence[str]:
    """Return the title of every alert that was written, a repeated one as often as it was."""
    store.log.catch_up()
    values = store.log.table(ALERTS.name).snapshot().values.values()
    return sorted(decode(Alert, one).article.title for one in values if one is not None)


def is_member(worker: Worker) -> bool:
    """Return whether a worker is in its group."""
    try:
        worker.lag()
    except RetryError:
        return False
    return True


def run(store: Store, settings: Settings, clock: FixedClock) -> int:
    workers = build_workers(store, clock, settings, only=["alerter"])
    try:
        wait_until(lambda: all(map(is_member, workers)), "it is let into its group")
        return run_until_idle(workers)
    finally:
        for worker in workers:
            worker.close()


def test_nothing_old_alerts(settings: Settings, store: Store) -> None:
    clock = FixedClock()
    now = clock.now()
    younger = subscription("younger", "banjir").model_copy(update={"created": now})
    older = subscription("older", "banjir").model_copy(
        update={"created": now - timedelta(days=300)}
    )
    ages = {"before": 1, "weeks": 20, "fresh": 0}
    articles = [
        enriched(name, title=name, text="Banjir.", first_seen=now - timedelta(days=days))
        for name, days in ages.items()
    ]
    store.log.append(
        [
            *(
                record_for(one, SUBSCRIPTIONS, source="test", time=START)
                for one in (younger, older)
            ),
            *(record_for(one, ARTICLES_ENRICHED, source="test", time=START) for one in articles),
        ]
    )
    assert run(store, settings, clock) == len(articles)
    wanted = ["before", "fresh", "fresh"]
    assert alerts(store) == wanted
    group = f"{settings.kafka.prefix}alerter"
    with KafkaAdminClient(bootstrap_servers=settings.kafka.servers[0]) as admin:
        # A member that could not say goodbye is in it until its session ends.
        wait_until(lambda: admin.delete_groups([group])[group] == "OK", "its offsets are lost")
    assert run(store, settings, clock) == len(articles)  # all of them are read again
    assert alerts(store) == wanted
