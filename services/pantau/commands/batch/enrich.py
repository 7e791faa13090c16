"""`pantau enrich`: names, places and dates of the articles in a file."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final, NamedTuple

import click

from pantau.commands.cli.streams import InputFile, data_output, name_of

if TYPE_CHECKING:
    from pantau.common.files.batch_articles import BatchArticle
    from pantau.enricher import Enricher
    from pantau.settings import EnrichSettings
    from pantau_schemas.base import Model

EXAMPLES: Final = """\b
Examples:
  pantau enrich --articles articles.jsonl > enriched.jsonl
  zcat articles.jsonl.gz | pantau enrich --articles - | head
"""


class _Given(NamedTuple):
    """The text of an article as the enricher is given it."""

    title: str
    text: str
    lang: str | None
    feed_language: None = None


@click.command(epilog=EXAMPLES)
@click.option(
    "--articles",
    "source",
    type=InputFile(),
    required=True,
    help="JSON Lines of {id, title, text, lang?, ...}; - for standard input.",
)
@click.option(
    "--progress/--no-progress",
    default=None,
    help="Show on standard error how far it is.  [default: if that is a terminal]",
)
@click.option(
    "--engine",
    help="What finds the names: convolutional, rules, spacy.  [default: the best that is built in]",
)
@click.option(
    "--model",
    "models",
    metavar="[LANG=]NAME",
    multiple=True,
    help="For the engine spacy: a pipeline's name or path, for all languages or one; again for "
    "others.",
)
@click.option(
    "--dictionary",
    "dictionaries",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    multiple=True,
    help="A YAML or CSV file of names of your own; again for others.",
)
def enrich(
    source: BinaryIO,
    progress: bool | None,  # noqa: FBT001 (a flag of the command line)
    engine: str | None,
    models: tuple[str, ...],
    dictionaries: tuple[Path, ...],
) -> int:
    """Enrich articles: who, what, where and when, and who says what.

    Each line is written as it was read, with `lang` (kept if given); `people`, `organizations`,
    `places`, `place_codes`, `roles` and `quotes` as lists of strings; `entities`, `dates`,
    `quotations` and `boilerplate` with their positions; `fingerprint`, which near-duplicates share;
    `service`, the kind of a service piece such as `horoscope`; and `enricher_version`. Enrichment
    of an article stops after 2.5 s of CPU time; `cut` names the incomplete parts.

    Offsets are in code points of `title` and `text`. Relative dates such as `kemarin` are found if
    the line has `published` or `first_seen`. Exit code: 0 all lines read, 1 a line could not be
    read, 2 wrong usage or no such file.
    """
    from pantau.adapters.files.dictionaries import DictionaryFiles
    from pantau.common.files.batch_articles import (
        read_batch_articles,
    )
    from pantau.common.files.jsonlines import Complaints
    from pantau.common.time.clock import SystemClock
    from pantau.enricher import build_enricher
    from pantau.stream.handler import PREPARED

    complaints = Complaints()
    own = DictionaryFiles(dictionaries, SystemClock(), complaints.caution)
    enricher = build_enricher(engine, _settings(models), own.load())
    articles = read_batch_articles(source, name_of(source), complaints)
    if progress is None:
        progress = sys.stderr is not None and sys.stderr.isatty()
    with data_output() as write, ExitStack() as stack:
        watched = _watched(articles, stack, progress=progress)
        # a pipe is answered line by line
        ready = _prepared(enricher, watched, PREPARED if source.seekable() else 1)
        for article in ready:
            line = enrich_line(enricher, article)
            if "cut" in line:
                complaints.warn(
                    f"article {article.id}", f"took too long; cut off: {', '.join(line['cut'])}"
                )
            write(line)
    return complaints.exit_code


def _settings(models: tuple[str, ...]) -> "EnrichSettings":
    """Return the settings of the options."""
    from pantau.settings import EnrichSettings, SpacySettings

    by_language = {
        lang: name for lang, mark, name in (one.partition("=") for one in models) if mark
    }
    whole = [one for one in models if "=" not in one]
    return EnrichSettings(
        spacy=SpacySettings(model=whole[-1] if whole else None, models=by_language)
    )


def _prepared(
    enricher: "Enricher", articles: "Iterator[BatchArticle]", size: int
) -> "Iterator[BatchArticle]":
    """Yield the articles, each group of a size after the enricher has read its texts at once."""
    while group := list(islice(articles, size)):
        if len(group) > 1:
            enricher.prepare(map(_given, group))
        yield from group


def enrich_line(enricher: "Enricher", article: "BatchArticle") -> dict[str, Any]:
    """Return the original object of an article with its enrichment."""
    from pantau.stories.fingerprint import fingerprint
    from pantau.stories.templates import service_kind
    from pantau.stories.words import read_words

    title, text, lang, _ = _given(article)
    appeared = article.fields.get("published") or article.fields.get("first_seen")
    found = enricher.find(title, text, lang, reference=_moment(appeared))
    spans = [(one.start, one.end) for one in found["boilerplate"]]
    words = read_words(title, text, spans)
    found["fingerprint"] = fingerprint(words)
    service = service_kind(words)
    if service is not None:
        found["service"] = service
    found["enricher_version"] = enricher.version
    line = article.given | {name: _as_json(value) for name, value in found.items()}
    if not line["cut"]:
        del line["cut"]
    return line


def _moment(value: object) -> datetime | None:
    return value if isinstance(value, datetime) else None


def _given(article: "BatchArticle") -> _Given:
    title, text, lang = (_text(article, name) for name in ("title", "text", "lang"))
    return _Given(title, text, lang or None)


def _text(article: "BatchArticle", name: str) -> str:
    value = article.fields.get(name)
    return value if isinstance(value, str) else ""


def _as_json(found: "str | Sequence[Model | dict[str, Any] | str]") -> Any:
    """Convert a field's value to JSON, without absent values.

    Models are read directly: serialising each of them takes three times as long.
    """
    if isinstance(found, str) or not found or isinstance(found[0], str):
        return found
    return [_without_absent(one if isinstance(one, dict) else vars(one)) for one in found]


def _without_absent(values: Mapping[str, Any]) -> dict[str, Any]:
    plain = {name: value for name, value in values.items() if value is not None}
    if "mentions" in plain:
        plain["mentions"] = list(map(vars, plain["mentions"]))
    return plain


def _watched(
    articles: "Iterator[BatchArticle]", stack: ExitStack, *, progress: bool
) -> "Iterator[BatchArticle]":
    """Yield the articles, counting them on standard error if requested."""
    if not progress:
        return articles
    from rich.console import Console
    from rich.progress import (
        Progress,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
    )

    columns = (SpinnerColumn(), TextColumn("{task.completed:,.0f} articles"), TimeElapsedColumn())
    bar = stack.enter_context(Progress(*columns, console=Console(stderr=True), transient=True))
    return iter(bar.track(articles, total=None))
