"""`pantau query explain`: a query in plain words, its selectivity, and its lookup keys."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from pantau.commands.cli.options.lang import lang_option
from pantau.commands.cli.options.queries import query_options, read_query
from pantau.commands.cli.options.shared import json_option
from pantau.commands.cli.texts.diagnoses import shown

if TYPE_CHECKING:
    from pantau.query import Query
    from pantau.query.explain.plain_leaves import ClauseDescriber
    from pantau.query.explain.plain_words import DescriptionLanguage
    from pantau.query.explain.selectivity import Selectivity
    from pantau_schemas.events.subscription import QueryLanguage

EXAMPLES: Final = """\b
Examples:
  pantau query explain 'banjir AND (Demak OR Kudus)'
  pantau query explain 'title:gempa AND NOT lang:en' --lang id --data .pantau
  pantau query explain 'first_seen:>now-1d AND "Boy Rafli"' --elastic --json
"""
_RECENT: Final = timedelta(days=7)


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
    from pantau.common.files.jsonlines import line_writer  # noqa: PLC0415 (as above)
    from pantau.common.time.clock import SystemClock  # noqa: PLC0415 (not needed for --help)
    from pantau.query.explain import plain  # noqa: PLC0415 (as above)

    parsed = read_query(query, language, time_zone)
    now = SystemClock().now()
    teller = plain.describer(tongue, now, time_zone)
    found = {"query": query, "language": language, "time_zone": time_zone, "lang": tongue}
    found |= _explained(parsed, query, language, teller, data)
    if elastic:
        found |= _translated(parsed, now)
    if as_json:
        line_writer()(found)
    else:
        _show(found, teller)


def _explained(
    query: "Query",
    text: str,
    language: "QueryLanguage",
    teller: "ClauseDescriber",
    data: Path | None,
) -> dict[str, Any]:
    from pantau.query import warnings  # noqa: PLC0415 (not needed for --help)
    from pantau.query.explain import plain, selectivity  # noqa: PLC0415 (as above)
    from pantau.query.explain.plain_notes import notes  # noqa: PLC0415 (as above)

    read = plain.describe(query, teller)
    stored = None if data is None else _count(data, query, teller.now)
    width = selectivity.estimate(query, teller.now)
    if stored is not None:
        width = width.counted(stored["matches"], stored["articles"])
    found: dict[str, Any] = {
        "reading": read.text,
        "tree": read.tree,
        "notes": notes(query, text, language, teller),
        "warnings": [shown(one) for one in warnings(text, language)],
        "breadth": _selectivity(width, teller) | {"counted": bool(stored and stored["articles"])},
        "anchors": _anchors(query),
    }
    if data is not None:
        found["stored"] = stored
        if stored is None:
            folder = str(data)
            found["notes"].append(teller.words.say("stored_none", folder=folder))
    return found


def _selectivity(width: "Selectivity", teller: "ClauseDescriber") -> dict[str, Any]:
    what = teller.leaf(width.by) if width.by is not None else ""
    reason = teller.words.say(f"reason_{width.reason.value}", what=what, count=width.count)
    return {"level": width.level.value, "share": float(f"{width.share:.3g}"), "reason": reason}


def _anchors(query: "Query") -> list[dict[str, Any]] | None:
    """Return the keys by which the matcher finds a query, of which a matching article has one.

    None if it must be tried on every article.
    """
    from pantau.query.ast import InList  # noqa: PLC0415 (not needed for --help)
    from pantau.query.matching.presearch import Frequencies, anchor  # noqa: PLC0415 (as above)

    found = anchor(query, Frequencies())
    if found is None:
        return None
    keys: list[dict[str, Any]] = []
    for key, guard in found.keys:
        one: dict[str, Any]
        if isinstance(key, str):
            one = {"word": key}
        elif isinstance(key, InList):
            one = {"list": key.name}
        elif len(key) == 1:
            one = {"prefix": key[0]}
        else:
            one = {"pair": list(key)}
        if guard is not None:
            one["and"] = guard if isinstance(guard, str) else list(guard)
        keys.append(one)
    return keys


def _count(data: Path, query: "Query", now: datetime) -> dict[str, Any] | None:
    """Count the stored articles that match; None if there is no store in the folder."""
    from pantau.commands.cli.opened import opened_store, read_settings  # noqa: PLC0415 (not needed for --help)
    from pantau.ports import Filters, SearchRequest  # noqa: PLC0415 (as above)

    settings = read_settings(data) if data.is_dir() else None
    if settings is None or (settings.backend == "sqlite" and not settings.database.exists()):
        return None
    with opened_store(data, reads=True) as (store, _):
        page = store.index.search(SearchRequest(query, limit=1))
        recent = store.index.search(SearchRequest(query, Filters(since=now - _RECENT), limit=1))
        return {
            "articles": store.index.count(),
            "matches": page.total or 0,
            "matches_is_lower_bound": page.total_is_lower_bound,
            "last_7_days": recent.total or 0,
            "last_7_days_is_lower_bound": recent.total_is_lower_bound,
        }


def _translated(query: "Query", now: datetime) -> dict[str, Any]:
    from pantau.query.elasticsearch.translate import to_elastic  # noqa: PLC0415 (not needed for --help)

    made = to_elastic(query, now)
    return {"elasticsearch": made.body, "elasticsearch_is_exact": made.exact}


def _show(found: dict[str, Any], teller: "ClauseDescriber") -> None:
    """Show an explanation to people."""
    import json  # noqa: PLC0415 (not needed for --help)

    from pantau.adapters.terminal.screen import open_screen  # noqa: PLC0415 (as above)

    say = teller.words.say
    rows = [(say("label_query"), found["query"]), (say("label_reading"), found["reading"])]
    rows += [(say("label_note"), note) for note in found["notes"]]
    rows.append((say("label_breadth"), _selectivity_text(found["breadth"], teller)))
    rows.append((say("label_anchors"), _anchors_text(found["anchors"], teller)))
    if found.get("stored"):
        rows.append((say("label_stored"), _stored_text(found["stored"], teller)))
    if "elasticsearch" in found:
        rows.append(("Elasticsearch", json.dumps(found["elasticsearch"], indent=2)))
        if not found["elasticsearch_is_exact"]:
            rows.append(("", say("inexact")))
    _print_rows(open_screen(), rows)


def _print_rows(console: Any, rows: list[tuple[str, str]]) -> None:
    """Print labels and values; lines of a multi-line value are wrapped below each other."""
    from rich.text import Text  # noqa: PLC0415 (not needed for --json)

    from pantau.adapters.terminal.screen import hung  # noqa: PLC0415 (as above)
    from pantau.common.text.safe_text import harmless  # noqa: PLC0415 (as above)

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


def _selectivity_text(found: dict[str, Any], teller: "ClauseDescriber") -> str:
    say, share = teller.words.say, found["share"]
    level = say(f"level_{found['level']}")
    if found["level"] in {"none", "everything"}:
        return f"{level}: {found['reason']}"
    if share > 0.3:
        about = say("share_most", percent=round(share * 100))
    else:
        about = say("share", count=f"{float(f'{1 / share:.1g}'):,.0f}")
    return f"{level}, {about}: {found['reason']}"


def _anchors_text(keys: list[dict[str, Any]] | None, teller: "ClauseDescriber") -> str:
    from pantau.query.explain.plain_words import quoted  # noqa: PLC0415 (not needed for --json)

    words = teller.words
    if keys is None:
        return words.say("key_none")
    if not keys:
        return words.say("reason_nothing")
    told = []
    for key in keys[:_MOST_KEYS]:
        if "word" in key:
            one = words.say("key_word", value=quoted(key["word"]))
        elif "prefix" in key:
            one = words.say("key_prefix", value=quoted(key["prefix"]))
        else:
            one = words.say("key_pair", value=quoted(" ".join(key["pair"])))
        guard = key.get("and")
        if guard is not None:
            more = quoted(guard if isinstance(guard, str) else " ".join(guard))
            one = f"{one} {words.conjunctions['and']} {more}"
        told.append(one)
    rest = f" ... (+{len(keys) - _MOST_KEYS})" if len(keys) > _MOST_KEYS else ""
    return words.listed(told, "or") + rest


_MOST_KEYS: Final = 12


def _stored_text(found: dict[str, Any], teller: "ClauseDescriber") -> str:
    say = teller.words.say
    return say(
        "stored",
        least=say("least") if found["matches_is_lower_bound"] else "",
        matches=f"{found['matches']:,}",
        articles=f"{found['articles']:,}",
        recent=f"{found['last_7_days']:,}",
    )
