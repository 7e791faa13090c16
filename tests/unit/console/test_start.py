"""The first run: an empty store leads there, and each step brings the next one, without scripts."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pantau.bootstrap import STORES
from pantau.console.guard import UPLOADS, body_kind
from pantau.console.uploads import HEAD_LIMIT, PARTS_LIMIT, read_upload
from pantau.errors import UsageError
from pantau.ports import Store
from pantau.settings import Settings
from pantau.usecases.feeds.feed_list import FeedList
from pantau.usecases.feeds.starter import starter_feeds
from pantau.usecases.first_run import STEPS, read_first_run
from pantau.usecases.subscriptions.repository import SubscriptionRepository
from tests.consoles import XSS, Client, Reply, serving_console
from tests.support import FixedClock, enriched

ENGLISH = {"Accept-Language": "en"}
OPML = b"""<opml version="2.0"><body>
<outline text="Kabar" xmlUrl="https://kabar.example/rss"/>
<outline text="Surat" xmlUrl="maildir:/srv/Mail"/>
<outline text="Kabar lagi" xmlUrl="https://kabar.example/rss"/>
<outline text="&lt;script&gt;alert(1)&lt;/script&gt;" xmlUrl="https://x.example/rss"/>
</body></opml>"""


class Beginner:
    """A person at an empty store, in a browser that keeps cookies."""

    def __init__(self, client: Client, store: Store, clock: FixedClock) -> None:
        self.client, self.store, self.clock = client, store, clock
        self.cookie = ""

    def get(self, path: str) -> Reply:
        return self.client.get(path, headers=ENGLISH | self._cookies())

    def post(self, path: str, **form: str) -> Reply:
        answer = self.client.post(path, form, ENGLISH | self._cookies())
        if "set-cookie" in answer.headers:
            self.cookie = answer.headers["set-cookie"].partition(";")[0]
        return answer

    def upload(self, content: bytes, **form: str) -> Reply:
        kind, body = multipart({name: one.encode() for name, one in form.items()}, content)
        return self.client.ask("POST", "/feeds/import", ENGLISH | {"Content-Type": kind}, body)

    def _cookies(self) -> dict[str, str]:
        return {"Cookie": self.cookie} if self.cookie else {}


def multipart(fields: dict[str, bytes], content: bytes) -> tuple[str, bytes]:
    """Return the type and the body of a form with a file, as browsers send it."""
    parts = [(f'name="{name}"', one) for name, one in fields.items()]
    parts.append(('name="file"; filename="a.opml"', content))
    body = b"".join(
        f"--bnd\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode() + one + b"\r\n"
        for head, one in parts
    )
    return "multipart/form-data; boundary=bnd", body + b"--bnd--\r\n"


@pytest.fixture
def beginner(tmp_path: Path) -> Iterator[Beginner]:
    settings, clock = Settings(data=tmp_path), FixedClock()
    store = STORES["memory"](settings, clock)
    with serving_console(store, settings, clock) as address:
        yield Beginner(Client(address), store, clock)
    store.close()


def test_an_empty_store_leads_to_its_first_alert(beginner: Beginner) -> None:
    to_start = beginner.get("/")
    assert (to_start.status, to_start.headers["location"]) == (303, "/start")
    assert "feeds to begin with" in beginner.get("/start").text
    assert beginner.post("/start/feeds").headers["location"] == "/start"
    assert read_first_run(beginner.store).feeds == len(starter_feeds())
    assert "wait for the first poll" in beginner.get("/start").text
    assert beginner.get("/start/arrived").json() == {"count": 0, "text": ""}
    beginner.store.index.put(
        [enriched("satu", title="Banjir di Demak", first_seen=beginner.clock.now())]
    )
    assert beginner.get("/start/arrived").json()["text"] == "1 article is here."
    assert "Banjir di Demak" in beginner.get("/start").text
    assert "1 match in 7 days" in beginner.get("/start?q=banjir").text
    assert beginner.post("/start/alert", q="banjir").headers["location"].startswith("/start?")
    assert read_first_run(beginner.store).next_step == "channel"
    assert beginner.post("/start/channel", to="terminal").status == 303
    found = read_first_run(beginner.store)
    assert found.done == set(STEPS)
    assert "All is set up." in beginner.get("/start").text
    (made,) = SubscriptionRepository(beginner.store.log, beginner.clock).all()
    assert (made.query, [one.kind for one in made.channels]) == ("banjir", ["terminal"])
    assert "Your first alert" not in beginner.get("/").text


def test_it_is_skipped_and_the_list_stays_until_it_is_hidden(beginner: Beginner) -> None:
    assert beginner.post("/start/skip").headers["location"] == "/"
    page = beginner.get("/")
    assert page.status == 200
    assert "Your first alert" in page.text
    assert page.text.count('<a href="/start">') == len(STEPS)
    beginner.post("/start/skip", never="1")
    assert "Your first alert" not in beginner.get("/").text


def test_an_address_leads_back_to_the_first_run(beginner: Beginner) -> None:
    assert beginner.get("/start").text.count('name="next" value="/start"') == 1
    made = beginner.post("/feeds/add", url="baru.example/rss", next="/start")
    assert made.headers["location"] == "/start?done=console.watched"
    several = beginner.post("/feeds/add", url="beberapa.example", next="/start")
    assert several.text.count('name="next" value="/start"') == 3
    elsewhere = beginner.post("/feeds/add", url="lain.example/rss", next="https://evil.example")
    assert elsewhere.headers["location"].startswith("/feeds/")


def test_a_list_of_another_reader_is_imported(beginner: Beginner) -> None:
    page = beginner.upload(OPML, next="/start")
    assert page.status == 200
    assert "2 feeds are watched now" in page.text
    assert 'href="/start"' in page.text
    urls = {one.feed.url for one in FeedList(beginner.store.log, beginner.clock).all()}
    assert urls == {"https://kabar.example/rss", "https://x.example/rss"}
    again = beginner.upload(OPML)
    assert "0 feeds are watched now; 2 of the list" in again.text
    assert "<script>alert" not in beginner.get("/feeds").text


@pytest.mark.parametrize(
    "content",
    [b"https://kabar.example/rss\n", b"name,address\nKabar,https://kabar.example/rss\n"],
    ids=["text", "csv"],
)
def test_a_list_of_addresses_is_asked_for_and_imported(beginner: Beginner, content: bytes) -> None:
    assert 'href="/feeds/import"' in beginner.get("/feeds").text
    asked = beginner.get("/feeds/import").text
    assert 'accept=".opml,.xml,.csv,.txt,' in asked
    assert "CSV" in asked
    assert "1 feed is watched now" in beginner.upload(content).text
    urls = {one.feed.url for one in FeedList(beginner.store.log, beginner.clock).all()}
    assert urls == {"https://kabar.example/rss"}


@pytest.mark.parametrize("content", [b"", b"  \n", b"no list", b"<html></html>", b"\x00" * 100])
def test_what_is_no_list_is_refused_in_words(beginner: Beginner, content: bytes) -> None:
    page = beginner.upload(content)
    assert page.status == 400
    assert 'role="alert"' in page.text
    assert not FeedList(beginner.store.log, beginner.clock).all()


@pytest.mark.parametrize("text", ["(banjir", "*", "", *XSS])
def test_what_cannot_be_saved_is_said_on_the_page(beginner: Beginner, text: str) -> None:
    page = beginner.post("/start/alert", q=text)
    known = SubscriptionRepository(beginner.store.log, beginner.clock).all()
    assert (page.status == 400) == (not known)
    assert "<script>alert" not in page.text
    assert "add --yes" not in page.text


@pytest.mark.parametrize("target", ["", "file:/etc/x", "nonsense", "email:", "webhook:x"])
def test_a_wrong_channel_is_refused_in_words(beginner: Beginner, target: str) -> None:
    assert beginner.post("/start/channel", to=target).status == 303  # nothing to alert about yet
    beginner.post("/start/alert", q="banjir")
    page = beginner.post("/start/channel", to=target)
    assert page.status == 400
    # What a page must not do, a file, is named with the command that does it.
    assert ("--to" in page.text) == target.startswith("file:")
    assert 'role="alert"' in page.text
    assert not read_first_run(beginner.store).has_channel


def test_a_secret_is_shown_once(beginner: Beginner) -> None:
    beginner.post("/start/alert", q="banjir")
    page = beginner.post("/start/channel", to="webhook:https://penerima.example/in")
    assert "whsec_" in page.text
    assert page.headers["cache-control"] == "no-store"
    assert "whsec_" not in beginner.get("/start").text


KIND = "multipart/form-data; boundary=bnd"
WHOLE = multipart({"next": b"/start"}, b"\r\n\x00--bn\r\n")[1]


def test_a_form_with_a_file_is_read_byte_by_byte() -> None:
    assert read_upload(KIND, WHOLE) == {"next": b"/start", "file": b"\r\n\x00--bn\r\n"}
    quoted = KIND.replace("bnd", '"bnd"') + "; charset=utf-8"
    assert read_upload(quoted, b"preamble\r\n" + WHOLE) == read_upload(KIND, WHOLE)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (KIND, b""),
        (KIND, WHOLE[:-10]),
        (KIND, WHOLE.replace(b"\r\n\r\n", b"\r\n")),
        (KIND, WHOLE.replace(b"name=", b"nama=")),
        (KIND, b"--bnd--\r\n"[:4]),
        ("multipart/form-data", WHOLE),
        ("multipart/form-data; boundary=", WHOLE),
        ("multipart/form-data; boundary=" + "b" * 71, WHOLE),
        ("text/plain; boundary=bnd", WHOLE),
        (KIND, multipart({f"n{one}": b"" for one in range(PARTS_LIMIT + 1)}, b"")[1]),
        (KIND, b"\r\n--bnd" * 100_000),
        (KIND, WHOLE.replace(b"form-data", b"x" * HEAD_LIMIT)),
    ],
    ids=str,
)
def test_what_is_no_such_form_is_refused(kind: str, body: bytes) -> None:
    with pytest.raises(UsageError):
        read_upload(kind, body)


def test_only_uploads_may_be_large() -> None:
    assert body_kind("/feeds/import").most > body_kind("/feeds/add").most
    assert all(body_kind(one).media_type == "multipart/form-data" for one in UPLOADS)
