"""An article's way through the stages, on every store."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pantau.alerter.stage import AlerterStage
from pantau.errors import RetryError, StopError
from pantau.ports import Record, SearchRequest
from pantau.query import parse
from pantau.stream.dead_letter import dead_letter
from pantau.stream.handler import ALERT_HEADER, Context, Outcome
from pantau.usecases.dead_letters.handling import DeadLetters
from pantau.usecases.maintenance.replay import Replay, run_replay
from pantau.usecases.subscriptions.repository import SubscriptionRepository
from pantau_schemas import topics as topic_table
from pantau_schemas.codec import decode
from pantau_schemas.events.alert import Alert, Delivery
from pantau_schemas.events.article import EnrichedArticle
from pantau_schemas.events.subscription import FileChannel, SubscriptionState, TerminalChannel
from pantau_schemas.ids import alert_id
from pantau_schemas.topics import TOPICS
from tests.pipeline.conftest import Bench
from tests.support import article, subscription

TEXT = "Kepala BTBN Arya Wirasena meninjau banjir di Demak, Senin. Air mulai surut."


def titles(bench: Bench, query: str) -> list[str]:
    bench.store.index.refresh()
    return [hit.article.title for hit in bench.store.index.search(SearchRequest(parse(query))).hits]


class TestOneArticle:
    def test_it_is_enriched_indexed_alerted_and_planned_for_delivery(self, bench: Bench) -> None:
        channels = (TerminalChannel(), FileChannel(path="alerts.jsonl"))
        bench.give(subscription("banjir", "banjir AND Demak", channels=channels))
        bench.give(article("one", title="Tinjauan", text=TEXT))
        bench.run()
        (found,) = bench.table("articles.enriched", EnrichedArticle)
        assert (found.lang, found.text) == ("id", TEXT)
        assert titles(bench, "surut") == ["Tinjauan"]
        (alert,) = bench.table("alerts", Alert)
        marked = [TEXT[span.start : span.end] for span in alert.matches]
        assert marked == ["banjir", "Demak"]
        assert alert.alert_id == alert_id("banjir", found.article_id)
        deliveries = bench.table("deliveries", Delivery)
        assert sorted(one.channel for one in deliveries) == ["file:alerts.jsonl", "terminal"]
        assert bench.lag() == 0

    def test_what_no_subscription_asks_for_alerts_nobody(self, bench: Bench) -> None:
        bench.give(subscription("other", "gempa"), article(text=TEXT))
        bench.run()
        assert bench.table("alerts", Alert) == []
        assert bench.store.index.count() == 1

    def test_traces_go_on_from_stage_to_stage(self, bench: Bench) -> None:
        bench.give(subscription("s", "banjir"), article(text=TEXT))
        bench.run()
        seen = {}
        for name in ("articles", "articles.enriched", "alerts"):
            (received,) = bench.store.log.consumer([name], None).poll(10)
            seen[name] = received.record.headers["traceparent"].split("-")
        assert len({trace for _, trace, _, _ in seen.values()}) == 1
        assert len({span for _, _, span, _ in seen.values()}) == 3


class TestAlertOnce:
    def test_the_first_matching_revision_alerts(self, bench: Bench) -> None:
        bench.give(subscription("s", "banjir"), article(text="belum ada apa-apa"))
        bench.run()
        assert bench.table("alerts", Alert) == []
        for revision in (2, 3):
            bench.give(article(text=f"banjir {revision}", revision=revision))
            bench.run()
        (alert,) = bench.table("alerts", Alert)
        assert alert.article.revision == 2
        assert titles(bench, "banjir") == ["Berita one"]

    def test_two_revisions_in_one_batch_alert_once(self, bench: Bench) -> None:
        bench.give(subscription("s", "banjir"))
        bench.give(article(text="banjir"), article(text="banjir lagi", revision=2))
        bench.run()
        (alert,) = bench.table("alerts", Alert)
        # The second may be 3: the extractor has not seen what went out of the first one yet.
        assert alert.article.revision in {1, 2, 3}

    def test_never_again_after_a_restart(self, bench: Bench) -> None:
        bench.give(subscription("s", "banjir"), article(text=TEXT))
        bench.run()
        bench.clock.move(hours=1)
        bench.restart()
        bench.give(article(text=TEXT, revision=2))
        bench.run()
        (alert,) = bench.table("alerts", Alert)
        assert alert.matched_at < bench.clock.now()

    def test_a_revision_that_is_news_alerts_after_one_that_was_history(self, bench: Bench) -> None:
        """A publisher's feed takes its article over from one that claimed it with an old date."""
        bench.give(subscription("s", "banjir"), article(text="banjir promo", historical=True))
        bench.run()
        assert bench.table("alerts", Alert) == []
        bench.give(article(text="banjir di Demak", revision=2, feed_id="own"))
        bench.run()
        (alert,) = bench.table("alerts", Alert)
        assert (alert.article.revision, alert.article.feed_id) == (2, "own")
        bench.store.index.refresh()
        (found,) = bench.store.index.search(SearchRequest(parse("banjir"))).hits
        assert (found.article.historical, found.article.feed_id) == (False, "own")


class TestSubscriptions:
    def test_one_that_is_saved_later_counts_from_then_on(self, bench: Bench) -> None:
        bench.give(article("before", text=TEXT))
        bench.run()
        bench.give(subscription("s", "banjir"))
        bench.give(article("after", text=TEXT))
        bench.run()
        assert [one.article.title for one in bench.table("alerts", Alert)] == ["Berita after"]

    def test_a_removed_one_alerts_no_more(self, bench: Bench) -> None:
        bench.give(subscription("s", "banjir"))
        bench.run()
        bench.store.log.append([Record("subscriptions", "s", None)])
        bench.give(article(text=TEXT))
        bench.run()
        assert bench.table("alerts", Alert) == []

    def test_a_paused_one_alerts_again_when_resumed(self, bench: Bench) -> None:
        bench.give(subscription("s", "banjir", paused=True), article("one", text=TEXT))
        bench.run()
        bench.give(subscription("s", "banjir"), article("two", text=TEXT))
        bench.run()
        assert [one.article.title for one in bench.table("alerts", Alert)] == ["Berita two"]

    def test_a_changed_query_counts_at_once(self, bench: Bench) -> None:
        bench.give(subscription("s", "gempa"), article("one", text=TEXT))
        bench.run()
        bench.give(subscription("s", "banjir"), article("two", text=TEXT))
        bench.run()
        assert [one.article.title for one in bench.table("alerts", Alert)] == ["Berita two"]

    def test_a_broken_one_never_loses_the_others(self, bench: Bench) -> None:
        bench.give(subscription("bad", '"never closed'), subscription("good", "banjir"))
        bench.store.log.append([Record("subscriptions", "worse", b"no json")])
        bench.give(article(text=TEXT))
        bench.run()
        assert [one.subscription_id for one in bench.table("alerts", Alert)] == ["good"]


COSTLY = '"' + "a " * 300 + 'c"~3'
LONG = "banjir " + "a b " * 3_000 + "c"


class TestCostlySubscriptions:
    def test_one_is_suspended_and_its_owner_told_once(self, bench: Bench) -> None:
        bench.give(subscription("costly", COSTLY, channels=(TerminalChannel(),)))
        bench.give(subscription("good", "banjir"))
        for number in range(5):
            bench.give(article(str(number), text=LONG))
            bench.run()
        alerts = bench.table("alerts", Alert)
        assert sum(one.subscription_id == "good" for one in alerts) == 5
        (told,) = [one for one in alerts if one.subscription_id == "costly"]
        assert told.kind == "suspended"
        assert told.problem is not None
        assert "on 3 of the last 100 articles" in told.problem
        (state,) = bench.table("subscription-state", SubscriptionState)
        assert (state.subscription_id, state.problem, state.times) == ("costly", told.problem, 1)
        (delivery,) = bench.table("deliveries", Delivery)
        assert (delivery.alert_id, delivery.channel) == (told.alert_id, "terminal")

    def test_it_stays_so_until_it_is_resumed_or_changed(self, bench: Bench) -> None:
        bench.give(subscription("costly", COSTLY))
        bench.give(*(article(str(number), text=LONG) for number in range(4)))
        bench.run()
        bench.restart()
        bench.give(*(article(f"more-{number}", text=LONG) for number in range(4)))
        bench.run()
        (state,) = bench.table("subscription-state", SubscriptionState)
        assert (state.suspended_since is not None, state.times) == (True, 1)
        subscriptions = SubscriptionRepository(bench.store.log, bench.clock)
        subscriptions.pause(subscriptions.find("costly"), paused=False)
        bench.give(*(article(f"again-{number}", text=LONG) for number in range(4)))
        bench.run()
        (state,) = bench.table("subscription-state", SubscriptionState)
        assert (state.suspended_since is not None, state.times) == (True, 2)
        assert len(bench.table("alerts", Alert)) == 2
        bench.give(subscription("costly", "banjir"), article("changed", text=TEXT))
        bench.run()
        assert subscriptions.suspension(subscriptions.find("costly")) is None
        assert [one.kind for one in bench.table("alerts", Alert)].count("match") == 1

    def test_each_time_is_told_whatever_the_query_was_before(self, bench: Bench) -> None:
        for turn, query in enumerate((COSTLY, f"{COSTLY} OR gempa", COSTLY)):
            bench.give(subscription("costly", query))
            bench.give(*(article(f"{turn}-{number}", text=LONG) for number in range(3)))
            bench.run()
        assert len({one.alert_id for one in bench.table("alerts", Alert)}) == 3

    def test_a_batch_that_is_tried_again_suspends_the_same(
        self, bench: Bench, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        bench.give(subscription("costly", COSTLY))
        bench.give(*(article(str(number), text=LONG) for number in range(4)))
        original = AlerterStage.handle
        calls = 0

        def failing(self: AlerterStage, event: EnrichedArticle, context: Context) -> Outcome:
            nonlocal calls
            calls += 1
            outcome = original(self, event, context)
            if calls == 4:
                message = "the server is away"
                raise RetryError(message)
            return outcome

        monkeypatch.setattr(AlerterStage, "handle", failing)
        with pytest.raises(RetryError):
            bench.run()
        assert bench.table("subscription-state", SubscriptionState) == []
        bench.run()
        (state,) = bench.table("subscription-state", SubscriptionState)
        assert state.times == 1
        assert [one.kind for one in bench.table("alerts", Alert)] == ["suspended"]


class TestHistory:
    def test_historical_articles_are_searchable_and_alert_only_when_asked(
        self, bench: Bench
    ) -> None:
        bench.give(
            subscription("new", "banjir"), subscription("all", "banjir", include_historical=True)
        )
        bench.give(article(text=TEXT, historical=True))
        bench.run()
        assert [one.subscription_id for one in bench.table("alerts", Alert)] == ["all"]
        assert titles(bench, "banjir") == ["Berita one"]

    def test_a_replay_alerts_when_asked_and_only_for_what_has_not(self, bench: Bench) -> None:
        bench.give(
            subscription("early", "banjir"), article("one", text=TEXT), article("two", text="gempa")
        )
        bench.run()
        bench.give(subscription("late", "banjir OR gempa"))
        bench.run()
        seen: list[tuple[int, int]] = []
        count = run_replay(
            Replay("r1", query=parse("banjir")),
            bench.store.log,
            bench.clock,
            lambda *at: seen.append(at),
        )
        bench.run()
        assert count == 1
        assert seen[-1] == (2, 2)
        assert len(bench.table("alerts", Alert)) == 1
        assert (
            run_replay(Replay("r2", alert=True), bench.store.log, bench.clock, lambda *_: None) == 2
        )
        bench.run()
        alerts = {(one.subscription_id, one.article.title) for one in bench.table("alerts", Alert)}
        assert alerts == {("early", "Berita one"), ("late", "Berita one"), ("late", "Berita two")}
        # A replay changes no article: only its records say that they are of the past.
        assert not any(one.historical for one in bench.table("articles.enriched", EnrichedArticle))

    def test_a_replay_can_enrich_anew(self, bench: Bench) -> None:
        bench.give(subscription("s", "banjir", include_historical=True), article(text=TEXT))
        bench.run()
        count = run_replay(
            Replay("r", enrich=True, alert=True), bench.store.log, bench.clock, lambda *_: None
        )
        bench.run()
        assert count == 1
        (found,) = bench.table("articles.enriched", EnrichedArticle)
        assert not found.historical
        (received,) = bench.store.log.consumer(["articles.enriched"], None).poll(10)
        assert received.record.headers[ALERT_HEADER] == "yes"


class TestBadInput:
    def test_it_goes_to_dead_letters_and_the_rest_goes_on(self, bench: Bench) -> None:
        bench.store.log.append([Record("articles", "bad", b"\xffno json", {"ce_id": "x"})])
        bench.give(article(text=TEXT))
        bench.run()
        (letter,) = DeadLetters(bench.store.log, bench.clock).all(put_back=False)
        assert (letter.stage, letter.topic, letter.key, letter.value) == (
            "extractor",
            "articles",
            "bad",
            b"\xffno json",
        )
        assert "not JSON" in letter.reason
        assert bench.store.index.count() == 1
        assert bench.lag() == 0

    def test_an_unforeseen_error_keeps_its_traceback(
        self, bench: Bench, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        broken = bench.workers[0]._processing._handler
        monkeypatch.setattr(broken, "handle", _divide_by_zero)
        bench.give(article(text=TEXT))
        bench.run()
        (letter,) = DeadLetters(bench.store.log, bench.clock).all(put_back=False)
        assert letter.error == "ZeroDivisionError"
        assert "_divide_by_zero" in letter.detail

    def test_what_is_put_back_is_processed_and_no_longer_listed(
        self, bench: Bench, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with monkeypatch.context() as patch:
            patch.setattr(bench.workers[0]._processing._handler, "handle", _divide_by_zero)
            bench.give(article(text=TEXT))
            bench.run()
        letters = DeadLetters(bench.store.log, bench.clock)
        (letter,) = letters.all(put_back=False)
        assert letters.put_back([letters.find(letter.dead_letter_id[:6])]) == 1
        bench.run()
        assert letters.all(put_back=False) == []
        assert len(letters.all(put_back=True)) == 1
        assert bench.store.index.count() == 1

    def test_what_fails_again_is_listed_again_with_its_count(self, bench: Bench) -> None:
        bench.store.log.append([Record("articles", "bad", b"x")])
        bench.run()
        letters = DeadLetters(bench.store.log, bench.clock)
        letters.put_back(letters.all(put_back=False))
        bench.run()
        assert [one.retries for one in letters.all(put_back=False)] == [1]

    def test_putting_back_never_undoes_a_newer_revision(self, bench: Bench) -> None:
        bench.give(article(text="lama"))
        bench.run()
        (old,) = bench.store.log.consumer(["articles.enriched"], None).poll(10)
        bench.give(article(text="baru", revision=2))
        bench.run()
        letters = DeadLetters(bench.store.log, bench.clock)
        bench.store.log.append([dead_letter("indexer", old, ValueError("x"), bench.clock.now())])
        assert letters.put_back(letters.all(put_back=False)) == 0
        (kept,) = bench.table("articles.enriched", EnrichedArticle)
        assert kept.text == "baru"


def _divide_by_zero(*_: object) -> None:
    raise ZeroDivisionError


class TestFailures:
    @pytest.mark.parametrize("error", [RetryError("down"), StopError("wrong"), KeyboardInterrupt()])
    def test_nothing_of_a_failed_batch_is_kept_and_it_comes_again(
        self, bench: Bench, monkeypatch: pytest.MonkeyPatch, error: BaseException
    ) -> None:
        bench.give(article("one", text=TEXT), article("two", text=TEXT))
        bench.pass_on()
        worker = bench.workers[0]
        handle: Callable[..., Any] = worker._processing._handler.handle
        calls = 0

        def fail_at_second(*arguments: Any) -> Any:
            nonlocal calls
            calls += 1
            if calls == 2:
                raise error
            return handle(*arguments)

        monkeypatch.setattr(worker._processing._handler, "handle", fail_at_second)
        with pytest.raises(type(error)):
            worker.step()
        assert bench.table("articles.enriched", EnrichedArticle) == []
        assert worker.lag() == 2
        bench.run()
        assert len(bench.table("articles.enriched", EnrichedArticle)) == 2

    def test_an_index_that_fails_takes_the_whole_batch_back(
        self, bench: Bench, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        bench.give(article(text=TEXT))
        index = bench.store.index
        put = index.put

        def put_and_fail(articles: Any) -> Any:
            put(articles)
            raise RetryError("full")

        with monkeypatch.context() as patch:
            patch.setattr(index, "put", put_and_fail)
            with pytest.raises(RetryError):
                bench.run()
        index.refresh()
        # Without a transaction what was put stays; putting it again changes nothing.
        assert index.count() == (0 if bench.store.transactional else 1)
        bench.run()
        index.refresh()
        assert index.count() == 1

    def test_a_stage_may_write_only_what_the_topology_says(
        self, bench: Bench, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        worker = bench.workers[0]
        monkeypatch.setattr(worker._processing._writing, "_topic_of", {})
        bench.give(article(text=TEXT))
        bench.pass_on()
        with pytest.raises(StopError, match="may not write StoryMember"):
            worker.step()


def test_every_example_goes_through_every_consumer(bench: Bench) -> None:
    folder = Path(topic_table.__file__).parent / "examples"
    records = [
        Record(path.parent.name, path.stem, path.read_bytes())
        for path in sorted(folder.glob("*/*.json"))
        if path.parent.name != "dead-letters"
    ]
    for record in records:
        row = TOPICS[record.topic]
        key = json.loads(record.value or b"")[row.key]
        bench.store.log.append([Record(record.topic, key, record.value)])
    bench.run()
    assert DeadLetters(bench.store.log, bench.clock).all(put_back=True) == []
    assert bench.lag() == 0
    for name, row in TOPICS.items():
        if row.compacted:
            for value in bench.store.log.table(name).snapshot().values.values():
                assert value is not None
                decode(row.event, value)
