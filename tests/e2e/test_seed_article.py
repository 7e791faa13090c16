"""The article that the project began with passes the whole program."""

import json
from pathlib import Path
from typing import Any

from tests.e2e.program import Running, command, lines
from tests.e2e.servers import Document, Site, rss, serve

TITLE = "BNPT Perluas Kerja Sama dengan PBB"
LINK = "https://inews.example/bnpt-perluas-kerja-sama"
QUERY = '"Boy Rafli Amar" AND UNOCT'
FAST = {f"PANTAU_POLL__{name}_INTERVAL_SECONDS": "1" for name in ("MIN", "DEFAULT", "MAX")}


def served(data: Path, text: str) -> tuple[dict[str, Any], dict[str, Any], str]:
    """Publish the article while the program runs.

    Returns the webhook's message, the article found, the terminal's text.
    """
    site = Site({"/feed.xml": Document(rss([]))})
    with serve(site):
        command(data, "feeds", "add", "--no-check", site.url("/feed.xml"))
        command(data, "subscribe", QUERY, "--id", "unoct", "--to", f"webhook:{site.url('/hook')}")
        running = Running(data, **FAST)
        running.wait_for(
            lambda: sum(site.unchanged.values()) > 0
        )  # the first poll, of an empty feed, is over
        site.documents["/feed.xml"] = Document(rss([(LINK, TITLE, text)]))
        running.wait_for(lambda: bool(site.posts))
        assert running.stop() == 0
    (page,) = lines(data, "search", QUERY)
    (hit,) = page["hits"]
    return json.loads(site.posts[0][1])["data"], hit, command(data, "search", QUERY).stdout


def test_it_alerts_with_the_matched_words_marked_and_everybody_known(
    shared_data: Path, tmp_path: Path
) -> None:
    text = (shared_data / "seed-article.txt").read_text(encoding="utf-8")
    alert, article, shown = served(tmp_path, text)

    assert alert["subscription"]["id"] == "unoct"
    assert alert["article"]["url"] == LINK
    marked = {
        snippet["text"][start:end].lower()
        for snippet in alert["snippets"]
        for start, end in snippet["marks"]
    }
    assert " ".join(sorted(" ".join(marked).split())) == "amar boy rafli unoct"
    matched = {
        article[span["field"]][span["start"] : span["end"]].lower() for span in alert["matches"]
    }
    assert set(" ".join(matched).split()) == {"boy", "rafli", "amar", "unoct"}

    assert article["title"] == TITLE
    assert [line.strip() for line in article["text"].split("\n") if line.strip()] == [
        line.strip() for line in text.split("\n") if line.strip()
    ]
    assert article["lang"] == "id"
    people = {one["name"] for one in article["entities"] if one["type"] == "person"}
    assert people == {"Boy Rafli Amar", "Vladimir Voronkov", "Hasto Atmoho Suroyo"}
    # The field for queries holds the article's shorter forms too, and nobody else.
    assert set(article["people"]) == {*people, "Boy Rafli"}
    assert {"BNPT", "UNOCT", "LPSK", "PBB", "ASEAN"} <= set(article["organizations"])
    long_names = {one["name"]: one.get("long_name") for one in article["entities"]}
    assert long_names["UNOCT"] == "Kantor PBB Bidang Kontra Terorism"
    assert {"New York", "Indonesia", "Bali", "Thailand", "Asia Tenggara"} <= set(article["places"])
    assert not any("Mahfud" in name for name in article["people"])

    assert "Boy Rafli Amar" in shown
    assert "1 of 1 articles match" in shown
