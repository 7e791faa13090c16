"""A fault of an index waits and is reported; only a fault of a document is a rejection."""

from collections.abc import Iterator

import pytest
from elasticsearch import Elasticsearch

from pantau.adapters.elasticsearch.faults import about_document, wrong_fields
from pantau.adapters.elasticsearch.index import ElasticIndex
from pantau.errors import RetryError
from pantau_schemas import index_template as made
from pantau_schemas.ids import digest_id
from tests.elastic_gate import error, gate_to
from tests.integration.elasticsearch.elastic_parts import Cluster, cluster_at
from tests.support import START, enriched


@pytest.fixture
def cluster(elastic_url: str) -> Iterator[Cluster]:
    with cluster_at(elastic_url) as found:
        yield found


def month(cluster: Cluster) -> str:
    return made.index_name(START, cluster.settings.prefix)


def waits(index: ElasticIndex, match: str) -> None:
    """Check that articles wait, again and again, alone and together."""
    for names in (["one"], ["one", "two"]):
        with pytest.raises(RetryError, match=match):
            index.put(enriched(name, title=name) for name in names)


def works(index: ElasticIndex) -> None:
    assert index.put([enriched("one"), enriched("two")]) == ()
    assert index.count() == 2


def make(server: Elasticsearch, index: str, **properties: str) -> None:
    mappings = {"properties": {name: {"type": kind} for name, kind in properties.items()}}
    server.indices.create(index=index, mappings=mappings)


def test_an_index_named_like_the_alias(cluster: Cluster) -> None:
    make(cluster.server, cluster.alias)
    with cluster.index() as index:
        try:
            waits(index, f"an index named {cluster.alias}")
        finally:
            cluster.server.indices.delete(index=cluster.alias)
        works(index)


@pytest.mark.parametrize(
    "properties",
    [
        {"first_seen": "long"},
        {"first_seen": "boolean", "title": "keyword"},
        {"title": "integer"},
        {"title": "ip"},
        {"source": "text"},
        {"_pantau": "keyword"},
        {"entities": "geo_point"},
        {},
    ],
)
def test_an_index_that_was_made_before_its_template(
    cluster: Cluster, properties: dict[str, str]
) -> None:
    make(cluster.server, month(cluster), **properties)
    with cluster.index() as index:
        waits(index, "not made from Pantau's template")
        cluster.server.indices.delete(index=month(cluster))
        works(index)


def test_an_index_that_is_made_wrong_meanwhile(cluster: Cluster) -> None:
    with cluster.index() as index:
        works(index)
        cluster.server.indices.delete(index=month(cluster))
        cluster.server.indices.delete_index_template(name=cluster.alias)
        make(cluster.server, month(cluster), first_seen="long")
        waits(index, "not made from Pantau's template")


def test_a_template_that_is_lost_is_made_again(cluster: Cluster) -> None:
    with cluster.index() as index:
        works(index)
        cluster.lose_everything()
        works(index)


@pytest.mark.parametrize(
    "kind",
    [
        "invalid_alias_name_exception",
        "invalid_index_name_exception",
        "index_template_missing_exception",
        "illegal_state_exception",
        "security_exception",
        "a_new_kind_exception",
    ],
)
def test_a_rejection_that_names_no_document(cluster: Cluster, kind: str) -> None:
    with gate_to(cluster.settings.url) as gate, cluster.index(url=gate.url) as index:
        gate.trouble = lambda one: error(400, kind) if one.path.startswith("/_bulk") else None
        waits(index, kind)
        gate.trouble = lambda _: None
        works(index)


def test_a_document_at_fault_is_rejected_alone(cluster: Cluster) -> None:
    with gate_to(cluster.settings.url) as gate, cluster.index(url=gate.url) as index:
        gate.trouble = lambda one: (
            error(400, "document_parsing_exception")
            if one.path.startswith("/_bulk") and digest_id("bad").encode() in one.body
            else None
        )
        refused = index.put([enriched("bad"), enriched("one"), enriched("two")])
        assert [one.article_id for one in refused] == [digest_id("bad")]
        assert index.count() == 2


@pytest.mark.parametrize(
    ("kind", "reason", "document"),
    [
        ("document_parsing_exception", "failed to parse field [x] of type [date]", True),
        ("illegal_argument_exception", "Document contains at least one immense term", True),
        ("illegal_argument_exception", "Limit of total fields [1000] has been exceeded", False),
        ("illegal_argument_exception", "mapper [x] cannot be changed; cannot change it", False),
        ("illegal_argument_exception", "pipeline with id [x] does not exist", False),
        ("illegal_argument_exception", "no write index is defined for alias [x]", False),
        ("invalid_alias_name_exception", "an index exists with the same name", False),
        ("version_exception", "?", False),
        ("", "too long (413)", True),
    ],
)
def test_whose_fault_it_is(kind: str, reason: str, *, document: bool) -> None:
    assert about_document(kind, reason) == document


def test_fields_are_compared_as_far_as_they_stand() -> None:
    wanted = made.mapping()
    assert list(wrong_fields(wanted, wanted)) == []
    assert list(wrong_fields({}, wanted)) == []
    unread = {"properties": {"title": {"type": "object", "enabled": False}}}
    assert list(wrong_fields(unread, wanted)) == []
    inner = {"properties": {"_pantau": {"properties": {"order": {"type": "keyword"}}}}}
    assert list(wrong_fields(inner, wanted)) == ["_pantau.order is keyword, not long"]
