"""Queries made to keep the matcher busy.

Each is refused with a reason when saved, or stays within a budget an article. The budget is counted
in calls of functions, so that a slow machine changes nothing; what a single call into C does is
bounded by processor time, generously. Work beyond the budget is broken off, so that a stall is a
failure and not a wait.
"""

import sys
import time
from collections.abc import Callable
from contextlib import suppress
from random import Random
from types import FrameType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pantau.query import ast, parse
from pantau.query.errors import QueryError
from pantau.query.matching.matcher import Matcher
from pantau.query.meaning.budget import BudgetExceededError
from pantau.query.meaning.evaluate import accepts
from pantau.query.parsing.clauses import MAX_LENGTH
from pantau.query.text.document import Document, Value
from pantau_schemas.events.subscription import QueryLanguage
from tests.growth.measure import unit

CALLS = 5_000_000
"""Calls of functions that reading a query may take, and matching it with one article.

Below two million here; an everyday
query takes some hundred.
"""
SECONDS = 60.0
LANGUAGES: tuple[QueryLanguage, ...] = ("lucene", "kql", "pantau")

_chance = Random(1)


def _word(length: int, letters: str = "abcdefghijklmnopqrstuvwxyz") -> str:
    return "".join(_chance.choice(letters) for _ in range(length))


LONG_WORDS = [
    "a" * 250,
    "ab" * 100,
    "a" * 200 + "b",
    "0123456789" * 20,
    *(_word(200, "ab") for _ in range(3)),
]
ARTICLE: dict[str, Value] = {
    "title": "banjir " + "a" * 60,
    "text": " ".join(
        [_word(_chance.randint(2, 12)) for _ in range(400)] + LONG_WORDS + ["a", "b"] * 100
    ),
    "tags": tuple(_word(30) for _ in range(4_000)),
    "quotes": ("A b",) * 4_000,
}
"""Words of all sorts, and some that are made to keep automata busy."""

CASES = {
    "nested": "(" * 1_000 + "banjir" + ")" * 1_000,
    "nested as far as allowed": "+(-(" * 25 + "banjir" + "))" * 25,
    "not not": "NOT " * 1_000 + "banjir",
    "signs": "!" * MAX_LENGTH,
    "huge": "a" * MAX_LENGTH,
    "too long": "a" * (MAX_LENGTH + 1),
    "words": "ab " * (MAX_LENGTH // 3),
    "phrase": '"' + "ab " * (MAX_LENGTH // 3 - 1) + '"',
    "quotes": '"' * (MAX_LENGTH - 1),
    "colons": "a:" * (MAX_LENGTH // 2),
    "escapes": "\\" * (MAX_LENGTH - 1),
    "leading wildcards": " ".join(f"*{_word(3)}*" for _ in range(256)),
    "one wildcard": "*a" * (MAX_LENGTH // 2),
    "wildcards": " ".join("*" + "a*" * 30 + "b" for _ in range(256)),
    "question marks": "?" * 250 + "*",
    "fuzzy": " ".join(f"{_word(9)}~2" for _ in range(256)),
    "fuzzy and long": " ".join("ab" * 20 + _word(30) + "~2" for _ in range(250)),
    "slop": '"a b a b a b a b"~100000000',
    "slop and one word": '"' + "a " * 200 + '"~1000000',
    "ranges": "[a TO z] " * 256,
    "all fields": "*:a " * 250,
    "backslashes in quotes": '"' + "\\" * 60,
    "a path and a forgotten quote": '"C:\\' + "news\\" * 3_000,
    "escaped quotes": '"' + '\\"' * 9_000,
    "spaces": "a" + " " * 19_000 + "b",
    "spaces and an operator": "a" + " " * 19_000 + "and b",
    "spaces at both ends": " " * 9_000 + "a" + " " * 9_000,
    "nearly operators": "a  an  " * 2_800,
    "tabs in escapes": "\\t" * 9_000 + "a",
    "digits": "published: " + "1" * 19_000 + "x",
    "digits and zeros": "published > 0." + "1" * 19_000 + "0",
    "many digits": "published: " + "9" * 400,
    "date math": "published:[now" + "+1d-1d" * 3_000 + " TO now]",
    "field names": " ".join(f"*e*e*e*{letter}:x" for letter in "abcdefgh" * 30),
    "no such fields": " ".join(f"{_word(9)}:x" for _ in range(500)),
    "operators in small letters": "lang:(" + "and " * 4_900 + "a)",
    "range ends": "[" + '"' * 19_000,
    "slashes": "/" * 19_001,
    "escaped slashes": "/" + "\\/" * 9_000,
    "tildes": '"a b"' + "~" * 19_000,
    "carets": "a^" * 9_000,
    "near and near": " NEAR/3 ".join(["a"] * 2_000),
    "atleast in itself": "ATLEAST/2 " * 1_500 + "a",
    "exact case": '="' + "Ab " * 6_000 + '"',
    "exact case again": " ".join(f'="A {_word(4)}"' for _ in range(200)),
    "near": " AND ".join(f"a NEAR/1 {_word(2)}*" for _ in range(60)),
    "atleast or": "ATLEAST/8 text:("
    + " OR ".join(f'"{"a b " * size}"' for size in range(1, 20))
    + ")",
    "phrases of one word": " ".join('"' + "a " * 30 + '"' for _ in range(200)),
    "sloppy phrase of one word": '"' + "a " * 6_000 + 'zz"~3',
    "sloppy phrase of two words": '"' + "a b " * 1_500 + '"~7',
    "wildcard on values": "tags:*" + "a?" * 90 + "b*",
    "regular expression on values": "tags:/(.*a){20}b/",
    "prefixes of all lengths": " ".join("a" * size + "*" for size in range(1, 150)),
    "question marks and stars": " ".join("*a" + "?" * 100 + "b*" for _ in range(150)),
    "regular expressions": " ".join(f"/.*{_word(3)}.*/" for _ in range(256)),
}
EXPRESSIONS = {
    "plus plus": "(a+)+b",
    "alternatives": "(a|aa)+b",
    "optional": "a?" * 60 + "a" * 60,
    "many states": "(a|b)*a(a|b){60}",
    "many more": ".*a.{64}.*b.{60}",
    "stars": "(((((((a*b*)*c*)*d*)*e*)*f*)*g*)*h*)*x",
    "any any": "(.*.*)*" * 20,
    "plus and counted": "(a+)+b(.{1,100}){1,100}",
    "many signs": "(a|b?)*" * 140,
    "as much as is allowed": "(a|b)*a(a|b){12}",
    "wide sets": "(.*a){20}",
    "optional counted": "(.?a?){90}",
    "classes": "(" + "|".join(f"[{first}-z]" for first in "abcdefghijklmnopqrstuvw") + "){1,20}x",
    "counted": "(a{100}){100}",
    "counted twice": "(.{1,100}){1,100}",
    "intervals": "|".join(f"<{first}-9999>" for first in range(90)),
    "intervals in a row": "<0-9999>" * 100,
    "both": "&".join(f".*{letter}.{{9}}.*" for letter in "abcde"),
    "none of": "~(.*a.*)&~(.*b.{40})&~(~(.*c)d.*)",
    "deep": "(" * 49 + "a" + ")*" * 49,
}
CASES |= {f"regular expression: {name}": f"/{one}/" for name, one in EXPRESSIONS.items()}


class TooMuchError(Exception):
    """The budget is used up."""


def calls(work: Callable[[], object]) -> int:
    """Return the number of function calls of an action.

    Raises TooMuchError beyond the budget.
    """
    count = 0

    def note(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        if event in {"call", "c_call"}:
            count += 1
            if count > CALLS:
                raise TooMuchError

    before, started = sys.getprofile(), time.thread_time()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    assert time.thread_time() - started < SECONDS * unit()
    return count


def is_read_before(query: ast.Query, text: str, language: QueryLanguage) -> bool:
    """Return whether a language that stands before this one reads the very same query."""
    for other in LANGUAGES[: LANGUAGES.index(language)]:
        with suppress(QueryError):
            if parse(text, other) == query:
                return True
    return False


def hold(text: str, language: QueryLanguage, *, all_languages: bool = False) -> ast.Query | None:
    """Check one query: refused with its place and a reason, or within the budget.

    Returns the tree. Of `all_languages` that read the same tree, one is matched: the matcher knows
    no languages.
    """
    made: list[ast.Query] = []
    refused: list[QueryError] = []

    def save() -> None:
        try:
            made.append(parse(text, language))
        except QueryError as error:
            refused.append(error)

    calls(save)
    if refused:
        assert refused[0].expected
        assert 0 <= refused[0].position <= len(text)
        return None
    if all_languages and is_read_before(made[0], text, language):
        return made[0]
    matcher = Matcher()
    matcher.put("usual", parse("banjir"))
    calls(lambda: matcher.put("hostile", made[0]))
    matcher.put("last", parse("ban*"))
    found: list[str] = []
    errors: list[Exception] = []
    document = Document.from_fields(ARTICLE)
    failed = lambda _, error: errors.append(error)  # noqa: E731 (a line where it is used)
    calls(lambda: found.extend(key for key, _ in matcher.match(document, on_error=failed)))
    assert {"usual", "last"} <= set(found)
    assert all(isinstance(error, BudgetExceededError) for error in errors)
    if errors:
        assert "hostile" not in found
    else:
        with suppress(BudgetExceededError):  # the evaluator takes clauses in another order
            assert ("hostile" in found) == accepts(made[0], Document.from_fields(ARTICLE))
    matcher.remove("hostile")
    return made[0]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", CASES.values(), ids=CASES.keys())
def test_known_ones(text: str, language: QueryLanguage) -> None:
    hold(text, language, all_languages=True)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("nested", "at most 50 parentheses"),
        ("too long", "at most 20,000 characters"),
        ("words", "at most 512 words"),
        ("quotes", "a closing"),
    ],
)
def test_what_is_too_much_is_refused_with_the_reason(name: str, reason: str) -> None:
    with pytest.raises(QueryError, match=reason):
        parse(CASES[name])


_PIECES = st.sampled_from(
    [
        *EXPRESSIONS.values(),
        "a",
        ".*",
        "(a|b)*",
        "[a-z]{1,60}",
        "~(ab*)",
        "<1-9999>",
        "a?",
        "@&",
        "#|",
        "(",
        ")",
        "+",
    ]
)
_EXPRESSIONS = st.lists(_PIECES, min_size=1, max_size=12).map("".join).map(lambda one: f"/{one}/")
_LEAVES = st.one_of(
    _EXPRESSIONS,
    st.text("ab*?", min_size=1, max_size=60),
    st.text("ab", min_size=1, max_size=60).map(lambda one: f"{one}~2"),
    st.lists(st.sampled_from("ab"), min_size=1, max_size=60).map(
        lambda one: '"' + " ".join(one) + '"~10000'
    ),
    st.sampled_from(
        [
            "*",
            "*:*",
            "_exists_:*",
            "[* TO z]",
            "title:/.*/",
            "-a",
            "+b",
            "NOT",
            "AND",
            "OR",
            "(",
            ")",
            '"',
            ":",
        ]
    ),
)
_QUERIES = st.builds(
    lambda leaves, times, depth, joint: "(" * depth + joint.join(leaves * times) + ")" * depth,
    st.lists(_LEAVES, min_size=1, max_size=4),
    st.integers(1, 200),
    st.integers(0, 60),
    st.sampled_from([" ", " AND ", " OR NOT ", " and not "]),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_QUERIES, st.sampled_from(LANGUAGES))
def test_made_up_ones(text: str, language: QueryLanguage) -> None:
    hold(text, language)
