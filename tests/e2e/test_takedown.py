"""A take-down, a backup and a rebuild as operators do them, while `pantau run` is at work."""

import json
from pathlib import Path

from tests.e2e.program import Running, command, lines
from tests.e2e.servers import Document, Site, rss, serve
from tests.e2e.test_kill import is_over
from tests.unit.poller.publishing.test_forgotten import feed_of, item

SECRET_NAME = "Bambang Contohwirawan terseret perkara gudang beras"
OFTEN = {
    "PANTAU_PIPELINE__PROCESSES": "2",
    "PANTAU_POLL__MIN_INTERVAL_SECONDS": "1",
    "PANTAU_POLL__DEFAULT_INTERVAL_SECONDS": "1",
    "PANTAU_POLL__MAX_INTERVAL_SECONDS": "1",
}
PHRASE = "kata sandi yang panjang"


def page(number: int, title: str) -> str:
    text = f"Berita nomor {number} tentang beras, ditulis lengkap oleh wartawan."
    return item(title, f"https://kabar.example/{number}", f"id-{number}", text)


def titles(site: Site) -> list[str]:
    return [json.loads(body)["data"]["article"]["title"] for _, body in site.posts]


def stored(data: Path) -> set[str]:
    (page,) = lines(data, "search", "beras", "--limit", "100")
    return {hit["title"] for hit in page["hits"]}


def test_operators_work_beside_a_running_program(tmp_path: Path) -> None:
    data, place = tmp_path / "data", tmp_path / "place"
    (tmp_path / "phrase").write_text(PHRASE, encoding="utf-8")
    key = ("--passphrase-file", str(tmp_path / "phrase"))
    site = Site({"/rss": Document(rss([]))})
    old = [page(number, f"Beras nomor {number}") for number in range(20)]
    with serve(site):
        command(data, "feeds", "add", "--no-check", site.url("/rss"))
        hook = f"webhook:{site.url('/hook')}"
        command(data, "subscribe", "beras", "--id", "beras", "--to", hook)
        running = Running(data, **OFTEN)
        running.wait_for(lambda: sum(site.bodies.values()) >= 1)
        site.documents["/rss"] = Document(feed_of(*old, page(99, SECRET_NAME)))
        running.wait_for(lambda: len(site.posts) >= 21)
        running.wait_for(lambda: is_over(data, 21, 21), every=0.5)

        gone = "https://kabar.example/99"
        done = command(data, "forget", gone, "--yes")
        assert "Nothing of it was found" in done.stdout
        assert "1 message had already been sent to webhook" in done.stdout
        command(data, "backup", str(tmp_path / "backup.zip"), *key)
        command(data, "index", "rebuild")

        # It is listed on, in another wording, beside a new article.
        changed = page(99, f"{SECRET_NAME}, diralat")
        site.documents["/rss"] = Document(feed_of(*old, changed, page(100, "Beras yang baru")))
        running.wait_for(lambda: "Beras yang baru" in titles(site))
        polls = sum(site.unchanged.values())
        running.wait_for(lambda: sum(site.unchanged.values()) > polls)
        wanted = {f"Beras nomor {number}" for number in range(20)}
        running.wait_for(lambda: len(stored(data)) >= 21, every=0.5)
        assert stored(data) == {*wanted, "Beras yang baru"}
        assert sorted(titles(site)) == sorted([*wanted, SECRET_NAME, "Beras yang baru"])
        assert "Nothing of it was found" in command(data, "forget", gone, "--verify").stdout
        assert running.stop() == 0

        # The machine is lost; the backup goes on, and brings nobody's alert twice.
        command(place, "restore", str(tmp_path / "backup.zip"), *key)
        assert stored(place) == wanted
        again = Running(place, **OFTEN)
        again.wait_for(lambda: len(site.posts) >= 23)
        assert again.stop() == 0
        assert titles(site)[22:] == ["Beras yang baru"]
        ids = [headers["webhook-id"] for headers, _ in site.posts]
        assert ids[21] == ids[22]
        assert len(set(ids)) == 22
