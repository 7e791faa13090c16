"""`pantau enrich`: language and entities of articles in a file."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, BinaryIO, Final

import click

from pantau.commands.streams import InputFile, data_output, name_of

if TYPE_CHECKING:
    from pantau.batch import BatchArticle
    from pantau.enricher import Enricher
    from pantau_schemas.article import Entity

EXAMPLES: Final = """\b
Examples:
  pantau enrich --articles articles.jsonl > enriched.jsonl
  zcat articles.jsonl.gz | pantau enrich --articles - | head
"""


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
@click.option("--engine", default="rules", show_default=True, help="What finds the names.")
def enrich(source: BinaryIO, progress: bool | None, engine: str) -> int:  # noqa: FBT001 (a flag of the command line)
    """Enrich articles: their language, and the people, organisations and places they name.

    Each line comes out as it was given, with `lang` (kept if given), `people`, `organizations`, `places`
    and `entities` with every mention as offsets in code points of `title` and `text`.
    Exit code: 0 all lines read, 1 a line could not be read, 2 wrong usage or no such file.
    """
    from pantau.batch import read_batch_articles  # noqa: PLC0415 (keeps `pantau --help` quick)
    from pantau.enricher import build_enricher  # noqa: PLC0415 (as above)
    from pantau.jsonlines import Complaints  # noqa: PLC0415 (as above)

    enricher = build_enricher(engine)
    complaints = Complaints()
    articles = read_batch_articles(source, name_of(source), complaints)
    if progress is None:
        progress = sys.stderr is not None and sys.stderr.isatty()
    with data_output() as write, ExitStack() as stack:
        for article in _watched(articles, stack, progress=progress):
            write(enrich_line(enricher, article))
    return complaints.exit_code


def enrich_line(enricher: "Enricher", article: "BatchArticle") -> dict[str, Any]:
    """Give the object of an article as it came, with its enrichment."""
    title, text, lang = (_text(article, name) for name in ("title", "text", "lang"))
    lang = lang or enricher.language(title, text)
    entities = enricher.entities(title, text, lang)
    return article.given | {
        "lang": lang,
        "people": _names(entities, "person"),
        "organizations": _names(entities, "organization"),
        "places": _names(entities, "place"),
        "entities": [_as_json(entity) for entity in entities],
    }


def _text(article: "BatchArticle", name: str) -> str:
    value = article.fields.get(name)
    return value if isinstance(value, str) else ""


def _names(entities: "tuple[Entity, ...]", kind: str) -> list[str]:
    return list(dict.fromkeys(entity.name for entity in entities if entity.type == kind))


def _as_json(entity: "Entity") -> dict[str, Any]:
    found: dict[str, Any] = {
        "type": entity.type,
        "name": entity.name,
        "mentions": [{"field": one.field, "start": one.start, "end": one.end} for one in entity.mentions],
    }
    if entity.long_name is not None:
        found["long_name"] = entity.long_name
    return found


def _watched(
    articles: "Iterator[BatchArticle]", stack: ExitStack, *, progress: bool
) -> "Iterator[BatchArticle]":
    """Count the articles on standard error, if asked to."""
    if not progress:
        return articles
    from rich.console import Console  # noqa: PLC0415 (only for people who watch)
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415 (as above)

    columns = (SpinnerColumn(), TextColumn("{task.completed:,.0f} articles"), TimeElapsedColumn())
    bar = stack.enter_context(Progress(*columns, console=Console(stderr=True), transient=True))
    return iter(bar.track(articles, total=None))
