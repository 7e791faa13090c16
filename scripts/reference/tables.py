"""The pages of fields, topics, metrics and kinds of channels."""

from collections.abc import Iterator
from typing import Final

from pantau.common.channels.kinds import CHANNEL_KINDS
from pantau.observe.prometheus import PrometheusMetrics
from pantau_schemas.codec import current_version
from pantau_schemas.fields import FIELDS, KEYWORD_LIMIT, FieldKind
from pantau_schemas.topics import DAY, TOPICS, Topic
from scripts.reference.markdown import first_paragraph, prose, table
from scripts.reference.types import type_of

_KINDS: Final = {
    FieldKind.TEXT: "words",
    FieldKind.KEYWORD: "exact value",
    FieldKind.DATE: "date",
}
_FIELDS: Final = f"""\
# Fields

These are the fields that a query can name; [Query language](query-language.md) shows how. A query
that names no field searches `title` and `text`.

- **words**: analysed word by word, without regard to case.
- **exact value**: compared as a whole, with regard to case; searchable up to {KEYWORD_LIMIT:,}
  UTF-16 code units.
- **date**: a point in time; queries compare days or times.

A field with many values matches when one of them does.
"""
_TOPICS: Final = """\
# Topics

Both runtimes keep their records in the same topics: the embedded runtime in one SQLite file, the
distributed one in Kafka. In a compacted topic the last record of a key is its state, and a record
without a value removes the key. Kafka topics and consumer groups carry `kafka.prefix` before their
name; `pantau setup` creates the topics.

Values are JSON. The JSON Schemas are in `schemas/pantau_schemas/json`, the AsyncAPI document is
`schemas/pantau_schemas/asyncapi.json`, and an example of each event is in
`schemas/pantau_schemas/examples`. The column "kept" is the default; the settings `[keep]` change
it.
"""
_METRICS: Final = """\
# Metrics

Served at `/metrics` in Prometheus' text format where `observe.port` is set. The values of all
labels come from closed sets (services, stages, topics, kinds of channels, classes of errors), so
the number of series is bounded.
"""
_CHANNELS: Final = """\
# Channel kinds

`--to` of `pantau subscribe` names a channel; [Send alerts](../how-to/channels.md) shows how to use
them. A kind with a limit takes `notify.burst` messages at once and `notify.per_hour` after that; a
summary tells of further alerts. The setting `notify.unlimited` names the kinds without one.
"""


def channels_page() -> Iterator[str]:
    """Yield the lines of the page of channel kinds."""
    yield _CHANNELS
    rows = (
        (
            f"`{kind.name}`",
            f"`{kind.example}`",
            prose(kind.arrives),
            "yes" if kind.limited else "no",
            ", ".join(f"`{word}`" for word in kind.other_words),
        )
        for kind in CHANNEL_KINDS
    )
    yield from table(("kind", "example", "what arrives", "limit", "also understood as"), rows)


def fields_page() -> Iterator[str]:
    """Yield the lines of the page of fields."""
    yield _FIELDS
    rows = (
        (
            f"`{one.name}`",
            _KINDS[one.kind],
            "many" if one.many else "one",
            one.origin,
            prose(one.meaning),
        )
        for one in FIELDS.values()
    )
    yield from table(("field", "kind", "values", "set by", "meaning"), rows)


def topics_page() -> Iterator[str]:
    """Yield the lines of the page of topics."""
    yield _TOPICS
    heads = (
        "topic",
        "event, version",
        "key",
        "partitioned by",
        "cleanup",
        "kept",
        "written by",
        "read by",
    )
    yield from table(heads, map(_topic_row, TOPICS.values()))
    for topic in TOPICS.values():
        yield from _event(topic)


def metrics_page() -> Iterator[str]:
    """Yield the lines of the page of metrics."""
    yield _METRICS
    yield from table(("metric", "type", "labels", "meaning"), metrics())


def metrics() -> Iterator[tuple[str, str, str, str]]:
    """Yield name, type, labels and meaning of every metric that Pantau itself defines."""
    registry = PrometheusMetrics("reference").registry
    # prometheus-client shows names of labels nowhere else before something was counted.
    collectors = {id(one): one for one in registry._names_to_collectors.values()}  # noqa: SLF001 (see above)
    for collector in collectors.values():
        for family in collector.collect():
            if family.name.startswith("pantau_"):
                labels = getattr(collector, "_labelnames", ()) or getattr(family, "_labelnames", ())
                name = family.name + ("_total" if family.type == "counter" else "")
                shown = ", ".join(f"`{one}`" for one in labels)
                yield f"`{name}`", family.type, shown, prose(family.documentation)


def _topic_row(topic: Topic) -> tuple[str, ...]:
    kept = (
        "for ever" if topic.retention_seconds is None else f"{topic.retention_seconds / DAY:g} days"
    )
    return (
        f"`{topic.name}`",
        f"{topic.event.__name__}, {current_version(topic.event)}",
        f"`{topic.key}`",
        f"`{topic.partition_by or topic.key}`",
        topic.cleanup,
        kept,
        ", ".join(topic.producers),
        ", ".join(topic.consumers),
    )


def _event(topic: Topic) -> Iterator[str]:
    yield f"## `{topic.name}`: {topic.event.__name__}"
    yield ""
    yield first_paragraph(topic.event.__doc__)
    yield ""
    rows = (
        (
            f"`{name}`",
            type_of(field),
            "yes" if field.is_required() else "no",
            prose(field.description or ""),
        )
        for name, field in topic.event.model_fields.items()
    )
    yield from table(("field", "type", "required", "meaning"), rows)
