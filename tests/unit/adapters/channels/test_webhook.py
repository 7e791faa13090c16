import asyncio
import json
from contextlib import nullcontext

import pytest
from standardwebhooks import Webhook

from pantau.adapters.channels.webhook import WebhookDriver, sign
from pantau.adapters.http.fetcher import GuardedFetcher
from pantau.common.channels.signing_secret import secret_bytes
from pantau.common.time.clock import SystemClock
from pantau.errors import ReceiverGoneError, RejectError, RetryError, SettingsFaultError
from pantau.settings import FetchSettings, NotifySettings
from pantau_schemas.events.subscription import TerminalChannel
from tests.support import START, subscription
from tests.unit.notifier.support import (
    SECRET,
    TITLE,
    Board,
    Receiver,
    alert,
    dispatching,
    message,
    receiving,
    until,
    webhook,
)

pytestmark = pytest.mark.anyio


async def post(
    receiver: Receiver, settings: FetchSettings | None = None, secret: str = SECRET
) -> None:
    fetcher = GuardedFetcher(settings or receiver.settings)
    try:
        await WebhookDriver(fetcher, SystemClock()).send(message(webhook(receiver.url, secret)))
    finally:
        await fetcher.close()


async def test_the_signature_holds_and_the_body_says_it_all() -> None:
    async with receiving(Receiver(status=204)) as receiver:
        await post(receiver)
    ((headers, body),) = receiver.got
    data = Webhook(SECRET).verify(body, headers)
    assert headers["webhook-id"] == message(webhook(receiver.url)).delivery.delivery_id
    assert headers["content-type"].startswith("application/json")
    assert (data["type"], data["timestamp"]) == ("alert", "2026-03-02T08:00:00.000Z")
    told = data["data"]
    assert told["subscription"] == {"id": "banjir", "name": "Banjir Jawa Tengah"}
    assert told["query"] == "banjir AND Demak"
    assert told["article"]["title"] == TITLE
    assert told["article"]["url"] == "https://kabar.example/satu?a=1&b=2"
    snippet = told["snippets"][1]
    assert [snippet["text"][start:end] for start, end in snippet["marks"]] == ["banjir", "Demak"]
    assert told["matches"][0] == {"field": "title", "start": 0, "end": 6}
    assert told["alert_id"] == alert().alert_id


@pytest.mark.parametrize(
    ("shape", "body", "is_refused"),
    [
        (
            "teams",
            b"Delivery failed: Microsoft Teams endpoint returned HTTP error 429 with ContextId 0",
            True,
        ),
        ("teams", b"1", False),
        ("slack", b"the endpoint returned HTTP error 429", False),  # who knows what that means
    ],
)
async def test_a_refusal_by_teams_under_status_200_is_tried_again(
    shape: str, body: bytes, *, is_refused: bool
) -> None:
    async with receiving(Receiver(body=body)) as receiver:
        channel = webhook(receiver.url).model_copy(update={"format": shape})
        fetcher = GuardedFetcher(receiver.settings)
        try:
            with pytest.raises(RetryError, match="429") if is_refused else nullcontext():
                await WebhookDriver(fetcher, SystemClock()).send(message(channel))
        finally:
            await fetcher.close()
    assert len(receiver.got) == 1


async def test_text_from_outside_stays_where_it_is_put() -> None:
    nasty = (
        'a\r\nwebhook-id: x\r\n\r\n"},"data":{} \x1b[2J\u2028\u202e=?utf-8?q?=0d=0a?= é 👩\u200d🚀'
    )
    article = alert().article.model_copy(update={"title": nasty, "source": nasty, "url": nasty})
    about = alert(article=article, subscription_name=nasty, query=nasty)
    async with receiving(Receiver()) as receiver:
        fetcher = GuardedFetcher(receiver.settings)
        await WebhookDriver(fetcher, SystemClock()).send(message(webhook(receiver.url), about))
        await fetcher.close()
    ((headers, body),) = receiver.got
    data = Webhook(SECRET).verify(body, headers)["data"]
    assert headers["webhook-id"] == message(webhook(receiver.url), about).delivery.delivery_id
    assert (data["article"]["title"], data["article"]["url"], data["query"]) == (
        nasty,
        nasty,
        nasty,
    )
    assert not set(body) & set(range(0x20))


async def test_another_secret_does_not_verify() -> None:
    async with receiving(Receiver()) as receiver:
        await post(receiver)
    ((headers, body),) = receiver.got
    with pytest.raises(Exception, match="No matching signature"):
        Webhook("whsec_" + "A" * 32).verify(body, headers)


def test_the_signature_of_the_specification() -> None:
    """Computed apart, by the package that the specification's authors publish."""
    body = '{"test": 2432232314}'
    ours = sign(SECRET, "msg_p5jXN8AQM9LWM0D4loKWxJek", START, body.encode())
    theirs = Webhook(SECRET).sign("msg_p5jXN8AQM9LWM0D4loKWxJek", START, body)
    assert ours["webhook-signature"] == theirs
    assert ours["webhook-timestamp"] == str(int(START.timestamp()))


@pytest.mark.parametrize(
    ("status", "headers", "kind", "after"),
    [
        (410, {}, ReceiverGoneError, None),
        (429, {"Retry-After": "120"}, RetryError, 120),
        (503, {"Retry-After": "7"}, RetryError, 7),
        (503, {}, RetryError, None),
        (500, {}, RetryError, None),
        (404, {}, RetryError, None),
        (302, {"Location": "http://127.0.0.1/"}, RetryError, None),
    ],
)
async def test_answers(
    status: int, headers: dict[str, str], kind: type[Exception], after: float | None
) -> None:
    async with receiving(Receiver(status=status, headers=headers)) as receiver:
        with pytest.raises(kind, match=str(status)) as caught:
            await post(receiver)
    assert getattr(caught.value, "after_seconds", None) == after
    assert len(receiver.got) == 1


async def test_nobody_there_is_tried_again() -> None:
    async with receiving(Receiver()) as receiver:
        pass
    with pytest.raises(RetryError):
        await post(receiver)


async def test_inside_addresses_are_refused_with_the_fix() -> None:
    async with receiving(Receiver()) as receiver:
        with pytest.raises(SettingsFaultError, match=r"fetch\.allow_networks"):
            await post(receiver, FetchSettings())
    assert receiver.got == []


@pytest.mark.parametrize("url", ["ftp://example.org/in", "http://example.org:25/in", "http:///in"])
async def test_an_address_that_can_never_be_fetched_is_rejected(url: str) -> None:
    with pytest.raises(RejectError):
        await post(Receiver(url=url), FetchSettings())


@pytest.mark.parametrize(
    "secret", ["", "whsec_", "whsec_short", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_" + "é" * 40]
)
def test_a_wrong_secret_is_rejected_and_not_quoted(secret: str) -> None:
    with pytest.raises(RejectError) as caught:
        secret_bytes(secret)
    assert (
        str(caught.value)
        == "the webhook's secret must be whsec_ followed by 24 to 64 bytes in base64"
    )


async def test_the_secret_shows_nowhere() -> None:
    about = message(webhook("http://127.0.0.1:9/in"))
    assert SECRET not in repr(about) + str(about) + repr(about.channel)


def test_only_webhooks() -> None:
    with pytest.raises(RejectError):
        asyncio.run(
            WebhookDriver(GuardedFetcher(FetchSettings()), SystemClock()).send(
                message(TerminalChannel())
            )
        )


async def test_a_slow_webhook_holds_up_no_other() -> None:
    """Two real servers: one does not answer, the other gets all its alerts meanwhile."""
    board = Board()
    async with receiving(Receiver(release=asyncio.Event())) as slow, receiving(Receiver()) as quick:
        one = subscription("banjir", "banjir", channels=(webhook(slow.url), webhook(quick.url)))
        board.save(one)
        board.fire(one, *(f"x{i}" for i in range(5)))
        fetcher = GuardedFetcher(slow.settings)
        drivers = {"webhook": WebhookDriver(fetcher, SystemClock())}
        async with dispatching(board, drivers, NotifySettings(lanes=2)):
            await until(lambda: len(quick.got) == 5)
            assert len(slow.got) == 1  # asked, no answer yet
            assert slow.release is not None
            slow.release.set()
            await until(lambda: set(board.statuses()) == {"delivered"})
        await fetcher.close()
    assert len(slow.got) == 5
    assert len({headers["webhook-id"] for headers, _ in slow.got + quick.got}) == 10


async def test_a_webhook_that_comes_back_gets_all_under_the_same_ids() -> None:
    board = Board()
    async with receiving(Receiver(status=500)) as receiver:
        one = subscription("banjir", "banjir", channels=(webhook(receiver.url),))
        board.save(one)
        ids = board.fire(one, "x", "y", "z")
        fetcher = GuardedFetcher(receiver.settings)
        drivers = {"webhook": WebhookDriver(fetcher, SystemClock())}
        settings = NotifySettings(first_retry_seconds=0.01, max_retry_seconds=0.05)
        async with dispatching(board, drivers, settings, SystemClock()):
            await until(lambda: len(receiver.got) > 5)
            receiver.status = 200
            await until(lambda: set(board.statuses()) == {"delivered"})
        await fetcher.close()
    bodies = {headers["webhook-id"]: body for headers, body in receiver.got}
    assert sorted(bodies) == sorted(ids)
    for headers, body in receiver.got:
        Webhook(SECRET).verify(body, headers)
        assert bodies[headers["webhook-id"]] == body
        assert json.loads(body)["type"] == "alert"
