"""The contract of stages that do I/O, over every store: see `pantau.keyed`."""

import asyncio
import contextlib
import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from pantau.errors import RejectError, RetryError, SettingsFaultError, StopError
from pantau.observe.signals import Batch, Signals
from pantau.ports import Record, Store
from pantau.stream.envelope import record_for
from pantau.stream.handler import Context, Outcome
from pantau_schemas.codec import encode
from pantau_schemas.events.article import Article
from pantau_schemas.topics import ARTICLES, ARTICLES_ENRICHED, FEED_MEMORY
from tests.keyed import LIMITS, Bench, made, row, settled, until, written
from tests.support import SOON, START, FixedClock, subscription

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def bench(store: Store, clock: FixedClock) -> Bench:
    return Bench(store, clock)


def failing(*errors: Exception | None, title: str = "") -> Callable[[Article], None]:
    """Return an answer that raises these errors, one a try, and then works."""
    left = list(errors)

    def answer(event: Article) -> None:
        error = left.pop(0) if left and (not title or event.title == title) else None
        if error is not None:
            raise error

    return answer


class TestOrder:
    async def test_keys_side_by_side_and_one_key_in_order(self, bench: Bench) -> None:
        names = [f"{key}/{number}" for number in range(5) for key in "abcd"]
        bench.give(*names)
        bench.answer = lambda _: asyncio.sleep(0.002)
        async with bench.running():
            await until(lambda: sum(map(len, bench.kept().values())) == 20)
        for key in "abcd":
            assert [one for one in bench.pages.begun if one[0] == key] == [
                f"{key}/{number}" for number in range(5)
            ]
        assert bench.pages.most > 1
        assert Counter(bench.pages.begun) == Counter(names)
        assert bench.lag() == 0

    async def test_no_more_at_once_than_there_are_places(self, bench: Bench) -> None:
        bench.limits = replace(LIMITS, places=3)
        bench.give(*(f"{number}/0" for number in range(12)))
        bench.answer = lambda _: asyncio.sleep(0.01)
        async with bench.running():
            await until(lambda: len(bench.kept()) == 12)
        assert bench.pages.most == 3

    async def test_slow_keys_leave_their_places_to_others(
        self, bench: Bench, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("pantau.keyed.tasks.SLOW_AFTER_SECONDS", 0.02)
        bench.limits = replace(LIMITS, places=2)
        release = asyncio.Event()
        bench.answer = lambda event: release.wait() if event.title[0] == "s" else None
        bench.give("s1/0", "s2/0", "s3/0", "quick/0")
        async with bench.running():
            await until(lambda: "quick" in bench.kept())
            release.set()
            await until(lambda: len(bench.kept()) == 4)

    async def test_what_came_of_an_event_carries_its_trace_and_headers(self, bench: Bench) -> None:
        (given,) = [record_for(made("a/0"), ARTICLES, source="test", time=START)]
        headers = {**given.headers, "pantau_replay": "r1"}
        bench.store.log.append([Record(given.topic, given.key, given.value, headers)])
        async with bench.running():
            await until(bench.kept)
        (one,) = bench.store.log.consumer([ARTICLES_ENRICHED.name], None).poll(10)
        assert one.record.headers["pantau_replay"] == "r1"
        assert one.record.headers["ce_source"] == "/pantau/pages"
        assert one.record.headers["traceparent"][:36] == given.headers["traceparent"][:36]


class TestRetry:
    async def test_a_failed_event_waits_and_holds_up_its_key_alone(
        self, bench: Bench, clock: FixedClock
    ) -> None:
        bench.answer = failing(RetryError("away"), title="a/0")
        bench.give("a/0", "a/1", "b/0")
        async with bench.running() as stage:
            await settled(stage)
            assert bench.pages.begun.count("a/0") == 1
            assert "a/1" not in bench.pages.begun
            assert await asyncio.to_thread(bench.kept) == {"b": ["b/0"]}
            clock.move(seconds=7)  # at least three quarters of ten
            await settled(stage)
            assert bench.pages.begun.count("a/0") == 1
            clock.move(seconds=3)
            await settled(stage)
        assert bench.pages.ended == ["b/0", "a/0", "a/1"]
        assert bench.lag() == 0

    async def test_without_strict_order_others_overtake(
        self, bench: Bench, clock: FixedClock
    ) -> None:
        bench.strict = False
        bench.answer = failing(RetryError("away"), title="a/0")
        bench.give("a/0", "a/1", "a/2")
        async with bench.running() as stage:
            await settled(stage)
            assert bench.pages.begun == ["a/0", "a/1", "a/2"]
            clock.move(seconds=10)
            await settled(stage)
        assert bench.pages.ended == ["a/1", "a/2", "a/0"]
        assert sorted(bench.kept()["a"]) == ["a/0", "a/1", "a/2"]

    async def test_a_key_that_fails_again_and_again_is_left_alone(
        self, bench: Bench, clock: FixedClock
    ) -> None:
        bench.strict = False
        bench.limits = replace(LIMITS, max_attempts=100)
        bench.answer = failing(*[RetryError("down")] * 1_000)
        bench.give(*(f"a/{number}" for number in range(50)))
        async with bench.running() as stage:
            await settled(stage)
            assert len(bench.pages.begun) == 2
            for _ in range(10):
                clock.move(seconds=100)
                await settled(stage)
            assert len(bench.pages.begun) == 12, "one try a pause"

    async def test_a_wait_that_was_asked_for_holds_for_the_key(
        self, bench: Bench, clock: FixedClock
    ) -> None:
        bench.strict = False
        bench.answer = failing(RetryError("too many", after_seconds=60.0))
        bench.give("a/0", "a/1")
        async with bench.running() as stage:
            await settled(stage)
            clock.move(seconds=59)
            await settled(stage)
            assert bench.pages.begun == ["a/0"]
            clock.move(seconds=1)
            await settled(stage)
        assert sorted(bench.kept()["a"]) == ["a/0", "a/1"]

    async def test_what_takes_too_long_is_tried_again(
        self, bench: Bench, clock: FixedClock
    ) -> None:
        bench.limits = replace(LIMITS, timeout_seconds=0.05)
        forever = asyncio.Event()
        hung: list[str] = []

        def answer(event: Article) -> Any:
            hung.append(event.title)
            return forever.wait() if len(hung) == 1 else None

        bench.answer = answer
        bench.give("a/0")
        async with bench.running() as stage:
            await until(lambda: hung and not stage.working)
            await settled(stage)
            clock.move(seconds=10)
            await settled(stage)
        assert hung == ["a/0"] * 2
        assert bench.kept() == {"a": ["a/0"]}

    async def test_after_so_many_tries_it_is_a_dead_letter_and_the_next_goes_on(
        self, bench: Bench, clock: FixedClock
    ) -> None:
        bench.answer = failing(*[RetryError("no route")] * 4)
        bench.give("a/0", "a/1")
        async with bench.running() as stage:
            for _ in range(6):
                await settled(stage)
                clock.move(seconds=100)
            await settled(stage)
        (letter,) = bench.letters()
        assert letter.reason == "given up after 4 tries, the last: no route"
        assert (letter.stage, letter.topic) == ("pages", "articles")
        assert bench.kept() == {"a": ["a/1"]}
        assert bench.lag() == 0

    async def test_a_key_that_is_down_costs_few_events_their_only_try(
        self, bench: Bench, clock: FixedClock
    ) -> None:
        bench.limits = replace(LIMITS, max_attempts=1)
        bench.answer = failing(*[RetryError("down")] * 1_000)
        bench.give(*(f"a/{number}" for number in range(20)))
        async with bench.running() as stage:
            await settled(stage)
            assert len(bench.pages.begun) == 2
            assert len(await asyncio.to_thread(bench.letters)) == 2
            clock.move(seconds=100)
            await settled(stage)
        assert len(bench.pages.begun) == 3

    async def test_wrong_settings_use_up_no_tries(self, bench: Bench, clock: FixedClock) -> None:
        bench.answer = failing(*[SettingsFaultError("no proxy")] * 10)
        bench.give("a/0")
        async with bench.running() as stage:
            for _ in range(12):
                await settled(stage)
                clock.move(seconds=600)
            await settled(stage)
        assert bench.letters() == []
        assert bench.kept() == {"a": ["a/0"]}


class TestDeadLetters:
    @pytest.mark.parametrize("error", [RejectError("gone"), ZeroDivisionError("a fault")])
    async def test_what_can_never_be_done_is_kept_with_its_reason(
        self, bench: Bench, error: Exception
    ) -> None:
        bench.answer = failing(error, title="a/0")
        bench.give("a/0", "a/1")
        async with bench.running() as stage:
            await settled(stage)
        (letter,) = bench.letters()
        assert letter.reason == str(error)
        assert ("Traceback" in letter.detail) == isinstance(error, ZeroDivisionError)
        assert letter.value == encode(made("a/0"))
        assert bench.kept() == {"a": ["a/1"]}
        assert bench.lag() == 0

    async def test_so_is_what_cannot_be_read(self, bench: Bench) -> None:
        bench.store.log.append([Record("articles", "x", b"{}"), Record("articles", "y", None)])
        bench.give("a/0")
        async with bench.running() as stage:
            await settled(stage)
        assert [one.key for one in bench.letters()] == ["x"]
        assert bench.kept() == {"a": ["a/0"]}
        assert bench.lag() == 0

    async def test_a_dead_key_does_not_use_up_the_memory(self, bench: Bench) -> None:
        bench.strict = False
        bench.limits = replace(LIMITS, waiting=20, waiting_of_key=5, max_attempts=100)
        bench.answer = lambda event: (
            failing(RetryError("down"))(event) if event.source == "a" else None
        )
        bench.give("a/0", "a/1")
        async with bench.running() as stage:
            await settled(stage)
            await asyncio.to_thread(bench.give, *(f"a/{n}" for n in range(2, 60)), "b/0")
            await until(lambda: "b" in bench.kept())
            await settled(stage)
            assert stage.waiting == 5
        assert len(bench.letters()) == 55
        assert "events wait already for a" in bench.letters()[0].reason


class TestMemory:
    async def test_no_more_is_read_than_there_is_room_for(self, bench: Bench) -> None:
        bench.limits = replace(LIMITS, waiting=5)
        release = asyncio.Event()
        bench.answer = lambda _: release.wait()
        bench.give(*(f"{number}/0" for number in range(30)))
        async with bench.running() as stage:
            await until(lambda: len(bench.pages.begun) == 5)
            await asyncio.sleep(0.05)
            assert stage.waiting == 5
            release.set()
            await until(lambda: len(bench.kept()) == 30)

    async def test_nor_of_bytes(self, bench: Bench) -> None:
        bench.limits = replace(LIMITS, waiting_bytes=1)
        bench.give("a/0", "b/0", "c/0")
        async with bench.running():
            await until(lambda: len(bench.kept()) == 3)
        assert bench.pages.most == 1


class TestCrash:
    async def test_what_was_done_is_not_done_again(self, bench: Bench) -> None:
        forever = asyncio.Event()
        bench.answer = lambda event: forever.wait() if event.title == "a/0" else None
        bench.give("a/0", "b/0", "c/0")
        stage = bench.build()
        task = asyncio.create_task(stage.run(asyncio.Event()))
        await until(lambda: len(bench.kept()) == 2)

        async def nothing(*_: object, **__: object) -> None:
            pass

        stage._save = nothing  # type: ignore[method-assign]  # as killed: nothing more is written
        for one in stage._tasks.running:
            one.cancel()
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
        bench.answer = lambda _: None
        async with bench.running():
            await until(lambda: len(bench.kept()) == 3)
        assert bench.pages.begun == ["a/0"]
        assert bench.lag() == 0

    async def test_a_stop_waits_for_what_is_under_way(
        self, bench: Bench, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("pantau.keyed.stage.GRACE_SECONDS", SOON)
        release = asyncio.Event()
        bench.answer = lambda _: release.wait()
        bench.give("a/0", "a/1")
        async with bench.running():
            await until(lambda: bench.made and bench.pages.begun)
            asyncio.get_running_loop().call_later(0.05, release.set)
        assert bench.kept() == {"a": ["a/0"]}
        assert bench.lag() == 1

    async def test_a_log_that_was_away_delays_and_repeats_nothing(
        self, bench: Bench, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("pantau.keyed.stage.LOG_PAUSE_SECONDS", 0.01)
        log = _Troubled(bench.store.log, [RetryError("busy")] * 3)
        bench.give("a/0", "b/0")
        async with bench.running(log):
            await until(lambda: len(bench.kept()) == 2)
        assert log.trouble == []
        assert sorted(bench.pages.begun) == ["a/0", "b/0"]
        assert bench.lag() == 0

    async def test_an_outcome_that_the_log_refuses_is_a_dead_letter(self, bench: Bench) -> None:
        log = _Troubled(bench.store.log, [], refuses=written("a/0").article_id)
        bench.give("a/0", "a/1", "b/0")
        async with bench.running(log) as stage:
            await settled(stage)
        assert [one.key for one in bench.letters()] == [made("a/0").article_id]
        assert bench.kept() == {"a": ["a/1"], "b": ["b/0"]}
        assert bench.lag() == 0


class _Troubled:
    """A log whose consumers fail to write when told."""

    def __init__(self, log: Any, trouble: list[RetryError], refuses: str = "") -> None:
        self._log = log
        self.trouble = trouble
        self._refuses = refuses

    def __getattr__(self, name: str) -> Any:
        return getattr(self._log, name)

    def consumer(self, *given: Any) -> Any:
        consumer = self._log.consumer(*given)
        finish = consumer.finish

        def failing(done: Any, produced: Any = ()) -> None:
            records = list(produced)
            if self.trouble:
                raise self.trouble.pop()
            refused = [
                one for one in records
                if one.key == self._refuses and one.topic == ARTICLES_ENRICHED.name
            ]  # fmt: skip
            if refused:
                message = "too large"
                raise RejectError(message)
            finish(done, records)

        consumer.finish = failing
        return consumer


class TestDeclarations:
    def test_a_table_that_is_not_followed_is_refused(self, bench: Bench) -> None:
        with pytest.raises(StopError, match=r"may not read the table articles\.enriched"):
            bench.build(follows=(FEED_MEMORY,))

    def test_what_is_no_table_cannot_be_followed(self) -> None:
        with pytest.raises(StopError, match="follows articles, which is no table"):
            row(lambda _: None, follows=(ARTICLES,))

    async def test_an_event_that_is_not_declared_ends_the_stage(self, bench: Bench) -> None:
        async def wrong(event: Article, context: Context) -> Outcome:
            del event, context
            return Outcome(events=(subscription("s", "banjir"),))

        bench.give("a/0")
        stage = bench.build()
        bench.pages.handle = wrong  # type: ignore[method-assign]
        async with asyncio.timeout(SOON):
            with pytest.raises(StopError, match="may not write Subscription"):
                await stage.run(asyncio.Event())
        assert bench.lag() == 1


async def test_operators_are_told_once_all_is_written(bench: Bench) -> None:
    class Metrics:
        def __init__(self) -> None:
            self.batches: list[Batch] = []

        def batch(self, batch: Batch) -> None:
            self.batches.append(batch)

        def __getattr__(self, name: str) -> Callable[..., None]:
            return lambda *_, **__: None

    metrics = Metrics()
    bench.signals = Signals(metrics=metrics)
    bench.answer = failing(RejectError("gone"), title="a/0")
    bench.store.log.append([Record("articles", "x", b"{}")])
    bench.give("a/0", "a/1")
    async with bench.running() as stage:
        await settled(stage)
    assert sum(one.processed for one in metrics.batches) == 3
    assert sum(one.rejected for one in metrics.batches) == 2
    produced = sum((Counter(one.produced) for one in metrics.batches), Counter[str]())
    assert produced == {"articles.enriched": 1, "dead-letters": 2}


async def test_of_many_events_with_many_faults_none_is_lost(
    bench: Bench, clock: FixedClock
) -> None:
    tries: Counter[str] = Counter()

    def answer(event: Article) -> Any:
        tries[event.title] += 1
        luck = hashlib.sha256(f"{event.title} {tries[event.title]}".encode()).digest()[0]
        if luck < 60:
            raise RetryError("away", after_seconds=luck if luck % 2 else None)
        if luck < 80:
            raise RejectError("gone")
        return asyncio.sleep(luck / 100_000)

    bench.answer = answer
    names = [f"{number % 7}/{number}" for number in range(150)]
    bench.give(*names)
    async with bench.running() as stage:
        async with asyncio.timeout(SOON):
            while stage.waiting or not tries:
                await settled(stage)
                clock.move(seconds=100)
    kept = [one for titles in bench.kept().values() for one in titles]
    refused = [made(name).article_id for name in names if name not in kept]
    assert len(kept) == len(set(kept))
    assert sorted(one.key for one in bench.letters()) == sorted(refused)
    for key in bench.kept():
        ended = [one for one in bench.pages.ended if one.startswith(f"{key}/")]
        assert ended == [one for one in names if one in ended], "in order, whatever failed"
    assert bench.lag() == 0
