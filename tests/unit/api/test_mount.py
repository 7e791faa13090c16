"""The interface is built once, at its first request, and costs a console nothing before."""

import asyncio
import subprocess
import sys

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pantau.api.mount import LaterApp


def test_it_is_built_once_at_the_first_request() -> None:
    built: list[list[str]] = []

    def build() -> ASGIApp:
        asked: list[str] = []
        built.append(asked)

        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            del receive, send
            asked.append(scope["path"])

        return app

    async def receive() -> Message:
        return {}

    async def send(message: Message) -> None:
        del message

    later = LaterApp(build)
    assert built == []

    async def ask() -> None:
        calls = (later({"path": path}, receive, send) for path in ("/a", "/b", "/c"))
        await asyncio.gather(*calls)

    asyncio.run(ask())
    assert [sorted(asked) for asked in built] == [["/a", "/b", "/c"]]


def test_a_console_starts_without_its_models() -> None:
    look = "import pantau.console.app, sys; sys.exit('pantau.operations.catalogue' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", look], check=False).returncode == 0
