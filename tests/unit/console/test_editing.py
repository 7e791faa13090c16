"""The form of a stored subscription: what it shows, what it changes, and what it must not."""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest

from pantau.bootstrap import open_store
from pantau.console.app import build_app
from pantau.settings import Settings, SmtpSettings
from pantau.usecases.channels.health import id_of
from pantau.usecases.subscriptions.repository import SubscriptionRepository
from pantau_schemas.events.rules import (
    Digest,
    EveryMatch,
    Mute,
    QuietHours,
    Rules,
    Spike,
    Throttled,
)
from pantau_schemas.events.subscription import (
    EmailChannel,
    FileChannel,
    Subscription,
    TerminalChannel,
    WebhookChannel,
)
from tests.apis import ApiClient, ApiReply, api_parts
from tests.consoles import fill
from tests.support import START, FixedClock, subscription

MAIL = EmailChannel(to="meja@kabar.example", timing=Digest(every="day"))
HOOK = WebhookChannel.model_validate(
    {"url": "https://hooks.slack.com/services/T0/kunci", "secret": "whsec_" + "A" * 44}
)
RULES = Rules(
    timing=Throttled(every_seconds=3_600),
    trigger=Spike(sensitivity="high"),
    articles="growth",
    sources=3,
    quiet=QuietHours(begin="22:00", end="05:30"),
    mute=Mute(since=START),
    expires=START.replace(year=START.year - 1),  # over: it must not keep others from being saved
    language="id",
)


@dataclass
class Desk:
    """A console over a store with a subscription that has everything."""

    client: ApiClient
    repository: SubscriptionRepository

    def get(self, path: str, lang: str = "en") -> ApiReply:
        return self.client.ask("GET", f"/subscriptions{path}", b"", {"accept-language": lang})

    def post(self, path: str, form: Mapping[str, str]) -> ApiReply:
        sent = {"accept-language": "en", "content-type": "application/x-www-form-urlencoded"}
        return self.client.ask("POST", f"/subscriptions{path}", urlencode(form).encode(), sent)

    def fields(self, path: str = "/a/edit") -> dict[str, str]:
        """Return what the form of a page would send as it is."""
        return sent_by(shown(self.get(path)))

    def save(self, **changed: str) -> ApiReply:
        return self.post("/a/edit", self.fields() | changed | {"do": "save"})

    @property
    def one(self) -> Subscription:
        return self.repository.find("a")


def shown(reply: ApiReply) -> str:
    return reply.content.decode()


def sent_by(page: str) -> dict[str, str]:
    """Return the fields of the first form that changes something, as a browser sends them."""
    form = page[page.index('method="post"') :].partition("</form>")[0]
    found = {}
    for tag in re.findall(r"<input [^>]*>", form):
        given = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if given.get("type") != "checkbox" or " checked" in tag:
            found[given["name"]] = html.unescape(given.get("value", ""))
    for name, text in re.findall(
        r'<textarea [^>]*name="([\w-]+)"[^>]*>\n(.*?)</textarea>', form, re.DOTALL
    ):
        found[name] = html.unescape(text).replace("\n", "\r\n")
    for name, options in re.findall(
        r'<select [^>]*name="([\w-]+)"[^>]*>(.*?)</select>', form, re.DOTALL
    ):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    return found


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder: Path = tmp_path_factory.mktemp("desk")
    settings = Settings(
        data=folder, smtp=SmtpSettings(host="mail.example", sender="p@kabar.example")
    )
    clock = FixedClock(START)
    store = open_store(settings, clock)
    repository = SubscriptionRepository(store.log, clock)
    repository.save(subscription("lain", "gempa", channels=(TerminalChannel(),)))
    fill(store, settings, clock)
    yield Desk(ApiClient(build_app(api_parts(store, settings, clock)), ""), repository)
    store.close()


@pytest.fixture
def desk(made: Desk) -> Desk:
    channels = (MAIL, HOOK, FileChannel(path="/srv/a.jsonl"))
    one = subscription("a", "banjir AND\nDemak", channels=channels, rules=RULES, tags=("air",))
    made.repository.save(one.model_copy(update={"time_zone": "Asia/Jakarta"}))
    return made


def test_a_form_that_is_sent_as_it_is_changes_nothing(desk: Desk) -> None:
    before = desk.one
    reply = desk.save()
    assert reply.headers["location"] == "/subscriptions/a?done=edit.unchanged"
    assert desk.one == before


def test_the_form_has_everything_but_addresses_that_are_keys(desk: Desk) -> None:
    page, fields = shown(desk.get("/a/edit")), desk.fields()
    assert fields["q"] == "banjir AND\r\nDemak"
    assert fields["quiet"] == "22:00-05:30"
    assert (fields["tags"], fields["sources"], fields["written"]) == ("air", "3", "id")
    assert (fields["timing"], fields["when"]) == ("every 1h collect 30s", "spike:high")
    assert (fields["articles"], fields["zone"]) == ("growth", "Asia/Jakarta")
    assert fields[f"own.{id_of(MAIL)}"] == "daily@07:00"
    assert "kunci" not in page
    assert "whsec_" not in page


def test_every_field_is_saved_and_the_rest_stays(desk: Desk) -> None:
    before = desk.one
    reply = desk.save(
        q="gempa",
        name="Gempa bumi",
        tags="gempa, Aceh",
        timing="weekly:mon@07:00",
        when="",
        articles="first",
        sources="",
        quiet="",
        expires="2031-01-31 18:00",
        written="en",
        zone="Asia/Makassar",
        historical="1",
        to="terminal hourly\r\n",
        **{f"own.{id_of(MAIL)}": "", f"drop.{id_of(HOOK)}": "1"},
    )
    assert reply.headers["location"] == "/subscriptions/a?done=edit.saved"
    after = desk.one
    assert (after.query, after.name, after.tags) == ("gempa", "Gempa bumi", ("gempa", "Aceh"))
    assert (after.time_zone, after.include_historical) == ("Asia/Makassar", True)
    rules = after.rules
    assert rules.timing == Digest(every="week", weekday=1)
    assert (rules.articles, rules.sources, rules.quiet) == ("first", 1, None)
    assert rules.trigger == EveryMatch()
    assert (rules.language, rules.mute) == ("en", RULES.mute)
    assert rules.expires is not None
    assert rules.expires.isoformat() == "2031-01-31T10:00:00+00:00"
    assert [one.kind for one in after.channels] == ["email", "file", "terminal"]
    assert after.channels[0].timing is None
    assert after.channels[2].timing == Digest(every="hour", at="00:00")
    assert (after.subscription_id, after.created) == (before.subscription_id, before.created)


def test_a_form_of_a_former_version_overwrites_nothing(desk: Desk) -> None:
    mine = desk.fields() | {"tags": "milik saya", "do": "save"}
    assert desk.save(name="Nama orang lain").status == 303
    reply = desk.post("/a/edit", mine)
    page = html.unescape(shown(reply))
    assert reply.status == 409
    assert "Somebody has saved this subscription since" in page
    assert '<dd class="query">Nama orang lain</dd>' in page
    assert 'value="milik saya"' in page
    assert (desk.one.name, desk.one.tags) == ("Nama orang lain", ("air",))
    again = sent_by(shown(reply))
    assert again["version"] != mine["version"]
    assert desk.post("/a/edit", again | {"do": "save"}).status == 303
    assert desk.one.tags == ("milik saya",)


@pytest.mark.parametrize("version", ["", "x"])
def test_a_form_without_its_version_saves_nothing(desk: Desk, version: str) -> None:
    before = desk.one
    assert desk.post("/a/edit", {"q": "gempa", "do": "save", "version": version}).status == 409
    assert desk.one == before


def test_a_pause_meanwhile_counts_as_a_change(desk: Desk) -> None:
    mine = desk.fields() | {"tags": "x", "do": "save"}
    desk.post("/a/pause", {})
    assert desk.post("/a/edit", mine).status == 409
    assert desk.one.paused


def test_the_difference_is_shown_and_nothing_is_saved(desk: Desk) -> None:
    before = desk.one
    plain = {"when": "", "articles": "", "sources": "", "timing": "", "expires": "", "quiet": ""}
    form = desk.fields() | plain | {"q": "banjir OR gempa"}
    part = shown(desk.post("/a/edit/backtest", form))
    assert "<html" not in part
    assert "What the change makes" in part
    assert "would alert only now" in part
    assert "messages in place of" in part
    page = shown(desk.post("/a/edit", form | {"do": "look"}))
    assert part.strip() in page
    assert desk.one == before
    assert "What the change makes" not in shown(desk.post("/a/edit/backtest", desk.fields()))
    tags = shown(desk.post("/a/edit/backtest", desk.fields() | {"tags": "x"}))
    assert "The same articles would alert" in tags


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"timing": "kapan saja"}, "When messages come: kapan saja is not a message timing"),
        ({f"own.{id_of(MAIL)}": "a=b"}, "When messages come: a=b is not a message timing"),
        ({"to": "terminal kapan"}, "When messages come: kapan is not a message timing"),
        ({"sources": "banyak"}, "Sources of a story, at least: banyak must be one of"),
        ({"quiet": "22"}, "Quiet hours: 22 is not"),
        ({"expires": "2020-01-01"}, "Ends: 2020-01-01"),
        ({"to": "file:/etc/cron.d/x"}, "does not write to files"),
        ({"to": "surat"}, "surat"),
        ({"zone": "Bulan"}, "Bulan"),
        ({"q": "(banjir"}, 'class="fault"'),
        ({"q": "(banjir"}, "Not saved: the query cannot be read."),
        ({"q": ""}, "query"),
        ({"tags": "x" * 41}, "tags"),
    ],
)
def test_what_cannot_be_used_is_said_and_kept(
    desk: Desk, changed: dict[str, str], told: str
) -> None:
    before = desk.one
    reply = desk.save(**changed)
    page = html.unescape(shown(reply))
    assert reply.status == 400
    assert told in page
    for name, text in changed.items():
        assert sent_by(shown(reply))[name] == text
    assert desk.one == before


def test_what_is_doubtful_is_asked_first(desk: Desk) -> None:
    reply = desk.save(q="*")
    assert reply.status == 400
    assert "tick the box" in shown(reply)
    assert desk.one.query != "*"
    assert desk.save(q="*", sure="1").status == 303
    assert desk.one.query == "*"


def test_a_new_secret_is_shown_once_and_others_stay(desk: Desk) -> None:
    reply = desk.save(to="webhook:https://penerima.example/in")
    page = shown(reply)
    assert (reply.status, reply.headers["cache-control"]) == (200, "no-store")
    assert "whsec_" in page
    assert "The change is saved" in page
    kept = next(one for one in desk.one.channels if id_of(one) == id_of(HOOK))
    assert isinstance(kept, WebhookChannel)
    assert kept.secret == HOOK.secret


def test_a_repair_of_the_query_leads_back_to_the_same_form(desk: Desk) -> None:
    page = shown(desk.save(q="(banjir"))
    assert "/subscriptions/a/edit?q=%28banjir%29" in page
    page = shown(desk.get("/a/edit?q=%28banjir%29&l=lucene"))
    assert "\n(banjir)</textarea>" in page


def test_there_is_no_form_of_what_is_not_there(desk: Desk) -> None:
    for path in ("/zzz/edit", "/zzz/copy", "/tagged?tag=zzz", "/tagged"):
        assert desk.get(path).status == 404
    for path in ("/zzz/edit", "/zzz/edit/backtest", "/zzz/copy", "/zzz/mute", "/zzz/test"):
        assert desk.post(path, {"do": "save"}).status == 404


def test_a_copy_keeps_the_rules_and_opens_its_form(desk: Desk) -> None:
    fields = desk.fields("/a/copy")
    assert fields["name"] == "A (2)"
    assert desk.post("/a/copy", {"name": "A"}).status == 400
    reply = desk.post("/a/copy", {"name": "Salinan"})
    found = desk.repository.find("Salinan")
    assert reply.headers["location"] == (
        f"/subscriptions/{found.subscription_id}/edit?done=edit.copied"
    )
    assert found.channels == desk.one.channels
    assert found.rules == RULES.model_copy(update={"mute": None})
    desk.repository.remove([found])


@pytest.mark.parametrize("lang", ["en", "id"])
def test_what_is_suggested_is_understood(desk: Desk, lang: str) -> None:
    page = shown(desk.get("/a/edit", lang))
    suggested = re.search(r'<datalist id="timings">(.*?)</datalist>', page)
    assert suggested
    timings = re.findall(r'value="([^"]*)"', suggested[1])
    assert len(timings) >= 4
    for timing in timings:
        assert desk.save(timing=timing).status == 303
    help_text = re.search(r'id="quiet-help"[^>]*>[^:]*: ([^<]*)\.<', page)
    assert help_text
    for quiet in help_text[1].split(", "):
        assert desk.save(quiet=quiet).status == 303
        assert desk.one.rules.quiet is not None
    desk.save(timing="every 1h", quiet="22:00-05:30")
    assert desk.one.rules == RULES


def test_messages_stop_for_a_while_and_come_again(desk: Desk) -> None:
    page = shown(desk.get("/a"))
    assert "/subscriptions/a/unmute" in page
    muted = '<span class="state muted">– muted</span>'
    places = ("/a", "", "/tagged?tag=air")
    assert [shown(desk.get(path)).count(muted) for path in places] == [1, 1, 1]
    assert desk.post("/a/unmute", {}).headers["location"].endswith("?done=edit.unmuted")
    assert desk.one.rules == RULES.model_copy(update={"mute": None})
    assert 'action="/subscriptions/a/mute"' in shown(desk.get("/a"))
    assert not any(muted in shown(desk.get(path)) for path in places)
    for until, growth in (("8h", False), ("growth", True), ("", False)):
        assert desk.post("/a/mute", {"until": until}).status == 303
        silence = desk.one.rules.mute
        assert silence is not None
        assert (silence.until is not None, silence.until_growth) == (until == "8h", growth)
    assert desk.post("/a/mute", {"until": "kapan"}).status == 400


def test_a_trial_message_says_what_became_of_it(desk: Desk) -> None:
    page = shown(desk.post("/lain/test", {}))
    assert "✓</b> terminal: The receiver took it." in page
    page = shown(desk.post("/a/test", {}))
    assert "email:meja@kabar.example: refused" in page
    assert "kunci" not in page


def test_all_with_a_tag_are_changed_or_none(desk: Desk) -> None:
    desk.repository.save(subscription("b", "angin", channels=(MAIL,), tags=("Air",)))
    page = desk.get("/tagged?tag=air")
    fields = sent_by(shown(page))
    reply = desk.post("/tagged", fields | {"timing": "kapan", "do": "save"})
    assert reply.status == 400
    assert desk.post("/tagged", fields | {"do": "save"}).status == 400
    changed = {
        "add-tags": "darurat",
        "timing": "hourly",
        "quiet": "none",
        "old": "yes",
        f"drop.{id_of(MAIL)}": "1",
    }
    assert desk.post("/tagged", fields | changed | {"do": "save"}).headers["location"] == (
        "/subscriptions?tag=air&done=edit.saved-all"
    )
    for name in ("a", "b"):
        one = desk.repository.find(name)
        assert "darurat" in one.tags
        assert one.rules.timing == Digest(every="hour", at="00:00")
        assert (one.rules.quiet, one.include_historical) == (None, True)
        assert "email" not in {each.kind for each in one.channels}
    assert desk.one.rules.articles == "growth"
    stale = desk.post("/tagged", fields | {"do": "pause"})
    assert stale.status == 409
    assert not desk.one.paused
    fields = sent_by(shown(stale))
    for do, paused in (("pause", True), ("resume", False)):
        fields = sent_by(shown(desk.get("/tagged?tag=air")))
        assert desk.post("/tagged", fields | {"do": do}).status == 303
        assert desk.one.paused is paused
    fields = sent_by(shown(desk.get("/tagged?tag=air")))
    assert desk.post("/tagged", fields | {"do": "unmute"}).status == 303
    assert desk.one.rules.mute is None
    desk.repository.remove([desk.repository.find("b")])


def test_the_list_is_narrowed_by_a_tag_that_leads_to_all_of_them(desk: Desk) -> None:
    page = shown(desk.get(""))
    assert 'href="/subscriptions?tag=air"' in page
    page = shown(desk.get("?tag=air"))
    assert 'href="/subscriptions/tagged?tag=air"' in page
    assert 'href="/subscriptions/lain"' not in page


def test_a_new_subscription_takes_the_same_fields(desk: Desk) -> None:
    form = {
        "q": "kebakaran hutan",
        "name": "Kebakaran",
        "tags": "api",
        "to": "terminal daily@06:30",
        "sources": "2",
        "articles": "growth",
        "written": "en",
        "expires": "30d",
        "zone": "Asia/Jayapura",
    }
    assert desk.post("/new", form).status == 303
    found = desk.repository.find("Kebakaran")
    assert found.tags == ("api",)
    assert found.channels == (TerminalChannel(timing=Digest(every="day", at="06:30")),)
    assert (found.rules.sources, found.rules.articles) == (2, "growth")
    assert (found.rules.language, found.time_zone) == ("en", "Asia/Jayapura")
    assert found.rules.expires is not None
    desk.repository.remove([found])


def test_the_pages_speak_indonesian(desk: Desk) -> None:
    assert "Ubah langganan" in shown(desk.get("/a/edit", "id"))
    assert "Salin langganan" in shown(desk.get("/a/copy", "id"))
    assert "Langganan dengan tanda" in shown(desk.get("/tagged?tag=air", "id"))
