"""Lists of names: one that grows with the text, and articles that grow beside a list."""

from collections.abc import Callable
from typing import Any, Final

from pantau.query import ast, parse
from pantau.query.elasticsearch.translate import to_elastic
from pantau.query.explain.explanation import explain_match
from pantau.query.explain.selectivity import estimate
from pantau.query.fts5.translate import narrow
from pantau.query.listed import ListValues, bind, expanded
from pantau.query.matching.matcher import Matcher
from pantau.query.meaning.evaluate import evaluate
from pantau.query.text import tokenizer
from pantau.query.text.document import Document
from pantau.usecases.lists.files import as_csv, as_lines, parse_entries
from pantau_schemas.events.name_list import LONGEST_VALUE
from tests.growth.given.makers import document_of
from tests.growth.given.shapes import ORDINARY
from tests.support import START

REFERENCES: Final = ("@a", "title:@a OR people:@a", "NOT @a", "aa AND @a")
_MOST_WORDS: Final = 12


def _values(text: str) -> ListValues:
    """Return a list of the text's words, and of all runs of them that begin at some."""
    words = tokenizer.words(text)
    runs = (
        " ".join(words[place : place + 1 + place % _MOST_WORDS])[:LONGEST_VALUE]
        for place in range(0, len(words), 3)
    )
    return ListValues("a", [*words, *runs])


def _bound(written: str, values: ListValues) -> ast.Query:
    return bind(parse(written, "pantau"), lambda _: values)


def _growing_list(written: str) -> Callable[[str], Callable[[], object]]:
    def prepare(text: str) -> Callable[[], object]:
        return lambda: _all_of(_bound(written, _values(text)), document_of(ORDINARY))

    return prepare


def _all_of(query: ast.Query, document: Document) -> None:
    """Do everything that is done with a query of a subscriber."""
    evaluate(query, document)
    explain_match(query, document)
    expanded(query)
    narrow(query)
    to_elastic(query, START)
    estimate(query, START)
    _match(query, document)


def _match(query: ast.Query, document: Document) -> None:
    matcher = Matcher()
    matcher.put("one", query)
    matcher.put("two", query)
    matcher.match(document)
    matcher.put_list(ListValues("a", ["aa"]))
    matcher.match(document)
    matcher.remove("one")


def _growing_both(text: str) -> Callable[[], object]:
    """Match a list of the words of an article with that article: both grow."""
    query, document = _bound("@a", _values(text)), document_of(text)

    def both() -> object:
        _match(query, document)
        return evaluate(query, document)

    return both


def _growing_article(text: str) -> Callable[[], object]:
    values = ListValues("a", ["aa", "aa aa bb", "a b", *(" ".join(["aa"] * n) for n in (3, 9, 60))])
    query, document = _bound("@a", values), document_of(text)
    return lambda: (evaluate(query, document), explain_match(query, document))


def _file(text: str) -> Callable[[], object]:
    lines = "\n".join(text[start : start + 100] for start in range(0, len(text), 100))

    def read() -> object:
        entries = parse_entries(f"value\n{lines}".replace('"', "") + "\n")
        return as_csv(entries), [*as_lines(entries)]

    return read


LISTS: Final[dict[str, Any]] = {
    **{f"growing list in {written}": ("prose", _growing_list(written)) for written in REFERENCES},
    "growing list of a growing article": ("prose", _growing_both),
    "growing article beside a list": ("prose", _growing_article),
    "list in a file": ("prose", _file),
}
