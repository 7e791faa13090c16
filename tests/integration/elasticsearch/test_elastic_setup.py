"""`setup` and `ensure`: templates by version, previous states, and server capabilities."""

import json
from collections.abc import Iterator

import pytest
from elasticsearch import BadRequestError

from pantau.adapters.elasticsearch.document import document
from pantau.adapters.elasticsearch.setup import SetupReport, setup
from pantau.errors import RetryError, StopError
from pantau.ports import SearchRequest
from pantau.query import parse
from pantau.settings import ElasticSettings, KeepSettings
from pantau_schemas import index_template as made
from tests.elastic_gate import Answer, Gate, Request, error, gate_to
from tests.integration.elasticsearch.elastic_parts import Cluster, cluster_at
from tests.support import START, enriched

KEEP = KeepSettings(days=30)


@pytest.fixture
def cluster(elastic_url: str) -> Iterator[Cluster]:
    with cluster_at(elastic_url) as found:
        yield found


def write_template(cluster: Cluster, marks: dict[str, object]) -> None:
    patterns = [cluster.month("*")]
    cluster.server.indices.put_index_template(
        name=cluster.alias, index_patterns=patterns, priority=500, meta=marks
    )


class TestSetup:
    def test_again_is_harmless(self, cluster: Cluster) -> None:
        first = setup(cluster.settings, KEEP)
        assert first == SetupReport(
            cluster.settings.url, cluster.alias, found_version=None, stemming=False, lifecycle=False
        )
        with cluster.index() as index:
            index.put([enriched("one")])
            again = setup(cluster.settings, KEEP)
            assert again.found_version == made.TEMPLATE_VERSION
            assert index.count() == 1
        assert "(new)" in str(first.lines[0])
        assert "(written again)" in str(again.lines[0])
        assert all(cluster.settings.url in str(line) for line in again.lines)

    def test_an_older_template_is_replaced(self, cluster: Cluster) -> None:
        write_template(cluster, {"pantau_version": made.TEMPLATE_VERSION - 1})
        report = setup(cluster.settings, KEEP)
        assert report.found_version == made.TEMPLATE_VERSION - 1
        assert f"in place of version {made.TEMPLATE_VERSION - 1}" in str(report.lines[0])
        assert cluster.version() == made.TEMPLATE_VERSION

    @pytest.mark.parametrize(
        ("marks", "reason"),
        [
            ({}, "is not Pantau's"),
            ({"pantau_version": "1"}, "is not Pantau's"),
        ],
    )
    def test_a_foreign_template_stops_setup_and_writers(
        self, cluster: Cluster, marks: dict[str, object], reason: str
    ) -> None:
        write_template(cluster, marks)
        with pytest.raises(StopError, match=reason):
            setup(cluster.settings, KEEP)
        with cluster.index() as index, pytest.raises(StopError, match=reason):
            index.put([enriched("one")])
        assert cluster.months() == {}

    def test_a_newer_template_stops_setup_and_writers_go_on(self, cluster: Cluster) -> None:
        """An upgrade comes to the writers after the setup; they know a part of the fields."""
        setup(cluster.settings, KEEP)
        template = made.index_template(cluster.settings.prefix)
        template["_meta"] = {"pantau_version": made.TEMPLATE_VERSION + 1}
        cluster.server.indices.put_index_template(name=cluster.alias, body=template)
        with pytest.raises(StopError, match="made by a newer Pantau"):
            setup(cluster.settings, KEEP)
        with cluster.index() as index:
            assert index.put([enriched("one")]) == ()
            index.refresh()
            assert index.count() == 1
        assert cluster.version() == made.TEMPLATE_VERSION + 1

    def test_settings_are_those_of_new_months(self, cluster: Cluster) -> None:
        given = cluster.settings.model_copy(update={"shards": 2, "replicas": 1})
        setup(given, KEEP)
        with cluster.index() as index:
            index.put([enriched("one")])
        (month,) = cluster.months()
        name = cluster.month(month)
        found = cluster.server.indices.get_settings(index=name)[name]["settings"]["index"]
        assert (found["number_of_shards"], found["number_of_replicas"]) == ("2", "1")
        assert (found["refresh_interval"], found["query"]["default_field"]) == (
            "1s",
            ["title", "text"],
        )

    def test_months_that_stand_get_new_fields(
        self, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with cluster.index() as index:
            index.put([enriched("one")])
            wider = made.mapping()
            wider["properties"]["_later"] = {"type": "keyword"}
            monkeypatch.setattr(made, "mapping", lambda **_: wider)
            setup(cluster.settings, KEEP)
        found = cluster.server.indices.get_mapping(index=cluster.alias)
        (month,) = found.values()
        assert month["mappings"]["properties"]["_later"] == {"type": "keyword"}

    def test_nobody_is_there(self) -> None:
        with pytest.raises(RetryError, match="connection refused"):
            setup(ElasticSettings(url="http://127.0.0.1:1"), KEEP)


WITH_ALL = {
    "text": 'Banjir 9 Mei 2022, kata Arya: "Air surut."',
    "dates": (
        {"field": "text", "start": 7, "end": 17, "first": "2022-05-09", "last": "2022-05-09"},
    ),
    "quotations": ({"field": "text", "start": 31, "end": 41, "speaker": "Arya"},),
    "quotes": ("Air surut.",),
    "fingerprint": "0f0f",
    "story_id": "s-demak",
}
"""Fields that only a new article has."""


class TestOlderMonths:
    """Months that a former version made.

    They take what a new article has, and keep all they hold.
    """

    NEW = ("dates", "fingerprint", "quotations")  # of version 2

    @pytest.fixture
    def old(self, cluster: Cluster) -> Cluster:
        """Set up as version 1 was, with an article in this month and one in the month before."""
        properties = made.mapping()["properties"]
        older = {name: one for name, one in properties.items() if name not in self.NEW}
        fields = made.fields_template()
        fields["template"]["mappings"] |= {"properties": older, "_meta": {"pantau_version": 1}}
        server, prefix = cluster.server, cluster.settings.prefix
        server.cluster.put_component_template(
            name=made.fields_name(prefix), template=fields["template"], version=1
        )
        template = made.index_template(prefix)
        server.indices.put_index_template(
            name=cluster.alias,
            index_patterns=template["index_patterns"],
            composed_of=[made.fields_name(prefix)],
            template=template["template"],
            priority=template["priority"],
            meta={"pantau_version": 1},
        )
        for name, month in (("lama", "03"), ("terlama", "02")):
            one = enriched(name, title=name, first_seen=START.replace(month=int(month)))
            given = json.loads(document(one))
            server.index(
                index=cluster.month(f"2026.{month}"),
                id=one.article_id,
                document={key: value for key, value in given.items() if key not in self.NEW},
                version=1,
                version_type="external_gte",
                refresh=True,
            )
        return cluster

    def found(self, cluster: Cluster, query: str) -> list[str]:
        with cluster.index() as index:
            index.refresh()
            page = index.search(SearchRequest(parse(query)))
        return [hit.article.title for hit in page.hits]

    def test_setup_adds_what_they_lack_and_says_so(self, old: Cluster) -> None:
        report = setup(old.settings, KEEP)
        months = [old.month("2026.02"), old.month("2026.03")]
        assert report.found_version == 1
        assert report.widened == dict.fromkeys(months, self.NEW)
        told = "got the fields dates, fingerprint, quotations"
        assert [str(line).rpartition(": ")[2] for line in report.lines[2:]] == [
            f"index {month} {told}" for month in months
        ]
        new = enriched("baru", title="baru", **WITH_ALL)  # type: ignore[arg-type]  # fields by name
        changed = enriched(
            "terlama", title="ubah", revision=2, first_seen=START.replace(month=2), dates=()
        )
        with old.index() as index:
            assert index.put([new, changed]) == ()
            assert index.get(new.article_id) == new
        assert self.found(old, "surut AND story_id:s-demak") == ["baru"]
        assert self.found(old, "*:*") == ["baru", "lama", "ubah"]

    def test_setup_again_changes_nothing(self, old: Cluster) -> None:
        setup(old.settings, KEEP)
        before = old.server.indices.get_mapping(index=old.alias).body
        again = setup(old.settings, KEEP)
        assert again.widened == {}
        assert len(again.lines) == 2
        assert old.server.indices.get_mapping(index=old.alias).body == before

    def test_what_others_added_stays(self, old: Cluster) -> None:
        month = old.month("2026.03")
        own = {"_own": {"type": "keyword"}, "title": {**made.mapping()["properties"]["title"]}}
        own["title"]["fields"] = {"exact": {"type": "keyword"}}
        old.server.indices.put_mapping(index=month, properties=own)
        setup(old.settings, KEEP)
        found = old.server.indices.get_mapping(index=month)[month]["mappings"]["properties"]
        assert found["_own"] == {"type": "keyword"}
        assert found["title"]["fields"] == {"exact": {"type": "keyword"}}
        assert set(self.NEW) <= set(found)

    def test_a_writer_brings_them_up_to_date_itself(self, old: Cluster) -> None:
        new = enriched("baru", title="baru", **WITH_ALL)  # type: ignore[arg-type]  # fields by name
        with old.index() as index:
            assert index.put([new]) == ()
            assert index.get(new.article_id) == new
        assert old.version() == made.TEMPLATE_VERSION

    def test_a_writer_that_must_not_waits_and_says_what_to_do(self, old: Cluster) -> None:
        """As when the templates are of this version, and a month was missed.

        Nothing is lost or rejected.
        """
        marks = {"pantau_version": made.TEMPLATE_VERSION}
        old.server.indices.put_index_template(
            name=old.alias, index_patterns=[old.month("*")], priority=500, meta=marks
        )
        new = enriched("baru", title="baru", **WITH_ALL)  # type: ignore[arg-type]  # fields by name
        with old.index() as index:
            with pytest.raises(
                RetryError, match=r"2026\.03 .* lacks fields; `pantau setup` adds them"
            ):
                index.put([new])
            setup(old.settings, KEEP)
            assert index.put([new]) == ()


class TestEnsure:
    def test_a_cluster_that_lost_everything(self, cluster: Cluster) -> None:
        with cluster.index() as index:
            index.put([enriched("one")])
            cluster.lose_everything()
            assert index.put([enriched("two", title="x")]) == ()
            index.refresh()
            assert index.count() == 1
        (month,) = cluster.months()
        with pytest.raises(BadRequestError, match="strict"):
            cluster.server.index(index=cluster.month(month), document={"headline": "x"})

    def test_it_leaves_what_setup_wrote(self, cluster: Cluster) -> None:
        setup(cluster.settings.model_copy(update={"shards": 3}), KEEP)
        before = cluster.server.cluster.get_component_template(
            name=made.fields_name(cluster.settings.prefix)
        )
        with cluster.index() as index:
            index.put([enriched("one")])
        after = cluster.server.cluster.get_component_template(
            name=made.fields_name(cluster.settings.prefix)
        )
        assert before.body == after.body


class TestStems:
    def test_the_core_of_the_server_has_no_stemmers(self, cluster: Cluster) -> None:
        report = setup(cluster.settings.model_copy(update={"stemming": True}), KEEP)
        assert not report.stemming
        assert "words as they are" in str(report.lines[1])

    def test_where_the_server_has_the_analyzers(
        self, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(made, "STEMMERS", ("whitespace", "keyword"))  # the core has these
        with cluster.index() as index:
            index.put([enriched("one", title="Lama Sekali")])
            report = setup(cluster.settings.model_copy(update={"stemming": True}), KEEP)
            assert report.stemming
            later = START.replace(month=5)
            index.put(
                [
                    enriched("two", title="Baru Sekali", first_seen=later),
                    enriched("three", title="Satu"),
                ]
            )
            index.refresh()
        fields = cluster.server.indices.get_mapping(index=cluster.alias)
        for month in fields.values():
            assert set(month["mappings"]["properties"]["title"]["fields"]) == {
                "whitespace",
                "keyword",
            }
        for query in ({"term": {"title.whitespace": "Baru"}}, {"term": {"title.keyword": "Satu"}}):
            assert cluster.server.count(index=cluster.alias, query=query)["count"] == 1
        assert (
            cluster.server.count(index=cluster.alias, query={"term": {"title": "sekali"}})["count"]
            == 2
        )

    def test_they_can_be_left_out_again(
        self, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(made, "STEMMERS", ("whitespace",))
        setup(cluster.settings.model_copy(update={"stemming": True}), KEEP)
        assert not setup(cluster.settings, KEEP).stemming
        with cluster.index() as index:
            index.put([enriched("one")])
        (month,) = cluster.server.indices.get_mapping(index=cluster.alias).values()
        assert "fields" not in month["mappings"]["properties"]["title"]


class TestLifecycle:
    """The server's core has no lifecycle policies.

    Here it is asked what a full server would be asked.
    """

    @pytest.fixture
    def gate(self, elastic_url: str) -> Iterator[Gate]:
        with gate_to(elastic_url) as found:
            yield found

    def setup_on_a_full_server(
        self, gate: Gate, cluster: Cluster, keep: KeepSettings
    ) -> dict[str, dict[str, object]]:
        sent = {}
        done = Answer(200, b'{"acknowledged": true}')

        def full(request: Request) -> Answer | None:
            if request.method == "PUT":
                sent[request.path] = json.loads(request.body)
            return done if request.method == "PUT" else None

        gate.trouble = full
        report = setup(cluster.settings.model_copy(update={"url": gate.url}), keep)
        assert report.lifecycle
        assert "lifecycle policy" in str(report.lines[1])
        return sent

    def test_a_policy_that_deletes(self, gate: Gate, cluster: Cluster) -> None:
        with cluster.index() as index:
            index.put([enriched("one")])
        sent = self.setup_on_a_full_server(gate, cluster, KEEP)
        name, settings = cluster.alias, {"index": {"lifecycle": {"name": cluster.alias}}}
        assert sent[f"/_ilm/policy/{name}"] == {"policy": made.lifecycle_policy(30)}
        assert sent[f"/_index_template/{name}"]["template"] == {
            "aliases": {name: {}},
            "settings": settings,
        }
        assert sent[f"/{name}/_settings"] == settings, "months that stand are looked after, too"

    def test_what_is_kept_for_ever(self, gate: Gate, cluster: Cluster) -> None:
        sent = self.setup_on_a_full_server(gate, cluster, KeepSettings(days=None))
        assert sent[f"/_ilm/policy/{cluster.alias}"] == {"policy": made.lifecycle_policy(None)}

    @pytest.mark.parametrize(("status", "works"), [(403, True), (405, True), (503, False)])
    def test_a_policy_that_cannot_be_written(
        self, gate: Gate, cluster: Cluster, status: int, *, works: bool
    ) -> None:
        gate.trouble = lambda one: error(status, "x") if "_ilm" in one.path else None
        settings = cluster.settings.model_copy(update={"url": gate.url})
        if works:
            assert not setup(settings, KEEP).lifecycle
        else:
            with pytest.raises(RetryError):
                setup(settings, KEEP)
