"""Similarities of pairs of stories: updated incrementally, and equal to a full computation."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from pantau.stories.features import features, read_features
from pantau.stories.grouping import Ended, GroupedArticle, Grouping
from pantau.stories.products import MOST, Products
from pantau.stories.words import read_words

TEXTS = [
    features(read_words("", text), "id")
    for text in ("abcde fghij", "abcde klmno", "fghij pqrst", "x")
]
STORIES = ("s0", "s1", "s2", "s3")
STEPS = st.lists(
    st.one_of(
        st.tuples(
            st.just("add"), st.integers(0, 7), st.sampled_from(STORIES), st.sampled_from(TEXTS)
        ),
        st.tuples(st.just("remove"), st.integers(0, 7)),
        st.tuples(st.just("merge"), st.sampled_from(STORIES), st.sampled_from(STORIES)),
        st.tuples(st.just("unmerge"), st.sampled_from(STORIES)),
        st.tuples(st.just("ask")),
    ),
    max_size=40,
)


def anew(grouping: Grouping, one: str, other: str) -> float:
    """Return the mean similarity of two stories, from nothing but their articles."""
    stories = dict(grouping.stories())
    firsts, seconds = (
        [read_features(found.features) for name in stories[story] if (found := grouping.get(name))]
        for story in (one, other)
    )
    total = sum(a[word] * b.get(word, 0) for a in firsts for b in seconds for word in a)
    return total / len(firsts) / len(seconds) / 255**2


@settings(max_examples=200, deadline=None)
@given(STEPS)
def test_whatever_comes_and_goes_the_sums_stay_right(steps: list[tuple[object, ...]]) -> None:
    grouping = Grouping(window_ms=10**9, most=100)
    for step in steps:
        match step:
            case ("add", int(number), str(story), str(text)):
                grouping.add(GroupedArticle(f"a{number}", story, 1, 1, 1, text))
            case ("remove", int(number)):
                grouping.remove(f"a{number}")
            case ("merge", str(story), str(into)) if story < into:
                grouping.merge(Ended(story, into, 1))
            case ("unmerge", str(story)):
                grouping.unmerge(story) if grouping.into(story) is not None else None
            case ("ask",):
                for one, other in combinations(sorted(story for story, _ in grouping.stories()), 2):
                    assert grouping._between(one, other) == anew(grouping, one, other)


def test_an_article_that_joins_costs_no_look_at_the_others() -> None:
    index = {1: {"a": 3, "b": 2}, 2: {"a": 1}}
    products = Products(index)
    assert products.of("a", "b", lambda: [1, 2]) == 6

    def never() -> list[int]:
        raise AssertionError

    products.change("b", {1: 5, 9: 1}, 1)
    assert products.of("b", "a", never) == 21
    products.change("b", {1: 5}, -1)
    assert products.of("a", "b", never) == 6


def test_only_the_pairs_asked_for_last_are_kept() -> None:
    products = Products({})
    for number in range(MOST + 50):
        products.of("a", f"b{number}", list)
    assert len(products._totals) == MOST
    assert len(products._partners) == MOST + 1
