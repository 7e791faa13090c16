"""Previews over Kafka and Elasticsearch show what was sent there: ids, times and contents.

Alerter, indexer and notifier run over the servers by the clock of the articles' arrival.
"""

import random
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import pytest

from pantau.bootstrap import STORES, build_workers
from pantau.runtimes.embedded.worker import Worker, run_until_idle
from pantau.usecases.subscriptions.backtest.backtest import Backtest
from pantau_schemas.events.article import EnrichedArticle
from tests.pipeline.conftest import Bench
from tests.previews import (
    Scale,
    backtests,
    contents_previewed,
    contents_sent,
    made_articles,
    made_subscriptions,
    previewed,
    sent_live,
)
from tests.stores import store_settings
from tests.support import FixedClock

SCALE = Scale(articles=18, subscriptions=18, days=13, rare=8)
"""One subscription for each kind of rule."""


class PreviewBench(Bench):
    """A store with the stages from the enriched article to the delivery."""

    def restart(self) -> None:
        for worker in self.workers:
            worker.close()
        stages = ("alerter", "indexer", "notifier")
        self.workers = build_workers(self.store, self.clock, self.settings, only=stages)

    def run(self) -> int:
        return run_until_idle(self.workers)

    def tick(self) -> None:
        """Run the ticks of the notifier that are due."""
        (notifier,) = self._stages("notifier")
        while notifier.step():
            pass

    def work(self, *stages: str) -> None:
        """Run stages until none lags; a poll that finds nothing would take long."""
        for one in self._stages(*stages):
            while one.lag():
                one.step()

    def _stages(self, *names: str) -> list[Worker]:
        return [one for one in self.workers if one.stage.name in names]


@pytest.fixture
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[PreviewBench]:
    clock = FixedClock()
    with store_settings("kafka", tmp_path, request) as settings:
        made = PreviewBench(STORES["kafka"](settings, clock), clock, settings)
        made.restart()
        yield made
        for worker in made.workers:
            worker.close()
        made.store.close()


def test_the_preview_shows_what_the_servers_were_sent(bench: PreviewBench) -> None:
    chance = random.Random(1)
    articles, given = made_articles(chance, SCALE), made_subscriptions(chance, SCALE)
    bench.give(*given)
    bench.store.index.put(articles)
    bench.store.index.refresh()
    found = backtests(bench.store, given, SCALE)
    bench.run()
    for moment, article in stops(found, articles):
        bench.clock.moment = moment
        bench.tick()
        if article is not None:
            bench.give(article)
            bench.work("alerter", "notifier")
    bench.clock.moment = SCALE.end
    bench.run()

    sent = sent_live(bench.store)
    assert previewed(found) == sent
    assert contents_previewed(bench.store, found) == contents_sent(bench.store)
    assert {one[3] for one in sent} >= {None, "collected", "digest", "quiet-ended", "silence"}


def stops(
    found: Sequence[Backtest], articles: Sequence[EnrichedArticle]
) -> list[tuple[datetime, EnrichedArticle | None]]:
    """Return when the clock stops: at each article, and at each message that is expected.

    A message that comes at another moment comes late, and so differs from the expected ones.
    """
    expected = {each.moment for one in found for each in one.report.messages}
    moments: list[tuple[datetime, EnrichedArticle | None]] = [(one, None) for one in expected]
    moments += [(one.first_seen, one) for one in articles]
    return sorted(moments, key=lambda one: (one[0], one[1] is not None))
