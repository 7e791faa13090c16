"""Stories through the stages, over every store."""

from collections import defaultdict
from datetime import timedelta

from pantau.settings import Settings, StorySettings
from pantau_schemas.events.article import Article, EnrichedArticle
from pantau_schemas.events.story import StoryMember
from tests.events import coverage
from tests.pipeline.conftest import Bench
from tests.support import START, article

TOLD = coverage(4, 3)


def given(number: int, **more: object) -> Article:
    one = TOLD[number]
    fields: dict[str, object] = {
        "title": one.title,
        "text": one.text,
        "first_seen": START + timedelta(minutes=number),
        "source": f"s{number}.example",
    }
    return article(str(number), **fields | more)  # type: ignore[arg-type]  # fields by name


def parts(bench: Bench) -> list[list[int]]:
    numbers = {article(str(number)).article_id: number for number in range(len(TOLD))}
    found: defaultdict[str | None, list[int]] = defaultdict(list)
    for one in bench.table("articles.enriched", EnrichedArticle):
        found[one.story_id].append(numbers[one.article_id])
    return sorted(sorted(one) for one in found.values())


def test_articles_of_one_event_share_a_story(bench: Bench) -> None:
    bench.give(*(given(number) for number in range(len(TOLD))))
    bench.run()
    assert parts(bench) == [[0, 1, 2], [3, 4, 5], [6, 7, 8], [9, 10, 11]]
    members = bench.table("story-members", StoryMember)
    enriched = {one.article_id: one for one in bench.table("articles.enriched", EnrichedArticle)}
    assert {one.article_id: one.story_id for one in members} == {
        key: one.story_id for key, one in enriched.items()
    }
    assert all(enriched[one.article_id].fingerprint == one.fingerprint for one in members)


def test_a_restart_and_a_revision_change_nothing(bench: Bench) -> None:
    bench.give(*(given(number) for number in range(7)))
    bench.run()
    before = {
        one.article_id: one.story_id for one in bench.table("articles.enriched", EnrichedArticle)
    }
    bench.restart()
    bench.give(
        given(0, revision=2, text=TOLD[9].text),
        *(given(number) for number in range(7, len(TOLD))),
    )
    bench.run()
    after = {one.article_id: one for one in bench.table("articles.enriched", EnrichedArticle)}
    assert {key: after[key].story_id for key in before} == before
    assert after[article("0").article_id].revision == 2
    assert parts(bench) == [[0, 1, 2], [3, 4, 5], [6, 7, 8], [9, 10, 11]]


def test_without_stories(bench: Bench) -> None:
    bench.settings = Settings.model_validate(
        {**bench.settings.model_dump(), "stories": StorySettings(enabled=False)}
    )
    bench.restart()
    bench.give(given(0), given(1))
    bench.run()
    assert {one.story_id for one in bench.table("articles.enriched", EnrichedArticle)} == {None}
    assert bench.table("story-members", StoryMember) == []
