"""`pantau query test`: a query against given articles, with what matched and why."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO, Final

import click

from pantau.commands.cli.options.bound_queries import bound_query
from pantau.commands.cli.options.lang import lang_option
from pantau.commands.cli.options.queries import query_options, read_query
from pantau.commands.cli.options.shared import json_option
from pantau.commands.cli.say import text_of, warn
from pantau.commands.cli.streams import InputFile, data_output, name_of
from pantau.problems import problem

if TYPE_CHECKING:
    from pantau.common.files.batch_articles import BatchArticle
    from pantau.common.files.jsonlines import Complaints
    from pantau.query import Query
    from pantau.query.explain.plain_leaves import ClauseDescriber
    from pantau.query.explain.plain_words import DescriptionLanguage
    from pantau.usecases.search.trying import TriedArticle
    from pantau_schemas.events.subscription import QueryLanguage

EXAMPLES: Final = """\b
Examples:
  pantau query test '"Boy Rafli Amar" AND UNOCT' --title 'Boy Rafli Amar bertemu UNOCT'
  pantau query test 'banjir AND NOT title:bola' articles.jsonl
  zcat articles.jsonl.gz | pantau query test 'people:"Joko Widodo"' - --json

FILE has an article {"id", "title", "text", ...} a line, as for `pantau match`. Those that match are shown.
As JSON, each is a line {"article", "matches", "clauses"}: places count code points, in queries and in articles.
Exit code: 0 all lines were read, 1 some were not (the others are processed), 2 wrong usage, or no such query or file.
"""


@click.command(epilog=EXAMPLES)
@click.argument("query")
@click.argument("file", type=InputFile(), required=False)
@click.option("--title", help="Title of an article to try.")
@click.option("--text", help="Text of an article to try.")
@query_options
@lang_option
@json_option
def test(
    query: str,
    file: BinaryIO | None,
    title: str | None,
    text: str | None,
    language: "QueryLanguage",
    time_zone: str,
    tongue: "DescriptionLanguage",
    *,
    as_json: bool,
) -> int:
    """Run a query against an article, or a file of them.

    Shows which articles match, the matched words marked, and each clause of the query that found
    something. For an article given by --title and --text it also shows what prevented a match.
    """
    from pantau.common.files.jsonlines import Complaints
    from pantau.common.time.clock import SystemClock
    from pantau.query.explain import plain
    from pantau.usecases.search.trying import own_article

    now = SystemClock().now()
    own = own_article(title, text, now)
    complaints = Complaints()
    if own is not None and file is None:
        articles = iter([own])
    elif file is not None and own is None:
        articles = _read(file, complaints)
    else:
        raise click.UsageError(text_of(problem("query.file-or-article")))
    parsed = bound_query(read_query(query, language, time_zone), query)
    run = _TestRun(parsed, query, plain.describer(tongue, now, time_zone), single=own is not None)
    if as_json:
        run.as_json(articles)
    else:
        run.for_people(articles)
    run.warn()
    return complaints.exit_code


def _read(file: BinaryIO, complaints: "Complaints") -> Iterator["BatchArticle"]:
    from pantau.common.files.batch_articles import (
        read_batch_articles,
    )

    return read_batch_articles(file, name_of(file), complaints)


class _TestRun:
    """One query over articles.

    `single`: there is one, and it is shown even if it does not match.
    """

    def __init__(
        self, query: "Query", text: str, teller: "ClauseDescriber", *, single: bool
    ) -> None:
        from pantau.usecases.search.trying import QueryTrial

        self._trial = QueryTrial(query)
        self._text = text
        self._teller = teller
        self._single = single

    def warn(self) -> None:
        """Warn about articles on which the query exceeded its budget."""
        if self._trial.too_costly:
            warn(problem("query.too-costly", count=self._trial.too_costly))

    def as_json(self, articles: Iterator["BatchArticle"]) -> None:
        """Write each article that matches as a line of JSON."""
        with data_output() as write:
            for article in articles:
                found = self._trial.run(article)
                if found.spans is None:
                    continue
                clauses = [
                    {
                        "clause": self._text[one.clause.start : one.clause.end],
                        "start": one.clause.start,
                        "end": one.clause.end,
                        "reading": self._teller.leaf(one.clause),
                        "matches": [span.model_dump() for span in one.spans],
                    }
                    for one in found.clauses
                ]
                matches = [span.model_dump() for span in found.spans]
                write({"article": article.id, "matches": matches, "clauses": clauses})

    def for_people(self, articles: Iterator["BatchArticle"]) -> None:
        """Show each matching article, and their number."""
        from pantau.adapters.terminal.screen import (
            open_screen,
        )

        console = open_screen()
        seen = matched = 0
        for article in articles:
            found = self._trial.run(article, explained=self._single)
            seen += 1
            matched += found.matches
            if found.matches:
                self._show(console, found)
            else:
                self._show_hindrances(console, found)
        words = self._teller.words
        say = words.say
        if self._single:
            console.print(say("test_match" if matched else "test_no_match"), style="bold")
        else:
            console.print(
                say("test_count", matched=words.number(matched), articles=words.number(seen)),
                style="bold",
                soft_wrap=True,
            )

    def _show(self, console: Any, found: "TriedArticle") -> None:
        from rich.text import Text

        from pantau.adapters.terminal.screen import article_text, hung
        from pantau.query.explain.highlight import Highlighter
        from pantau.query.text.document import TEXT_FIELDS

        article, document = found.article, found.document
        texts = {name: document.joined(name) for name in TEXT_FIELDS if document.has(name)}
        marks: dict[str, list[tuple[int, int]]] = {}
        for span in found.spans or ():
            marks.setdefault(span.field, []).append((span.start, span.end))
        pieces = Highlighter(texts).snippets(marks)
        facts = [] if self._single else [article.id]
        source = article.fields.get("source")
        facts += [source] if isinstance(source, str) else []
        console.print(article_text(console, texts.get("title", ""), pieces, facts), soft_wrap=True)
        for one in found.clauses:
            clause = f"{self._teller.leaf(one.clause)}{self._places(one.spans)}"
            console.print(hung(console, Text(clause, "dim"), "    ", "  - "), soft_wrap=True)
        console.print()

    def _places(self, spans: Any) -> str:
        """Format how often a clause was found in each field."""
        counts: dict[str, int] = {}
        for span in spans:
            counts[span.field] = counts.get(span.field, 0) + 1
        fields = self._teller.words.fields
        text = ", ".join(f"{fields[name]} {count}×" for name, count in counts.items())
        return f" ({text})" if text else ""

    def _show_hindrances(self, console: Any, found: "TriedArticle") -> None:
        from rich.text import Text

        from pantau.adapters.terminal.screen import hung

        for one in found.hindrances:
            kind = "test_unwanted" if one.unwanted else "test_missing"
            text = self._teller.words.say(kind, what=self._teller.leaf(one.clause))
            console.print(hung(console, Text(text), "    ", "  - "), soft_wrap=True)
