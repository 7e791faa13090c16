"""All services of the distributed runtime as processes, and a look into Kafka's groups.

For the proofs and measurements that need the whole fleet; a service that ends by itself is noted,
never hidden.
"""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from kafka import KafkaAdminClient, KafkaConsumer, TopicPartition
from kafka.errors import KafkaError

SERVICES = ("poller", "extractor", "enricher", "alerter", "indexer", "notifier")
STOP_SECONDS = 120.0
UNKNOWN = 10**9
PORT = re.compile(r"/livez, /readyz and /metrics on 127\.0\.0\.1 port (\d+)")
"""The line by which a service says where it serves health."""


def settings_of(kafka: str, elasticsearch: str, **more: str) -> dict[str, str]:
    """Return the environment of a distributed Pantau on loopback servers."""
    return {
        "PANTAU_KAFKA__SERVERS": f'["{kafka}"]',
        "PANTAU_ELASTICSEARCH__URL": elasticsearch,
        "PANTAU_FETCH__ALLOW_NETWORKS": '["127.0.0.0/8"]',
        "PYTHONWARNINGS": "default",  # drivers of other people use what newer Pythons deprecate
        **more,
    }


@dataclass
class Member:
    """One instance of a service.

    Its process is started again after a kill, as a supervisor does it.
    """

    service: str
    number: int
    folder: Path
    environment: Mapping[str, str]
    log: deque[str] = field(default_factory=lambda: deque(maxlen=2_000))
    own_exits: list[str] = field(default_factory=list)  # ends that nobody asked for
    at_work: bool = False  # it said so since it was started last
    port: int | None = None  # where it serves health, as it said since
    _process: subprocess.Popen[str] | None = None

    @property
    def name(self) -> str:
        return f"{self.service}-{self.number}"

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process is not None else None

    def start(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.log.clear()
        self.at_work, self.port = False, None
        self._process = subprocess.Popen(
            [sys.executable, "-m", "pantau.cli", "service", self.service],
            env={**os.environ, **self.environment, "PANTAU_DATA": str(self.folder)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )
        threading.Thread(target=self._read, args=(self._process,), daemon=True).start()

    def _read(self, process: subprocess.Popen[str]) -> None:
        assert process.stderr is not None
        with process.stderr as stream:
            for line in stream:
                self.log.append(line)
                if process is self._process:
                    self._note(line)

    def _note(self, line: str) -> None:
        """Keep what is asked for later: the log holds the last lines alone."""
        self.at_work = self.at_work or "is at work" in line
        if found := PORT.search(line):
            self.port = int(found[1])

    def watch(self) -> None:
        """Restart the process after an end, and record one that was not requested."""
        if self._process is not None and self._process.poll() is not None:
            tail = "".join([*self.log][-15:])
            self.own_exits.append(f"{self.name} ended with {self._process.returncode}:\n{tail}")
            self.start()

    def kill(self) -> None:
        """Kill it with its children, as a power failure would."""
        if self._process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(STOP_SECONDS)
        self._process = None

    def ask_to_end(self) -> None:
        if self._process is not None:
            self._process.terminate()

    def wait(self) -> int | None:
        """Wait until it has ended, as requested; return the exit code."""
        if self._process is None:
            return None
        try:
            return self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
            return None
        finally:
            self._process = None


class Fleet:
    """Every service, `copies` times."""

    def __init__(
        self,
        folder: Path,
        environment: Mapping[str, str],
        *,
        copies: int = 1,
        services: tuple[str, ...] = SERVICES,
        former: Path | None = None,
    ) -> None:
        """Prepare the members; with `former` the second ones run the sources in that folder."""
        variables = [environment] * copies
        if former is not None:
            variables[1] = {**environment, "PYTHONPATH": f"{former}/services:{former}/schemas"}
        self.members = [
            Member(service, number, folder / f"{service}-{number}", variables[number])
            for service in services
            for number in range(copies)
        ]

    def start(self) -> None:
        for one in self.members:
            one.start()

    def watch(self) -> None:
        for one in self.members:
            one.watch()

    def of(self, service: str) -> list[Member]:
        return [one for one in self.members if one.service == service]

    def own_exits(self) -> list[str]:
        return [said for one in self.members for said in one.own_exits]

    def stop(self) -> dict[str, int | None]:
        """Stop all at once; return the exit codes."""
        for one in self.members:
            one.ask_to_end()
        return {one.name: one.wait() for one in self.members}

    def kill(self) -> None:
        for one in self.members:
            one.kill()


class Groups:
    """The backlog and the members of consumer groups, without joining them."""

    def __init__(self, kafka: str, prefix: str = "") -> None:
        self._prefix = prefix
        self._admin = KafkaAdminClient(bootstrap_servers=kafka)
        self._reader = KafkaConsumer(bootstrap_servers=kafka)

    def lag(self, group: str, topic: str) -> int:
        """Count the records of a topic that a group has not done.

        UNKNOWN while Kafka cannot say.
        """
        try:
            return self._lag(group, topic)
        except KafkaError:  # of a broker that starts, or is away
            return UNKNOWN

    def known_lag(self, group: str, topic: str) -> int:
        """Count them once Kafka can say."""
        found: list[int] = []

        def says() -> bool:
            found.append(self.lag(group, topic))
            return found[-1] != UNKNOWN

        wait_for(says, seconds=STOP_SECONDS)
        return found[-1]

    def _lag(self, group: str, topic: str) -> int:
        topic = self._prefix + topic
        partitions = [
            TopicPartition(topic, one) for one in self._reader.partitions_for_topic(topic) or ()
        ]
        ends = self._reader.end_offsets(partitions)
        begins = self._reader.beginning_offsets(partitions)
        named = self._prefix + group
        done = self._admin.list_group_offsets([named]).get(named, {})
        total = 0
        for one in partitions:
            committed = done.get(one)
            at = (
                committed.offset if committed is not None and committed.offset >= 0 else begins[one]
            )
            total += max(0, ends[one] - at)
        return total

    def members(self, group: str) -> dict[str, int]:
        """Return the members of a group, and how many partitions each has.

        Empty during a rebalance, and while Kafka cannot say: the first question for any group of a
        new cluster makes Kafka create the topic of the offsets, which takes seconds.
        """
        named = self._prefix + group
        try:
            found = self._admin.describe_groups([named])[named]
        except KafkaError:
            return {}
        return {
            one["member_id"]: sum(
                len(topic["partitions"])
                for topic in one["member_assignment"]["assigned_partitions"]
            )
            for one in found["members"]
            if one["member_assignment"]
        }

    def known_members(self, group: str, count: int) -> dict[str, int]:
        """Return the members of a group once there are this many, and no rebalance."""
        found: list[dict[str, int]] = []

        def says() -> bool:
            found.append(self.members(group))
            return len(found[-1]) == count

        wait_for(says, seconds=STOP_SECONDS)
        return found[-1]

    def ends(self, topic: str) -> int:
        """Count all records ever written to a topic."""
        return sum(self.ends_by_partition(topic))

    def ends_by_partition(self, topic: str) -> list[int]:
        """Count the records ever written to each partition of a topic."""
        topic = self._prefix + topic
        partitions = [
            TopicPartition(topic, one) for one in self._reader.partitions_for_topic(topic) or ()
        ]
        return [*self._reader.end_offsets(partitions).values()]

    def close(self) -> None:
        self._admin.close()
        self._reader.close()


def wait_for(
    what: Callable[[], bool],
    *,
    seconds: float,
    every: float = 0.25,
    meanwhile: Callable[[], object] = lambda: None,
    progress: Callable[[], str] = str,
) -> None:
    """Wait until something holds.

    Raises AssertionError with what `progress` says when it takes too long.
    """
    deadline = time.monotonic() + seconds
    while not what():
        meanwhile()
        assert time.monotonic() < deadline, f"not within {seconds:g} s: {progress()}"
        time.sleep(every)
