"""Every query in the documents means what its page says.

An HTML comment before a table says what its first column holds: `examples: LANGUAGE` (the other
columns hold articles that match, and that do not), `queries` (valid Lucene syntax), `refused:
LANGUAGE`, `warned: LANGUAGE`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, cast

import pytest

from pantau.query import QueryError, parse, warnings
from pantau.query.meaning.evaluate import evaluate
from pantau.query.text.document import Document
from pantau_schemas.events.subscription import QueryLanguage
from pantau_schemas.fields import FIELDS, FieldKind
from tests.docs.pages import name_of, pages, tokens

_MARK: Final = re.compile(r"<!-- (examples|queries|refused|warned)(?:: (\w+))? -->")
_CODE: Final = re.compile(r"`([^`]+)`")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a marked table."""

    page: str
    kind: str
    language: QueryLanguage
    query: str
    cells: tuple[str, ...]


def marked_rows(page: Path) -> Iterator[Row]:
    """Yield the rows of the marked tables of a page."""
    mark: re.Match[str] | None = None
    cells: list[str] = []
    for token in tokens(page):
        if token.type == "html_block":
            mark = _MARK.match(token.content)
        elif token.type == "tr_open":
            cells = []
        elif token.type == "inline":
            cells.append(token.content)
        elif token.type == "tr_close" and mark is not None and _CODE.search(" ".join(cells)):
            # The query stands in the last column of tables that begin with what is wanted.
            found = _CODE.search(cells[-1] if mark[1] == "queries" else cells[0])
            assert found is not None, cells
            language = cast("QueryLanguage", mark[2] or "lucene")
            yield Row(
                name_of(page), mark[1], language, found[1].replace("\\|", "|"), tuple(cells[1:])
            )
        elif token.type == "table_close":
            mark = None


ROWS: Final = [row for page in pages() for row in marked_rows(page)]


def rows(kind: str) -> list[Row]:
    return [row for row in ROWS if row.kind == kind]


def articles(cell: str) -> Iterator[Document]:
    """Read a cell: titles in italics, other fields as `name=value`, separated by semicolons."""
    for piece in filter(None, (one.strip() for one in cell.split(";"))):
        if piece.startswith("*"):
            yield Document.from_fields({"title": piece.strip("*")})
            continue
        name, _, text = piece.strip("`").partition("=")
        field = FIELDS[name]
        value = datetime.fromisoformat(text) if field.kind is FieldKind.DATE else text
        yield Document.from_fields({name: (text,) if field.many else value})


def test_there_are_enough_examples() -> None:
    assert {row.language for row in rows("examples")} == {"lucene", "kql", "pantau"}
    assert len(rows("examples")) > 40
    assert len(rows("queries")) > 20


@pytest.mark.parametrize("row", rows("examples"), ids=lambda row: row.query)
def test_example_matches_what_the_page_says(row: Row) -> None:
    query = parse(row.query, row.language)
    matching, others = (list(articles(cell)) for cell in row.cells[:2])
    assert matching
    assert all(evaluate(query, one) is not None for one in matching)
    assert all(evaluate(query, one) is None for one in others)


@pytest.mark.parametrize("row", rows("queries"), ids=lambda row: f"{row.page}: {row.query}")
def test_query_can_be_saved_without_a_warning(row: Row) -> None:
    parse(row.query, row.language)
    assert [one.message for one in warnings(row.query, row.language)] == []


@pytest.mark.parametrize("row", rows("refused"), ids=lambda row: row.query)
def test_refused_query_is_refused(row: Row) -> None:
    with pytest.raises(QueryError):
        parse(row.query, row.language)


@pytest.mark.parametrize("row", rows("warned"), ids=lambda row: row.query)
def test_warned_query_has_a_warning(row: Row) -> None:
    parse(row.query, row.language)
    assert warnings(row.query, row.language)
