"""Every engine finds what evaluating every query finds."""

from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pantau.query import parse
from pantau.query.ast import Regex
from pantau.query.matching.engines import ENGINES, MatchEngine
from pantau.query.matching.matcher import Matcher
from pantau.query.meaning.evaluate import evaluate
from pantau.query.text.document import Document
from tests.unit.query.conftest import documents, own_queries, queries

every_engine = pytest.mark.parametrize("new_engine", ENGINES.values(), ids=ENGINES.keys())


@every_engine
@settings(max_examples=200, deadline=None)
@given(texts=st.lists(queries, max_size=12), document=documents, data=st.data())
def test_same_as_evaluating_every_query(
    new_engine: Callable[[], MatchEngine], texts: list[str], document: Document, data: st.DataObject
) -> None:
    matcher = new_engine()
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
        (key, found)
        for key, query in known.items()
        if (found := evaluate(query, document)) is not None
    ]
    assert matcher.match(document) == expected


@every_engine
@settings(max_examples=300, deadline=None)
@given(texts=st.lists(own_queries, max_size=12), document=documents)
def test_same_for_the_language_pantau(
    new_engine: Callable[[], MatchEngine], texts: list[str], document: Document
) -> None:
    matcher = new_engine()
    known = {text: parse(text, "pantau") for text in texts}
    for text, query in known.items():
        matcher.put(text, query)
    expected = [
        (text, found)
        for text, query in known.items()
        if (found := evaluate(query, document)) is not None
    ]
    assert matcher.match(document) == expected


@every_engine
def test_it_stays_the_same_while_it_learns(new_engine: Callable[[], MatchEngine]) -> None:
    chance = Random(3)
    words = [f"kata{number}" for number in range(30)]
    texts = ["banjir*", "-kata1", "people:Siti"]
    for _ in range(300):
        first, second, third = (words[int(30 * chance.random() ** 2)] for _ in range(3))
        texts.append(
            chance.choice(
                (
                    f"{first} AND {second}",
                    f'"{first} {second} {third}" OR "{second} {first}"',
                    f'"{first} {second}"~4 AND NOT {third}',
                    f"({first} OR {second}) AND {third[:5]}* AND NOT (title:{first} OR {second})",
                    f'title:"{first} {second}" OR (+{third} -"{second} {third}")',
                )
            )
        )
    parsed = [parse(text) for text in texts]
    matcher = new_engine()
    for number, query in enumerate(parsed):
        matcher.put(str(number), query)
    found = 0
    for _ in range(200):
        text = " ".join(words[int(30 * chance.random() ** 2)] for _ in range(chance.randrange(40)))
        document = Document.from_fields({"title": text[:20], "text": text, "people": ("Siti",)})
        expected = [str(number) for number, query in enumerate(parsed) if evaluate(query, document)]
        assert [key for key, _ in matcher.match(document)] == expected
        found += len(expected)
    assert found > 1_000


def test_removing_all_frees_what_was_built() -> None:
    matcher = Matcher()
    for number, text in enumerate(["banjir* AND x", "-kata1", '"a b" OR c', "c AND d"]):
        matcher.put(str(number), parse(text))
    matcher.match(Document.from_fields({"text": "banjir x a b c d"}))
    for number in range(4):
        matcher.remove(str(number))
    assert (matcher._by_key, matcher._keys, matcher._lengths) == ({}, set(), {})


@every_engine
def test_removing_all_leaves_nothing_behind(new_engine: Callable[[], MatchEngine]) -> None:
    matcher = new_engine()
    for key, text in enumerate(["banjir", "ban*", "-banjir", "banjir OR demak", "people:x"]):
        matcher.put(str(key), parse(text))
    for key in range(6):
        matcher.remove(str(key))
    assert len(matcher) == 0
    assert matcher.match(Document.from_fields({"title": "banjir"})) == []


@every_engine
def test_one_bad_subscription_never_loses_the_others(new_engine: Callable[[], MatchEngine]) -> None:
    matcher = new_engine()
    matcher.put("first", parse("banjir"))
    matcher.put("bad", Regex(("title",), "("))  # which no parser gives
    matcher.put("last", parse("ban*"))
    errors: list[tuple[str, str]] = []
    found = matcher.match(
        Document.from_fields({"title": "banjir"}),
        on_error=lambda key, error: errors.append((key, str(error))),
    )
    assert [key for key, _ in found] == ["first", "last"]
    assert [key for key, _ in errors] == ["bad"]
