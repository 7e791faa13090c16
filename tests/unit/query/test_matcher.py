"""The matcher finds what evaluating every query finds."""

from hypothesis import given, settings
from hypothesis import strategies as st

from pantau.query import parse
from pantau.query.ast import ExactCase
from pantau.query.document import Document
from pantau.query.evaluate import evaluate
from pantau.query.matcher import Matcher

from .conftest import documents, queries


@settings(max_examples=200, deadline=None)
@given(st.lists(queries, max_size=12), documents, st.data())
def test_same_as_evaluating_every_query(texts: list[str], document: Document, data: st.DataObject) -> None:
    matcher = Matcher()
    known = {}
    for number, text in enumerate(texts):
        known[str(number)] = parse(text)
        matcher.put(str(number), known[str(number)])
    for key in data.draw(st.lists(st.sampled_from(sorted(known)), max_size=3)) if known else []:
        if data.draw(st.booleans()):
            matcher.remove(key)
            known.pop(key, None)
        elif key in known:
            known[key] = parse(data.draw(queries))
            matcher.put(key, known[key])
    assert len(matcher) == len(known)
    expected = [
        (key, found) for key, query in known.items() if (found := evaluate(query, document)) is not None
    ]
    assert matcher.match(document) == expected


def test_removing_all_leaves_nothing_behind() -> None:
    matcher = Matcher()
    for key, text in enumerate(["banjir", "ban*", "-banjir", "banjir OR demak", "people:x"]):
        matcher.put(str(key), parse(text))
    for key in range(6):
        matcher.remove(str(key))
    assert len(matcher) == 0
    assert matcher.match(Document.from_fields({"title": "banjir"})) == []


def test_one_bad_subscription_never_loses_the_others() -> None:
    matcher = Matcher()
    matcher.put("first", parse("banjir"))
    matcher.put("bad", ExactCase(("title",), ("Banjir",)))  # which the evaluator does not know yet
    matcher.put("last", parse("ban*"))
    errors: list[tuple[str, str]] = []
    found = matcher.match(
        Document.from_fields({"title": "banjir"}),
        on_error=lambda key, error: errors.append((key, str(error))),
    )
    assert [key for key, _ in found] == ["first", "last"]
    assert errors == [("bad", "not evaluated yet: ExactCase")]
