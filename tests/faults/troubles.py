"""The troubles of the long proof, each a function that returns when it is over."""

import os
import random
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from elasticsearch import Elasticsearch

from pantau.local import Servers
from tests.faults.proxy import Proxy
from tests.fleet import SERVICES, Fleet

if TYPE_CHECKING:
    from tests.faults.run import Report

READ_ONLY = "cluster.blocks.read_only_allow_delete"
"""A block like the one that Elasticsearch sets itself when a disk is nearly full."""


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
    elastic: str
    chance: random.Random
    outage: float
    report: "Report"

    def all(self) -> list[Trouble]:
        """Return every trouble, in a random order."""
        found = [self._kill(service) for service in SERVICES]
        found += [
            self._hang(),
            Trouble("kafka-restart", self._restart_kafka, frozenset({"PantauNotReady"})),
            Trouble(
                "elasticsearch-away",
                self._stop_elasticsearch,
                frozenset({"PantauNotReady", "PantauWaitsForServer"}),
            ),
            Trouble(
                "elasticsearch-read-only",
                self._read_only,
                frozenset({"PantauNotReady", "PantauWaitsForServer"}),
            ),
            Trouble("kafka-slow", self._slow_kafka),
            Trouble("kafka-half-open", self._half_open),
        ]
        self.chance.shuffle(found)
        return found

    def _kill(self, service: str) -> Trouble:
        def it() -> None:
            victim = self.chance.choice(self.fleet.of(service))
            self.report.say(f"kill -9 {victim.name}")
            victim.kill()
            time.sleep(self.chance.uniform(1.0, 8.0))  # how long the supervisor takes
            victim.start()
            self.report.say(f"started {victim.name} again")

        return Trouble(f"kill-{service}", it, frozenset({"PantauServiceDown"}))

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

        return Trouble("hang", it, frozenset({"PantauServiceDown"}))

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

    def _read_only(self) -> None:
        with Elasticsearch(self.elastic) as client:
            self.report.say("Elasticsearch takes no writes")
            client.cluster.put_settings(persistent={READ_ONLY: True})
            try:
                time.sleep(self.outage)
            finally:
                client.cluster.put_settings(persistent={READ_ONLY: None})
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
