"""Kafka and Elasticsearch as a pair, in one folder."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pantau.adapters.files.private_files import make_folder, open_own
from pantau.common.system import OURS
from pantau.errors import StopError
from pantau.local.elasticsearch import Elasticsearch
from pantau.local.jars import ELASTICSEARCH, KAFKA, Program, Tell, installed
from pantau.local.java import require_extra
from pantau.local.kafka import Kafka
from pantau.local.ports import HOST, is_free, remembered
from pantau.local.process import POLL_SECONDS, Detached
from pantau.problems import Problem, problem

START_SECONDS: Final = 180.0
"""A busy machine takes long; usually it is a tenth of this."""
SETTLE_SECONDS: Final = 15.0
"""Time limit in seconds for opening indexes once the server answers; usually a moment."""
STOP_SECONDS: Final = 30.0
PORTS_FILE: Final = "ports.json"
PORTS: Final = ("kafka", "kafka_controller", "elasticsearch", "elasticsearch_transport")


@dataclass(frozen=True, slots=True)
class ServerStatus:
    """The addresses of the servers; None for one that does not answer."""

    kafka: str | None
    """`host:port`"""
    elasticsearch: str | None
    """The address of its HTTP interface."""

    @property
    def up(self) -> bool:
        """True if both answer."""
        return self.kafka is not None and self.elasticsearch is not None


class _ServerProcess:
    """A server's settings and its process."""

    def __init__(self, server: Kafka | Elasticsearch, program: Program) -> None:
        self.server = server
        self.program = program
        self.process = Detached(server.folder / "process.lock", server.folder / "server.log")

    def address(self) -> str | None:
        """Return the address if it runs and answers."""
        return self.server.address if self.process.pid() and self.server.answers() else None

    def begin(self, tell: Tell, *, full_speed: bool) -> None:
        """Start it unless it runs. Raises StopError."""
        if self.process.pid():
            return
        home = installed(self.program, tell)
        make_folder(self.server.folder)
        for port in self.server.ports:
            if not is_free(port):
                raise StopError(self._port_in_use(port))
        self.server.prepare(home, tell)
        tell(problem("servers.starting", name=self.server.name, address=self.server.address))
        # The class path is defined here alone; JPype would add the variable's.
        environment = {name: value for name, value in os.environ.items() if name != "CLASSPATH"}
        self.process.start(self.server.command(home, full_speed=full_speed), environment)

    def _port_in_use(self, port: int) -> Problem:
        ports = self.server.folder.parent / PORTS_FILE
        return problem("servers.port-taken", port=port, host=HOST, file=str(ports))

    def wait(self, until: float, tell: Tell) -> None:
        """Wait until it answers. Raises StopError when it ends, or takes too long.

        An index that cannot be opened is reported and does not block the others.
        """
        while not self.address():
            if not self.process.pid():
                raise StopError(self._failure("servers.ended"))
            if time.monotonic() > until:
                self.process.kill()
                raise StopError(self._failure("servers.no-answer"))
            time.sleep(POLL_SECONDS)
        until = time.monotonic() + SETTLE_SECONDS
        while not (ready := self.server.is_ready()) and time.monotonic() < until:
            time.sleep(POLL_SECONDS)
        code = "servers.answers" if ready else "servers.answers-but"
        tell(problem(code, name=self.server.name, address=self.server.address))

    def _failure(self, code: str) -> Problem:
        name, lines = self.server.name, self.process.last_lines()
        return problem(code, name=name, log=str(self.process.log), lines=lines)


class Servers:
    """The pair whose data, settings and logs are in `folder`/local.

    Ports are chosen once and kept. Methods may be called by several processes at once; changes are
    serialised. `tell` receives lines of progress.
    """

    def __init__(
        self, folder: Path, *, full_speed: bool = False, tell: Tell = lambda _: None
    ) -> None:
        self.folder = folder.absolute() / "local"
        self._full_speed = full_speed
        self._tell = tell

    def up(self) -> ServerStatus:
        """Start what does not run, in parallel; return when both answer.

        Raises UsageError, StopError.
        """
        require_extra()
        with self._turn():
            kafka, elasticsearch = self._pair()
            self._start(kafka, elasticsearch)
            return ServerStatus(kafka.server.address, elasticsearch.server.address)

    def down(self) -> None:
        """Stop what runs; the data stays."""
        if self._known():
            with self._turn():
                for one in self._pair():
                    one.process.stop(STOP_SECONDS)

    def status(self) -> ServerStatus:
        """Return the status of both servers."""
        if not self._known():
            return ServerStatus(None, None)
        kafka, elasticsearch = self._pair()
        return ServerStatus(kafka.address(), elasticsearch.address())

    def start_kafka(self) -> None:
        """Start Kafka alone and return when it answers."""
        self._start_one(0)

    def stop_kafka(self) -> None:
        """Stop Kafka and wait for its end."""
        self._stop_one(0)

    def kill_kafka(self) -> None:
        """Kill Kafka as a power failure would."""
        self._kill_one(0)

    def start_elasticsearch(self) -> None:
        """Start Elasticsearch alone and return when it answers."""
        self._start_one(1)

    def stop_elasticsearch(self) -> None:
        """Stop Elasticsearch and wait for its end."""
        self._stop_one(1)

    def kill_elasticsearch(self) -> None:
        """Kill Elasticsearch as a power failure would."""
        self._kill_one(1)

    def kill(self) -> None:
        """Kill both as a power failure would, without waiting for the lock.

        For callers that delete the folder.
        """
        if self._known():
            for one in self._pair():
                one.process.kill()

    def _known(self) -> bool:
        """Return whether servers were ever started here."""
        return (self.folder / PORTS_FILE).exists()

    def _start_one(self, which: int) -> None:
        require_extra()
        with self._turn():
            self._start(self._pair()[which])

    def _stop_one(self, which: int) -> None:
        with self._turn():
            self._pair()[which].process.stop(STOP_SECONDS)

    def _kill_one(self, which: int) -> None:
        with self._turn():
            self._pair()[which].process.kill()

    def _start(self, *those: _ServerProcess) -> None:
        for one in reversed(those):  # Elasticsearch first, it takes longest
            one.begin(self._tell, full_speed=self._full_speed)
        until = time.monotonic() + START_SECONDS
        for one in those:
            one.wait(until, self._tell)

    def _pair(self) -> tuple[_ServerProcess, _ServerProcess]:
        port = remembered(self.folder / PORTS_FILE, PORTS)
        kafka = Kafka(self.folder / "kafka", port["kafka"], port["kafka_controller"])
        elasticsearch = Elasticsearch(
            self.folder / "elasticsearch", port["elasticsearch"], port["elasticsearch_transport"]
        )
        return _ServerProcess(kafka, KAFKA), _ServerProcess(elasticsearch, ELASTICSEARCH)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Wait until no other process starts or stops servers of this folder.

        The lock is released with the process.
        """
        make_folder(self.folder.parent)
        make_folder(self.folder)
        with os.fdopen(open_own(self.folder / "turn.lock"), "r+b") as file:
            OURS.lock(file.fileno(), wait=True)
            yield
