"""Bytes as they come: bodies, heads of responses, files."""

import asyncio
import atexit
import gzip
import shutil
import tempfile
import zlib
from collections.abc import AsyncIterator, Callable
from functools import cache
from pathlib import Path
from typing import Any, Final

import brotli
from backports import zstd

from pantau.adapters.files.dictionaries import read_file
from pantau.adapters.http.body import read_body, read_start
from pantau.adapters.http.connection import Connection, Reader, Route
from pantau.adapters.http.conversation import joined
from pantau.adapters.http.cookies import Cookies
from pantau.net.address import parse
from pantau_schemas.events.subscription import QueryLanguage
from tests.growth.given.pieces import Kind

Prepare = Callable[[str], Callable[[], object]]
_LANGUAGES: Final[tuple[QueryLanguage, ...]] = ("lucene", "kql", "pantau")


async def _chunks(body: bytes, size: int) -> AsyncIterator[bytes]:
    for start in range(0, len(body), size):
        yield body[start : start + size]


def _packed(pack: Callable[[bytes], bytes], encoding: str, size: int) -> Prepare:
    def prepare(text: str) -> Callable[[], object]:
        body = pack(text.encode("utf-8", "surrogatepass"))
        read = {"encoding": encoding, "length": None, "limit": 10_000_000}
        return lambda: asyncio.run(read_body(_chunks(body, size), **read))  # type: ignore[arg-type]

    return prepare


def _zstd(data: bytes) -> bytes:
    """Compress as one frame."""
    return zstd.compress(data)


def _encoding_named(text: str) -> Callable[[], object]:
    return lambda: asyncio.run(read_body(_chunks(b"a", 1), encoding=text, length=text, limit=100))


def _start_read(text: str) -> Callable[[], object]:
    return lambda: asyncio.run(
        read_start(_chunks(text.encode("utf-8", "surrogatepass"), 3), 10_000_000)
    )


class _Silent:
    """A writer of a connection that discards everything."""

    def write(self, data: bytes) -> None:
        """Discard the data."""

    async def drain(self) -> None:
        """Do nothing: it is always ready."""


def _head(frame: str) -> Prepare:
    def prepare(text: str) -> Callable[[], object]:
        answer = frame.replace("{}", text).encode("utf-8", "surrogatepass")
        return lambda: asyncio.run(_exchange(answer))

    return prepare


async def _exchange(answer: bytes) -> int:
    reader = Reader(limit=1_000_000_000)
    for start in range(0, len(answer), 1_000):
        reader.feed_data(answer[start : start + 1_000])
    reader.feed_eof()
    silent: Any = _Silent()
    connection = Connection(Route(("http", "kabar.example", 80)), reader, silent)
    await connection.send("GET", "/", [(b"host", b"kabar.example")])
    return sum([len(piece) async for piece in connection.body()])


@cache
def _folder() -> Path:
    made = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return Path(made)


def _dictionary_file(ending: str, frame: str) -> Prepare:
    def prepare(text: str) -> Callable[[], object]:
        path = _folder() / f"names{ending}"
        path.write_bytes(frame.replace("{}", text).encode("utf-8", "surrogatepass"))
        return lambda: read_file(path)

    return prepare


def _redirect(text: str) -> Callable[[], object]:
    return lambda: joined(parse("https://kabar.example/feed"), text)


def _cookies(frame: str) -> Prepare:
    def prepare(text: str) -> Callable[[], object]:
        line = frame.replace("{}", text)
        return lambda: Cookies().take(parse("https://kabar.example/feed"), [line])

    return prepare


STREAMS: Final[dict[str, tuple[Kind, Prepare]]] = {
    "body: gzip": ("markup", _packed(gzip.compress, "gzip", 7)),
    "body: deflate": ("markup", _packed(zlib.compress, "deflate", 7)),
    "body: gzip within gzip": (
        "markup",
        _packed(lambda data: gzip.compress(gzip.compress(data)), "gzip, gzip", 50),
    ),
    "body: gzip members": (
        "markup",
        _packed(lambda data: gzip.compress(data[:20]) * (len(data) // 20), "gzip", 1_000),
    ),
    "body: brotli": ("markup", _packed(brotli.compress, "br", 7)),
    "body: zstd": ("markup", _packed(_zstd, "zstd", 7)),
    "body: not declared": ("markup", _packed(gzip.compress, "aws-chunked", 7)),
    "body: not packed": ("markup", _packed(bytes, "gzip", 1)),
    "body: encoding": ("address", _encoding_named),
    "body: start": ("markup", _start_read),
    "head: redirect": ("address", _redirect),
    "head: cookie": ("address", _cookies("{}")),
    "head: cookie attributes": ("address", _cookies("a=b; {}")),
    "head: name": ("address", _head("HTTP/1.1 200 OK\r\n{}: a\r\n\r\n")),
    "head: value": ("address", _head("HTTP/1.1 200 OK\r\na: {}\r\n\r\n")),
    "head: status": ("address", _head("HTTP/1.1 {}")),
    "head: chunks": ("address", _head("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{}")),
    "dictionary file: json": ("markup", _dictionary_file(".json", "{}")),
    "dictionary file: jsonl": (
        "markup",
        _dictionary_file(".jsonl", '{"type":"person","name":"{}"}'),
    ),
    "dictionary file: yaml": ("markup", _dictionary_file(".yaml", "- type: person\n  name: {}\n")),
    "dictionary file: csv": ("prose", _dictionary_file(".csv", "type,name\nperson,{}\n")),
}
