"""Mailboxes as feeds of the poller: Maildir and mbox, and what must never be read."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

import pytest

from pantau.adapters.mail.local import MAIL_BYTES, MOST_MAILS, read_maildir, read_mbox
from pantau.adapters.mail.mailboxes import ThreadedMailboxes
from pantau.bootstrap import build_fetcher, build_reader, open_store
from pantau.common.time.clock import SystemClock
from pantau.errors import UsageError
from pantau.net.mailbox_address import is_mailbox, parse_mailbox
from pantau.poller.service import Poller
from pantau.ports import FetchError, FetchRequest
from pantau.settings import FetchSettings, load_settings
from pantau.usecases.feeds.feed_list import FeedList
from pantau.usecases.feeds.mailboxes import mailbox_feed, save_mailbox
from pantau_schemas.events.feed import FeedStatus
from tests.unit.adapters.mail.mails import deliver, maildir, newsletter
from tests.unit.poller.polling import Desk


@pytest.mark.parametrize(
    ("url", "kind", "path"),
    [
        ("maildir:/home/a/Mail", "maildir", "/home/a/Mail"),
        ("maildir:///home/a/Mail", "maildir", "/home/a/Mail"),
        ("MBOX:/var/mail/a%20b", "mbox", "/var/mail/a b"),
        ("imaps://a%40b@mail.example", "imaps", "INBOX"),
        ("imaps://a@mail.example:1993/News/Daily", "imaps", "News/Daily"),
    ],
)
def test_addresses_of_mailboxes(url: str, kind: str, path: str) -> None:
    found = parse_mailbox(url)
    assert (found.kind, found.path) == (kind, path)


@pytest.mark.parametrize(
    "url",
    [
        "maildir:", "maildir:Mail", "mbox:../x", "mbox:/a/../etc/passwd", "mbox:/a/%2e%2e/b",
        "mbox:/a%00b", "imap://a@b/", "imaps://mail.example/", "imaps://a:geheim@mail.example/",
        "imaps://a@mail.example/x?y", "imaps://a@mail.example:99999/", "imaps://a%0d@mail.example/",
        "file:/etc/passwd", "maildir:/" + "x" * 3_000,
    ],
)  # fmt: skip
def test_addresses_that_name_no_mailbox(url: str) -> None:
    with pytest.raises(ValueError, match=r".") as refused:
        parse_mailbox(url)
    assert "geheim" not in str(refused.value)


def test_a_maildir_gives_its_newest_mails_and_no_links_or_devices(tmp_path: Path) -> None:
    folder = maildir(tmp_path / "Mail")
    for number in range(MOST_MAILS + 5):
        path = deliver(folder, newsletter(f"Edisi {number}", number), f"{number:04}.a", "cur")
        os.utime(path, (number, number))
    secret = tmp_path / "secret"
    secret.write_bytes(b"Subject: rahasia\n\nx")
    (folder / "new" / "link").symlink_to(secret)
    os.mkfifo(folder / "new" / "pipe")
    found = read_maildir(str(folder), 10_000_000)
    assert len(found) == MOST_MAILS
    assert b"Edisi 104" in found[0]
    assert not any(b"rahasia" in one for one in found)
    assert 1 <= len(read_maildir(str(folder), 2_500)) <= 3


def test_an_mbox_gives_the_mails_at_its_end(tmp_path: Path) -> None:
    file = tmp_path / "surat"
    one = bytes(newsletter("Satu")).replace(b"Banjir", b"\n>From sana, banjir")
    file.write_bytes(
        b"From a Tue Mar  3 08:15:00 2026\n" + one + b"\nFrom b Tue Mar  3 09:15:00 2026\n"
        + bytes(newsletter("Dua", 2)) + b"\n"
    )  # fmt: skip
    found = read_mbox(str(file), 10_000_000)
    assert [b"Dua" in found[0], b"Satu" in found[1]] == [True, True]
    assert b"\nFrom sana" in found[1]
    tail = read_mbox(str(file), file.stat().st_size - 10)
    assert [b"Dua" in mail for mail in tail] == [True]
    file.write_bytes(b"")
    assert read_mbox(str(file), 1_000) == []
    file.write_bytes(b"From a b\nSubject: x\n\n" + b"y" * (MAIL_BYTES + 10))
    assert len(read_mbox(str(file), 10_000_000)[0]) == MAIL_BYTES


@pytest.mark.parametrize("kind", ["maildir", "mbox"])
def test_what_is_no_mailbox_is_an_error_of_the_feed(tmp_path: Path, kind: str) -> None:
    (tmp_path / "notes").write_text("no mails here")

    async def run() -> None:
        mailboxes = ThreadedMailboxes(FetchSettings())
        for path in (tmp_path / "none", tmp_path / "notes", Path("/dev/zero")):
            with pytest.raises(FetchError):
                await mailboxes.read(FetchRequest(f"{kind}:{path}"), SystemClock().now())
        await mailboxes.close()

    asyncio.run(run())


@asynccontextmanager
async def desk(folder: Path) -> AsyncIterator[tuple[Desk, FeedList]]:
    settings = load_settings(folder)
    store = open_store(settings)
    fetcher, mailboxes = build_fetcher(settings), ThreadedMailboxes(settings.fetch)
    poller = Poller(
        store.log,
        fetcher,
        SystemClock(),
        settings.poll,
        reader=build_reader(),
        mailboxes=mailboxes,
    )
    try:
        yield Desk(store.log, poller), FeedList(store.log, SystemClock())
    finally:
        await poller.close()
        await mailboxes.close()
        await fetcher.close()
        store.close()


def test_the_poller_reads_a_maildir_like_any_feed(tmp_path: Path) -> None:
    folder = maildir(tmp_path / "Mail")
    today = format_datetime(datetime.now(UTC))
    deliver(folder, newsletter("Satu", date=today), "1.a")

    async def run() -> None:
        async with desk(tmp_path / "data") as (at, book):
            feed = mailbox_feed(book, f"maildir:{folder}", {"title": "Surat"})
            save_mailbox(book, feed)
            await at.poller.poll_once(all_feeds=True)
            deliver(folder, newsletter("Dua", 2, date=today), "2.a")
            (folder / "new" / "1.a").rename(folder / "cur" / "1.a:2,S")  # it was read
            report = await at.poller.poll_once(all_feeds=True)
            assert (report.new, report.changed) == (1, 0)
            again = await at.poller.poll_once(all_feeds=True)
            assert (again.new, again.not_modified) == (0, 1)
            articles = at.articles()
            assert [(one.title, one.source) for one in articles] == [
                ("Satu", "warta-pagi.surat.example"),
                ("Dua", "warta-pagi.surat.example"),
            ]
            state = at.state(feed.feed_id)
            assert state is not None
            assert (state.status, state.format) == (FeedStatus.OK, "mail")
            (folder / "new").rename(folder / "gone")
            (folder / "cur").rename(folder / "gone2")
            await at.poller.poll_once(all_feeds=True)
            state = at.state(feed.feed_id)
            assert state is not None
            assert state.problem is not None
            assert "is no Maildir" in state.problem

    asyncio.run(run())


def test_only_the_command_line_names_a_mailbox(tmp_path: Path) -> None:
    store = open_store(load_settings(tmp_path))
    book = FeedList(store.log, SystemClock())
    for url in ("maildir:/etc", "mbox:/etc/passwd", "imaps://a@mail.example/INBOX"):
        assert is_mailbox(url)
        with pytest.raises(UsageError):
            book.draft(url)
        with pytest.raises(UsageError):
            book.add(url)
    with pytest.raises(UsageError, match="--password-file"):
        mailbox_feed(book, "imaps://a@mail.example/INBOX", {})
    feed = mailbox_feed(book, "imaps://a@mail.example/INBOX", {}, "geheim")
    assert "geheim" not in repr(feed)
    store.close()
