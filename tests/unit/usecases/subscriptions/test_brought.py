"""Queries from other programs: what each line becomes, and what is named and left out."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.adapters.memory.store import MemoryStore
from pantau.errors import UsageError
from pantau.feeds.formats.opml import OpmlFeed
from pantau.settings import Settings
from pantau.usecases.subscriptions import files
from pantau.usecases.subscriptions.brought.google import as_boolean, google_rows, query_of_title
from pantau.usecases.subscriptions.brought.kibana import is_saved_object, kibana_rows
from pantau.usecases.subscriptions.files import ParsedRows, foreign_rows, parse_rows
from pantau.usecases.subscriptions.importing import import_rows
from pantau.usecases.subscriptions.repository import SubscriptionRepository
from tests.support import FixedClock


def source(query: object, **more: object) -> dict[str, Any]:
    """Return the attributes of a search."""
    text = json.dumps({"query": query, **more})
    return {"kibanaSavedObjectMeta": {"searchSourceJSON": text}}


def saved(kind: str, title: str = "Banjir", **attributes: Any) -> dict[str, Any]:
    return {"type": kind, "id": "1", "attributes": {"title": title, **attributes}}


def kql(text: str) -> dict[str, object]:
    return {"query": text, "language": "kuery"}


def rule(**params: object) -> dict[str, Any]:
    usual = {
        "searchType": "searchSource",
        "searchConfiguration": {"query": kql("pemilu")},
        "threshold": [4],
        "thresholdComparator": ">",
        "timeWindowSize": 1,
        "timeWindowUnit": "h",
    }
    attributes = {"name": "Ramai", "alertTypeId": ".es-query", "params": usual | params}
    return {"type": "alert", "id": "2", "attributes": attributes}


def brought(*objects: dict[str, Any]) -> ParsedRows:
    return parse_rows("\n".join(json.dumps(one) for one in objects))


def notes(parsed: ParsedRows) -> list[str]:
    return [one.fault.code for one in parsed.notes]


class TestKibana:
    def test_of_a_search_no_more_tabs_are_read_than_a_file_may_have_rows(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(files, "MOST_ROWS", 10)
        assert len(brought(saved("search", tabs=[None] * 10)).notes) == 10
        with pytest.raises(UsageError, match="more than 10"):
            brought(saved("search", tabs=[None] * 6), saved("search", tabs=[None] * 5))

    def test_searches_of_both_forms_and_queries_become_rows(self) -> None:
        tabs = [
            {"label": "Satu", "attributes": source(kql("gempa"))},
            {"label": "Dua", "attributes": source({"query": "hujan", "language": "lucene"})},
        ]
        parsed = brought(
            saved("search", **source(kql("banjir and Demak"))),
            saved("search", "Cuaca", tabs=tabs),
            saved("query", "KPK", query=kql("KPK")),
            {"exportedCount": 3},
        )
        assert parsed.rows == (
            (1, {"name": "Banjir", "query": "banjir and Demak", "language": "kql"}),
            (2, {"name": "Cuaca: Satu", "query": "gempa", "language": "kql"}),
            (2, {"name": "Cuaca: Dua", "query": "hujan", "language": "lucene"}),
            (3, {"name": "KPK", "query": "KPK", "language": "kql"}),
        )
        assert (parsed.faults, parsed.notes) == ((), ())

    @pytest.mark.parametrize(
        ("given_object", "reason"),
        [
            (saved("search", **source({"esql": "FROM x"})), "brought.esql"),
            (saved("search", **source(kql("  "))), "brought.empty-query"),
            (saved("search", **source({"query": {"match_all": {}}})), "brought.query-dsl"),
            (saved("search", **source({"query": "x", "language": "sql"})), "brought.query-dsl"),
            (saved("search", kibanaSavedObjectMeta={"searchSourceJSON": "{"}), "brought.no-query"),
            (saved("search", kibanaSavedObjectMeta=[]), "brought.no-query"),
            (saved("search", tabs=["x"]), "brought.no-query"),
            (saved("query"), "brought.no-query"),
            (saved("dashboard"), "brought.kibana-kind"),
            (saved("alert", alertTypeId="metrics.alert"), "brought.kibana-rule"),
            (rule(searchType="esqlQuery"), "brought.esql"),
            (rule(searchConfiguration=None), "brought.query-dsl"),
        ],
    )
    def test_what_is_no_query_of_words_is_left_out_with_the_reason(
        self, given_object: dict[str, Any], reason: str
    ) -> None:
        parsed = brought(given_object)
        assert (parsed.rows, parsed.faults) == ((), ())
        (note,) = parsed.notes
        assert note.fault.code == "brought.left-out"
        assert getattr(note.fault.params["reason"], "code", None) == reason

    @pytest.mark.parametrize(
        ("params", "when"),
        [
            ({}, "5 in 1h"),
            (
                {"thresholdComparator": ">=", "timeWindowUnit": "m", "timeWindowSize": 30},
                "4 in 30m",
            ),
            ({"threshold": [0]}, "every match"),
            ({"thresholdComparator": "between"}, None),
            ({"threshold": ["4"]}, None),
            ({"threshold": [10**4_300 - 1]}, None),
            ({"timeWindowSize": 10**4_300 - 1}, None),
        ],
    )
    def test_the_threshold_of_a_rule_is_the_trigger(
        self, params: dict[str, object], when: str | None
    ) -> None:
        parsed = brought(rule(**params))
        ((_, row),) = parsed.rows
        assert row.get("when") == when
        assert notes(parsed) == ([] if when else ["brought.no-trigger"])

    def test_filters_are_named(self) -> None:
        filters = [{"meta": {"disabled": True}}, {"meta": {}}, {}]
        parsed = brought(saved("search", **source(kql("x"), filter=filters)))
        assert [one.fault.params["count"] for one in parsed.notes] == [2]

    @given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=8),
                        lambda one: st.lists(one, max_size=3)
                        | st.dictionaries(st.sampled_from(["query", "tabs", "attributes", "params",
                                                           "type", "language", "title"]), one,
                                          max_size=4), max_leaves=12))  # fmt: skip
    def test_no_object_raises(self, value: object) -> None:
        inner = {"tabs": value, "query": value, "params": value, "alertTypeId": ".es-query"}
        for kind in ("search", "query", "alert"):
            for one in ({"type": kind, "attributes": each} for each in (value, inner)):
                if is_saved_object(one):
                    assert all(each.row is not None or each.notes for each in kibana_rows(one))


class TestGoogle:
    @pytest.mark.parametrize(
        ("title", "query"),
        [
            ("Google Alert - banjir Demak", "banjir Demak"),
            ('Google Alerts – "harga beras"', '"harga beras"'),
            ("google alert: KPK", "KPK"),
            ("Google Alert - ", None),
            ("Kabar Google Alert - x", None),
            (None, None),
        ],
    )
    def test_the_title_of_its_feed_has_the_query(
        self, title: str | None, query: str | None
    ) -> None:
        assert query_of_title(title) == query

    @pytest.mark.parametrize(
        ("query", "written"),
        [
            ("banjir Demak", "banjir AND Demak"),
            ('"harga beras" OR inflasi site:kompas.com',
             '("harga beras" OR inflasi) AND site:kompas.com'),
            ("gempa -Bantul", "gempa AND NOT Bantul"),
            ("gempa | banjir | longsor", "gempa OR banjir OR longsor"),
            ("(gempa OR banjir) Jawa", "(gempa OR banjir) AND Jawa"),
            ("OR banjir OR", "banjir"),
            ('intitle:"kereta cepat" -"Jakarta Selatan"',
             'intitle:"kereta cepat" AND NOT "Jakarta Selatan"'),
        ],
    )  # fmt: skip
    def test_its_operators_are_written_out(self, query: str, written: str) -> None:
        assert as_boolean(query) == written

    def test_feeds_of_alerts_become_rows_and_others_are_named(self) -> None:
        feeds = (
            OpmlFeed("https://www.google.com/alerts/feeds/1/2", "Google Alert - banjir site:x.id"),
            OpmlFeed("https://www.google.co.id/alerts/feeds/1/3", None),
            OpmlFeed("https://kabar.example/rss", "Kabar"),
        )
        parsed = foreign_rows(google_rows(feeds))
        ((line, row),) = parsed.rows
        assert (line, row["query"]) == (1, "banjir AND source:x.id")
        reasons = [one.fault.params.get("reason") for one in parsed.notes]
        assert [getattr(one, "code", None) for one in reasons] == [
            None, "brought.no-title", "brought.no-alert",
        ]  # fmt: skip


class TestCsv:
    def test_language_auto_reads_other_vendors_and_says_what_is_saved(self) -> None:
        parsed = parse_rows("name,query,language,channels\nA,banjir w/5 Demak,auto,terminal\n")
        ((_, row),) = parsed.rows
        assert (row["query"], row["language"], row["to"]) == (
            "banjir NEAR/5 Demak", "pantau", ["terminal"],
        )  # fmt: skip
        assert notes(parsed) == ["brought.read-as"]

    def test_a_query_that_cannot_be_read_is_a_fault_of_its_line(
        self, clock: FixedClock, tmp_path: Path
    ) -> None:
        repository = SubscriptionRepository(MemoryStore(clock).log, clock)
        parsed = parse_rows('query,language\n"((",auto\n')
        with pytest.raises(Exception, match="line 2"):
            import_rows(parsed, repository, Settings(data=tmp_path))


class TestFaultsOfOtherPrograms:
    """Nobody can edit an export, so one faulty object does not refuse the others."""

    def test_an_object_with_a_query_that_cannot_be_read_is_left_out_alone(
        self, clock: FixedClock, tmp_path: Path
    ) -> None:
        repository = SubscriptionRepository(MemoryStore(clock).log, clock)
        tabs = [
            {"label": "Satu", "attributes": source(kql('title: "banjir'))},
            {"label": "Dua", "attributes": source({"query": "hujan", "language": "lucene"})},
        ]
        parsed = brought(
            saved("search", "Rusak", **source({"query": "banjir AND (", "language": "lucene"})),
            saved("search", "Cuaca", tabs=tabs),
            rule(timeWindowSize=0),
            saved("query", "KPK", query=kql("KPK")),
        )
        done = import_rows(parsed, repository, Settings(data=tmp_path))
        assert sorted(one.name for one in repository.all()) == ["Cuaca: Dua", "KPK"]
        assert (done.made, [(note.line, note.fault.code) for note in done.notes]) == (
            2, [(1, "brought.left-out"), (2, "brought.left-out"), (3, "brought.left-out")],
        )  # fmt: skip
        assert done.notes[0].fault.text("en").startswith("Rusak: not imported; ")
        assert done.notes[1].fault.text("id").startswith("Cuaca: Satu: tidak diimpor; ")

    def test_an_alert_of_google_that_cannot_be_read_is_left_out_alone(
        self, clock: FixedClock, tmp_path: Path
    ) -> None:
        repository = SubscriptionRepository(MemoryStore(clock).log, clock)
        feed = "https://www.google.com/alerts/feeds/1/2"
        feeds = (
            OpmlFeed(feed, 'Google Alert - published:kapan "(('),
            OpmlFeed(feed, "Google Alert - banjir Demak"),
        )
        done = import_rows(foreign_rows(google_rows(feeds)), repository, Settings(data=tmp_path))
        assert [one.query for one in repository.all()] == ["banjir AND Demak"]
        assert [note.fault.code for note in done.notes] == ["brought.left-out"]

    def test_a_line_of_our_own_form_still_refuses_the_file(
        self, clock: FixedClock, tmp_path: Path
    ) -> None:
        repository = SubscriptionRepository(MemoryStore(clock).log, clock)
        parsed = brought(saved("query", query=kql("KPK")), {"query": "banjir AND ("})
        with pytest.raises(UsageError, match="line 2"):
            import_rows(parsed, repository, Settings(data=tmp_path))
        assert [*repository.all()] == []


def test_a_preview_saves_nothing_and_names_what_each_line_becomes(
    clock: FixedClock, tmp_path: Path
) -> None:
    repository = SubscriptionRepository(MemoryStore(clock).log, clock)
    parsed = brought(saved("search", **source(kql("banjir"))), saved("dashboard"))
    done = import_rows(parsed, repository, Settings(data=tmp_path), save=False)
    assert [*repository.all()] == []
    ((line, one, new),) = done.became
    assert (line, one.name, one.query, new) == (1, "Banjir", "banjir", True)
    assert [note.line for note in done.notes] == [2]
