"""IMAP mailboxes, against a server over TLS."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from pantau.adapters.mail.mailboxes import ThreadedMailboxes
from pantau.common.time.clock import SystemClock
from pantau.feeds.formats.mail import unpack_mails
from pantau.ports import FetchError, FetchRequest, FetchResponse
from pantau.settings import FetchSettings
from pantau_schemas.events.feed_access import FeedAccess
from tests.unit.adapters.http.test_fetcher import self_signed
from tests.unit.adapters.mail.imap_server import ImapServer
from tests.unit.adapters.mail.mails import newsletter
from tests.unit.poller.polling import LOOPBACK


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ImapServer]:
    certificate, key = self_signed(tmp_path)
    with ImapServer((str(certificate), str(key))) as one:
        one.mails += [bytes(newsletter(f"Edisi {number}", number)) for number in range(3)]
        yield one


async def here(host: str, port: int) -> tuple[str, ...]:
    """Resolve every host, also those that the system's resolver does not know."""
    del host, port
    return ("127.0.0.1",)


def read(
    server: ImapServer,
    *,
    folder: str = "News",
    etag: str | None = None,
    fetch: dict[str, Any] | None = None,
    **access: Any,
) -> FetchResponse:
    given = {
        "username": "desk",
        "password": SecretStr(server.password),
        "ca_bundle": server.certificate[0],
        **access,
    }
    settings = FetchSettings(
        **{"allow_networks": LOOPBACK, "timeout_seconds": 20.0, **(fetch or {})}
    )
    request = FetchRequest(
        f"imaps://desk@news.example:{server.port}/{folder}",
        etag=etag,
        access=FeedAccess.model_validate(given),
    )

    async def run() -> FetchResponse:
        mailboxes = ThreadedMailboxes(settings, resolver=here)
        try:
            return await mailboxes.read(request, SystemClock().now())
        finally:
            await mailboxes.close()

    return asyncio.run(run())


def test_the_newest_mails_are_read_and_none_is_marked(server: ImapServer) -> None:
    found = read(server)
    mails = list(unpack_mails(found.body))
    assert [b"Edisi 2" in mails[0], len(mails)] == [True, 3]
    assert not any(one.startswith((b"STORE", b"SELECT")) for one in server.commands)
    assert all(b"PEEK" in one for one in server.commands if one.startswith(b"FETCH"))
    (search,) = [one for one in server.commands if one.startswith(b"SEARCH")]
    assert search.startswith(b"SEARCH SINCE ")


def test_a_folder_without_new_mails_is_not_read_again(server: ImapServer) -> None:
    version = read(server).headers["etag"]
    server.commands.clear()
    assert read(server, etag=version).status == 304
    assert not any(one.startswith(b"FETCH") for one in server.commands)
    server.mails.append(bytes(newsletter("Edisi 4", 4)))
    assert read(server, etag=version).status == 200


def test_limits_hold(server: ImapServer) -> None:
    server.mails.append(b"Subject: besar\n\n" + b"x" * 3_000_000)
    (largest,) = unpack_mails(read(server, max_bytes=2_000_500).body)
    assert len(largest) == 2_000_000


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"password": SecretStr("salah")}, "refused the login"),
        ({"folder": "None"}, "no folder"),
        ({"ca_bundle": None}, "self-signed"),
        ({"fetch": {"allow_networks": ()}}, "news.example"),
    ],
)
def test_what_is_refused_is_said_without_the_password(
    server: ImapServer, changes: dict[str, Any], told: str
) -> None:
    with pytest.raises(FetchError, match=told) as refused:
        read(server, **changes)
    assert "salah" not in str(refused.value)
    assert server.password not in str(refused.value)


@pytest.mark.parametrize("at", [b"LOGIN", b"EXAMINE", b"SEARCH", b"FETCH"])
def test_a_server_that_hangs_is_given_up(server: ImapServer, at: bytes) -> None:
    server.hangs_at = at
    with pytest.raises(FetchError):
        read(server, fetch={"timeout_seconds": 0.3})


@pytest.mark.parametrize("greeting", [b"* BYE busy\r\n", b"220 smtp\r\n", b"x" * 100_000, b"\r\n"])
def test_what_is_no_imap_server_is_an_error(server: ImapServer, greeting: bytes) -> None:
    server.greeting = greeting
    with pytest.raises(FetchError):
        read(server, fetch={"timeout_seconds": 2.0})
