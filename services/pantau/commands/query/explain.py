"""`pantau query explain`: a query in plain words, its selectivity, and its lookup keys."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from pantau.commands.cli.options.bound_queries import bound_query
from pantau.commands.cli.options.lang import lang_option
from pantau.commands.cli.options.queries import query_options, read_query
from pantau.commands.cli.options.shared import json_option
from pantau.commands.cli.texts.diagnoses import shown

if TYPE_CHECKING:
    from pantau.query import Query
    from pantau.query.diagnosis.diagnosis import Diagnosis
    from pantau.query.explain.plain_leaves import ClauseDescriber
    from pantau.query.explain.plain_words import DescriptionLanguage, LanguageWords
    from pantau.query.explain.selectivity import Selectivity
    from pantau.usecases.search.explaining import Explanation, LookupKey, StoredMatches
    from pantau_schemas.events.subscription import QueryLanguage

EXAMPLES: Final = """\b
Examples:
  pantau query explain 'banjir AND (Demak OR Kudus)'
  pantau query explain 'title:gempa AND NOT lang:en' --lang id --data .pantau
  pantau query explain 'first_seen:>now-1d AND "Boy Rafli"' --elastic --json
"""
_MOST_KEYS: Final = 12
"""Keys that are shown to people."""


@click.command(epilog=EXAMPLES)
@click.argument("query")
@query_options
@lang_option
@click.option(
    "--elastic",
    "--elasticsearch",
    "elastic",
    is_flag=True,
    help="Show the query as Elasticsearch's JSON, for Kibana.",
)
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    help="Also count the articles of the store in this folder that match now.",
)
@json_option
def explain(
    query: str,
    language: "QueryLanguage",
    time_zone: str,
    tongue: "DescriptionLanguage",
    data: Path | None,
    *,
    elastic: bool,
    as_json: bool,
) -> None:
    """Explain in plain words what a query means.

    What must and must not occur, and peculiarities of its interpretation; its selectivity: none,
    narrow (less than 1 in 10,000 articles), usual, broad (more than 1 in 100) or everything, by an
    estimate, or by counting with --data; and the words by which it is looked up among all
    subscriptions.
    """
    from pantau.common.files.jsonlines import line_writer
    from pantau.common.time.clock import SystemClock
    from pantau.query.explain import plain
    from pantau.usecases.search.explaining import explain_query

    parsed = bound_query(read_query(query, language, time_zone), query, data)
    describer = plain.describer(tongue, SystemClock().now(), time_zone)
    counted = None if data is None else _count(data, parsed, query, language, describer.now)
    stored, feeds = counted or (None, ())
    found = explain_query(parsed, query, language, describer, stored, elastic=elastic)
    found = replace(found, warnings=(*found.warnings, *feeds))
    if data is not None and stored is None:
        missing = describer.words.say("stored_none", folder=str(data))
        found = replace(found, notes=(*found.notes, missing))
    if as_json:
        given = {"query": query, "language": language, "time_zone": time_zone, "lang": tongue}
        line_writer()(given | _fields(found, describer, counting=data is not None))
    else:
        _show(query, found, describer)


def _count(
    data: Path, query: "Query", text: str, language: "QueryLanguage", now: datetime
) -> "tuple[StoredMatches, tuple[Diagnosis, ...]] | None":
    """Count the stored articles that match; where none does, say which values are feeds' names.

    None if there is no store in the folder.
    """
    from pantau.commands.cli.opened import opened_store, read_settings
    from pantau.usecases.search.explaining import count_matches
    from pantau.usecases.search.spellings import feed_names

    settings = read_settings(data) if data.is_dir() else None
    if settings is None or (settings.backend == "sqlite" and not settings.database.exists()):
        return None
    with opened_store(data, reads=True) as (store, _):
        found = count_matches(store.index, query, now)
        return found, () if found.matches else feed_names(query, text, language, store)


def _fields(
    found: "Explanation", describer: "ClauseDescriber", *, counting: bool
) -> dict[str, Any]:
    """Return an explanation for programs; with `counting`, also what the store holds."""
    width = found.selectivity
    fields: dict[str, Any] = {
        "reading": found.reading.text,
        "tree": found.reading.tree,
        "notes": list(found.notes),
        "warnings": [shown(one) for one in found.warnings],
        "breadth": {
            "level": width.level.value,
            "share": _share(width),
            "reason": _reason(width, describer),
            "counted": found.counted,
        },
        "anchors": None if found.keys is None else [_key_fields(one) for one in found.keys],
    }
    if counting:
        stored = found.stored
        fields["stored"] = None if stored is None else _stored_fields(stored)
    if found.elastic is not None:
        fields["elasticsearch"] = found.elastic.body
        fields["elasticsearch_is_exact"] = found.elastic.exact
    return fields


def _stored_fields(stored: "StoredMatches") -> dict[str, Any]:
    return {
        "articles": stored.articles,
        "matches": stored.matches,
        "matches_is_lower_bound": stored.matches_is_lower_bound,
        "last_7_days": stored.recent,
        "last_7_days_is_lower_bound": stored.recent_is_lower_bound,
    }


def _key_fields(key: "LookupKey") -> dict[str, Any]:
    fields: dict[str, Any] = {key.kind: list(key.words) if key.kind == "pair" else key.words[0]}
    if key.guard:
        fields["and"] = key.guard[0] if len(key.guard) == 1 else list(key.guard)
    return fields


def _share(width: "Selectivity") -> float:
    return float(f"{width.share:.3g}")


def _reason(width: "Selectivity", describer: "ClauseDescriber") -> str:
    what = describer.leaf(width.by) if width.by is not None else ""
    return describer.words.say(f"reason_{width.reason.value}", what=what, count=width.count)


def _show(query: str, found: "Explanation", describer: "ClauseDescriber") -> None:
    """Show an explanation to people."""
    import json

    from pantau.adapters.terminal.screen import open_screen

    say = describer.words.say
    rows = [(say("label_query"), query), (say("label_reading"), found.reading.text)]
    rows += [(say("label_note"), note) for note in found.notes]
    rows.append((say("label_breadth"), _selectivity_text(found.selectivity, describer)))
    rows.append((say("label_anchors"), _keys_text(found.keys, describer)))
    if found.stored is not None:
        rows.append((say("label_stored"), _stored_text(found.stored, describer)))
    if found.elastic is not None:
        rows.append(("Elasticsearch", json.dumps(found.elastic.body, indent=2)))
        if not found.elastic.exact:
            rows.append(("", say("inexact")))
    _print_rows(open_screen(), rows)


def _print_rows(console: Any, rows: list[tuple[str, str]]) -> None:
    """Print labels and values; lines of a multi-line value are wrapped below each other."""
    from rich.text import Text

    from pantau.adapters.terminal.screen import hung
    from pantau.common.text.safe_text import harmless

    width = max(len(label) for label, _ in rows) + 2
    for label, value in rows:
        head = Text(f"{label}:" if label else "", "bold")
        for line in value.split("\n"):
            shown = harmless(line)
            below = " " * (width + len(shown) - len(shown.lstrip(" -")))
            start = " " * (width - len(head.plain) + len(shown) - len(shown.lstrip(" ")))
            console.print(
                head + hung(console, Text(shown.lstrip(" ")), below, start), soft_wrap=True
            )
            head = Text()


def _selectivity_text(width: "Selectivity", describer: "ClauseDescriber") -> str:
    say, share, reason = describer.words.say, _share(width), _reason(width, describer)
    level = say(f"level_{width.level.value}")
    if width.level.value in {"none", "everything"}:
        return f"{level}: {reason}"
    if share > 0.3:
        about = say("share_most", percent=round(share * 100))
    else:
        about = say("share", count=describer.words.number(float(f"{1 / share:.1g}")))
    return f"{level}, {about}: {reason}"


def _keys_text(keys: "tuple[LookupKey, ...] | None", describer: "ClauseDescriber") -> str:
    words = describer.words
    if keys is None:
        return words.say("key_none")
    if not keys:
        return words.say("reason_nothing")
    shown_keys = [_key_text(one, words) for one in keys[:_MOST_KEYS]]
    rest = f" ... (+{len(keys) - _MOST_KEYS})" if len(keys) > _MOST_KEYS else ""
    return words.listed(shown_keys, "or") + rest


def _key_text(key: "LookupKey", words: "LanguageWords") -> str:
    from pantau.query.explain.plain_words import quoted

    value = " ".join(key.words)
    written = f"@{value}" if key.kind == "list" else quoted(value)
    text = words.say(f"key_{key.kind}", value=written)
    if key.guard:
        text = f"{text} {words.conjunctions['and']} {quoted(' '.join(key.guard))}"
    return text


def _stored_text(stored: "StoredMatches", describer: "ClauseDescriber") -> str:
    say = describer.words.say
    return say(
        "stored",
        least=say("least") if stored.matches_is_lower_bound else "",
        matches=describer.words.number(stored.matches),
        articles=describer.words.number(stored.articles),
        recent=describer.words.number(stored.recent),
    )
