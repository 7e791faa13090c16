"""Kafka: one node, broker and controller at once (KRaft), for this machine alone."""

import os
import socket
import struct
import subprocess
import uuid
from base64 import urlsafe_b64encode
from pathlib import Path
from typing import Final

from pantau.errors import StopError
from pantau.local.jars import Tell
from pantau.local.java import java_program, jvm_flags
from pantau.local.ports import HOST
from pantau.problems import problem

HEAP_MB: Final = 512
ANSWER_SECONDS: Final = 20.0
"""Time limit of one question in seconds: a busy machine stands still for a while."""
SESSION_MS: Final = 9_000
"""Time in milliseconds for which the broker may stand still; Kafka's default."""
LARGEST_ANSWER: Final = 65_536
"""In bytes; that of one broker has about a hundred."""

LOGGING: Final = """\
status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = [%d{ISO8601}][%p][%c{1.}] %m%n
rootLogger.level = warn
rootLogger.appenderRef.console.ref = console
logger.server.name = kafka.server
logger.server.level = info
"""


def properties(folder: Path, port: int, controller: int) -> str:
    """Return `server.properties`.

    Names are from https://kafka.apache.org/documentation/#brokerconfigs.
    """
    values = {
        "process.roles": "broker,controller",
        "node.id": 1,
        "controller.quorum.voters": f"1@{HOST}:{controller}",
        "controller.listener.names": "CONTROLLER",
        "listeners": f"PLAINTEXT://{HOST}:{port},CONTROLLER://{HOST}:{controller}",
        "advertised.listeners": f"PLAINTEXT://{HOST}:{port}",
        "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "log.dirs": folder / "data",
        # Topics are created explicitly, with their settings; a wrong name must not create one.
        "auto.create.topics.enable": "false",
        # One node holds every replica.
        "default.replication.factor": 1,
        "offsets.topic.replication.factor": 1,
        "transaction.state.log.replication.factor": 1,
        "transaction.state.log.min.isr": 1,
        "share.coordinator.state.topic.replication.factor": 1,
        "share.coordinator.state.topic.min.isr": 1,
        # Few clients: the default of 50 partitions each would be created while the first consumer
        # waits.
        "offsets.topic.num.partitions": 4,
        "transaction.state.log.num.partitions": 4,
        "share.coordinator.state.topic.num.partitions": 4,
        "group.initial.rebalance.delay.ms": 0,
        # A broker that stood still for longer, as on a busy machine, counts as dead until it is
        # heard again: metadata name no broker, and partitions no leader. A killed broker may
        # register again after this time.
        "broker.session.timeout.ms": SESSION_MS,
        "broker.heartbeat.interval.ms": 500,
        "log.cleaner.enable": "true",
        "log.cleaner.dedupe.buffer.size": 16 * 1024 * 1024,
        # A take-down waits for the cleaner, which looks for work every 15 s by default.
        "log.cleaner.backoff.ms": 1000,
        "num.network.threads": 2,
        "num.io.threads": 4,
    }
    return "".join(f"{name}={value}\n" for name, value in values.items())


class Kafka:
    """Kafka in a folder: its files and its commands. The jars are in `home`."""

    name: Final = "Kafka"

    def __init__(self, folder: Path, port: int, controller: int) -> None:
        self.folder = folder
        self.port = port
        self.ports = (port, controller)
        self.address = f"{HOST}:{port}"

    def prepare(self, home: Path, tell: Tell) -> None:
        """Write the settings; format the data folder if needed. Raises StopError."""
        (self.folder / "log4j2.properties").write_text(LOGGING, encoding="utf-8")
        settings = self.folder / "server.properties"
        settings.write_text(properties(self.folder, *self.ports), encoding="utf-8")
        if not (self.folder / "data" / "meta.properties").exists():
            tell(problem("servers.formatting"))
            self._format(home, settings)

    def _format(self, home: Path, settings: Path) -> None:
        cluster = urlsafe_b64encode(uuid.uuid4().bytes).rstrip(b"=").decode().replace("-", "A", 1)
        done = subprocess.run(  # noqa: S603 (our own command)
            [
                *self._java(home, 128, full_speed=False),
                "kafka.tools.StorageTool",
                *(
                    "format",
                    "--ignore-formatted",
                    "--cluster-id",
                    cluster,
                    "--config",
                    str(settings),
                ),
            ],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            message = (
                "Kafka's data folder cannot be formatted: "
                f"{(done.stderr or done.stdout).strip()[-2000:]}"
            )
            raise StopError(message)

    def _java(self, home: Path, heap_mb: int, *, full_speed: bool) -> list[str]:
        jars = sorted((home / "lib").iterdir())
        return [
            str(java_program()),
            *jvm_flags(heap_mb, full_speed=full_speed),
            "-Djava.awt.headless=true",
            f"-Dlog4j2.configurationFile={self.folder / 'log4j2.properties'}",
            f"-XX:ErrorFile={self.folder / 'crash.log'}",
            "-cp",
            os.pathsep.join(map(str, jars)),
        ]

    def command(self, home: Path, *, full_speed: bool) -> list[str]:
        """Return the command that runs the server."""
        java = self._java(home, HEAP_MB, full_speed=full_speed)
        return [*java, "kafka.Kafka", str(self.folder / "server.properties")]

    def answers(self) -> bool:
        """Return whether this server answers and lists itself as broker.

        Another Kafka may have taken the port between its choice and the start; ours then ends soon,
        and must not be taken for the other one until it does.
        """
        found = _cluster(self.port)
        return bool(found) and found == self._cluster_id()

    def _cluster_id(self) -> str:
        """Return the id that the data folder was formatted with; empty if it is not formatted."""
        try:
            lines = (self.folder / "data" / "meta.properties").read_text(encoding="utf-8")
        except FileNotFoundError:
            return ""
        found = (line.partition("=") for line in lines.splitlines())
        return next((value for name, _, value in found if name == "cluster.id"), "")

    def is_ready(self) -> bool:
        """Return whether all topics can be read: they can, once it answers."""
        return True


def _cluster(port: int) -> str | None:
    """Return the id of a cluster that has a broker; None when there is no such answer.

    An open port is not enough: Kafka listens before it is ready. The request is Metadata, version
    2, about no topic: https://kafka.apache.org/protocol#The_Messages_Metadata
    """
    client = b"pantau"
    body = struct.pack(">hhih", 3, 2, 1, len(client)) + client + struct.pack(">i", 0)
    try:
        with socket.create_connection((HOST, port), timeout=ANSWER_SECONDS) as connection:
            connection.sendall(struct.pack(">i", len(body)) + body)
            size = _exactly(connection, 4)
            answer = _exactly(connection, min(int.from_bytes(size), LARGEST_ANSWER))
        return _cluster_of(answer)
    except (OSError, struct.error, UnicodeDecodeError):
        return None  # whoever listens there is no Kafka


def _cluster_of(answer: bytes) -> str | None:
    """Read the cluster's id from a response about no topic; None if it names no broker."""
    _correlation, brokers = struct.unpack_from(">ii", answer)
    at = 8
    for _ in range(brokers):
        at = _after_string(answer, at + 4)  # its id and host
        at = _after_string(answer, at + 4)  # its port and rack
    end = _after_string(answer, at)
    return answer[at + 2 : end].decode() if brokers else None


def _after_string(answer: bytes, at: int) -> int:
    """Return the offset behind a string, whose length is -1 if it is null."""
    (length,) = struct.unpack_from(">h", answer, at)
    return at + 2 + max(0, int(length))


def _exactly(connection: socket.socket, count: int) -> bytes:
    """Receive an exact number of bytes; empty if the connection ends early."""
    read = b""
    while len(read) < count:
        part = connection.recv(count - len(read))
        if not part:
            return b""
        read += part
    return read
