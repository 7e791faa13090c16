"""The recipe of a new channel kind works as written: it is followed on a copy of the program."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from pantau_schemas.codec import current_version
from pantau_schemas.events.subscription import Subscription

ROOT = Path(__file__).parents[2]
RECIPE = ROOT / "docs" / "maintain" / "add-a-channel.md"
SEND = """
import asyncio, sys
from pathlib import Path
from pantau.bootstrap import build_channel_drivers, build_fetcher
from pantau.common.time.clock import SystemClock
from pantau.ports import Message
from pantau.settings import load_settings
from pantau_schemas.events.subscription import SyslogChannel
from tests.unit.notifier.messages import rule_message
from tests.unit.notifier.support import alert, delivery

async def send():
    settings = load_settings(Path(sys.argv[2]))
    fetcher = build_fetcher(settings)
    drivers = build_channel_drivers(settings, fetcher, SystemClock())
    about = alert()
    article = about.article.model_copy(update={"title": "Banjir\\r\\nsurut\\x1b"})
    about = about.model_copy(update={"article": article})
    channel = SyslogChannel(host="127.0.0.1", port=int(sys.argv[1]))
    await drivers["syslog"].send(Message(delivery(), about, channel))
    await drivers["syslog"].send(rule_message(channel))

asyncio.run(send())
"""


class Copy:
    """A copy of the program that is edited."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("services", "schemas"):
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, folder / name, ignore=ignored)
        paths = [folder / "services", folder / "schemas", ROOT]
        self._environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(map(str, paths)),
            "PANTAU_DATA": str(folder / "data"),
        }

    def edit(self, path: str, *changes: tuple[str, str]) -> None:
        """Replace texts, each once."""
        file = self.folder / path
        text = file.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text, f"{path}: {old}"
            text = text.replace(old, new, 1)
        file.write_text(text, encoding="utf-8")

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, *arguments],
            env=self._environment,
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    """Follow the recipe."""
    model, driver, reader, text, row = re.findall(
        r"```python\n(.*?)```", RECIPE.read_text(encoding="utf-8"), re.DOTALL
    )
    made = Copy(tmp_path)
    made.edit(
        "schemas/pantau_schemas/events/subscription.py",
        ("Channel = Annotated[", f"{model}\n\nChannel = Annotated["),
        ("| TerminalChannel,", "| TerminalChannel | SyslogChannel,"),
    )
    path = "schemas/pantau_schemas/events/subscription.py"
    former = current_version(Subscription)
    head = re.search(
        r"class Subscription\(Event\):\n.*\n\n    schema_version: Literal",
        (made.folder / path).read_text(encoding="utf-8"),
    )
    assert head is not None
    versions = (f"{head[0]}[{one}] = {one}" for one in (former, former + 1))
    made.edit(path, (next(versions), next(versions)))
    made.edit(
        "schemas/pantau_schemas/codec.py",
        (
            "    (Alert, 1)",
            f"    (Subscription, {former}): _only_optional_fields_came,\n    (Alert, 1)",
        ),
    )
    made.edit(
        "services/pantau/usecases/subscriptions/subscribing.py",
        (f"schema_version={former},", f"schema_version={former + 1},"),
    )
    written = made.folder / "services/pantau/adapters/channels/syslog.py"
    written.write_text(driver, encoding="utf-8")
    made.edit(
        "services/pantau/usecases/channels/reading.py",
        ("def channel_warnings", f"{reader}\n\ndef channel_warnings"),
        ("    TerminalChannel,\n", "    SyslogChannel,\n    TerminalChannel,\n"),
        ("import secrets\n", "import re\nimport secrets\n"),
    )
    made.edit(
        "services/pantau/messages/texts/receivers/channels.py",
        ('    "channels.refused"', f'{text}    "channels.refused"'),
    )
    made.edit(
        "services/pantau/common/channels/kinds.py",
        ("\n)\nCHANNEL_NAMES", f"\n{row.strip()},\n)\nCHANNEL_NAMES"),
    )
    return made


def test_the_recipe_gives_a_channel_that_alerts_arrive_at(copy: Copy) -> None:
    done = copy.run("-m", "pantau.cli", "subscribe", "banjir", "--to", "syslog:localhost", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["channels"] == [
        {"kind": "syslog", "host": "localhost", "port": 514}
    ]
    for server in ("syslog:", "syslog:localhost:99999"):
        wrong = copy.run("-m", "pantau.cli", "subscribe", "banjir", "--to", server)
        assert "expected a server such as syslog:logs.example.org:514" in wrong.stderr
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as receiver:
        receiver.bind(("127.0.0.1", 0))
        receiver.settimeout(20.0)
        sent = copy.run("-c", SEND, str(receiver.getsockname()[1]), str(copy.folder))
        assert sent.returncode == 0, sent.stderr
        alert_line, digest_line = (receiver.recv(10_000).decode() for _ in range(2))
    assert alert_line.startswith("<13>1 - - pantau - ")
    assert alert_line.endswith("] Banjir surut")
    assert digest_line.startswith("<13>1 - - pantau - ")
    assert digest_line.isprintable()
