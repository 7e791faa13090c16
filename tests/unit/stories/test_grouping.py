"""Stories as they come."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pantau.stories.features import KEPT, features
from pantau.stories.grouping import Ended, GroupedArticle, Grouping, Placed
from pantau.stories.words import read_words
from tests.events import coverage

HOUR = 3_600_000
WINDOW = 72 * HOUR
EVENTS, EACH = 8, 5
TOLD = coverage(EVENTS, EACH)
MADE = [features(read_words(one.title, one.text)) for one in TOLD]


def put(grouping: Grouping, name: str, made: str, seen: int, moment: int | None = None) -> Placed:
    placed = grouping.place(name, seen, seen if moment is None else moment, made, f"s-{name}")
    grouping.add(placed.member)
    for ended in placed.merges:
        grouping.merge(ended)
    return placed


def parts(grouping: Grouping) -> set[frozenset[str]]:
    return {members for _, members in grouping.stories()}


def expected(numbers: Iterable[int]) -> set[frozenset[str]]:
    wanted: dict[int, set[str]] = {}
    for number in numbers:
        wanted.setdefault(TOLD[number].event, set()).add(str(number))
    return {frozenset(one) for one in wanted.values()}


def run(order: Sequence[int], grouping: Grouping | None = None) -> Grouping:
    made = grouping or Grouping(WINDOW, 1_000)
    for place, number in enumerate(order):
        put(made, str(number), MADE[number], place * HOUR // 2)
    return made


def dump(grouping: Grouping) -> object:
    """Return all that decides what comes next."""
    stories = {
        key: (frozenset(one.members), tuple(one.moments), tuple(sorted(one.sources.items())))
        for key, one in grouping._stories.items()
    }
    return stories, grouping._index, grouping._members, grouping._into


@settings(max_examples=60, deadline=None)
@given(st.permutations(range(len(TOLD))))
def test_every_order_ends_in_the_same_stories(order: list[int]) -> None:
    assert parts(run(order)) == expected(order)


@settings(max_examples=30, deadline=None)
@given(st.permutations(range(len(TOLD))))
def test_an_id_never_changes(order: list[int]) -> None:
    grouping, given_ids = Grouping(WINDOW, 1_000), {}
    for place, number in enumerate(order):
        given_ids[str(number)] = put(grouping, str(number), MADE[number], place).member.story_id
        for name, story_id in given_ids.items():
            member = grouping.get(name)
            assert member is not None
            assert member.story_id == story_id


@settings(max_examples=30, deadline=None)
@given(st.permutations(range(len(TOLD))), st.data())
def test_a_rebuilt_state_is_the_same(order: list[int], data: st.DataObject) -> None:
    was = run(order)
    was.remove(str(order[3]))
    members = data.draw(st.permutations(list(was._members.values())))
    rebuilt = Grouping(WINDOW, 1_000)
    for member in members:
        rebuilt.add(member)
        rebuilt.add(member)
    assert dump(rebuilt) == dump(was)


def test_two_founders_become_one_story_when_a_third_article_shows_it() -> None:
    grouping = Grouping(WINDOW, 1_000)
    for name, made, founded in (("one", MADE[0], 5), ("two", MADE[1], 3)):
        grouping.add(GroupedArticle(name, f"s-{name}", founded, founded, founded, made))
    placed = put(grouping, "three", MADE[2], 9)
    assert placed.member.story_id == "s-two"  # founded first
    assert placed.member.founded == 3
    assert placed.merges == (Ended("s-one", "s-two", 3),)
    assert parts(grouping) == {frozenset({"one", "two", "three"})}
    assert grouping.resolve("s-one") == "s-two"
    member = grouping.get("one")
    assert member is not None
    assert member.story_id == "s-one"


def test_founded_at_once_the_smaller_id_goes_on() -> None:
    grouping = Grouping(WINDOW, 1_000)
    for name in ("b", "a"):
        grouping.add(GroupedArticle(name, f"s-{name}", 7, 7, 7, MADE[0]))
    assert put(grouping, "c", MADE[1], 8).merges == (Ended("s-b", "s-a", 7),)


def test_merges_are_followed_and_taken_back() -> None:
    grouping = Grouping(WINDOW, 1_000)
    for at, number in enumerate((0, EACH, 2 * EACH)):
        grouping.add(GroupedArticle(str(at), f"s-{at}", at, at, at, MADE[number]))
    before = repr(dump(grouping))
    grouping.merge(Ended("s-2", "s-1", 1))
    grouping.merge(Ended("s-1", "s-0", 0))
    assert parts(grouping) == {frozenset({"0", "1", "2"})}
    assert grouping.joined("s-2", "s-0") is None
    grouping.unmerge("s-2")
    grouping.unmerge("s-1")
    assert sorted(before) == sorted(repr(dump(grouping)))
    assert grouping.joined("s-2", "s-1") == Ended("s-2", "s-1", 1)


def test_a_chain_of_pairs_is_no_story() -> None:
    """Each is like the one before, the ends have nothing in common: the mean tells."""
    grouping = Grouping(WINDOW, 1_000)
    texts = [one.text.split(". ") for one in coverage(9, 1, seed=3)]
    for number in range(8):
        text = ". ".join((*texts[number], *texts[number + 1]))
        put(grouping, str(number), features(read_words("", text)), number)
    assert max(len(members) for members in parts(grouping)) <= 4  # of eight


class TestWindow:
    def test_a_later_article_founds_its_own(self) -> None:
        grouping = Grouping(WINDOW, 1_000)
        put(grouping, "one", MADE[0], 0)
        assert put(grouping, "near", MADE[1], WINDOW).member.story_id == "s-one"
        assert put(grouping, "far", MADE[2], 2 * WINDOW + 1).member.story_id == "s-far"

    def test_a_first_poll_brings_weeks_at_once(self) -> None:
        """The time of publication counts, not when it was seen."""
        grouping = Grouping(WINDOW, 1_000)
        week = 7 * 24 * HOUR
        moments = [0, HOUR, week, week + HOUR, 2 * week]
        stories = [
            put(grouping, str(at), MADE[at % EACH], 3 * week, moment).member.story_id
            for at, moment in enumerate(moments)
        ]
        assert stories == ["s-0", "s-0", "s-2", "s-2", "s-4"]

    def test_it_does_not_matter_in_which_order_a_feed_gives_them(self) -> None:
        grouping = Grouping(WINDOW, 1_000)
        put(grouping, "late", MADE[0], 0, 10 * HOUR)
        assert put(grouping, "early", MADE[1], 0, 2 * HOUR).member.story_id == "s-late"

    def test_what_is_older_is_forgotten(self) -> None:
        grouping = run(range(10))
        grouping.forget(WINDOW + 2 * HOUR)
        assert len(grouping) == 6
        grouping.forget(10 * WINDOW)
        assert dump(grouping) == ({}, {}, {}, {})

    def test_only_so_many_are_held(self) -> None:
        grouping = Grouping(WINDOW, 6)
        for place, number in enumerate(range(len(TOLD))):
            put(grouping, str(number), MADE[number], place)
            grouping.forget(place)
        assert sorted(grouping._members) == sorted(
            str(number) for number in range(len(TOLD) - 6, len(TOLD))
        )
        assert sum(len(one) for one in grouping._index.values()) <= 6 * KEPT

    def test_founders_of_stories_that_are_gone_are_forgotten(self) -> None:
        grouping = Grouping(WINDOW, 3)
        for number in range(1_500):
            grouping.add(GroupedArticle(str(number), f"s{number}", number, number, number, MADE[0]))
            grouping.forget(number)
        assert len(grouping._founded) <= 1_010


def test_a_changed_article_takes_the_place_of_itself() -> None:
    grouping = run(range(EACH))
    member = grouping.get("2")
    assert member is not None
    grouping.add(replace(member, features=MADE[EACH]))
    grouping.add(member)
    assert dump(grouping) == dump(run(range(EACH)))


def test_an_article_without_words_is_alone() -> None:
    grouping = Grouping(WINDOW, 10)
    empty = features(read_words("", ""))
    assert put(grouping, "a", empty, 0).member.story_id == "s-a"
    assert put(grouping, "b", empty, 0).member.story_id == "s-b"


def test_doubles_are_seen_from_either_side() -> None:
    grouping = Grouping(WINDOW, 10)
    for at, name in enumerate(("one", "two")):
        grouping.add(GroupedArticle(name, f"s-{name}", at, at, at, MADE[at]))
    assert grouping.doubles("one") == grouping.doubles("two") == (Ended("s-two", "s-one", 0),)


@pytest.mark.parametrize("seed", range(3))
def test_a_thousand_articles_in_any_order(seed: int) -> None:
    many = coverage(200, 5, seed=seed)
    order = list(range(len(many)))
    random.Random(seed).shuffle(order)
    grouping = Grouping(WINDOW, 10_000)
    for place, number in enumerate(order):
        put(
            grouping,
            str(number),
            features(read_words(many[number].title, many[number].text)),
            place,
        )
    assert {len(members) for members in parts(grouping)} == {5}
    assert all(len({many[int(one)].event for one in members}) == 1 for members in parts(grouping))


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (
            ("KPK Geledah Kantor di Kudus", "KPK menggeledah kantor dinas di Kudus, Senin."),
            ("KPK Bina Lurah di Kudus", "KPK memberi pembinaan antikorupsi kepada lurah di Kudus."),
            False,
        ),
        (
            ("Banjir Rendam Demak", "Banjir merendam tiga kecamatan di Demak."),
            ("Jalan Demak Diperbaiki", "Jalan nasional di Demak diperbaiki Kementerian PU."),
            False,
        ),
        (
            ("KPK Tahan Bupati Kudus", "KPK menahan Bupati Kudus terkait suap jabatan."),
            (
                "Bupati Kudus Ditahan KPK",
                "Bupati Kudus resmi ditahan KPK dalam kasus suap jabatan.",
            ),
            True,
        ),
        (
            ("Kebakaran Pasar di Solo", "Kebakaran melanda pasar di Solo, dua kios habis."),
            ("Kios Pasar Solo Terbakar", "Dua kios di pasar Solo habis terbakar."),
            True,
        ),
    ],
)
def test_short_articles_share_more_than_two_names(
    first: tuple[str, str], second: tuple[str, str], same: bool
) -> None:
    grouping = Grouping(WINDOW, 1_000)
    for number, (title, text) in enumerate((first, second)):
        put(grouping, str(number), features(read_words(title, text)), HOUR * number)

    assert len(parts(grouping)) == (1 if same else 2)
