"""The preview shows the messages that are sent: the same rules, played live by the two stages.

`PANTAU_PREVIEW=long` plays 500 subscriptions over 5,000 articles, which takes some minutes.
"""

import os
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from pantau.alerter.stage import AlerterStage
from pantau.notifier.stage import NotifierStage
from pantau.ports import Store
from pantau.settings import Settings
from pantau.stream.envelope import record_for
from pantau.stream.handler import Context, Outcome, Resources
from pantau.usecases.subscriptions.backtest.backtest import backtest
from pantau_schemas.codec import decode
from pantau_schemas.events.alert import Alert, Delivery
from pantau_schemas.events.article import EnrichedArticle, StoryCoverage
from pantau_schemas.events.message import AlertMessage
from pantau_schemas.events.rules import (
    Collected,
    Digest,
    Mute,
    QuietHours,
    Rules,
    Silence,
    Spike,
    Threshold,
    Throttled,
)
from pantau_schemas.events.subscription import Subscription, TerminalChannel
from pantau_schemas.topics import DELIVERIES, MESSAGES, SUBSCRIPTIONS, TOPICS
from tests.support import START, FixedClock, enriched, subscription

LONG = os.environ.get("PANTAU_PREVIEW") == "long"
ARTICLES, SUBSCRIPTIONS_MADE = (5_000, 500) if LONG else (150, 36)
DAYS = 40
END = START + timedelta(days=DAYS)
WORDS = ["banjir", "gempa", "pemilu", "panen", "pasar", "jalan", "sekolah", "warga"]
ZONES = ["Asia/Jakarta", "UTC", "Europe/Berlin", "America/New_York"]
QUIET = QuietHours(begin="22:00", end="05:30", except_sources=4)
RULES = [
    Rules(),
    Rules(timing=Collected(seconds=1800)),
    Rules(timing=Throttled(every_seconds=6 * 3600)),
    Rules(timing=Digest(every="hour", at="00:15")),
    Rules(timing=Digest(every="day", at="06:30")),
    Rules(timing=Digest(every="week", at="07:00", weekday=1)),
    Rules(timing=Digest(every="month", at="08:00", day=31)),
    Rules(articles="first"),
    Rules(articles="growth", timing=Collected(seconds=600)),
    Rules(sources=3),
    Rules(quiet=QUIET),
    Rules(quiet=QUIET, timing=Throttled(every_seconds=3600), articles="first"),
    Rules(mute=Mute(since=START, until=START + timedelta(days=12))),
    Rules(mute=Mute(since=START, until_growth=True)),
    Rules(expires=START + timedelta(days=20), timing=Digest(every="day")),
    Rules(trigger=Threshold(number=4, seconds=2 * 86_400)),
    Rules(trigger=Spike(sensitivity="high")),
    Rules(trigger=Silence(seconds=3 * 86_400)),
]


def made_articles(chance: random.Random) -> list[EnrichedArticle]:
    """Return articles in the order of their arrival, a third of them in stories that grow."""
    moments = sorted(chance.uniform(0, (DAYS - 1) * 86_400) for _ in range(ARTICLES))
    stories: list[tuple[str, list[str]]] = []
    made = []
    for number, seconds in enumerate(moments):
        source = f"koran{chance.randrange(9)}.example"
        if stories and chance.random() < 0.4:
            story, sources = chance.choice(stories[-6:])
        else:
            story, sources = f"story{number}", []
            stories.append((story, sources))
        others = tuple(dict.fromkeys(one for one in sources if one != source))
        sources.append(source)
        words = " ".join(chance.choices(WORDS, k=3)) + " letusan" * (number % 20 == 7)
        made.append(
            enriched(
                f"a{number}",
                title=f"{words} {number}",
                text=f"Laporan nomor {number} tentang {words} di beberapa desa.",
                source=source,
                first_seen=START + timedelta(seconds=round(seconds, 3)),
                story_id=story,
                story=StoryCoverage(articles=len(sources), other_sources=others),
                historical=chance.random() < 0.03,
            )
        )
    return made


def made_subscriptions(chance: random.Random) -> list[Subscription]:
    """Return subscriptions with every kind of rule, in zones with and without summer time."""
    made = []
    for number in range(SUBSCRIPTIONS_MADE):
        rules = RULES[number % len(RULES)]
        rare = isinstance(rules.trigger, Silence)
        words = ["letusan"] if rare else chance.sample(WORDS, chance.randrange(1, 4))
        query = " OR ".join(words)
        one = subscription(
            f"s{number}", query, channels=(TerminalChannel(),), time_zone=chance.choice(ZONES)
        )
        changed = {"rules": rules, "created": START}
        made.append(one.model_copy(update=changed))
    return made


@dataclass
class Live:
    """The alerter and the notifier over one store, with the clock of the articles' arrival."""

    store: Store
    folder: Path

    def __post_init__(self) -> None:
        clock = FixedClock()
        resources = Resources(
            Settings(data=self.folder), lambda topic: self.store.log.table(topic.name), clock
        )
        self.alerter = AlerterStage.build(resources)
        notifier = NotifierStage.build(resources)
        assert isinstance(notifier, NotifierStage)
        self.notifier = notifier

    def play(self, articles: Sequence[EnrichedArticle], until: datetime) -> None:
        """Run the articles through both stages, and the ticks between them."""
        for article in articles:
            now = article.first_seen
            self._ticks(now)
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
            self._write(self.notifier.tick(due), due)

    def _write(self, outcome: Outcome, now: datetime) -> None:
        by_event = {topic.event: topic for topic in TOPICS.values()}
        self.store.log.append(
            [
                record_for(event, by_event[type(event)], source="test", time=now)
                for event in outcome.events
            ]
        )


def sent_live(store: Store) -> set[tuple[object, ...]]:
    """Return what was sent: messages with their moments and alerts, and alerts by themselves."""
    found: set[tuple[object, ...]] = set()
    for value in store.log.table(MESSAGES.name).snapshot().values.values():
        one = decode(AlertMessage, value or b"")
        found.add((one.subscription_id, one.message_id, one.due, one.occasion, one.alert_ids))
    for value in store.log.table(DELIVERIES.name).snapshot().values.values():
        delivery = decode(Delivery, value or b"")
        if delivery.message_id is None:
            moment, alert_id = delivery.created, delivery.alert_id
            found.add((delivery.subscription_id, alert_id, moment, None, (alert_id,)))
    return found


def previewed(store: Store, given: Sequence[Subscription]) -> Iterator[tuple[object, ...]]:
    """Yield what the previews of subscriptions show, in the same form."""
    for one in given:
        for message in backtest(one, store, START, END).report.messages:
            yield (
                one.subscription_id,
                message.message_id,
                message.moment,
                message.occasion,
                message.alert_ids,
            )


def test_the_messages_of_the_preview_are_those_that_are_sent(store: Store, tmp_path: Path) -> None:
    chance = random.Random(1)
    articles, given = made_articles(chance), made_subscriptions(chance)
    store.log.append([record_for(one, SUBSCRIPTIONS, source="test", time=START) for one in given])
    Live(store, tmp_path).play(articles, END)
    store.index.put(articles)
    store.index.refresh()

    sent, shown = sent_live(store), set(previewed(store, given))

    assert shown == sent
    occasions = {one[3] for one in sent}
    assert occasions >= {None, "collected", "digest", "quiet-ended", "mute-ended", "silence"}
