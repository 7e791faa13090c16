"""The memory of stories, over the log's own tables.

Several processes, batches that were not written, rebuilding.
"""

import random
from datetime import timedelta

import pytest

from pantau.adapters.memory.store import MemoryStore
from pantau.ports import Record
from pantau.settings import StorySettings
from pantau.stories.memory import StoryDecision, StoryMemory
from pantau.stream.envelope import record_for
from pantau_schemas.base import Event
from pantau_schemas.events.article import EnrichedArticle
from pantau_schemas.events.story import StoryMember, StoryMerge
from pantau_schemas.topics import STORY_MEMBERS, STORY_MERGES
from tests.events import coverage
from tests.support import START, FixedClock, enriched
from tests.unit.stories.test_grouping import dump

TOLD = coverage(6, 5)
TOPICS = {StoryMember: STORY_MEMBERS, StoryMerge: STORY_MERGES}


class Newsroom:
    """A log, and as many memories of it as wanted."""

    def __init__(self) -> None:
        self.log = MemoryStore(FixedClock()).log

    def memory(self, **settings: object) -> StoryMemory:
        tables = self.log.table(STORY_MEMBERS.name), self.log.table(STORY_MERGES.name)
        made = StoryMemory(*tables, StorySettings.model_validate(settings))
        made.refresh()
        return made

    def write(self, *all_told: StoryDecision) -> None:
        events: list[Event] = [event for one in all_told for event in one.events]
        self.log.append(
            record_for(event, TOPICS[type(event)], source="test", time=START) for event in events
        )

    def resolved(self) -> dict[str, str]:
        memory = self.memory()
        values = self.log.table(STORY_MEMBERS.name).snapshot().values.values()
        members = [StoryMember.model_validate_json(value) for value in values if value is not None]
        return {one.article_id: memory.grouping.resolve(one.story_id) for one in members}


@pytest.fixture
def room() -> Newsroom:
    return Newsroom()


def article(number: int, **more: object) -> EnrichedArticle:
    one = TOLD[number]
    fields: dict[str, object] = {"first_seen": START + timedelta(minutes=number)}
    return enriched(str(number), title=one.title, text=one.text, **fields | more)  # type: ignore[arg-type]  # fields by name


def assign(memory: StoryMemory, number: int, **more: object) -> StoryDecision:
    return memory.assign(article(number, **more), START + timedelta(hours=10))


def test_the_members_come_before_the_merges(room: Newsroom) -> None:
    memory = room.memory()
    first, second = assign(memory, 0), assign(memory, 1)
    assert first.story_id == second.story_id
    assert [type(one) for one in second.events] == [StoryMember]
    member = second.events[0]
    assert isinstance(member, StoryMember)
    assert member.founded == START
    assert member.fingerprint == second.fingerprint


def test_what_was_written_is_confirmed(room: Newsroom) -> None:
    memory = room.memory()
    for number in range(12):
        room.write(assign(memory, number))
        if number % 5 == 4:
            memory.refresh()
    memory.refresh()
    assert dump(memory.grouping) == dump(room.memory().grouping)


def test_a_batch_that_was_not_written_is_decided_again_and_alike(room: Newsroom) -> None:
    memory = room.memory()
    room.write(assign(memory, 0))
    memory.refresh()
    before = dump(room.memory().grouping)
    once = [assign(memory, number) for number in (1, 5, 6)]
    memory.refresh()
    assert dump(memory.grouping) == before
    # What the batch did not hold the second time leaves no trace: 6 founds the story that 5 had
    # founded.
    assert assign(memory, 6).story_id != once[2].story_id
    memory.refresh()
    assert [assign(memory, number) for number in (1, 5, 6)] == once


def test_recent_articles_are_compared_and_all_are_known(room: Newsroom) -> None:
    """A member copies the recent articles of all partitions, and all of its own."""
    other = Newsroom()
    memory = room.memory()
    old, young = assign(memory, 0), assign(memory, 5)
    room.write(old, young)
    other.write(young)
    recent = other.log.table(STORY_MEMBERS.name)
    tables = room.log.table(STORY_MEMBERS.name), room.log.table(STORY_MERGES.name)
    both = StoryMemory(*tables, StorySettings(), recent=recent)
    both.refresh()
    assert both.grouping.get(article(0).article_id) is None
    assert both.grouping.get(article(5).article_id) is not None
    again = assign(both, 0, revision=2)
    assert (again.story_id, again.events) == (old.story_id, ())
    other.write(assign(both, 6))
    both.refresh()
    assert both.grouping.get(article(6).article_id) is not None


def test_half_of_a_batch_was_written(room: Newsroom) -> None:
    memory = room.memory()
    batch = [assign(memory, number) for number in (0, 1, 5, 6)]
    room.write(*batch[:2])
    memory.refresh()
    again = [assign(memory, number) for number in (0, 1, 5, 6)]
    assert [one.story_id for one in again] == [one.story_id for one in batch]
    assert [len(one.events) for one in again] == [0, 0, 1, 1]
    room.write(*again)
    memory.refresh()
    assert dump(memory.grouping) == dump(room.memory().grouping)


def test_the_other_sources_of_a_story_are_those_before(room: Newsroom) -> None:
    memory = room.memory()
    sources = ("kabar", "suara", "suara", "antara", None)
    decisions = [assign(memory, number, source=source) for number, source in enumerate(sources)]
    found = [one.coverage for one in decisions]
    assert [one and (one.articles, one.other_sources) for one in found] == [
        (1, ()),
        (2, ("kabar",)),
        (3, ("kabar",)),
        (4, ("suara", "kabar")),
        (5, ("suara", "antara", "kabar")),
    ]
    room.write(*decisions)
    again = assign(room.memory(), 0, source="kabar", revision=2).coverage
    assert again is not None, "a rebuilt memory knows them, too"
    assert (again.articles, again.other_sources) == (5, ("suara", "antara"))


def test_a_story_of_many_sources_names_some_and_counts_the_others(room: Newsroom) -> None:
    memory = room.memory()
    one = TOLD[0]
    for number in range(30):
        same = enriched(
            f"c{number}", title=one.title, text=one.text, source=f"s{number:02}", first_seen=START
        )
        coverage_now = memory.assign(same, START).coverage
        assert coverage_now is not None
        others = (*coverage_now.other_sources,)
        assert others == tuple(f"s{each:02}" for each in range(min(number, 10)))
        assert coverage_now.more_sources == max(0, number - 10)


class TestRevisions:
    def test_a_revision_stays_in_its_story(self, room: Newsroom) -> None:
        memory = room.memory()
        first = assign(memory, 0)
        room.write(first)
        memory.refresh()
        changed = article(0, revision=2).model_copy(update={"text": TOLD[10].text})
        told_again = memory.assign(changed, START)
        assert told_again.story_id == first.story_id
        assert told_again.events == ()
        assert told_again.fingerprint != first.fingerprint

    def test_also_after_the_window(self, room: Newsroom) -> None:
        memory = room.memory(window_hours=1)
        tell_first = assign(memory, 0)
        second = assign(memory, 1)
        room.write(tell_first, second, assign(memory, 10, first_seen=START + timedelta(hours=5)))
        memory.refresh()
        assert memory.grouping.get(article(1).article_id) is None
        assert assign(memory, 1, revision=2).story_id == second.story_id

    def test_a_replay_gives_the_same(self, room: Newsroom) -> None:
        memory = room.memory(window_hours=1)
        second = (assign(memory, 0), assign(memory, 1))[1]
        room.write(second, assign(memory, 10, first_seen=START + timedelta(hours=5)))
        memory.refresh()
        again = assign(memory, 1, historical=True)
        assert (again.story_id, again.fingerprint, again.events) == (
            second.story_id,
            second.fingerprint,
            (),
        )


class TestMoments:
    def test_articles_of_weeks_at_one_moment(self, room: Newsroom) -> None:
        memory = room.memory()
        stories = [
            assign(
                memory,
                at,
                first_seen=START,
                published=START - timedelta(days=7 * (at // 2)),
                historical=True,
            )
            for at in range(4)
        ]
        ids = [one.story_id for one in stories]
        assert ids[0] == ids[1] != ids[2] == ids[3]

    def test_what_claims_to_be_of_tomorrow_is_of_now(self, room: Newsroom) -> None:
        memory = room.memory()
        now = START + timedelta(hours=1)
        told_one = memory.assign(
            article(0, first_seen=now + timedelta(days=400), published=now + timedelta(days=30)),
            now,
        )
        member = told_one.events[0]
        assert isinstance(member, StoryMember)
        assert member.seen == member.moment == now
        memory.assign(article(1), now)
        assert len(memory.grouping) == 2


class TestSeveralProcesses:
    def test_two_founders_at_once_become_one(self, room: Newsroom) -> None:
        one, other = room.memory(), room.memory()
        first, second = assign(one, 0), assign(other, 1)
        assert first.story_id != second.story_id
        room.write(first, second)
        one.refresh()
        other.refresh()
        # Whatever comes next in either, the merge is written; both write the same.
        third, fourth = assign(one, 10), assign(other, 20)
        merges = [
            event
            for told_one in (third, fourth)
            for event in told_one.events
            if isinstance(event, StoryMerge)
        ]
        assert {(merge.story_id, merge.into) for merge in merges} == {
            (second.story_id, first.story_id)
        }
        room.write(third, fourth)
        resolved = room.resolved()
        assert resolved[article(0).article_id] == resolved[article(1).article_id] == first.story_id
        for memory in (one, other):
            memory.refresh()
            assert dump(memory.grouping) == dump(room.memory().grouping)
            assert not [
                event for event in assign(memory, 21).events if isinstance(event, StoryMerge)
            ]
            memory.refresh()

    def test_a_merge_that_was_not_written_is_written_later(self, room: Newsroom) -> None:
        one, other = room.memory(), room.memory()
        room.write(assign(one, 0), assign(other, 1))
        one.refresh()
        lost = assign(one, 10)
        one.refresh()
        again = assign(one, 10)
        assert [type(event) for event in lost.events] == [StoryMember, StoryMerge]
        assert again == lost

    def test_two_led_one_story_into_two(self, room: Newsroom) -> None:
        """The later word stands; the story that the earlier one named is merged, too."""
        one = room.memory()
        founders = [room.memory() for _ in range(3)]
        stories = [
            assign(memory, number) for memory, number in zip(founders, (0, 5, 10), strict=True)
        ]
        room.write(*stories)
        a, b, c = (told_one.story_id for told_one in stories)
        for into in (a, b):
            merge = StoryMerge(
                schema_version=1,
                story_id=c,
                into=into,
                founded=START,
                article_id="x",
                merged_at=START,
            )
            room.write(StoryDecision(c, "", (merge,)))
            one.refresh()
        room.write(assign(one, 20))
        assert len(set(room.resolved().values())) == 2
        assert room.memory().grouping.resolve(c) == room.memory().grouping.resolve(a)
        assert room.memory().grouping.resolve(b) == room.memory().grouping.resolve(a)

    @pytest.mark.parametrize("seed", range(8))
    def test_any_interleaving_ends_in_the_same_stories(self, room: Newsroom, seed: int) -> None:
        chance = random.Random(seed)
        memories = [room.memory() for _ in range(3)]
        order = list(range(len(TOLD)))
        chance.shuffle(order)
        while order:
            memory = chance.choice(memories)
            batch, order = order[:3], order[3:]
            if chance.random() < 0.7:
                memory.refresh()
            told_batch = [assign(memory, number) for number in batch]
            if chance.random() < 0.2:  # a crash: it comes again
                memory.refresh()
                order = batch + order
                continue
            room.write(*told_batch)
        for memory in memories:  # something else comes later
            memory.refresh()
            room.write(assign(memory, 0, revision=2))
        resolved = room.resolved()
        parts: dict[str, set[int]] = {}
        for number, one in enumerate(TOLD):
            parts.setdefault(resolved[article(number).article_id], set()).add(one.event)
        assert sorted(map(sorted, parts.values())) == [[event] for event in range(6)]


class TestBadRecords:
    def test_what_cannot_be_read_is_left_out(
        self, room: Newsroom, caplog: pytest.LogCaptureFixture
    ) -> None:
        memory = room.memory()
        room.write(assign(memory, 0))
        room.log.append(
            [
                Record(STORY_MEMBERS.name, "bad", b"{"),
                Record(STORY_MERGES.name, "bad", b'{"schema_version": 9}'),
            ]
        )
        memory.refresh()
        assert dump(memory.grouping) == dump(room.memory().grouping)
        assert "cannot be used" in caplog.text
        assert assign(memory, 1).story_id == assign(memory, 0).story_id

    def test_a_removed_record_is_forgotten(self, room: Newsroom) -> None:
        memory = room.memory()
        room.write(assign(memory, 0))
        memory.refresh()
        room.log.append([Record(STORY_MEMBERS.name, article(0).article_id, None)])
        memory.refresh()
        assert len(memory.grouping) == len(room.memory().grouping) == 0

    @pytest.mark.parametrize("text", ["", "\ud800\x00", "x" * 500_000, "A b. " * 50_000])
    def test_hostile_texts(self, room: Newsroom, text: str) -> None:
        memory = room.memory()
        told_one = memory.assign(
            enriched("h").model_copy(update={"title": text, "text": text}), START
        )
        room.write(told_one)
        memory.refresh()
        assert len(memory.grouping) == 1


def test_old_merges_are_forgotten(room: Newsroom) -> None:
    one, other = room.memory(), room.memory()
    room.write(assign(one, 0), assign(other, 1))
    one.refresh()
    room.write(assign(one, 2))
    one.refresh()
    assert one._merged
    room.write(
        one.assign(article(10, first_seen=START + timedelta(days=9)), START + timedelta(days=9))
    )
    one.refresh()
    assert not one._merged
    assert dump(one.grouping) == dump(room.memory().grouping)
