"""The preview shows the messages that are sent: the same rules, played live by the two stages.

`PANTAU_PREVIEW=long` plays 500 subscriptions over 5,000 articles, which takes some minutes.
"""

import os
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pantau.alerter.stage import AlerterStage
from pantau.notifier.stage import NotifierStage
from pantau.ports import Store
from pantau.settings import Settings
from pantau.stream.envelope import record_for
from pantau.stream.handler import Context, Outcome, Resources
from pantau_schemas.events.alert import Alert
from pantau_schemas.events.article import EnrichedArticle
from pantau_schemas.topics import SUBSCRIPTIONS, TOPICS
from tests.previews import (
    LONG,
    SHORT,
    backtests,
    contents_previewed,
    contents_sent,
    made_articles,
    made_subscriptions,
    previewed,
    sent_live,
    with_revisions,
)
from tests.support import START, FixedClock

SCALE = LONG if os.environ.get("PANTAU_PREVIEW") == "long" else SHORT


@dataclass
class Live:
    """The alerter and the notifier over one store, with the clock of the articles' arrival."""

    store: Store
    folder: Path

    def __post_init__(self) -> None:
        self.clock = FixedClock()
        resources = Resources(
            Settings(data=self.folder), lambda topic: self.store.log.table(topic.name), self.clock
        )
        self.alerter = AlerterStage.build(resources)
        notifier = NotifierStage.build(resources)
        assert isinstance(notifier, NotifierStage)
        self.notifier = notifier

    def play(self, arrivals: Sequence[tuple[datetime, EnrichedArticle]], until: datetime) -> None:
        """Run the articles through both stages as they arrive, and the ticks between them."""
        for now, article in arrivals:
            self._ticks(now)
            self.clock.moment = now
            self.alerter.refresh()
            outcome = self.alerter.handle(article, Context(now))
            self._write(outcome, now)
            for alert in outcome.events:
                if isinstance(alert, Alert):
                    self.notifier.refresh()
                    self._write(self.notifier.handle(alert, Context(now)), now)
        self._ticks(until)

    def _ticks(self, until: datetime) -> None:
        while True:
            self.notifier.refresh()
            due = self.notifier.next_due()
            if due is None or due >= until:
                return
            self.clock.moment = due
            self._write(self.notifier.tick(due), due)

    def _write(self, outcome: Outcome, now: datetime) -> None:
        by_event = {topic.event: topic for topic in TOPICS.values()}
        self.store.log.append(
            [
                record_for(event, by_event[type(event)], source="test", time=now)
                for event in outcome.events
            ]
        )


def test_the_messages_of_the_preview_are_those_that_are_sent(store: Store, tmp_path: Path) -> None:
    scale, chance = SCALE, random.Random(1)
    articles, given = made_articles(chance, scale), made_subscriptions(chance, scale)
    store.log.append([record_for(one, SUBSCRIPTIONS, source="test", time=START) for one in given])
    arrivals = with_revisions(chance, articles, scale)
    Live(store, tmp_path).play(arrivals, scale.end)
    store.index.put(articles)
    store.index.refresh()

    found = backtests(store, given, scale)
    sent = sent_live(store)
    assert previewed(found) == sent
    assert contents_previewed(store, found) == contents_sent(store)
    occasions = {one[3] for one in sent}
    assert occasions >= {None, "collected", "digest", "quiet-ended", "mute-ended", "silence"}

    # A preview shows articles as they are stored: a later revision changes no message but its text.
    later = [one for _, one in arrivals if one.revision == 2]
    assert later
    store.index.put(later)
    store.index.refresh()
    some = given[::3]
    names = {one.subscription_id for one in some}
    assert previewed(backtests(store, some, scale)) == {one for one in sent if one[0] in names}
