"""The manifests that the chart gives for the values in `deploy/helm/pantau/ci`, as rendered."""

import json
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml
from jsonschema import Draft202012Validator
from kubernetes_validate.utils import schema_contents
from referencing import Registry, Resource

from scripts.manifests import CHART, MANIFESTS, cases

Manifest = dict[str, Any]
CASES: Final = cases()


@cache
def rendered(case: str) -> tuple[Manifest, ...]:
    """Return the objects of one case, in the order of the file."""
    text = (MANIFESTS / f"{case}.yaml").read_text(encoding="utf-8")
    return tuple(one for one in yaml.safe_load_all(text) if one)


def of_kind(case: str, kind: str) -> dict[str, Manifest]:
    """Return the objects of a kind by their names."""
    found = [one for one in rendered(case) if one["kind"] == kind]
    named = {one["metadata"]["name"]: one for one in found}
    assert len(named) == len(found)
    return named


def pods(case: str) -> dict[str, Manifest]:
    """Return the pod of each service, and of the setup, by component."""
    sources = [*of_kind(case, "StatefulSet").values(), *of_kind(case, "Job").values()]
    return {
        one["metadata"]["labels"]["app.kubernetes.io/component"]: one["spec"]["template"]
        for one in sources
    }


def container(pod: Manifest) -> Manifest:
    (one,) = pod["spec"]["containers"]
    found: Manifest = one
    return found


@cache
def _validator(version: str, api: str, kind: str) -> Draft202012Validator:
    """Return what checks a kind of object as Kubernetes does, unknown fields included.

    `kubernetes_validate.validate` does the same, but reads megabytes for each object.
    """
    group, _, number = api.rpartition("/")
    folder = f"kubernetes-json-schema/v{version}.0-local-strict"
    short = f"{group.partition('.')[0]}-{number}" if group else number
    schema = schema_contents(f"{folder}/{kind.lower()}-{short}.json", version)
    return Draft202012Validator(schema, registry=_definitions(version))


@cache
def _definitions(version: str) -> Registry[Any]:
    name = f"kubernetes-json-schema/v{version}.0-local-strict/_definitions.json"
    registry: Registry[Any] = Resource.from_contents(schema_contents(name, version)) @ Registry()
    return registry


def refusals(manifest: Manifest, version: str) -> list[str]:
    """Return why a version of Kubernetes would not take an object."""
    validator = _validator(version, manifest["apiVersion"], manifest["kind"])
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(manifest)]


def values(case: str | None = None) -> Any:
    """Return the values of the chart, or those that a case sets."""
    path = Path("values.yaml") if case is None else Path("ci") / f"{case}-values.yaml"
    return yaml.safe_load((CHART / path).read_text(encoding="utf-8"))


def values_schema() -> Any:
    return json.loads((CHART / "values.schema.json").read_text(encoding="utf-8"))
