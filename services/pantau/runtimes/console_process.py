"""The console, in a process of its own: a costly page never holds up what runs beside it.

The process says where it listens, or why it does not, as a problem on its standard output. Closing
its standard input ends it. One that dies is started again after a pause.
"""

import asyncio
import json
import logging
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Final

from pantau.common.system import OURS
from pantau.common.time.backoff import Backoff, Pauses
from pantau.common.time.waiting import wait_until_set
from pantau.problems import Problem, unpack_problem

log = logging.getLogger(__name__)

END_SECONDS: Final = 5.0
"""Grace period in seconds for the process to end by itself."""
REFUSED: Final = 3
"""Exit code of a console that cannot listen: another start would not help."""
BACKOFF: Final = Backoff(1.0, 60.0)
_LINE_LIMIT: Final = 100_000


class ConsoleProcess:
    """Runs `program` as the console.

    `report` gets its notices; `ended` is called each time it has ended and is to be started again.
    """

    def __init__(
        self,
        program: Sequence[str],
        report: Callable[[Problem], None],
        ended: Callable[[], None] = lambda: None,
    ) -> None:
        self._program = program
        self._report = report
        self._ended = ended

    async def run(self, stopping: asyncio.Event) -> None:
        """Run until `stopping` is set, or the console cannot listen. Never raises for its end."""
        pauses = Pauses(BACKOFF)
        while not stopping.is_set():
            try:
                code = await self._once(stopping)
            except OSError as error:
                log.warning("the console could not be started: %s", error)
                code = None
            if stopping.is_set() or code == REFUSED:
                return
            self._ended()
            pause = pauses.next()
            log.warning("the console ended (exit code %s); it starts again in %.0f s", code, pause)
            await wait_until_set(stopping, pause)

    async def _once(self, stopping: asyncio.Event) -> int | None:
        """Run one process to its end; return its exit code."""
        process = await asyncio.create_subprocess_exec(
            *self._program, stdin=PIPE, stdout=PIPE, limit=_LINE_LIMIT, **OURS.apart()
        )
        listens = asyncio.create_task(self._listen(process))
        ends = asyncio.create_task(process.wait())
        stop = asyncio.create_task(stopping.wait())
        try:
            await asyncio.wait([ends, stop], return_when=asyncio.FIRST_COMPLETED)
        finally:
            await _end(process)
            stop.cancel()
            await asyncio.gather(listens, ends, stop, return_exceptions=True)
        return process.returncode

    async def _listen(self, process: Process) -> None:
        if process.stdout is None:
            return
        with suppress(ValueError):  # a longer line than the console ever writes
            async for line in process.stdout:
                notice = unpack_problem(_parsed(line))
                if notice is not None:
                    self._report(notice)


def _parsed(line: bytes) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


async def _end(process: Process) -> None:
    """Close the process's input; kill it if it does not end by itself."""
    if process.stdin is not None:
        process.stdin.close()
    try:
        await asyncio.wait_for(process.wait(), END_SECONDS)
    except TimeoutError:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
