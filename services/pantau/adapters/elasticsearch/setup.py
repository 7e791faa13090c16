"""What must stand in Elasticsearch before articles come.

The templates that give each month's index its fields.

`setup` is for a person who runs `pantau setup`: it writes all anew. `ensure` is for every writer:
one small request that finds all in place, or puts it there. So an index can never be made with
fields that Elasticsearch guessed, even after a cluster lost everything.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from elasticsearch import ApiError, Elasticsearch

from pantau.adapters.elasticsearch.client import ElasticClient
from pantau.errors import StopError
from pantau.settings import ElasticSettings, KeepSettings
from pantau_schemas import index_template as made
from pantau_schemas.index_template import TEMPLATE_VERSION

log = logging.getLogger(__name__)

_LACKING: Final = frozenset({400, 403, 404, 405, 410, 501})
"""Statuses of a part of Elasticsearch that is not installed, or not ours to use."""
_JSON: Final = {"accept": "application/json", "content-type": "application/json"}


@dataclass(frozen=True, slots=True)
class SetupReport:
    """What `setup` found and did."""

    address: str
    template: str
    found_version: int | None  # None: it was not there
    stemming: bool  # whether words are indexed by their stems, too
    lifecycle: bool  # whether the server itself deletes months that are past their time
    widened: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # indices and the fields they got

    @property
    def lines(self) -> tuple[str, ...]:
        """Say it to a person."""
        before = {None: "new", TEMPLATE_VERSION: "written again"}.get(
            self.found_version, f"in place of version {self.found_version}"
        )
        stems = "words and their stems" if self.stemming else "words as they are"
        deletes = "the server itself, by its lifecycle policy" if self.lifecycle else "Pantau alone"
        return (
            f"Elasticsearch {self.address}: template {self.template} version {TEMPLATE_VERSION} ({before})",
            f"Elasticsearch {self.address}: indexes {stems}; months past their time are deleted by {deletes}",
            *(
                f"Elasticsearch {self.address}: index {index} got the fields {', '.join(names)}"
                for index, names in self.widened.items()
            ),
        )


def setup(settings: ElasticSettings, keep: KeepSettings) -> SetupReport:
    """Write templates, lifecycle policy, and new fields of indices that stand; again is harmless.

    Raises StopError if a newer Pantau was here, or Elasticsearch refuses; RetryError when it cannot
    be reached.
    """
    client = ElasticClient(settings)
    try:
        found = _found_version(client, settings.prefix)
        policy = _write_policy(client, settings.prefix, keep.days)
        stemming, widened = _write_templates(client, settings, policy)
        return SetupReport(
            client.address,
            made.alias(settings.prefix),
            found,
            stemming,
            lifecycle=policy is not None,
            widened=widened,
        )
    finally:
        client.close()


def ensure(client: ElasticClient, settings: ElasticSettings) -> None:
    """Put the templates there unless they are; those that `setup` wrote are left as they are.

    Raises StopError if a newer Pantau was here; RetryError when Elasticsearch cannot be reached.
    """
    if _found_version(client, settings.prefix) != TEMPLATE_VERSION:
        _, widened = _write_templates(client, settings, _policy_in_use(client, settings.prefix))
        for index, names in widened.items():
            log.info("index %s got the fields %s", index, ", ".join(names))


def _template(client: ElasticClient, prefix: str) -> Mapping[str, Any] | None:
    with client.use() as server:
        answer = server.options(ignore_status=404).indices.get_index_template(
            name=made.alias(prefix),
            filter_path="index_templates.index_template._meta,index_templates.index_template.template.settings",
        )
    found = answer.get("index_templates")
    return found[0]["index_template"] if found else None


def _found_version(client: ElasticClient, prefix: str) -> int | None:
    """Return the version of the template that stands.

    Raises StopError if it is newer, or not Pantau's.
    """
    template = _template(client, prefix)
    if template is None:
        return None
    name, marks = made.alias(prefix), template.get("_meta", {})
    version = marks.get("pantau_version")
    if not isinstance(version, int):
        message = (
            f"the index template {name} in Elasticsearch is not Pantau's: "
            "choose another elasticsearch.prefix, or delete it"
        )
        raise StopError(message)
    if version > TEMPLATE_VERSION:
        message = (
            f"the index template {name} in Elasticsearch is of version {version}, made by a newer Pantau "
            f"(this one makes {TEMPLATE_VERSION}): upgrade this one, or choose another elasticsearch.prefix"
        )
        raise StopError(message)
    return version


def _policy_in_use(client: ElasticClient, prefix: str) -> str | None:
    settings = (_template(client, prefix) or {}).get("template", {}).get("settings", {})
    name = settings.get("index", {}).get("lifecycle", {}).get("name")
    return name if isinstance(name, str) else None


def _write_policy(client: ElasticClient, prefix: str, days: float | None) -> str | None:
    """Write the lifecycle policy where the server knows of such, and give its name."""
    name = made.alias(prefix)
    with client.use() as server:
        try:
            _put(server, f"/_ilm/policy/{name}", {"policy": made.lifecycle_policy(days)})
        except ApiError as error:
            if error.meta.status in _LACKING:
                return None
            raise
    return name


def _write_templates(
    client: ElasticClient, settings: ElasticSettings, policy: str | None
) -> tuple[bool, dict[str, tuple[str, ...]]]:
    """Write the templates, and bring indices that stand up to date.

    Tell whether stems are indexed, and what was new. The index template, whose version says that
    all is done, comes last: what fails before is done again.
    """
    prefix = settings.prefix
    stemming = settings.stemming and _has_stemmers(client)
    fields = made.fields_template(shards=settings.shards, replicas=settings.replicas)
    with client.use() as server:
        _put(server, f"/_component_template/{made.fields_name(prefix)}", fields)
        if stemming:
            _put(server, f"/_component_template/{made.stems_name(prefix)}", made.stems_template())
        widened = _widen(server, made.alias(prefix), made.mapping(stems=stemming))
        if policy is not None and server.indices.exists_alias(name=made.alias(prefix)):
            _put(server, f"/{made.alias(prefix)}/_settings", made.lifecycle_settings(policy))
        _put(
            server,
            f"/_index_template/{made.alias(prefix)}",
            made.index_template(prefix, policy=policy),
        )
        if not stemming:
            server.options(ignore_status=404).cluster.delete_component_template(
                name=made.stems_name(prefix)
            )
    return stemming, widened


def _widen(
    server: Elasticsearch, alias: str, wanted: Mapping[str, Any]
) -> dict[str, tuple[str, ...]]:
    """Add the fields that indices of the alias lack, and nothing else; tell which."""
    answer = server.options(ignore_status=404).indices.get_mapping(index=alias)
    widened = {}
    for index, one in sorted(answer.items()) if answer.meta.status == 200 else ():
        added = made.lacking(one["mappings"], wanted)
        if added:
            _put(server, f"/{index}/_mapping", {**added, "_meta": wanted["_meta"]})
            widened[index] = tuple(sorted(added["properties"]))
    return widened


def _has_stemmers(client: ElasticClient) -> bool:
    """Ask for every analyzer that the stems need; the core of the server has none."""
    with client.use() as server:
        for name in made.STEMMERS:
            try:
                server.indices.analyze(analyzer=name, text="kabar")
            except ApiError as error:
                if error.meta.status in _LACKING:
                    return False
                raise
    return True


def _put(server: Elasticsearch, path: str, body: Mapping[str, Any]) -> None:
    server.perform_request("PUT", path, headers=_JSON, body=body)
