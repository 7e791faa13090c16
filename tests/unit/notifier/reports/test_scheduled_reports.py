"""A scheduled report from its tick to its receiver, on every embedded store."""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from standardwebhooks import Webhook

from pantau.adapters.channels.smtp import SmtpDriver
from pantau.adapters.channels.webhook import WebhookDriver
from pantau.adapters.http.fetcher import GuardedFetcher
from pantau.bootstrap import build_workers
from pantau.notifier.dispatch import Dispatcher
from pantau.ports import ChannelDriver
from pantau.runtimes.embedded.worker import run_until_idle
from pantau.settings import NotifySettings, Settings, SmtpSettings
from pantau.stream.envelope import record_for, removal_of
from pantau.usecases.reports.making import StoredReports
from pantau_schemas import webhook as bodies
from pantau_schemas.events.reports.schedule import ReportSchedule
from pantau_schemas.topics import REPORT_SCHEDULES
from tests.support import START, enriched, subscription
from tests.unit.adapters.channels.mail_server import Mailbox, mail_server
from tests.unit.notifier.reports.test_occasions import schedule
from tests.unit.notifier.support import SECRET, Board, Receiver, Recorder, receiving, until

pytestmark = pytest.mark.anyio
WORDS = "Tanggul sudah kami tutup."


class Desk(Board):
    """A board with the settings of a folder of its own."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.settings = Settings(data=folder)


@pytest.fixture
def board(tmp_path: Path) -> Iterator[Desk]:
    """Return a store with a subscription, its article of today, and one of the day before."""
    made = Desk(tmp_path)
    made.save(subscription("banjir", "banjir", tags=("bencana",)))
    quote = {"field": "text", "start": 1, "end": 1 + len(WORDS), "speaker": "Rina Wulandari"}
    made.store.index.put(
        [
            enriched(
                "surut",
                title="Banjir Demak surut <b>",
                text=f'"{WORDS}" kata Rina.',
                quotations=(quote,),
                first_seen=START + timedelta(hours=4),
            ),
            enriched("lama", title="Banjir lama", first_seen=START - timedelta(days=2)),
        ]
    )
    made.store.index.refresh()
    yield made
    made.store.close()


def save(board: Desk, one: ReportSchedule) -> None:
    board.log.append([record_for(one, REPORT_SCHEDULES, source="cli", time=START)])


def tick(board: Desk) -> None:
    """Run the notifier of a process that has just begun."""
    run_until_idle(build_workers(board.store, board.clock, board.settings, only=["notifier"]))


async def send(board: Desk, **drivers: ChannelDriver) -> None:
    """Run a dispatcher until nothing waits."""
    dispatcher = Dispatcher(
        board.log,
        drivers,
        board.clock,
        NotifySettings(),
        reports=StoredReports(board.store, board.clock),
    )
    stop = asyncio.Event()
    running = asyncio.create_task(dispatcher.run(stop))
    try:
        await until(lambda: "pending" not in board.statuses())
    finally:
        stop.set()
        await running


async def test_it_is_mailed_once_whatever_restarts(board: Desk) -> None:
    save(board, schedule())
    mailbox = Mailbox()
    async with mail_server(mailbox) as port:
        settings = SmtpSettings(
            host="127.0.0.1", port=port, sender="pantau@redaksi.example", security="none"
        )
        driver = SmtpDriver(settings)
        for hours in (0, 17, 0, 3):  # 15:00, 08:00 and again, 11:00
            board.clock.move(hours=hours)
            tick(board)
            tick(board)
            await send(board, email=driver)
        await driver.close()
    (mail,) = mailbox.mails
    assert mail["subject"] == "Banjir, 3 Mar 2026"
    assert mail["to"] == "meja@redaksi.example"
    plain = mail.get_body(("plain",))
    html = mail.get_body(("html",))
    assert plain is not None
    assert html is not None
    text = plain.get_content()
    assert "Banjir Demak surut <b>" in text
    assert WORDS in text
    assert "Banjir lama" not in text
    assert "pantau reports remove pagi" in text
    assert "Banjir Demak surut &lt;b&gt;" in html.get_content()
    assert board.statuses() == ["delivered"]


async def test_the_next_day_brings_the_next_one(board: Desk) -> None:
    save(board, schedule())
    recorder = Recorder()
    for _ in range(3):
        board.clock.move(days=1)
        tick(board)
        await send(board, email=recorder)
    assert len({name for _, name in recorder.sent}) == 3


async def test_a_webhook_gets_a_signed_body_as_the_schema_says(board: Desk) -> None:
    async with receiving(Receiver()) as receiver:
        channel = {"kind": "webhook", "url": receiver.url, "secret": SECRET, "payload": 1}
        save(board, schedule(about=None, tag="Bencana", channel=channel, language="en"))
        board.clock.move(hours=17)
        tick(board)
        fetcher = GuardedFetcher(receiver.settings)
        driver = WebhookDriver(fetcher, board.clock)
        await send(board, webhook=driver)
        await fetcher.close()
    ((headers, body),) = receiver.got
    # Its own time: the library compares that of the message with the clock of the machine.
    proof = Webhook(SECRET).sign(headers["webhook-id"], board.clock.now(), body.decode())
    assert headers["webhook-signature"] == proof
    assert bodies.BODY.dump_json(bodies.BODY.validate_json(body), exclude_none=True) == body
    told = json.loads(body)
    data = told["data"]
    assert told["type"] == "report"
    assert told["id"] == headers["webhook-id"]
    assert (data["name"], data["articles"], data["story_count"]) == ("Bencana", 1, 1)
    (story,) = data["stories"]
    assert story["quotations"][0]["text"] == WORDS
    assert data["since"] == "2026-03-02T07:00:00.000+07:00"


async def test_a_removed_schedule_sends_nothing_more(board: Desk) -> None:
    save(board, schedule())
    board.clock.move(hours=17)
    tick(board)
    board.log.append([removal_of(REPORT_SCHEDULES, "pagi")])
    recorder = Recorder()
    await send(board, email=recorder)
    assert recorder.sent == []
    assert board.statuses() == ["cancelled"]
    board.clock.move(days=2)
    tick(board)
    assert board.statuses() == ["cancelled"]


async def test_that_of_a_removed_subscription_is_cancelled(board: Desk) -> None:
    save(board, schedule(about="hilang"))
    board.clock.move(hours=17)
    tick(board)
    await send(board, email=Recorder())
    assert board.statuses() == ["cancelled"]


async def test_that_of_another_owner_is_not_sent(board: Desk) -> None:
    save(board, schedule(owner="orang-lain"))
    board.clock.move(hours=17)
    tick(board)
    recorder = Recorder()
    await send(board, email=recorder)
    assert recorder.sent == []
    assert board.statuses() == ["failed"]


def test_a_tick_whose_outcome_was_not_written_is_repeated(board: Desk) -> None:
    save(board, schedule())
    board.clock.move(hours=17)
    (worker,) = build_workers(board.store, board.clock, board.settings, only=["notifier"])
    handler: Any = worker._processing._handler
    handler.refresh()
    first = handler.tick(board.clock.now())  # as in a process that dies before it writes
    assert len(first.events) == 1
    assert board.statuses() == []
    handler.refresh()
    again = handler.tick(board.clock.now())
    assert [one.delivery_id for one in again.events] == [one.delivery_id for one in first.events]
    tick(board)
    assert board.statuses() == ["pending"]
    handler.refresh()
    assert handler.tick(board.clock.now()).events == ()
    assert handler.next_due() > board.clock.now()


def test_a_broken_schedule_stops_nothing(board: Desk) -> None:
    save(board, schedule())
    other = schedule(subscription_id="rusak")
    record = record_for(other, REPORT_SCHEDULES, source="cli", time=START)
    board.log.append([replace(record, value=b'{"schema_version": 1}')])
    board.clock.move(hours=17)
    tick(board)
    assert board.statuses() == ["pending"]
