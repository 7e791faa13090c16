"""Shares of a real consumer group.

One owner a key, and what happens when members come, go and die.
"""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pantau.adapters.kafka.client import partition_of
from pantau.adapters.kafka.group import key_assignment
from pantau.adapters.kafka.group.key_assignment import KafkaKeyAssignment
from pantau.errors import RetryError, StopError
from pantau.settings import KafkaSettings, Settings
from pantau_schemas.topics import FEEDS
from tests.support import SOON
from tests.topics import Topics, opened_topics, wait_until

GROUP = "poller"
KEYS = [f"kabar{number}.example" for number in range(200)]
PARTITIONS = 6
SESSION = 6.0
"""Of a member that dies, in seconds; brokers accept no shorter session by default."""
LONG_SESSION = 60.0
"""Of members that live: none loses its share where the machine stands still for a while."""
HEARTBEATS = 100
"""In a long session, so that members learn of each other as soon as in a short one."""
MEMBER = """
import sys
from pathlib import Path
from pantau.adapters.kafka.group.key_assignment import KafkaKeyAssignment
from pantau.settings import KafkaSettings, Settings

kafka = KafkaSettings(servers=(sys.argv[2],), prefix=sys.argv[3])
settings = Settings(data=Path(sys.argv[1]), kafka=kafka)
share = KafkaKeyAssignment(sys.argv[4], sys.argv[5], settings, session_seconds=float(sys.argv[6]))
print(share.generation(), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def topics(kafka_address: str) -> Iterator[Topics]:
    with opened_topics(kafka_address) as opened:
        opened.make(FEEDS.name, partitions=PARTITIONS)
        yield opened


@pytest.fixture
def settings(topics: Topics, tmp_path: Path) -> Settings:
    kafka = KafkaSettings(servers=(topics.address,), prefix=topics.prefix, timeout_seconds=SOON)
    return Settings(data=tmp_path, kafka=kafka)


@pytest.fixture
def join(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], KafkaKeyAssignment]]:
    monkeypatch.setattr(key_assignment, "HEARTBEATS", HEARTBEATS)
    joined: list[KafkaKeyAssignment] = []

    def join_it() -> KafkaKeyAssignment:
        joined.append(KafkaKeyAssignment(FEEDS.name, GROUP, settings, session_seconds=LONG_SESSION))
        return joined[-1]

    yield join_it
    for share in joined:
        share.close()


def keys_of(share: KafkaKeyAssignment) -> set[str]:
    share.generation()
    return {key for key in KEYS if share.owns(key)}


def shared_out(*shares: KafkaKeyAssignment) -> bool:
    """Return whether each key has an owner, and each member something; no key may ever have two."""
    before = [share.generation() for share in shares]
    parts = [keys_of(share) for share in shares]
    if before != [share.generation() for share in shares]:
        return False  # they were not taken at one time
    assert sum(map(len, parts)) <= len(KEYS)
    return all(parts) and sum(map(len, parts)) == len(KEYS)


class TestShares:
    def test_the_only_member_has_everything(self, join: Callable[[], KafkaKeyAssignment]) -> None:
        share = join()
        first = share.generation()
        assert keys_of(share) == set(KEYS)
        assert share.generation() == first

    def test_keys_of_a_partition_go_together(self, join: Callable[[], KafkaKeyAssignment]) -> None:
        one, other = join(), join()
        wait_until(lambda: shared_out(one, other), "both have a share")
        mine = {partition_of(key, PARTITIONS) for key in keys_of(one)}
        theirs = {partition_of(key, PARTITIONS) for key in keys_of(other)}
        assert len(mine) == len(theirs) == PARTITIONS // 2
        assert not mine & theirs

    def test_who_comes_gets_a_share_and_the_rest_stays(
        self, join: Callable[[], KafkaKeyAssignment]
    ) -> None:
        one = join()
        before, generation = keys_of(one), one.generation()
        other = join()
        wait_until(lambda: shared_out(one, other), "both have a share")
        assert keys_of(one) < before
        assert one.generation() != generation
        kept = keys_of(one), keys_of(other)
        third = join()
        wait_until(lambda: shared_out(one, other, third), "all three have a share")
        assert keys_of(one) <= kept[0]
        assert keys_of(other) <= kept[1]

    def test_who_leaves_is_followed(self, join: Callable[[], KafkaKeyAssignment]) -> None:
        one, other = join(), join()
        wait_until(lambda: shared_out(one, other), "both have a share")
        other.close()
        wait_until(lambda: keys_of(one) == set(KEYS), "the one that stays has everything")

    def test_who_dies_is_followed(
        self, join: Callable[[], KafkaKeyAssignment], topics: Topics, settings: Settings
    ) -> None:
        arguments = (
            str(settings.data),
            topics.address,
            topics.prefix,
            FEEDS.name,
            GROUP,
            str(SESSION),
        )
        with subprocess.Popen(
            [sys.executable, "-c", MEMBER, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        ) as dying:
            assert dying.stdout is not None
            assert dying.stdout.readline()
            one = join()
            wait_until(lambda: 0 < len(keys_of(one)) < len(KEYS), "both have a share")
            dying.kill()
            wait_until(lambda: keys_of(one) == set(KEYS), "the one that lives has everything")

    def test_new_partitions_are_shared_out(
        self,
        join: Callable[[], KafkaKeyAssignment],
        topics: Topics,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr("pantau.adapters.kafka.group.key_assignment.METADATA_SECONDS", 0.2)
        share = join()
        generation = share.generation()
        topics.widen(FEEDS.name, PARTITIONS + 2)
        wait_until(lambda: share.generation() > generation + 1, "the partitions are noticed")
        wait_until(lambda: keys_of(share) == set(KEYS), "all keys have their owner")


class TestTrouble:
    def test_a_missing_topic_is_named(self, settings: Settings) -> None:
        share = KafkaKeyAssignment("nothing", GROUP, settings)
        with pytest.raises(StopError, match=f"topic is missing.*{settings.kafka.prefix}nothing"):
            share.generation()
        share.close()

    def test_after_leaving_nothing_is_told(self, join: Callable[[], KafkaKeyAssignment]) -> None:
        share = join()
        assert share.generation() > 0
        share.close()
        assert keys_of(share) == set()

    @pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")
    @pytest.mark.usefixtures("refusing")
    def test_brokers_that_never_answer_are_a_retry(
        self, tmp_path: Path, refusing_port: int
    ) -> None:
        kafka = KafkaSettings(servers=(f"127.0.0.1:{refusing_port}",), timeout_seconds=0.3)
        share = KafkaKeyAssignment(FEEDS.name, GROUP, Settings(data=tmp_path, kafka=kafka))
        with pytest.raises(RetryError, match="group poller cannot be joined"):
            share.generation()
        share.close()
