"""Elasticsearch: one node, for this machine alone.

The server's core, assembled from its published jars. It lacks what only the full distribution has:
`GET /`, data streams, ingest, delete-by-query, language analyzers, life cycles, security; and
native libraries, so that an index with `index.codec: best_compression` cannot be opened.
"""

import json
import os
import sys
from hashlib import sha256
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any, Final

from pantau.local.jars import Tell
from pantau.local.java import java_library, jvm_flags
from pantau.local.ports import HOST

HEAP_MB: Final = 1024
ANSWER_SECONDS: Final = 20.0
"""Time limit of one question in seconds: a busy machine stands still for a while."""

LOGGING: Final = """\
status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = [%d{ISO8601}][%p][%c{1.}] %m%n
rootLogger.level = info
rootLogger.appenderRef.console.ref = console
logger.native.name = org.elasticsearch.nativeaccess
logger.native.level = error
logger.vector.name = org.apache.lucene.internal.vectorization
logger.vector.level = error
"""
"""Suppresses warnings about the native libraries, which are not published as jars."""


def settings(home: Path, folder: Path, port: int, transport: int) -> dict[str, str]:
    """Return the node's settings."""
    return {
        "cluster.name": "pantau-local",
        "node.name": node_name(folder),
        "discovery.type": "single-node",
        "path.home": str(home),
        "path.data": str(folder / "data"),
        "path.logs": str(folder / "logs"),
        "network.host": HOST,
        "http.port": str(port),
        "transport.port": str(transport),
        # Subscriptions can be searches, too; the longest have thousands of words.
        "indices.query.bool.max_clause_count": "65536",
        "cluster.routing.allocation.disk.threshold_enabled": "false",
        "node.processors": str(min(os.cpu_count() or 1, 4)),
    }


def node_name(folder: Path) -> str:
    """Return the name of the node of a folder, which no other folder's has."""
    return f"local-{sha256(str(folder.absolute()).encode()).hexdigest()[:12]}"


class Elasticsearch:
    """Elasticsearch in a folder: its files and its command. The jars are in `home`."""

    name: Final = "Elasticsearch"

    def __init__(self, folder: Path, port: int, transport: int) -> None:
        self.folder = folder
        self.port = port
        self.ports = (port, transport)
        self.address = f"http://{HOST}:{port}"

    def prepare(self, home: Path, tell: Tell) -> None:
        """Write the log settings."""
        del home, tell
        (self.folder / "config").mkdir(exist_ok=True)
        (self.folder / "config" / "log4j2.properties").write_text(LOGGING, encoding="utf-8")

    def command(self, home: Path, *, full_speed: bool) -> list[str]:
        """Write the JVM's parameters, and return the command that starts it."""
        start = {
            "jvm": str(java_library()),
            "flags": [
                *jvm_flags(HEAP_MB, full_speed=full_speed),
                "--add-modules=jdk.net,ALL-MODULE-PATH",
                "--enable-native-access=ALL-UNNAMED,org.apache.lucene.core",
                "--sun-misc-unsafe-memory-access=allow",
                f"--module-path={home / 'lib'}",
                f"-Des.path.home={home}",
                "-Des.networkaddress.cache.ttl=60",
                "-Dlog4j2.disable.jmx=true",
                "-Djava.awt.headless=true",
                f"-XX:ErrorFile={self.folder / 'crash.log'}",
            ],
            "config": str(self.folder / "config"),
            "settings": settings(home, self.folder, *self.ports),
        }
        path = self.folder / "start.json"
        path.write_text(json.dumps(start), encoding="utf-8")
        return [sys.executable, "-P", "-m", "pantau.local.elasticsearch_child", str(path)]

    def answers(self) -> bool:
        """Return whether this server answers.

        Another one may have taken the port between its choice and the start; ours then ends soon,
        and must not be taken for the other one until it does.
        """
        if not self._get("/_cluster/health"):  # it answers this later than what follows
            return False
        found = self._get("/_nodes/_local?filter_path=nodes.*.name").get("nodes", {})
        return [one.get("name") for one in found.values()] == [node_name(self.folder)]

    def is_ready(self) -> bool:
        """Return whether all indexes can be searched."""
        return self._get("/_cluster/health").get("status") in {"yellow", "green"}

    def _get(self, path: str) -> dict[str, Any]:
        """Request a JSON object; empty when there is no answer."""
        connection = HTTPConnection(HOST, self.port, timeout=ANSWER_SECONDS)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            found = json.loads(response.read())
        except (OSError, HTTPException, ValueError):
            return {}
        finally:
            connection.close()
        return found if response.status == 200 and isinstance(found, dict) else {}
