"""A mail server that refuses, greylists, or drops the connection after DATA."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from pantau.adapters.channels.smtp import SmtpDriver
from pantau.bootstrap import STORES
from pantau.settings import NotifySettings, Settings, SmtpSettings
from pantau.usecases.dead_letters.handling import DeadLetters
from pantau.usecases.dead_letters.reading import LetterFilter
from pantau_schemas.events.subscription import EmailChannel, Subscription
from tests.support import FixedClock, subscription
from tests.unit.adapters.channels.mail_server import Mailbox, mail_server
from tests.unit.notifier.support import Board, Pace, Recorder, dispatching, to_files
from tests.unit.notifier.troubled import let_time_pass, waits

pytestmark = pytest.mark.anyio

ARTICLES = ("x", "y", "z")
PATIENT = NotifySettings(timeout_seconds=60)


@pytest.fixture
def board(tmp_path: Path) -> Iterator[Board]:
    clock = FixedClock()
    store = STORES["sqlite"](Settings(data=tmp_path), clock)
    yield Board(store, clock)
    store.close()


def to_mail(name: str) -> Subscription:
    return subscription(name, "banjir", channels=(EmailChannel(to=f"{name}@example.org"),))


def driver(port: int) -> SmtpDriver:
    fields = {"host": "127.0.0.1", "port": port, "sender": "pantau@example.net", "security": "none"}
    return SmtpDriver(SmtpSettings.model_validate(fields))


class Greylist(Mailbox):
    """Refuses each recipient with 450 until ten minutes have passed since its first try."""

    def __init__(self, clock: FixedClock) -> None:
        super().__init__()
        self.clock = clock
        self.first: dict[str, Any] = {}
        self.refused = 0

    async def handle_RCPT(  # noqa: N802 (aiosmtpd's name)
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        first = self.first.setdefault(address, self.clock.now())
        if address.startswith("grey") and self.clock.now() - first < timedelta(minutes=10):
            self.refused += 1
            return "450 4.7.1 Greylisted, try again in 10 minutes"
        envelope.rcpt_tos.append(address)
        return "250 OK"


class Dropping(Mailbox):
    """Accepts mails to `dropped`, and drops the connection instead of answering, several times."""

    def __init__(self, drops: int) -> None:
        super().__init__()
        self.drops = drops

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 (aiosmtpd's name)
        answer = await super().handle_DATA(server, session, envelope)
        if self.drops and envelope.rcpt_tos[0].startswith("dropped"):
            self.drops -= 1
            server.transport.abort()
        return answer


class Away(Mailbox):
    """Hangs up on everybody, until it is back."""

    def __init__(self) -> None:
        super().__init__()
        self.away = True

    async def handle_EHLO(  # noqa: N802 (aiosmtpd's name)
        self, server: Any, session: Any, _envelope: Any, name: str, responses: list[str]
    ) -> list[str]:
        session.host_name = name
        if self.away:
            server.transport.abort()
        return responses


def ids(mailbox: Mailbox, to: str) -> list[str]:
    return [str(one["Message-ID"]) for one in mailbox.mails if one["To"].startswith(to)]


def expected(delivery_ids: list[str]) -> set[str]:
    return {f"<{one}@example.net>" for one in delivery_ids}


async def sent_beside(board: Board, mailbox: Mailbox, troubled: str) -> tuple[list[str], list[str]]:
    """Send mails to an address in trouble and to another one; return the ids of both.

    Those to the other one never wait; in the end all have arrived.
    """
    first, other = to_mail(troubled), to_mail("other")
    board.save(first)
    board.save(other)
    at_first, at_other = board.fire(first, *ARTICLES), board.fire(other, *ARTICLES)
    async with mail_server(mailbox) as port:
        mails = driver(port)
        async with dispatching(board, {"email": mails}, PATIENT) as dispatcher:
            pace = Pace(dispatcher)
            await pace.settle()
            assert waits(board, at_other) == [timedelta()] * len(ARTICLES)
            assert set(board.statuses()) != {"delivered"}
            await let_time_pass(board, pace, lambda: set(board.statuses()) == {"delivered"})
        await mails.close()
    return at_first, at_other


async def test_a_greylisted_mail_arrives_once_and_others_do_not_wait(board: Board) -> None:
    mailbox = Greylist(board.clock)
    at_grey, at_other = await sent_beside(board, mailbox, "grey")
    assert mailbox.refused
    assert sorted(ids(mailbox, "grey")) == sorted(expected(at_grey))
    assert sorted(ids(mailbox, "other")) == sorted(expected(at_other))


async def test_a_dropped_connection_repeats_a_mail_only_under_its_id(board: Board) -> None:
    """The server has the mail, and we cannot know it: a reader's program recognises the repeat."""
    mailbox = Dropping(drops=4)
    at_dropped, at_other = await sent_beside(board, mailbox, "dropped")
    came = Counter(ids(mailbox, "dropped"))
    assert set(came) == expected(at_dropped)
    assert came.total() == len(ARTICLES) + 4
    assert sorted(ids(mailbox, "other")) == sorted(expected(at_other))


async def test_a_refused_mail_is_kept_as_a_dead_letter_and_can_be_sent_again(board: Board) -> None:
    mailbox = Mailbox()
    mailbox.rcpt_answer = "550 5.1.1 No such user"
    refused = to_mail("refused")
    board.save(refused)
    sent = board.fire(refused, *ARTICLES)
    async with mail_server(mailbox) as port:
        mails = driver(port)
        async with dispatching(board, {"email": mails}, PATIENT) as dispatcher:
            pace = Pace(dispatcher)
            await pace.settle()
            assert board.statuses() == ["failed"] * len(ARTICLES)
            mailbox.rcpt_answer = "250 OK"
            board.clock.move(minutes=1)
            letters = DeadLetters(board.log, board.clock)
            assert letters.retry_all(LetterFilter()).put_back == len(ARTICLES)
            await let_time_pass(board, pace, lambda: set(board.statuses()) == {"delivered"})
        await mails.close()
    assert sorted(ids(mailbox, "refused")) == sorted(expected(sent))


async def test_a_server_that_is_away_holds_up_mails_alone(board: Board) -> None:
    """It hangs up for hours; files are written meanwhile, and all mails come afterwards."""
    mails_to, files_to = to_mail("away"), to_files("files", "a")
    board.save(mails_to)
    board.save(files_to)
    away = board.fire(mails_to, *ARTICLES)
    mailbox = Away()
    async with mail_server(mailbox) as port:
        mails = driver(port)
        async with dispatching(board, {"email": mails, "file": Recorder()}, PATIENT) as dispatcher:
            pace = Pace(dispatcher)
            for hour in range(3):
                written = board.fire(files_to, f"h{hour}")
                await pace.settle()
                assert waits(board, written) == [timedelta()]
                board.clock.move(hours=1)
            assert {board.state(one).status.value for one in away} == {"retrying"}
            mailbox.away = False
            await let_time_pass(board, pace, lambda: set(board.statuses()) == {"delivered"})
        await mails.close()
    assert sorted(ids(mailbox, "away")) == sorted(expected(away))
