"""The log on Kafka: what is particular to it, besides the contracts."""

import itertools
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from kafka import KafkaAdminClient

from pantau.adapters.kafka.client import MAX_RECORD_BYTES, partition_of
from pantau.adapters.kafka.log import KafkaLog
from pantau.adapters.kafka.topics import create_topics, topic_settings
from pantau.errors import RejectError, RetryError, StopError
from pantau.local import Servers
from pantau.ports import PARTITION_HEADER, Consumer, Log, Received, Record
from pantau.settings import KafkaSettings, KeepSettings, Settings
from pantau_schemas.topics import ALERTS, ARTICLES, ARTICLES_ENRICHED, FEEDS, TOPICS
from tests.servers import Pair
from tests.stores import store_settings
from tests.support import SOON, FixedClock
from tests.topics import wait_until

refused = pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")
"""kafka-python leaves a socket whose connection was refused to the garbage collector.

See the fixture `refusing`.
"""


@pytest.fixture
def settings(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Settings]:
    with store_settings("kafka", tmp_path, request) as made:
        yield made


@contextmanager
def opened(settings: Settings) -> Iterator[KafkaLog]:
    log = KafkaLog(settings, FixedClock())
    try:
        yield log
    finally:
        log.close()


@pytest.fixture
def log(settings: Settings) -> Iterator[KafkaLog]:
    with opened(settings) as made:
        yield made


def read_all(log: KafkaLog, topic: str) -> list[Record]:
    reader = log.consumer([topic], None)
    found = [one.record for one in reader.poll(100_000)]
    reader.close()
    return found


def drain(consumer: Consumer, count: int) -> list[str]:
    """Process until so many were finished; repeats what has to be repeated."""
    keys: list[str] = []
    until = time.monotonic() + SOON
    while len(keys) < count:
        assert time.monotonic() < until, keys
        try:
            received = consumer.poll(100)
            consumer.finish(received)
        except RetryError:
            consumer.rewind()
        else:
            keys += [one.record.key for one in received]
    return keys


def lag_of(consumer: Consumer) -> int:
    """Return the lag; a record at least while the group cannot say."""
    try:
        return consumer.lag()
    except RetryError:
        return 1


def poll_in_the_end(consumer: Consumer) -> Sequence[Received]:
    """Poll, for as long as Kafka merely does not answer in time."""
    until = time.monotonic() + SOON
    while True:
        try:
            return consumer.poll(1)
        except RetryError:
            assert time.monotonic() < until


@pytest.mark.parametrize(
    ("key", "hashed"),
    [
        ("21", -973932308),
        ("foobar", -790332482),
        ("a-little-bit-long-string", -985981536),
        ("a-little-bit-longer-string", -1486304829),
        ("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58897971),
        ("abc", 479470107),
    ],
)
def test_partitions_are_those_of_kafkas_own_partitioner(key: str, hashed: int) -> None:
    """The hashes are the test vectors of Kafka's own `UtilsTest.testMurmur2`."""
    assert partition_of(key, 12) == (hashed & 0x7FFFFFFF) % 12


class TestAppend:
    def test_records_of_one_partition_key_stay_together_and_in_order(self, log: KafkaLog) -> None:
        domains = [f"d{number % 5}.example" for number in range(200)]
        log.append(
            Record("feeds", f"f{number}", b"v", {PARTITION_HEADER: domain})
            for number, domain in enumerate(domains)
        )
        reader = log.consumer(["feeds"], None)
        places = defaultdict(list)
        for one in reader.poll(1000):
            places[one.record.partition_key].append((one.partition, int(one.record.key[1:])))
        reader.close()
        for domain, found in places.items():
            assert {partition for partition, _ in found} == {partition_of(domain, 2)}
            assert [number for _, number in found] == sorted(number for _, number in found)
        assert sum(map(len, places.values())) == 200

    def test_what_comes_first_is_kept_before_the_next_topic_is_tried(self, log: KafkaLog) -> None:
        with pytest.raises(StopError, match="pantau setup"):
            log.append([Record("articles", "a", b"v"), Record("no-such-topic", "x", b"v")])
        assert [one.key for one in read_all(log, "articles")] == ["a"]

    def test_one_record_that_is_too_large_keeps_all_others_unsent(self, log: KafkaLog) -> None:
        with pytest.raises(RejectError, match=r"articles: b has \d+ bytes"):
            log.append(
                [Record("articles", "a", b"v"), Record("articles", "b", bytes(MAX_RECORD_BYTES))]
            )
        assert read_all(log, "articles") == []
        log.append([Record("articles", "a", b"v")])
        assert [one.key for one in read_all(log, "articles")] == ["a"]

    def test_a_fetched_page_of_the_largest_size_fits(self, log: KafkaLog) -> None:
        consumer = log.consumer(["articles"], "g")
        log.append(
            [Record("articles", "large", bytes(30_000_000)), Record("articles", "small", b"v")]
        )
        assert sorted(drain(consumer, 2)) == ["large", "small"]

    def test_half_a_character_is_refused(self, log: KafkaLog) -> None:
        with pytest.raises(RejectError, match="half a character"):
            log.append([Record("articles", "\ud800", b"v")])

    def test_threads_may_share_it(self, log: KafkaLog) -> None:
        def write(writer: int) -> None:
            for number in range(20):
                log.append([Record("articles", f"{writer}", str(number).encode())])

        with ThreadPoolExecutor(5) as pool:
            list(pool.map(write, range(5)))
        found = defaultdict(list)
        for one in read_all(log, "articles"):
            found[one.key].append(int(one.value or b""))
        assert found == {str(writer): list(range(20)) for writer in range(5)}

    def test_after_closing_it_says_so(self, settings: Settings) -> None:
        log = KafkaLog(settings, FixedClock())
        log.append([Record("articles", "a", b"v")])
        log.close()
        with pytest.raises(StopError, match="closed"):
            log.append([Record("articles", "a", b"v")])


class TestMissing:
    def test_a_consumer_of_a_missing_topic_names_the_fix(self, settings: Settings) -> None:
        elsewhere = settings.model_copy(
            update={"kafka": settings.kafka.model_copy(update={"prefix": "nothing-here-"})}
        )
        with opened(elsewhere) as log:
            with pytest.raises(StopError, match="pantau setup"):
                poll_in_the_end(log.consumer(["articles"], "g"))
            with pytest.raises(StopError, match="pantau setup"):
                log.consumer(["articles"], None)

    @refused
    @pytest.mark.usefixtures("refusing")
    def test_without_brokers_one_may_retry(self, tmp_path: Path) -> None:
        nowhere = Settings(
            data=tmp_path, kafka=KafkaSettings(servers=("127.0.0.1:1",), timeout_seconds=0.5)
        )
        with opened(nowhere) as log:
            consumer = log.consumer(["articles"], "g")
            for use in (
                lambda: consumer.poll(1),
                consumer.lag,
                lambda: log.append([Record("articles", "a", b"v")]),
                lambda: log.consumer(["articles"], None),
                lambda: create_topics(nowhere),
            ):
                with pytest.raises(RetryError, match=r"127\.0\.0\.1:1"):
                    use()


class TestGroups:
    def test_members_take_over_without_gap(self, settings: Settings) -> None:
        """Each record is finished once by any member.

        Those of a member that leaves go to the others.
        """
        with opened(settings) as writer, opened(settings) as one, opened(settings) as other:
            first = one.consumer(["articles"], "g")
            writer.append(Record("articles", str(number), b"v") for number in range(300))
            second = other.consumer(["articles"], "g")
            done: list[str] = []
            more = (f"more {number}" for number in itertools.count())
            until = time.monotonic() + SOON
            shared = threading.Event()
            while len(done) < 200 or not shared.is_set():
                assert time.monotonic() < until
                writer.append(Record("articles", next(more), b"v") for _ in range(2))
                finished = 0
                for member in (first, second):
                    try:
                        received = member.poll(10)
                        member.finish(received)
                    except RetryError:
                        member.rewind()
                        continue
                    done += [each.record.key for each in received]
                    finished += bool(received)
                if finished == 2:
                    shared.set()
            second.close()
            while lag_of(first) or set(done) < {str(number) for number in range(300)}:
                assert time.monotonic() < until
                try:
                    received = first.poll(100)
                    first.finish(received)
                except RetryError:
                    first.rewind()
                else:
                    done += [each.record.key for each in received]
            assert len(done) == len(set(done))

    def test_nothing_stays_behind(self, settings: Settings) -> None:
        before = set(threading.enumerate())
        with opened(settings) as log:
            consumer = log.consumer(["articles"], "g")
            log.append([Record("articles", "a", b"v"), Record("feeds", "a", b"v")])
            log.table("feeds").get("a")
            drain(consumer, 1)
            log.consumer(["articles"], None).close()
            log.consumer(["articles"], None)  # nobody closes it but the log
        # A thread that has done its work may be about to end.
        wait_until(lambda: set(threading.enumerate()) <= before, "all threads end")


class TestTopics:
    def test_settings_follow_the_topic_table(self, tmp_path: Path) -> None:
        keep = KeepSettings(days=None, raw_articles_days=2)
        settings = Settings(data=tmp_path, kafka=KafkaSettings(replication=3), keep=keep)
        articles = topic_settings(ARTICLES, settings)
        assert (articles["cleanup.policy"], articles["retention.ms"]) == (
            "delete",
            str(2 * 86_400_000),
        )
        assert topic_settings(ALERTS, settings)["retention.ms"] == "-1"
        assert "retention.ms" not in topic_settings(FEEDS, settings)
        assert (
            articles["message.timestamp.type"] == "LogAppendTime"
        )  # a writer's wrong clock removes nothing
        # A revision that waits for the alerter stays, though a replay wrote it again as historical.
        waiting = topic_settings(ARTICLES_ENRICHED, settings)["min.compaction.lag.ms"]
        assert int(waiting) == int(
            topic_settings(ARTICLES, Settings(data=tmp_path))["retention.ms"]
        )
        assert {
            topic_settings(one, settings)["min.insync.replicas"] for one in TOPICS.values()
        } == {"2"}

    def test_again_is_harmless_and_what_changed_is_changed(self, settings: Settings) -> None:
        again = create_topics(settings)
        assert (again.created, again.changed, again.warnings) == ([], {}, [])
        other = settings.model_copy(
            update={
                "keep": KeepSettings(raw_articles_days=1),
                "kafka": settings.kafka.model_copy(update={"partitions": 4}),
            }
        )
        report = create_topics(other)
        name = f"{settings.kafka.prefix}articles"
        assert report.changed[name]["retention.ms"] == "86400000"
        assert any(f"{name} has 2 partitions, not 4" in str(one) for one in report.warnings)
        until = time.monotonic() + SOON
        while create_topics(
            other
        ).changed:  # the broker that is asked may hear of it a little later
            assert time.monotonic() < until
        with KafkaAdminClient(bootstrap_servers=settings.kafka.servers[0]) as admin:
            (found,) = admin.describe_topics([name])
        assert len(found["partitions"]) == 2

    def test_what_the_cluster_cannot_do_is_said(self, settings: Settings) -> None:
        wide = settings.kafka.model_copy(
            update={"replication": 3, "prefix": f"{settings.kafka.prefix}x-"}
        )
        with pytest.raises(StopError, match=r"kafka\.replication"):
            create_topics(settings.model_copy(update={"kafka": wide}))


def append_in_the_end(log: Log, key: str) -> None:
    until = time.monotonic() + SOON
    while True:
        try:
            log.append([Record("articles", key, b"v")])
        except RetryError:
            assert time.monotonic() < until
        else:
            return


@refused
@pytest.mark.usefixtures("refusing")
def test_it_goes_on_by_itself_after_the_broker_was_killed(
    settings: Settings, server_pair: Pair
) -> None:
    servers = Servers(server_pair.folder)
    impatient = settings.model_copy(
        update={"kafka": settings.kafka.model_copy(update={"timeout_seconds": 3})}
    )
    with opened(impatient) as log:
        consumer = log.consumer(["articles"], "g")
        append_in_the_end(log, "before")  # the time-out is short also for a machine that is busy
        assert set(drain(consumer, 1)) == {"before"}  # twice if its answer came too late
        servers.kill_kafka()
        try:
            with pytest.raises(RetryError):
                log.append([Record("articles", "lost?", b"v")])
        finally:
            servers.start_kafka()
        append_in_the_end(log, "after")
        done: list[str] = []
        while "after" not in done:
            done += drain(consumer, 1)
        assert set(done) <= {"after", "before"}  # what failed does not show up later
    with opened(settings) as patient:
        assert {one.key for one in read_all(patient, "articles")} == {"after", "before"}
