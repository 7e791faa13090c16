"""The generated pages of `docs/reference/` are current and complete."""

from collections.abc import Iterator

import click
import pytest
from prometheus_client import generate_latest
from prometheus_client.parser import text_string_to_metric_families
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from pantau.cli import pantau
from pantau.observe.prometheus import PrometheusMetrics
from pantau.settings import Settings
from pantau_schemas.fields import FIELDS
from pantau_schemas.topics import TOPICS
from scripts.reference import FOLDER, pages


def page(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def settings(model: type[BaseModel], prefix: str = "") -> Iterator[tuple[str, FieldInfo]]:
    for name, field in model.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from settings(kind, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", field


def commands(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            yield from commands(inner, f"{path} {name}")


@pytest.mark.parametrize("name", [path.name for path, _ in pages()])
def test_page_is_current(name: str) -> None:
    made = {path.name: text for path, text in pages()}
    assert page(name) == made[name], "run `make docs-reference`"


@pytest.mark.parametrize(
    ("path", "field"), [pytest.param(*one, id=one[0]) for one in settings(Settings)]
)
def test_every_setting_is_described(path: str, field: FieldInfo) -> None:
    (row,) = [line for line in page("settings.md").splitlines() if line.startswith(f"| `{path}` |")]
    variable = "PANTAU_" + path.replace(".", "__").upper()
    assert f"`{variable}`" in row
    assert field.description, f"{path}: give it a description in pantau/settings/"


def test_every_command_and_option_is_there() -> None:
    text = page("command-line.md")
    for path, command in commands(pantau, "pantau"):
        _, found, rest = text.partition(f"## `{path}`\n")
        assert found, path
        section = rest.partition("\n## ")[0]
        for parameter in command.params:
            if isinstance(parameter, click.Option) and not parameter.hidden:
                assert parameter.help, (path, parameter.name)
                for name in (*parameter.opts, *parameter.secondary_opts):
                    assert name in section, (path, name)


def test_every_field_and_topic_is_there() -> None:
    for field in FIELDS.values():
        assert f"| `{field.name}` |" in page("fields.md")
        assert field.meaning
    for topic in TOPICS.values():
        assert f"| `{topic.name}` |" in page("topics.md")
        section = page("topics.md").partition(f"## `{topic.name}`: ")[2].partition("\n## ")[0]
        for name in topic.event.model_fields:
            assert f"| `{name}` |" in section, (topic.name, name)


def test_every_metric_is_there_with_its_labels() -> None:
    shown = generate_latest(PrometheusMetrics("reference").registry).decode()
    families = [
        one
        for one in text_string_to_metric_families(shown)
        if one.name.startswith("pantau_") and not one.name.endswith("_created")
    ]
    assert len(families) > 10
    for family in families:
        name = family.name + ("_total" if family.type == "counter" else "")
        (row,) = [
            line for line in page("metrics.md").splitlines() if line.startswith(f"| `{name}` |")
        ]
        for sample in family.samples:
            for label in sample.labels.keys() - {"le"}:
                assert f"`{label}`" in row, (name, label)
