"""The process of Elasticsearch.

A JVM inside Python, since the published jars have no command that starts the server. Its argument
is the path of a JSON file: `jvm` (library), `flags`, `config` (folder), `settings`. Ends on
SIGTERM.
"""

import json
import os
import signal
import sys
import threading
from pathlib import Path
from typing import Any


def main(path: Path) -> None:
    """Start the server and wait for SIGTERM."""
    import jpype  # noqa: PLC0415 (this process alone has a JVM)

    start = json.loads(path.read_text(encoding="utf-8"))
    jpype.startJVM(start["jvm"], *start["flags"], convertStrings=False)
    ending = threading.Event()
    # After the JVM, which installs a handler of its own.
    signal.signal(signal.SIGTERM, lambda *_: ending.set())
    try:
        node = _start(start["settings"], start["config"])
    except jpype.JException as error:
        print(error.stacktrace(), file=sys.stderr, flush=True)  # noqa: T201 (this is the server's log)
        os._exit(1)  # threads of the JVM may still be running
    ending.wait()
    node.close()
    os._exit(0)  # as above


def _start(settings: dict[str, str], config: str) -> Any:
    """Start the node as the distribution does, except for its security manager and modules."""
    from jpype import JClass  # noqa: PLC0415 (as above)

    builder = JClass("org.elasticsearch.common.settings.Settings").builder()
    for name, value in settings.items():
        builder.put(name, value)
    place = JClass("java.nio.file.Path").of(config)
    environment = JClass("org.elasticsearch.env.Environment")(builder.build(), place)
    JClass("org.elasticsearch.common.logging.LogConfigurator").configure(environment, True)  # noqa: FBT003 (Java has no names)
    plugins = JClass("org.elasticsearch.plugins.PluginsLoader")
    loader = plugins.createPluginsLoader(
        plugins.loadModulesBundles(environment.modulesDir()),
        plugins.loadPluginsBundles(environment.pluginsDir()),
        JClass("java.util.Map").of(),
    )
    node = JClass("org.elasticsearch.node.Node")(environment, loader)
    node.start()
    return node


if __name__ == "__main__":
    main(Path(sys.argv[1]))
