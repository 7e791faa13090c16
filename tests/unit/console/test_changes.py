"""Changes by forms: subscriptions, feeds, dead letters; the store shows it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pantau.console.pages import articles
from pantau.usecases.channels.shown import shown_channel
from pantau.usecases.dead_letters.handling import DeadLetters
from pantau.usecases.dead_letters.reading import LetterFilter
from pantau.usecases.feeds.feed_list import FeedList
from pantau.usecases.subscriptions.repository import SubscriptionRepository
from pantau_schemas.events.rules import Digest, Immediate, Rules
from pantau_schemas.events.subscription import TerminalChannel
from pantau_schemas.ids import digest_id
from tests.consoles import Client, filled, serving_console
from tests.support import subscription


class Desk:
    """A console of its own, and the store behind it."""

    def __init__(self, client: Client, book: FeedList, registry: SubscriptionRepository) -> None:
        self.client, self.book, self.registry = client, book, registry


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    store, settings, clock = filled(tmp_path_factory.mktemp("desk"))
    with serving_console(store, settings, clock) as address:
        book, registry = FeedList(store.log, clock), SubscriptionRepository(store.log, clock)
        yield Desk(Client(address), book, registry)
    store.close()


def test_a_search_becomes_a_subscription(desk: Desk) -> None:
    form = {"q": "longsor", "l": "lucene", "name": "Longsor", "to": "terminal\n"}
    answer = desk.client.post("/subscriptions/new", form)
    assert answer.status == 303
    made = desk.registry.find("Longsor")
    assert answer.headers["location"].startswith(f"/subscriptions/{made.subscription_id}")
    assert [one.kind for one in made.channels] == ["terminal"]
    said = desk.client.get(answer.headers["location"], headers={"Accept-Language": "en"})
    assert "The subscription is saved." in said.text


def test_a_page_shows_when_messages_come(desk: Desk) -> None:
    rules = Rules(timing=Digest(every="day"), articles="first")
    channel = TerminalChannel(timing=Immediate())
    desk.registry.save(subscription("aturan", "angin", channels=(channel,), rules=rules))
    text = desk.client.get("/subscriptions/aturan", headers={"Accept-Language": "en"}).text
    for part in ("one a day at 07:00", "first article of each story", "terminal, each alert at"):
        assert part in text
    plain = desk.client.get("/subscriptions/banjir", headers={"Accept-Language": "en"}).text
    assert "<h2>Messages</h2>" not in plain


def test_the_form_shows_what_the_query_found(desk: Desk) -> None:
    page = desk.client.get("/subscriptions/new?q=banjir&look=1", headers={"Accept-Language": "en"})
    assert "17 articles would have alerted" in page.text


def test_a_look_at_the_query_keeps_the_other_fields(desk: Desk) -> None:
    page = desk.client.get(
        "/subscriptions/new?q=banjir&name=Kudus&to=email%3Aa%40b.example&historical=1"
    )
    assert 'value="Kudus"' in page.text
    assert "email:a@b.example</textarea>" in page.text
    assert 'name="historical" value="1" checked' in page.text


def test_what_is_doubtful_is_asked_first(desk: Desk) -> None:
    form = {"q": "*", "name": "Semua"}
    asked = desk.client.post("/subscriptions/new", form)
    assert asked.status == 400
    assert 'name="sure"' in asked.text
    assert "tick the box" in asked.text or "centang kotaknya" in asked.text
    assert "--yes" not in asked.text
    assert not [one for one in desk.registry.all() if one.name == "Semua"]
    assert desk.client.post("/subscriptions/new", form | {"sure": "1"}).status == 303
    assert desk.registry.find("Semua").query == "*"


def test_a_wrong_query_is_shown_at_its_place(desk: Desk) -> None:
    answer = desk.client.post("/subscriptions/new", {"q": "(banjir"})
    assert answer.status == 400
    assert 'class="fault"' in answer.text
    assert answer.text.index("Not saved: the query cannot be read.") < answer.text.index("<form")
    assert "/subscriptions/new?q=%28banjir%29" in answer.text


@pytest.mark.parametrize(
    "target", ["file:/etc/cron.d/x", "FILE:x", "file:alerts.jsonl", "nonsense", "email:"]
)
def test_a_wrong_channel_is_refused_in_words(desk: Desk, target: str) -> None:
    before = len(desk.registry.all())
    answer = desk.client.post("/subscriptions/new", {"q": "banjir bandang", "to": target})
    assert answer.status == 400
    assert 'role="alert"' in answer.text
    assert len(desk.registry.all()) == before


def test_a_secret_is_shown_once(desk: Desk) -> None:
    form = {"q": "tsunami", "name": "Tsunami", "to": "webhook:https://penerima.example/in"}
    made = desk.client.post("/subscriptions/new", form)
    assert made.status == 200
    assert "whsec_" in made.text
    assert made.headers["cache-control"] == "no-store"
    name = desk.registry.find("Tsunami").subscription_id
    for path in (
        f"/subscriptions/{name}",
        "/subscriptions",
        "/subscriptions.json",
        "/subscriptions.csv",
    ):
        assert "whsec_" not in desk.client.get(path).text


def test_a_receiver_that_is_refused_until_it_is_allowed_is_said(desk: Desk) -> None:
    form = {"q": "letusan gunung", "to": "webhook:http://10.0.0.1/in"}
    made = desk.client.post("/subscriptions/new", form)
    assert 'class="note warning"' in made.text
    assert "10.0.0.1/32" in made.text
    form = {"q": "letusan kawah", "to": "webhook:https://penerima.example/in"}
    assert 'class="note warning"' not in desk.client.post("/subscriptions/new", form).text


KEYS = (
    "https://hooks.slack.com/services/T0/B0/kunci",
    "https://x.webhook.office.com/webhookb2/kunci",
    "https://a.logic.azure.com/workflows/1?sig=kunci",
    "https://chat.example/hooks/kunci",
    "https://discord.com/api/webhooks/1/kunci",
    "https://penerima.example/in?token=kunci",
)


def test_an_address_that_is_a_key_is_shown_without_it(desk: Desk) -> None:
    form = {"q": "letusan", "name": "Letusan", "to": "\n".join(f"webhook:{one}" for one in KEYS)}
    assert desk.client.post("/subscriptions/new", form).status == 200
    name = desk.registry.find("Letusan").subscription_id
    end = ("", ".json", ".csv")
    for path in (f"/subscriptions/{name}", *(f"/subscriptions{one}" for one in end)):
        text = desk.client.get(path).text
        assert "kunci" not in text
        assert "hooks.slack.com" in text
    assert desk.client.get("/subscriptions.csv").text.count("webhook:") >= len(KEYS)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("terminal", "terminal"),
        ("email:desk@example.org", "email:desk@example.org"),
        ("file:/hooks/a?b", "file:/hooks/a?b"),
        ("webhook:https://desk.example/hook", "webhook:https://desk.example/hook"),
        ("webhook:https://desk.example/hook?key=1", "webhook:https://desk.example/hook?…"),
        ("webhook:https://HOOKS.slack.com/services/1", "webhook:https://HOOKS.slack.com/…"),
        (
            "webhook:https://nothooks.slack.com.example/in",
            "webhook:https://nothooks.slack.com.example/in",
        ),
        ("webhook:https://chat.example/Hooks/1", "webhook:https://chat.example/hooks/…"),
        ("webhook:https://[", "webhook:…"),
        ("webhook:", "webhook:"),
    ],
)
def test_how_channels_are_shown(name: str, shown: str) -> None:
    assert shown_channel(name) == shown


def test_a_subscription_is_paused_resumed_and_removed(desk: Desk) -> None:
    assert desk.client.post("/subscriptions/surat/pause").status == 303
    assert desk.registry.find("surat").paused
    assert desk.client.post("/subscriptions/surat/resume").status == 303
    assert not desk.registry.find("surat").paused
    asked = desk.client.get("/subscriptions/surat/remove", headers={"Accept-Language": "en"})
    assert "Remove &#34;Surat&#34;?" in asked.text
    assert desk.registry.get("surat") is not None
    assert desk.client.post("/subscriptions/surat/remove").status == 303
    assert desk.registry.get("surat") is None
    assert desk.client.get("/subscriptions/surat").status == 404


def test_a_feed_is_added_as_the_command_does(desk: Desk) -> None:
    answer = desk.client.post("/feeds/add", {"url": "baru.example/rss", "title": "Baru"})
    assert answer.status == 303
    assert desk.book.find("Baru").feed.url == "https://baru.example/rss"
    page = desk.client.get(answer.headers["location"], headers={"Accept-Language": "en"})
    assert "The feed is watched." in page.text


def test_of_several_feeds_one_is_chosen(desk: Desk) -> None:
    answer = desk.client.post("/feeds/add", {"url": "beberapa.example"})
    assert answer.status == 200
    assert 'value="https://satu.example/rss"' in answer.text


def test_an_address_without_a_feed_can_be_added_as_it_is(desk: Desk) -> None:
    answer = desk.client.post("/feeds/add", {"url": "mati.example"})
    assert answer.status == 400
    assert 'name="check"' in answer.text
    assert desk.client.post("/feeds/add", {"url": "mati.example", "check": "no"}).status == 303
    assert desk.book.get("https://mati.example") is not None


@pytest.mark.parametrize(
    "url",
    ["", "maildir:/srv/Mail", "mbox:/srv/mail", "imaps://a@b.example/INBOX", "file:///etc"],
)
def test_a_page_names_no_file_and_no_mailbox(desk: Desk, url: str) -> None:
    before = len(desk.book.all())
    for check in ("", "no"):
        answer = desk.client.post("/feeds/add", {"url": url, "check": check})
        assert answer.status == 400
    assert len(desk.book.all()) == before


def test_a_feed_is_polled_paused_and_removed(desk: Desk) -> None:
    feed = desk.book.find("Kabar Nusantara").feed.feed_id
    assert desk.client.post(f"/feeds/{feed}/poll").status == 303
    assert desk.client.post(f"/feeds/{feed}/pause").status == 303
    assert desk.book.find(feed).feed.paused
    assert desk.client.post(f"/feeds/{feed}/resume").status == 303
    assert not desk.book.find(feed).feed.paused
    assert desk.client.post(f"/feeds/{feed}/remove").status == 303
    assert desk.client.get(f"/feeds/{feed}").status == 404


def test_a_dead_letter_is_discarded(desk: Desk) -> None:
    letters = DeadLetters(desk.book.log, desk.registry._clock)
    assert letters.listed(LetterFilter(), 9, "en").total == 1
    assert desk.client.post("/pipeline/dead-letters/zzzz/retry").status == 404
    assert desk.client.post(f"/pipeline/dead-letters/{digest_id('letter')}/discard").status == 303
    assert letters.listed(LetterFilter(), 9, "en").total == 0


def test_a_store_that_broke_is_said_without_details(tmp_path: Path) -> None:
    store, settings, clock = filled(tmp_path)
    with serving_console(store, settings, clock) as address:
        store.close()
        answer = Client(address).get("/search?q=banjir")
        assert answer.status in {400, 500, 503}
        assert "Traceback" not in answer.text
        assert Client(address).get("/search").status == 200


def test_a_path_forges_no_line_of_the_log(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(articles, "find_article", broken)
    answer = desk.client.get("/articles/a%0AERROR%20forged%1B[31m")
    assert answer.status == 500
    assert "Traceback" not in answer.text
    (logged,) = [one.getMessage() for one in caplog.records if one.name == "pantau.console.app"]
    assert "ERROR forged" in logged
    assert logged.isprintable()
