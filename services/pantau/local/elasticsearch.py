"""Elasticsearch: one node, for this machine alone. The server's core, put together from its published jars."""

import json
import os
import shutil
import sys
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Final

from pantau.local.java import java_library, jvm_flags
from pantau.local.ports import HOST

HEAP_MB: Final = 1024
ANSWER_SECONDS: Final = 2.0

LOGGING: Final = """\
status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = [%d{ISO8601}][%p][%c{1.}] %m%n
rootLogger.level = info
rootLogger.appenderRef.console.ref = console
"""
DESCRIPTOR: Final = """\
description=HTTP and transport
version={version}
name=transport-netty4
classname=org.elasticsearch.transport.netty4.Netty4Plugin
modulename=org.elasticsearch.transport.netty4
java.version=21
elasticsearch.version={version}
extended.plugins=
has.native.controller=false
"""


def settings(folder: Path, port: int, transport: int) -> dict[str, str]:
    """Give the node's settings."""
    return {
        "cluster.name": "pantau-local",
        "node.name": "local",
        "discovery.type": "single-node",
        "path.home": str(folder / "home"),
        "path.data": str(folder / "data"),
        "path.logs": str(folder / "logs"),
        "network.host": HOST,
        "http.port": str(port),
        "transport.port": str(transport),
        # Subscriptions are searched, too; the longest has thousands of words.
        "indices.query.bool.max_clause_count": "65536",
        "cluster.routing.allocation.disk.threshold_enabled": "false",
        "node.processors": str(min(os.cpu_count() or 1, 4)),
    }


class Elasticsearch:
    """Elasticsearch in a folder: what is written there, and the command."""

    name: Final = "Elasticsearch"

    def __init__(self, folder: Path, port: int, transport: int) -> None:
        self.folder = folder
        self.port = port
        self.ports = (port, transport)
        self.address = f"http://{HOST}:{port}"

    def prepare(self, home: Path, version: str) -> None:
        """Lay out the server's home around the jars, and write its settings."""
        own = self.folder / "home"
        module = own / "modules" / "transport-netty4"
        for place in (module, own / "plugins", self.folder / "config"):
            place.mkdir(parents=True, exist_ok=True)
        for jar in (home / "plugin").iterdir():  # the loader looks for jars beside the descriptor
            if not (module / jar.name).exists():
                shutil.copy(jar, module / jar.name)
        (module / "plugin-descriptor.properties").write_text(DESCRIPTOR.format(version=version), "utf-8")
        (self.folder / "config" / "log4j2.properties").write_text(LOGGING, "utf-8")

    def command(self, home: Path, *, full_speed: bool) -> list[str]:
        """Write down how the JVM is started, and give the command that does it."""
        start = {
            "jvm": str(java_library()),
            "flags": [
                *jvm_flags(HEAP_MB, full_speed=full_speed),
                "--add-modules=jdk.net,ALL-MODULE-PATH",
                "--enable-native-access=ALL-UNNAMED",
                f"--module-path={home / 'lib'}",
                f"-Des.path.home={self.folder / 'home'}",
                "-Des.networkaddress.cache.ttl=60",
                "-Dlog4j2.disable.jmx=true",
                "-Djava.awt.headless=true",
                f"-XX:ErrorFile={self.folder / 'crash.log'}",
            ],
            "config": str(self.folder / "config"),
            "settings": settings(self.folder, *self.ports),
        }
        path = self.folder / "start.json"
        path.write_text(json.dumps(start), encoding="utf-8")
        return [sys.executable, "-m", "pantau.local.elasticsearch_child", str(path)]

    def answers(self) -> bool:
        """Tell whether the server answers, and every index can be searched."""
        connection = HTTPConnection(HOST, self.port, timeout=ANSWER_SECONDS)
        try:
            connection.request("GET", "/_cluster/health")
            response = connection.getresponse()
            health = json.loads(response.read())
        except (OSError, HTTPException, ValueError):
            return False
        finally:
            connection.close()
        return response.status == 200 and health.get("status") in {"yellow", "green"}
