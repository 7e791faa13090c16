"""`pantau match`: subscriptions against articles, from files, without a store."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from pantau.commands.cli.say import say, text_of
from pantau.commands.cli.streams import InputFile, data_output, name_of

if TYPE_CHECKING:
    from pantau.common.files.jsonlines import Complaints
    from pantau.query.ast import Query
    from pantau.query.matching.engines import MatchEngine

EXAMPLES = """\b
Examples:
  pantau match --subscriptions subscriptions.jsonl --articles articles.jsonl
  zcat articles.jsonl.gz | pantau match --subscriptions subscriptions.jsonl --articles -

A subscription is {"id", "query", "language"?, "time_zone"?} a line, an article {"id", "title", "text", ...}.
Ids are strings, given back unchanged. A wrong optional field is ignored with a warning.
Each match is a line {"article", "subscription"}: articles in the order given, then subscriptions in theirs.
A query that cannot be read goes to standard error as {"id", "position", "expected", "suggestion"};
it matches nothing and does not change the exit code.
Exit code: 0 all lines were read, 1 some were not (the others are processed), 2 wrong usage or no such file.
"""


@click.command(epilog=EXAMPLES)
@click.option(
    "--subscriptions", type=InputFile(), required=True, help="JSON Lines; - for standard input."
)
@click.option(
    "--articles", type=InputFile(), required=True, help="JSON Lines; - for standard input."
)
def match(subscriptions: BinaryIO, articles: BinaryIO) -> int:
    """Match subscriptions with articles of files, without any store."""
    from pantau.common.files.batch_articles import normal_fields, read_batch_articles
    from pantau.common.files.jsonlines import Complaints
    from pantau.query.text.document import Document

    if subscriptions is articles:
        raise click.UsageError(say("query.two-standard-inputs"))
    complaints = Complaints()
    matcher, ids = _read_subscriptions(subscriptions, complaints)
    with data_output() as write:
        for article in read_batch_articles(articles, name_of(articles), complaints):
            failed = _failure(article.id, ids, complaints)
            document = Document.from_fields(normal_fields(article))
            for key, _ in matcher.match(document, on_error=failed):
                write({"article": article.id, "subscription": ids[key]})
    return complaints.exit_code


def _read_subscriptions(
    stream: BinaryIO, complaints: "Complaints"
) -> tuple["MatchEngine", dict[str, str]]:
    """Load all subscriptions.

    Returns them by their number in the file, and the id of each number. Members that an export
    has, and matching does not need, are as silent as those that it reads.
    """
    from pantau.common.files.jsonlines import read_objects
    from pantau.common.files.unknown_members import UnknownMembers
    from pantau.query.matching.engines import build_engine
    from pantau.usecases.subscriptions.files import COLUMNS

    matcher = build_engine()
    ids: dict[str, str] = {}
    unknown = UnknownMembers(COLUMNS)
    for where, given in read_objects(stream, name_of(stream), complaints):
        for name in unknown.find(given):
            complaints.warn(where, f"{name}: no such member; ignored, here and in later lines")
        query = _read_query(where, given, complaints)
        if query is not None:
            key = str(len(ids))
            ids[key] = given["id"]
            matcher.put(key, query)
    return matcher, ids


def _read_query(where: str, given: dict[str, Any], complaints: "Complaints") -> "Query | None":
    from pantau.errors import UsageError
    from pantau.problems import problem
    from pantau.query import QueryError, parse
    from pantau.query.listed import lists_in

    for key in ("id", "query"):
        if not isinstance(given.get(key), str) or (key == "id" and not given[key]):
            complaints.reject(
                where, f"{key}: expected a string{' that is not empty' if key == 'id' else ''}"
            )
            return None
    for key in ("language", "time_zone"):
        if not isinstance(given.get(key, ""), str | None):
            complaints.reject(where, f"{key}: expected a string")
            return None
    try:
        query = parse(
            given["query"],
            given.get("language") or "lucene",
            time_zone=given.get("time_zone") or "UTC",
        )
    except QueryError as error:
        report = {
            "id": given["id"],
            "position": error.position,
            "expected": error.expected,
            "suggestion": error.suggestion,
        }
        complaints.report(report)
    except UsageError as error:
        complaints.reject(where, str(error))
    else:
        lists = lists_in(query)
        if not lists:
            return query
        complaints.reject(where, text_of(problem("lists.not-here", name=lists[0].name)))
    return None


def _failure(
    article: str, ids: dict[str, str], complaints: "Complaints"
) -> Callable[[str, Exception], None]:
    def failed(key: str, error: Exception) -> None:
        complaints.warn(
            f"article {article}", f"subscription {ids[key]} could not be evaluated: {error}"
        )

    return failed
