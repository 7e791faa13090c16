"""The records that a stage makes, and the partitions in which they are."""

from pantau.stream.envelope import record_for
from pantau.stream.writing import Writing
from pantau_schemas.events.story import StoryMember
from pantau_schemas.topics import ARTICLES_ENRICHED, ARTICLES_FULL, STORY_MEMBERS
from tests.support import START, enriched, full

WRITING = Writing("enricher", (STORY_MEMBERS, ARTICLES_ENRICHED))


def member(name: str) -> StoryMember:
    return StoryMember(
        article_id=full(name).article_id,
        story_id=full("story").article_id,
        seen=START,
        moment=START,
        founded=START,
        source="kabar.example",
        fingerprint="0" * 16,
        features="",
    )


def test_what_has_no_address_is_where_that_is_which_it_was_made_of() -> None:
    parent = record_for(full(), ARTICLES_FULL, source="test", time=START)
    made = WRITING.record(member("one"), parent, START)
    assert made.partition_key == parent.partition_key == "kabar.example"
    assert WRITING.tombstone(member("one"), parent, START).partition_key == "kabar.example"


def test_of_an_article_without_an_address_all_is_where_its_id_says() -> None:
    parent = record_for(full(url=None), ARTICLES_FULL, source="test", time=START)
    assert WRITING.record(member("one"), parent, START).partition_key == full().article_id


def test_other_topics_are_partitioned_as_they_say() -> None:
    parent = record_for(full(), ARTICLES_FULL, source="test", time=START)
    made = WRITING.record(enriched(), parent, START)
    assert made.partition_key == enriched().article_id
    assert WRITING.record(member("two"), None, START).partition_key == full("two").article_id
