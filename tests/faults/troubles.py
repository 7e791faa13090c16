"""The troubles of the long proof, each a function that returns when it is over."""

import os
import random
import signal
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass

from elasticsearch import Elasticsearch

from pantau.local import Servers
from tests.faults.broken_state import delete_offsets, other_codec, remove_unread
from tests.faults.proxy import Proxy
from tests.faults.world import Pair, Report
from tests.fleet import SERVICES, Fleet, Groups, Member, wait_for

READ_ONLY = "cluster.blocks.read_only"
"""A block that an operator sets: nothing can be changed."""
DISK_FULL = "cluster.blocks.read_only_allow_delete"
"""A block like the one that Elasticsearch sets itself when a disk is nearly full."""
_WAITS = frozenset({"PantauNotReady", "PantauWaitsForServer"})
_DOWN = frozenset({"PantauServiceDown"})
KAFKA, ELASTICSEARCH = 0, 1
"""The places of the servers in their pair."""


@dataclass(frozen=True)
class Trouble:
    """One trouble. At least one of `rules` has to be met; if empty, none has to."""

    name: str
    cause: Callable[[], None]
    rules: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Scene:
    """The parts of troubles. `outage` is how long a server is away, in seconds."""

    fleet: Fleet
    servers: Servers
    proxy: Proxy
    pair: Pair
    chance: random.Random
    outage: float
    report: Report

    def all(self) -> list[Trouble]:
        """Return every trouble."""
        found = [self._kill(service) for service in SERVICES]
        found += [
            self._hang(),
            Trouble("kafka-restart", self._restart_kafka, frozenset({"PantauNotReady"})),
            Trouble("kafka-frozen", lambda: self._freeze(KAFKA), frozenset({"PantauNotReady"})),
            Trouble("kafka-silent", self._mute_kafka, frozenset({"PantauNotReady"})),
            Trouble("kafka-slow", self._slow_kafka),
            Trouble("kafka-half-open", self._half_open),
            Trouble("kafka-codec", self._change_codec),
            Trouble("kafka-offsets-deleted", self._delete_offsets, _DOWN),
            Trouble(
                "kafka-retention-overtakes",
                self._remove_unread,
                frozenset({"PantauRecordsLost"}),
            ),
            Trouble("elasticsearch-away", self._stop_elasticsearch, _WAITS),
            Trouble("elasticsearch-frozen", lambda: self._freeze(ELASTICSEARCH), _WAITS),
            Trouble("elasticsearch-read-only", lambda: self._block(READ_ONLY), _WAITS),
            Trouble("elasticsearch-disk-full", lambda: self._block(DISK_FULL), _WAITS),
        ]
        return found

    def some(self, number: int, seed: int) -> list[Trouble]:
        """Return so many troubles in a random order; successive seeds go through all of them."""
        every = self.all()
        found: dict[str, Trouble] = {}
        for place in range(seed * number, (seed + 1) * number):
            turn, at = divmod(place, len(every))
            order = random.Random(turn).sample(every, len(every))
            found[order[at].name] = order[at]
        some = [*found.values()]
        self.chance.shuffle(some)
        return some

    def _kill(self, service: str) -> Trouble:
        def it() -> None:
            victim = self.chance.choice(self.fleet.of(service))
            self.report.say(f"kill -9 {victim.name}")
            victim.kill()
            time.sleep(self.chance.uniform(1.0, 8.0))  # how long the supervisor takes
            victim.start()
            self.report.say(f"started {victim.name} again")

        return Trouble(f"kill-{service}", it, _DOWN)

    def _hang(self) -> Trouble:
        def it() -> None:
            victim = self.chance.choice(self.fleet.members)
            assert victim.pid is not None
            self.report.say(f"{victim.name} hangs (SIGSTOP)")
            os.killpg(victim.pid, signal.SIGSTOP)
            try:
                time.sleep(25.0)  # longer than every session of a group
            finally:
                os.killpg(victim.pid, signal.SIGCONT)
            self.report.say(f"{victim.name} goes on")

        return Trouble("hang", it, _DOWN)

    def _restart_kafka(self) -> None:
        self.report.say("Kafka stops")
        self.servers.stop_kafka()
        time.sleep(self.outage / 4)
        self.servers.start_kafka()
        self.report.say("Kafka is back")

    def _stop_elasticsearch(self) -> None:
        self.report.say("Elasticsearch stops")
        self.servers.stop_elasticsearch()
        time.sleep(self.outage)  # the outage itself
        self.servers.start_elasticsearch()
        self.report.say("Elasticsearch is back")

    def _block(self, name: str) -> None:
        with Elasticsearch(self.pair.elastic) as client:
            self.report.say(f"Elasticsearch takes no writes ({name})")
            client.cluster.put_settings(persistent={name: True})
            try:
                time.sleep(self.outage)
            finally:
                client.cluster.put_settings(persistent={name: None})
        self.report.say("Elasticsearch takes writes again")

    def _slow_kafka(self) -> None:
        self.report.say("Kafka answers slowly")
        self.proxy.slow(0.5)
        time.sleep(self.outage / 2)
        self.proxy.slow(0.0)
        self.report.say("Kafka answers as before")

    def _half_open(self) -> None:
        count = self.proxy.let_die()
        self.report.say(f"{count} connections to Kafka are half open")

    def _freeze(self, which: int) -> None:
        """Stop a server where it is: its connections stay open, and the kernel accepts new ones."""
        pid = self.servers._pair()[which].process.pid()
        assert pid is not None
        name = ("Kafka", "Elasticsearch")[which]
        self.report.say(f"{name} freezes (SIGSTOP)")
        os.killpg(pid, signal.SIGSTOP)
        try:
            time.sleep(self.outage / 2)
        finally:
            os.killpg(pid, signal.SIGCONT)
        self.report.say(f"{name} goes on")

    def _mute_kafka(self) -> None:
        self.proxy.mute()
        self.report.say("a listener in the place of Kafka accepts connections and says nothing")
        time.sleep(self.outage / 2)
        self.proxy.speak()
        self.report.say("it is Kafka again")

    def _change_codec(self) -> None:
        codec = self.chance.choice(("gzip", "snappy", "lz4", "zstd"))
        other_codec(self.pair.kafka, self.pair.prefix, codec)
        self.report.say(f"all topics are compressed with {codec} from now on")

    def _stopped(self, *services: str) -> list[Member]:
        """Stop all members of services, as for maintenance."""
        members = [one for name in services for one in self.fleet.of(name)]
        for one in members:
            one.ask_to_end()
        for one in members:
            one.wait()
        self.report.say(f"all of {' and '.join(services)} are stopped")
        return members

    def _start_again(self, members: list[Member]) -> None:
        for one in members:
            one.start()
        wait_for(lambda: all(one.at_work for one in members), seconds=180)

    def _delete_offsets(self) -> None:
        service = self.chance.choice(("extractor", "enricher", "alerter", "indexer", "notifier"))
        members = self._stopped(service)
        delete_offsets(self.pair.kafka, self.pair.prefix + service)
        self.report.say(f"the offsets of {service} are deleted")
        self._start_again(members)

    def _remove_unread(self) -> None:
        """Remove records that a stage has not read: made-up ones, so that no article is missing."""
        extractors = self._stopped("extractor")
        with closing(Groups(self.pair.kafka, self.pair.prefix)) as groups:
            wait_for(lambda: groups.lag("enricher", "articles.full") == 0, seconds=180)
        enrichers = self._stopped("enricher")
        number = remove_unread(self.pair.kafka, f"{self.pair.prefix}articles.full")
        self.report.say(f"{number} records of articles.full are removed unread")
        self._start_again([*enrichers, *extractors])
        time.sleep(10.0)  # until the enrichers have looked, and their metrics were read
