"""Shared parts of the tests of the Elasticsearch index.

An index of a name of its own, and a look at what stands in the cluster.
"""

import itertools
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from elasticsearch import Elasticsearch

from pantau.adapters.elasticsearch.index import ElasticIndex
from pantau.settings import ElasticSettings
from pantau_schemas import index_template as made
from tests.support import SOON, FixedClock

_NUMBERS = itertools.count()


@dataclass
class Cluster:
    """The real server, and the part of it that belongs to a test."""

    server: Elasticsearch
    settings: ElasticSettings

    @property
    def alias(self) -> str:
        return made.alias(self.settings.prefix)

    def month(self, name: str) -> str:
        return f"{self.alias}-{name}"

    def months(self) -> dict[str, set[str]]:
        """Return the ids in each index, by the index's month."""
        found = self.server.indices.get(index=self.month("*"), expand_wildcards="all")
        months = {}
        for index in found:
            self.server.indices.refresh(index=index)
            hits = self.server.search(index=index, size=1_000, source=False)["hits"]["hits"]
            months[index.removeprefix(f"{self.alias}-")] = {hit["_id"] for hit in hits}
        return months

    def version(self) -> object:
        found = self.server.indices.get_index_template(name=self.alias)["index_templates"]
        return found[0]["index_template"]["_meta"]["pantau_version"]

    def lose_everything(self) -> None:
        """Delete indices and templates."""
        for index in self.server.indices.get(index=self.month("*"), expand_wildcards="all"):
            self.server.indices.delete(index=index)
        gone = self.server.options(ignore_status=404)
        gone.indices.delete_index_template(name=self.alias)
        for name in (made.fields_name(self.settings.prefix), made.stems_name(self.settings.prefix)):
            gone.cluster.delete_component_template(name=name)

    @contextmanager
    def index(self, **other: object) -> Iterator[ElasticIndex]:
        """Open the index, with some settings otherwise."""
        index = ElasticIndex(self.settings.model_copy(update=other), FixedClock())
        try:
            yield index
        finally:
            index.close()


@contextmanager
def cluster_at(url: str) -> Iterator[Cluster]:
    """Return a part of the cluster, and clear it away."""
    settings = ElasticSettings(
        url=url, prefix=f"t{os.getpid()}-{next(_NUMBERS)}-", timeout_seconds=SOON
    )
    with Elasticsearch(url, request_timeout=SOON) as server:
        cluster = Cluster(server, settings)
        try:
            yield cluster
        finally:
            cluster.lose_everything()
