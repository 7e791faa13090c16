"""The same program over Kafka, Faust and Elasticsearch: every service a process of its own."""

import json
import re
import time
import urllib.request
from pathlib import Path
from typing import Any

from pantau.adapters.files.raw_search import search_folder
from tests.e2e.program import LIMIT_SECONDS, Running, command, lines
from tests.e2e.servers import Document, Site, rss, serve
from tests.services import own_settings, running_services

SERVICES = ("poller", "extractor", "enricher", "alerter", "indexer", "notifier", "console")
FAST = {f"PANTAU_POLL__{name}_INTERVAL_SECONDS": "1" for name in ("MIN", "DEFAULT", "MAX")}

FLOOD = (
    "https://kabar.example/banjir",
    "Banjir di Demak",
    (
        "Banjir merendam Demak dan Kudus. Gubernur Jawa Tengah Ahmad Luthfi meninjau tanggul yang "
        "jebol."
    ),
)
COURT = (
    "https://kabar.example/sidang",
    "Hakim menolak gugatan",
    "The Constitutional Court in Jakarta rejected the petition on Tuesday, judges said.",
)


def test_an_article_goes_through_all_services_and_a_new_subscription_counts_at_once(
    kafka_address: str, elastic_url: str, tmp_path: Path
) -> None:
    settings = own_settings(kafka_address, elastic_url, PANTAU_CONSOLE__PORT="0", **FAST)
    desk = tmp_path / "desk"  # where a person types commands
    site = Site({"/feed.xml": Document(rss([]))})
    with (
        serve(site),
        running_services(tmp_path, settings, *SERVICES) as running,
    ):  # they wait for the setup
        said = command(desk, "setup", "--wait", "60", settings=settings).stdout
        assert "articles.enriched" in said
        command(desk, "setup", settings=settings)
        command(desk, "feeds", "add", "--no-check", site.url("/feed.xml"), settings=settings)
        hook = f"webhook:{site.url('/hook')}"
        command(
            desk,
            "subscribe",
            "banjir AND (Demak OR Kudus)",
            "--id",
            "flood",
            "--to",
            hook,
            settings=settings,
        )
        running["poller"].wait_for(lambda: sum(site.unchanged.values()) > 0)

        site.documents["/feed.xml"] = Document(rss([FLOOD]))
        running["notifier"].wait_for(lambda: len(site.posts) == 1)
        alert = json.loads(site.posts[0][1])["data"]
        assert alert["subscription"]["id"] == "flood"
        assert alert["article"]["url"] == FLOOD[0]

        # Subscribed just before the article appears, through another process.
        command(
            desk,
            "subscribe",
            '"constitutional court"',
            "--id",
            "court",
            "--to",
            hook,
            settings=settings,
        )
        running["alerter"].wait_for(lambda: has_read(tmp_path / "alerter", b"constitutional court"))
        site.documents["/feed.xml"] = Document(rss([FLOOD, COURT]))
        running["notifier"].wait_for(lambda: len(site.posts) == 2)
        assert json.loads(site.posts[1][1])["data"]["article"]["url"] == COURT[0]

        deadline = time.monotonic() + LIMIT_SECONDS
        while (page := lines(desk, "search", "banjir OR court", settings=settings)[0])["total"] < 2:
            assert time.monotonic() < deadline
        assert {hit["url"] for hit in page["hits"]} == {FLOOD[0], COURT[0]}
        assert "Demak" in page["hits"][1]["places"]
        by_story = lines(desk, "search", "banjir OR court", "--by-story", settings=settings)[0]
        assert [hit["url"] for hit in by_story["hits"]] == [COURT[0], FLOOD[0]]
        assert [hit["story"]["more"] for hit in by_story["hits"]] == [0, 0]
        assert lines(desk, "stories", settings=settings) == []
        while {
            one["subscription_id"]: [delivery["status"] for delivery in one["deliveries"]]
            for one in lines(desk, "alerts", settings=settings)
        } != {"flood": ["delivered"], "court": ["delivered"]}:
            assert time.monotonic() < deadline
        address = console_address(running["console"])
        assert COURT[1] in page_of(f"{address}/search?q=banjir+OR+court")
        assert {one["subscription_id"] for one in listed(f"{address}/alerts.json")} == {
            "flood",
            "court",
        }
        assert [one["url"] for one in listed(f"{address}/feeds.json")] == [site.url("/feed.xml")]
    assert len(site.posts) == 2


def has_read(data: Path, words: bytes) -> bool:
    """Return whether a service has copied a subscription from Kafka into its folder."""
    traces = search_folder(data / "replicas", [words])  # unpacks what is stored packed
    return any("subscriptions" in one.file for one in traces)


def console_address(console: Running) -> str:
    """Return where the console says that it listens, as soon as it does."""
    found: list[str] = []

    def listens() -> bool:
        found.extend(re.findall(r"http://127\.0\.0\.1:\d+", "".join(console.log)))
        return bool(found)

    console.wait_for(listens)
    return found[0]


def page_of(address: str) -> str:
    with urllib.request.urlopen(address, timeout=LIMIT_SECONDS) as answer:  # noqa: S310 (http, loopback)
        return str(answer.read().decode())


def listed(address: str) -> list[dict[str, Any]]:
    return list(json.loads(page_of(address))["items"])


def test_without_servers_it_says_what_to_set(tmp_path: Path) -> None:
    for arguments in (["service", "alerter"], ["setup"]):
        done = command(tmp_path, *arguments, check=False)
        assert done.returncode == 2
        assert "PANTAU_KAFKA__SERVERS" in done.stderr


def test_where_servers_are_set_the_runtime_of_one_machine_is_refused(tmp_path: Path) -> None:
    servers = {"PANTAU_KAFKA__SERVERS": '["127.0.0.1:1"]'}
    done = command(tmp_path, "run", check=False, settings=servers)
    assert done.returncode == 2
    assert "pantau service" in done.stderr
