"""`pantau` for a shell, many times, without starting Python and importing the program each time.

Half a second of processor time goes into that, and the documents hold four hundred commands. A
server imports what commands need, and forks for each: the child has the arguments, the variables,
the folder and the streams of whoever called, runs the same `main`, and ends with its code. What is
called is `forked_client`, which hands all of that over and waits for the code; it fails where a
stream is closed.
"""

import array
import atexit
import importlib
import io
import os
import pkgutil
import signal
import socket
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final, TextIO, cast

PRELOADED: Final = (
    "pantau.commands", "pantau.usecases", "pantau.settings", "pantau.query", "pantau.bootstrap",
    "pantau.adapters.memory", "pantau.adapters.sqlite", "pantau.adapters.terminal",
)  # fmt: skip
CLIENT: Final = Path(__file__).with_name("forked_client.py")
START_SECONDS: Final = 120.0
_STREAMS: Final = 3


@contextmanager
def forking_server(folder: Path, environment: Mapping[str, str]) -> Iterator[str]:
    """Run the server; yield the line of a shell script that calls it as `pantau`."""
    address = folder / "pantau.sock"
    with subprocess.Popen(
        [sys.executable, "-m", "tests.docs.forked", str(address)],
        cwd=Path(__file__).parents[2],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        start_new_session=True,
    ) as server:
        assert server.stdout is not None
        try:
            assert server.stdout.readline() == b"ready\n", "it did not start; see above"
            yield f'exec "{sys.executable}" -I -S "{CLIENT}" "{address}" "$@"'
        finally:
            os.killpg(server.pid, signal.SIGKILL)


def serve(address: str) -> None:
    """Run `pantau` for each caller, until this process is ended."""
    for name in PRELOADED:
        package = importlib.import_module(name)
        for found in pkgutil.walk_packages(package.__path__, f"{name}."):
            importlib.import_module(found.name)
    from pantau.cli import main  # noqa: F401, PLC0415 (here and not in the tests' own process)

    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(address)
        listening.listen(64)
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        while True:
            caller, _ = listening.accept()
            while _collected():
                pass
            if os.fork() == 0:
                listening.close()
                _run(caller)
            caller.close()


def _collected() -> bool:
    """Return whether a child had ended, and free its place."""
    try:
        return os.waitpid(-1, os.WNOHANG)[0] != 0
    except ChildProcessError:
        return False


def _run(caller: socket.socket) -> None:
    """Run `pantau` for a caller and end this process with its exit code."""
    code = 70
    try:
        arguments = _received(caller)
        code = _code_of_main(arguments)
        threading._shutdown()  # type: ignore[attr-defined]  # as Python does at its end
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
        caller.sendall(b"%d\n" % code)
    finally:
        os._exit(code)


def _received(caller: socket.socket) -> list[str]:
    """Return the arguments; all else that the caller has replaces what this process has."""
    size = array.array("i").itemsize * _STREAMS
    head, extra, _, _ = caller.recvmsg(8, socket.CMSG_LEN(size))
    streams = array.array("i", extra[0][2])
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    left, given = int.from_bytes(head, "big"), b""
    while len(given) < left:
        given += caller.recv(left - len(given))
    folder, mask, count, *rest = given.decode("utf-8", "surrogateescape").split("\0")
    os.chdir(folder)
    os.umask(int(mask))
    arguments, variables = rest[: int(count)], rest[int(count) :]
    # New ones: whether a stream can be sought, or is a terminal, is kept from its beginning.
    sys.stdin = sys.__stdin__ = _text(sys.stdin, 0, "rb")  # type: ignore[misc]
    sys.stdout = sys.__stdout__ = _text(sys.stdout, 1, "wb")  # type: ignore[misc]
    sys.stderr = sys.__stderr__ = _text(sys.stderr, 2, "wb")  # type: ignore[misc]
    os.environ.clear()
    for one in variables:
        name, _, value = one.partition("=")
        os.environ[name] = value
    time.tzset()
    return arguments


def _text(like: TextIO, number: int, mode: str) -> io.TextIOWrapper:
    """Return a stream of text as Python makes it, here without a buffer (`shell.environment`)."""
    raw = open(number, mode, buffering=0 if mode == "wb" else -1, closefd=False)  # noqa: SIM115
    return io.TextIOWrapper(
        cast("BinaryIO", raw),
        like.encoding,
        like.errors,
        newline=None if mode == "rb" else "\n",
        write_through=mode == "wb",
    )


def _code_of_main(arguments: list[str]) -> int:
    """Run the program; return the exit code that Python would end with."""
    import pantau.cli  # noqa: PLC0415 (as in `serve`)

    sys.argv = [pantau.cli.__file__, *arguments]
    try:
        pantau.cli.main()
    except SystemExit as end:
        if end.code is None or isinstance(end.code, int):
            return (end.code or 0) & 0xFF
        sys.stderr.write(f"{end.code}\n")
        return 1
    except BaseException:  # noqa: BLE001 - as Python ends
        traceback.print_exc()
        return 1
    return 0


if __name__ == "__main__":
    serve(sys.argv[1])
