"""The words of pages: dates of articles, clocks, and sentences without commands."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from pantau.console.show.times import published_or_seen
from pantau.messages.options import speaking_to
from pantau.problems import problem
from pantau.usecases.rules.timings import read_timing
from pantau.usecases.rules.words import rules_in_words
from pantau_schemas.events.rules import QuietHours, Rules
from tests.consoles import Client, filled, serving_console
from tests.support import enriched, subscription

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def test_a_list_shows_when_an_article_was_published_and_its_title_when_it_was_seen() -> None:
    seen = NOW - timedelta(minutes=2)
    soon = enriched("a", first_seen=seen, published=NOW - timedelta(minutes=40))
    shown = published_or_seen(soon, NOW, "id")
    assert ">40 menit lalu<" in shown
    assert "Terbit 2 Mar 2026 07.20 UTC, pertama terlihat 2 Mar 2026 07.58 UTC." in shown
    late = enriched("b", first_seen=seen, published=NOW - timedelta(days=5))
    assert ">5 days ago (seen 2 minutes ago)<" in published_or_seen(late, NOW, "en")
    undated = enriched("c", first_seen=seen)
    assert ">2 minutes ago<" in published_or_seen(undated, NOW, "en")
    assert "gives no date" in published_or_seen(undated, NOW, "en")


def test_clocks_have_a_full_stop_in_indonesian_and_a_colon_in_english() -> None:
    given = subscription(
        "pagi",
        "banjir",
        rules=Rules(
            timing=read_timing("harian@07.30", "timing"),
            quiet=QuietHours(begin="22:00", end="05:30"),
        ),
    )
    for lang, times in (("id", ("07.30", "22.00", "05.30")), ("en", ("07:30", "22:00", "05:30"))):
        told = " ".join(one.text(lang) for one in rules_in_words(given, NOW))  # type: ignore[arg-type]
        assert all(one in told for one in times), told


def test_people_at_pages_are_not_told_of_options_of_commands() -> None:
    inside = problem("fetch.not-allowed-here", what="10.0.0.1 is private")
    stopped = problem("channels.is-stopped", since="x", reason="y")
    assert "--allow-network" in inside.text("en")
    assert "pantau channels resume" in stopped.text("en")
    with speaking_to("pages"):
        for lang in ("en", "id"):
            assert "--" not in inside.text(lang)
            assert "pantau " not in stopped.text(lang)


def test_a_faulty_query_leaves_no_heading_over_nothing(tmp_path: Path) -> None:
    store, settings, clock = filled(tmp_path)
    with serving_console(store, settings, clock) as address:
        client = Client(address)
        page = client.get("/subscriptions/new?q=(banjir").text
        part = client.get("/subscriptions/new/backtest?q=(banjir").text
        nothing = client.get("/subscriptions/new/backtest?q=").text
    store.close()
    assert "Mend the query to see" in page
    assert "Mend the query to see" in part
    assert "Write a query" in nothing


def test_a_filter_says_what_a_click_on_it_does(tmp_path: Path) -> None:
    store, settings, clock = filled(tmp_path)
    with serving_console(store, settings, clock) as address:
        page = Client(address).get("/search?q=banjir+AND+source%3A%22kabar.example%22").text
    store.close()
    assert "remove this filter" in page


def test_a_fault_calls_an_entry_of_the_form_as_the_form_does(tmp_path: Path) -> None:
    store, settings, clock = filled(tmp_path)
    with serving_console(store, settings, clock) as address:
        client, told = Client(address), {"Accept-Language": "id"}
        for name, text, fault in (
            ("timing", "entah", "Kapan pesan datang: entah bukan waktu pesan"),
            ("when", "entah", "Yang ditunggu pesan: entah"),
            ("quiet", "entah", "Jam tenang: entah"),
            ("expires", "entah", "Berakhir: entah bukan tanggal"),
            ("sources", "banyak", "Sumber cerita, paling sedikit: banyak harus salah satu dari: 1"),
            ("sources", "0", "Sumber cerita, paling sedikit: 0 harus salah satu dari: 1"),
            ("zone", "Mars", "Zona waktu: &#39;Mars&#39; bukan zona waktu"),
        ):
            page = client.post("/subscriptions/new", {"q": "banjir", name: text}, told).text
            assert fault in page
            assert f"{fault.partition(':')[0]}</label>" in page
        assert "Kuerinya kosong" in client.post("/subscriptions/new", {"q": ""}, told).text
        none = client.get("/feeds?match=tidakada", headers=told).text
    store.close()
    assert "Belum ada umpan" not in none
    assert "Semua umpan" in none
