"""The templates that Elasticsearch needs before articles are indexed.

They define the fields of each month's index. `setup` is for an operator who runs `pantau setup`: it
rewrites everything. `ensure` is for every writer: one small request that checks the templates, or
creates them. So an index is never created with fields that Elasticsearch guessed, even after a
cluster lost everything.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from elasticsearch import ApiError, Elasticsearch

from pantau.adapters.elasticsearch.client import ElasticClient
from pantau.adapters.elasticsearch.write import require_sound
from pantau.errors import StopError
from pantau.problems import Param, Problem, problem
from pantau.settings import ElasticSettings, KeepSettings
from pantau_schemas import index_template as made
from pantau_schemas.index_template import TEMPLATE_VERSION

log = logging.getLogger(__name__)

_LACKING: Final = frozenset({400, 403, 404, 405, 410, 501})
"""Statuses of a feature that is not installed or not permitted."""
_JSON: Final = {"accept": "application/json", "content-type": "application/json"}


@dataclass(frozen=True, slots=True)
class SetupReport:
    """The result of `setup`."""

    address: str
    template: str
    found_version: int | None  # None: it did not exist
    stemming: bool  # whether words are also indexed by their stems
    lifecycle: bool  # whether the server itself deletes expired months
    # indexes and the fields added to them
    widened: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def lines(self) -> tuple[Problem, ...]:
        """The report as lines for people."""
        address = self.address
        indexes = problem(
            "servers.indexes-stems" if self.stemming else "servers.indexes-words", address=address
        )
        return (
            self._template_line(),
            problem(
                "servers.deleted-by-policy" if self.lifecycle else "servers.deleted-by-pantau",
                indexes=indexes,
            ),
            *(
                problem(
                    "servers.index-widened", address=address, name=name, fields=", ".join(fields)
                )
                for name, fields in self.widened.items()
            ),
        )

    def _template_line(self) -> Problem:
        params: dict[str, Param] = {
            "address": self.address,
            "name": self.template,
            "version": TEMPLATE_VERSION,
        }
        if self.found_version is None:
            return Problem("servers.template-new", params)
        if self.found_version == TEMPLATE_VERSION:
            return Problem("servers.template-again", params)
        return Problem("servers.template-replaced", {**params, "former": self.found_version})


def setup(settings: ElasticSettings, keep: KeepSettings) -> SetupReport:
    """Write templates, the lifecycle policy, and new fields of existing indexes. Idempotent.

    Raises StopError if a newer version wrote the templates, or Elasticsearch refuses; RetryError
    when it is unreachable.
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
    """Create the templates if they are missing; those that `setup` wrote are left unchanged.

    Those of a newer version as well: it only adds fields, so that writers of this one, which an
    upgrade comes to last, go on. Raises StopError if they are not Pantau's; RetryError when
    Elasticsearch is unreachable.
    """
    found = _found_version(client, settings.prefix, newer=True)
    if found is None or found < TEMPLATE_VERSION:
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


def _found_version(client: ElasticClient, prefix: str, *, newer: bool = False) -> int | None:
    """Return the version of the existing template.

    Raises StopError if it is not Pantau's, or newer where that is not accepted.
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
    # Overwriting newer templates would break the newer program that still uses them.
    if version > TEMPLATE_VERSION and not newer:
        message = (
            f"the index template {name} in Elasticsearch is of version {version}, made by a newer "
            "Pantau "
            f"(this one makes {TEMPLATE_VERSION}): upgrade this one, or choose another "
            "elasticsearch.prefix"
        )
        raise StopError(message)
    return version


def _policy_in_use(client: ElasticClient, prefix: str) -> str | None:
    settings = (_template(client, prefix) or {}).get("template", {}).get("settings", {})
    name = settings.get("index", {}).get("lifecycle", {}).get("name")
    return name if isinstance(name, str) else None


def _write_policy(client: ElasticClient, prefix: str, days: float | None) -> str | None:
    """Write the lifecycle policy if the server supports it, and return its name."""
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
    """Write the templates, and update existing indexes.

    Returns whether stems are indexed, and what was added. The index template, whose version marks
    completion, comes last: after a failure everything before it is repeated.
    """
    prefix = settings.prefix
    stemming = settings.stemming and _has_stemmers(client)
    fields = made.fields_template(shards=settings.shards, replicas=settings.replicas)
    require_sound(client, made.alias(prefix), _indices(client, made.alias(prefix)))
    with client.use() as server:
        # Component templates first: the index template refers to them.
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


def _indices(client: ElasticClient, alias: str) -> list[str]:
    """Return the indexes of the alias."""
    with client.use() as server:
        answer = server.options(ignore_status=404).indices.get_alias(name=alias)
    return sorted(answer) if answer.meta.status == 200 else []


def _widen(
    server: Elasticsearch, alias: str, wanted: Mapping[str, Any]
) -> dict[str, tuple[str, ...]]:
    """Add the fields that indexes of the alias lack, and nothing else; return them."""
    answer = server.options(ignore_status=404).indices.get_mapping(index=alias)
    widened = {}
    for index, one in sorted(answer.items()) if answer.meta.status == 200 else ():
        added = made.lacking(one["mappings"], wanted)
        if added:
            _put(server, f"/{index}/_mapping", {**added, "_meta": wanted["_meta"]})
            widened[index] = tuple(sorted(added["properties"]))
    return widened


def _has_stemmers(client: ElasticClient) -> bool:
    """Check every analyzer that the stems need; the server's core has none."""
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
