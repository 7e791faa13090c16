"""Alerts of subscriptions with rules: the deliveries of their messages, or what they wait for."""

from datetime import timedelta
from pathlib import Path

import pytest

from pantau.notifier.stage import NotifierStage
from pantau.ports import Store
from pantau.settings import Settings
from pantau.stream.envelope import record_for
from pantau.stream.handler import Context, Outcome, Resources
from pantau.usecases.alerts.history import AlertHistory
from pantau.usecases.alerts.in_messages import HeldAlerts, count_held
from pantau_schemas.events.alert import Alert
from pantau_schemas.events.rules import ArticleChoice, Collected, Mute, Rules, Silence, Threshold
from pantau_schemas.events.subscription import TerminalChannel
from pantau_schemas.ids import digest_id
from pantau_schemas.topics import ALERTS, SUBSCRIPTIONS, TOPICS
from tests.support import START, FixedClock, subscription
from tests.unit.notifier.support import alert

COLLECTED = Collected(seconds=1800)


def write(store: Store, outcome: Outcome) -> None:
    by_event = {topic.event: topic for topic in TOPICS.values()}
    records = [
        record_for(event, by_event[type(event)], source="test", time=START)
        for event in outcome.events
    ]
    store.log.append(records)


def planned(store: Store, folder: Path, rules: Rules, *, ticked: bool = False) -> Alert:
    """Pass an alert through the notifier; `ticked` an hour later."""
    made = subscription("banjir", "banjir", channels=(TerminalChannel(),))
    seen = alert()
    store.log.append(
        [
            record_for(
                made.model_copy(update={"rules": rules}), SUBSCRIPTIONS, source="test", time=START
            ),
            record_for(seen, ALERTS, source="test", time=START),
        ]
    )
    clock = FixedClock()
    stage = NotifierStage.build(
        Resources(Settings(data=folder), lambda topic: store.log.table(topic.name), clock)
    )
    assert isinstance(stage, NotifierStage)
    stage.refresh()
    write(store, stage.handle(seen, Context(START)))
    if ticked:
        stage.refresh()
        write(store, stage.tick(START + timedelta(hours=1)))
    return seen


def test_the_deliveries_of_its_message_are_those_of_an_alert(store: Store, tmp_path: Path) -> None:
    seen = planned(store, tmp_path, Rules(timing=COLLECTED), ticked=True)
    history = AlertHistory(store.log)
    deliveries = history.deliveries([seen])
    (one,) = deliveries[seen.alert_id]
    assert one.message_id is not None
    assert history.undelivered([seen], deliveries) == {}


@pytest.mark.parametrize(
    ("rules", "code"),
    [
        (Rules(timing=COLLECTED), "alerts.waits-for-message"),
        (Rules(mute=Mute(since=START)), "alerts.waits-for-unmute"),
        (Rules(sources=3), "alerts.in-no-message"),  # it has no story that others could have
        (Rules(trigger=Threshold(number=5, seconds=3600)), "alerts.waits-for-count"),
    ],
)
def test_without_a_message_it_is_said_what_it_waits_for(
    store: Store, tmp_path: Path, rules: Rules, code: str
) -> None:
    seen = planned(store, tmp_path, rules)
    history = AlertHistory(store.log)
    deliveries = history.deliveries([seen])
    assert deliveries == {seen.alert_id: []}
    assert history.undelivered([seen], deliveries)[seen.alert_id].code == code


@pytest.mark.parametrize(
    ("articles", "code"),
    [("first", "alerts.story-reported"), ("growth", "alerts.story-not-grown")],
)
def test_a_later_article_of_a_story_names_the_story(
    store: Store, tmp_path: Path, articles: ArticleChoice, code: str
) -> None:
    made = subscription("banjir", "banjir", channels=(TerminalChannel(),))
    rules = Rules(articles=articles, sources=1)
    about = [alert(about=name) for name in ("satu", "dua")]
    first, second = (
        one.model_copy(
            update={"article": one.article.model_copy(update={"story_id": digest_id("story")})}
        )
        for one in about
    )
    store.log.append(
        [
            record_for(one, topic, source="test", time=START)
            for one, topic in (
                (made.model_copy(update={"rules": rules}), SUBSCRIPTIONS),
                (first, ALERTS),
                (second, ALERTS),
            )
        ]
    )
    stage = NotifierStage.build(
        Resources(Settings(data=tmp_path), lambda topic: store.log.table(topic.name), FixedClock())
    )
    assert isinstance(stage, NotifierStage)
    for one in (first, second):
        stage.refresh()
        write(store, stage.handle(one, Context(START)))
    history = AlertHistory(store.log)
    deliveries = history.deliveries([first, second])
    assert deliveries[first.alert_id]
    reason = history.undelivered([first, second], deliveries)
    assert reason.keys() == {second.alert_id}
    assert reason[second.alert_id].code == code
    assert digest_id("story") in reason[second.alert_id].text("en")


def test_a_story_of_which_nothing_was_reported_is_no_reason(store: Store, tmp_path: Path) -> None:
    made = subscription("banjir", "banjir", channels=(TerminalChannel(),))
    rules = Rules(articles="first", trigger=Silence(seconds=86_400))
    seen = alert()
    seen = seen.model_copy(
        update={"article": seen.article.model_copy(update={"story_id": digest_id("story")})}
    )
    store.log.append(
        [
            record_for(one, topic, source="test", time=START)
            for one, topic in (
                (made.model_copy(update={"rules": rules}), SUBSCRIPTIONS),
                (seen, ALERTS),
            )
        ]
    )
    stage = NotifierStage.build(
        Resources(Settings(data=tmp_path), lambda topic: store.log.table(topic.name), FixedClock())
    )
    assert isinstance(stage, NotifierStage)
    stage.refresh()
    write(store, stage.handle(seen, Context(START)))
    history = AlertHistory(store.log)
    deliveries = history.deliveries([seen])
    assert deliveries == {seen.alert_id: []}
    reason = history.undelivered([seen], deliveries)[seen.alert_id]
    assert reason.code == "alerts.in-no-message"


def test_those_that_wait_are_counted(store: Store, tmp_path: Path) -> None:
    assert count_held(store.log) == HeldAlerts()
    planned(store, tmp_path, Rules(timing=COLLECTED))
    assert count_held(store.log) == HeldAlerts(1, START + timedelta(seconds=1800))


def test_those_of_a_mute_have_no_moment(store: Store, tmp_path: Path) -> None:
    planned(store, tmp_path, Rules(mute=Mute(since=START)))
    assert count_held(store.log) == HeldAlerts(1)


def test_one_without_rules_has_nothing_to_wait_for(store: Store, tmp_path: Path) -> None:
    seen = planned(store, tmp_path, Rules())
    history = AlertHistory(store.log)
    deliveries = history.deliveries([seen])
    assert len(deliveries[seen.alert_id]) == 1
    assert history.undelivered([seen], deliveries) == {}
