"""Which stories are one: chains, circles, both directions."""

from hypothesis import given
from hypothesis import strategies as st

from pantau.stories.merges import NO_MERGES, Merges, resolve

ids = st.sampled_from("abcdefgh")
mappings = st.dictionaries(ids, ids)


def test_a_story_that_never_ended_is_itself() -> None:
    assert resolve("a", {}) == "a"
    assert NO_MERGES.ids("a") == ("a",)


def test_a_chain_is_followed_to_its_end() -> None:
    merges = Merges({"a": "b", "b": "c", "x": "c"})
    assert {one: merges.resolve(one) for one in "abcx"} == dict.fromkeys("abcx", "c")
    assert merges.ids("b") == ("a", "b", "c", "x")
    assert merges.beginning("a") == {"c"}


def test_a_long_chain() -> None:
    chain = {str(one): str(one + 1) for one in range(5_000)}
    assert resolve("0", chain) == "5000"


def test_a_circle_is_one_story_wherever_one_comes_in() -> None:
    merges = Merges({"d": "c", "c": "b", "b": "c", "z": "z"})
    assert [merges.resolve(one) for one in "bcdz"] == ["b", "b", "b", "z"]
    assert merges.ids("d") == ("b", "c", "d")


@given(mappings, ids)
def test_what_it_became_is_itself_and_knows_all_its_ids(
    into: dict[str, str], story_id: str
) -> None:
    merges = Merges(into)
    story = merges.resolve(story_id)
    assert merges.resolve(story) == story
    assert story_id in merges.ids(story)
    assert merges.ids(story) == merges.ids(story_id)
    assert {merges.resolve(one) for one in merges.ids(story)} == {story}
    following = into.get(story_id)
    assert following is None or merges.resolve(following) == story


@given(mappings, st.lists(ids))
def test_what_was_asked_before_changes_no_answer(into: dict[str, str], asked: list[str]) -> None:
    merges = Merges(into)
    assert [merges.resolve(one) for one in asked] == [resolve(one, into) for one in asked]
