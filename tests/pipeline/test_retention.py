"""Records past their time go; those that are still needed stay."""

from pantau.settings import KeepSettings
from pantau.usecases.maintenance.retention import tidy_store
from pantau_schemas.events.alert import Alert
from tests.pipeline.conftest import Bench
from tests.support import article, subscription


def test_articles_go_with_their_alerts_after_their_days(bench: Bench) -> None:
    keep = KeepSettings(days=30, raw_articles_days=1)
    bench.give(subscription("s", "banjir"), article("old", text="banjir"))
    bench.run()
    bench.clock.move(days=20)
    bench.give(article("new", text="banjir", first_seen=bench.clock.now()))
    bench.run()
    # The raw old article goes, and its copy with full text; Kafka removes by the settings of its
    # topics, and by its own clock.
    by_itself = not bench.store.transactional
    assert tidy_store(bench.store, keep, bench.clock.now()) == (0 if by_itself else 2)
    bench.store.index.refresh()
    assert bench.store.index.count() == 2
    bench.clock.move(days=11)
    tidy_store(bench.store, keep, bench.clock.now())
    bench.store.index.refresh()
    assert bench.store.index.count() == 1
    if by_itself:
        return
    assert [one.article.title for one in bench.table("alerts", Alert)] == ["Berita new"]
    assert bench.store.log.table("subscriptions").count() == 1


def test_nothing_goes_before_it_is_processed(bench: Bench) -> None:
    bench.give(article("waiting", text="banjir"))
    bench.clock.move(days=1000)
    assert tidy_store(bench.store, KeepSettings(), bench.clock.now()) == 0
    bench.run()
    bench.store.index.refresh()
    assert bench.store.index.count() == 1


def test_for_ever_means_for_ever(bench: Bench) -> None:
    bench.give(article(text="banjir"))
    bench.run()
    bench.clock.move(days=10_000)
    tidy_store(bench.store, KeepSettings(days=None), bench.clock.now())
    assert bench.store.index.count() == 1
