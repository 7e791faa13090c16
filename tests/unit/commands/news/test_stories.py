"""`pantau stories`, and stories in `pantau search`.

Tables for people, JSON for programs, mistakes.
"""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from pantau.bootstrap import open_store
from pantau.common.time.clock import SystemClock
from pantau.settings import load_settings
from pantau.stream.envelope import record_for
from pantau_schemas.events.story import StoryMerge
from pantau_schemas.ids import digest_id
from pantau_schemas.topics import STORY_MERGES
from tests.support import START, enriched
from tests.unit.commands.conftest import Run

EVIL = "\x1b]0;owned\x07 [bold]a\u202eb\nc"
FLOOD, ENDED, QUAKE, RARE = digest_id("flood"), digest_id("ended"), digest_id("quake"), "s-evil"
ARTICLES = (
    # name, story, source, hours ago
    ("flood 1", FLOOD, "kabar.example", 20),
    ("flood 2", FLOOD, "warta.example", 19),
    ("flood 3", ENDED, "kabar.example", 18),
    ("quake 1", QUAKE, "kabar.example", 10),
    ("quake 2", QUAKE, "kabar.example", 9),
    ("alone", digest_id("alone"), "kabar.example", 8),
    ("none", None, "kabar.example", 7),
    ("old flood", FLOOD, "news.example", 24 * 6),
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a folder with a story of two ids, one of a single source, and articles alone."""
    folder = tmp_path / "data"
    store = open_store(load_settings(folder))
    now = SystemClock().now()
    store.index.put(
        enriched(
            name,
            title=f"Banjir {name}",
            story_id=story,
            source=source,
            first_seen=now - timedelta(hours=hours),
        )
        for name, story, source, hours in ARTICLES
    )
    merge = StoryMerge(
        schema_version=1,
        story_id=ENDED,
        into=FLOOD,
        founded=START,
        article_id=digest_id("flood 3"),
        merged_at=START,
    )
    store.log.append([record_for(merge, STORY_MERGES, source="test", time=START)])
    store.close()
    return folder


class TestStories:
    def test_the_largest_first_merges_applied(self, pantau: Run) -> None:
        code, out, err = pantau("stories", "--json")
        assert (code, err) == (0, "")
        flood, quake = map(json.loads, out.splitlines())
        assert (flood["story_id"], flood["ids"]) == (FLOOD, sorted([FLOOD, ENDED]))
        assert (flood["articles"], flood["sources"]) == (
            3,
            {"kabar.example": 2, "warta.example": 1},
        )
        assert (flood["first"]["title"], flood["newest"]["title"]) == (
            "Banjir flood 1",
            "Banjir flood 3",
        )
        assert flood["first"]["first_seen"] < flood["newest"]["first_seen"]
        assert flood["newest"]["article_id"] == digest_id("flood 3")
        assert (quake["story_id"], quake["articles"]) == (QUAKE, 2)

    @pytest.mark.parametrize(
        ("options", "stories"),
        [
            (["--since", "7d"], [(FLOOD, 4), (QUAKE, 2)]),
            (["--since", "7d", "--until", "15h"], [(FLOOD, 4)]),
            (["--sources", "2"], [(FLOOD, 3)]),
            (["--sources", "3", "--since", "7d"], [(FLOOD, 4)]),
            (["--limit", "1"], [(FLOOD, 3)]),
            (["--since", "1h"], []),
        ],
    )
    def test_options_narrow(
        self, pantau: Run, options: list[str], stories: list[tuple[str, int]]
    ) -> None:
        _, out, _ = pantau("stories", "--json", *options)
        found = map(json.loads, out.splitlines())
        assert [(one["story_id"], one["articles"]) for one in found] == stories

    def test_the_table(self, pantau: Run) -> None:
        code, out, err = pantau("stories")
        assert (code, err) == (0, "")
        head, newest, first, sources, *_ = out.splitlines()
        assert head.split()[:4] == ["story", "articles", "sources", "newest"]
        assert newest.startswith(f"{FLOOD[:8]}         3        2  ")
        assert newest.endswith("  Banjir flood 3")
        assert first.endswith("  Banjir flood 1")
        assert sources.strip() == "kabar.example 2, warta.example"

    @pytest.mark.parametrize("columns", [60, 80])
    def test_no_line_is_wider_than_the_terminal(self, pantau: Run, columns: int) -> None:
        for command in (["stories"], ["search", "banjir", "--by-story"]):
            code, out, err = pantau(*command, columns=columns)
            assert (code, err) == (0, "")
            assert max(map(len, out.splitlines())) <= columns
            assert not any(line.endswith(" ") for line in out.splitlines())

    def test_nothing_there(self, pantau: Run) -> None:
        code, out, err = pantau("stories", "--since", "1h")
        assert (code, err) == (0, "")
        assert out == "No stories among 0 articles; see `pantau search '*'`.\n"


class TestSearch:
    def test_each_story_once(self, pantau: Run) -> None:
        code, out, err = pantau("search", "banjir", "--by-story", "--json")
        assert (code, err) == (0, "")
        page = json.loads(out)
        assert (page["total"], page["cursor"]) == (8, None)
        told = {one["title"]: one["story"] for one in page["hits"]}
        assert list(told) == ["Banjir none", "Banjir alone", "Banjir quake 2", "Banjir flood 3"]
        assert told["Banjir none"] == {
            "story_id": None,
            "more": 0,
            "more_is_lower_bound": False,
            "sources": {},
        }
        assert told["Banjir flood 3"] == {
            "story_id": FLOOD,
            "more": 3,
            "more_is_lower_bound": False,
            "sources": {"kabar.example": 1, "news.example": 1, "warta.example": 1},
        }

    def test_people_see_what_else_there_is(self, pantau: Run) -> None:
        _, out, _ = pantau("search", "banjir", "--by-story")
        assert "  … and 3 more: kabar.example, news.example, warta.example\n" in out
        assert "  … and 1 more: kabar.example\n" in out
        assert f" · id · story {FLOOD[:8]}\n" in out
        assert out.endswith("8 of 8 articles match; 4 rows shown, each story once.\n")

    def test_the_next_page(self, pantau: Run) -> None:
        seen: list[str] = []
        cursor: list[str] = []
        while "" not in cursor:
            page = json.loads(
                pantau("search", "banjir", "--by-story", "--json", "--limit", "1", *cursor)[1]
            )
            seen += [one["title"] for one in page["hits"]]
            cursor = ["--cursor", page["cursor"] or ""]
        assert seen == ["Banjir none", "Banjir alone", "Banjir quake 2", "Banjir flood 3"]

    @pytest.mark.parametrize("reference", [FLOOD, ENDED, FLOOD[:8], ENDED[:8]])
    def test_all_articles_of_a_story(self, pantau: Run, reference: str) -> None:
        _, out, _ = pantau("search", "*", "--story", reference, "--json")
        titles = [one["title"] for one in json.loads(out)["hits"]]
        assert titles == ["Banjir flood 3", "Banjir flood 2", "Banjir flood 1", "Banjir old flood"]

    def test_a_plain_search_names_the_story(self, pantau: Run) -> None:
        _, out, _ = pantau("search", "quake")
        assert f" · story {QUAKE[:8]}\n" in out
        _, out, _ = pantau("search", "none")
        assert "story" not in out

    @pytest.mark.parametrize(
        ("arguments", "told"),
        [
            (["--story", "nosuch"], "no story 'nosuch'; `pantau stories` and"),
            (["--story", ""], "no story ''"),
            (["--story", "\udcff"], "no story"),
            (["--by-story", "--cursor", "12"], "is none that a search by story gave"),
        ],
    )
    def test_a_mistake_is_told_with_the_fix(
        self, pantau: Run, arguments: list[str], told: str
    ) -> None:
        code, out, err = pantau("search", "x", *arguments)
        assert (code, out) == (2, "")
        assert told in err

    def test_the_start_of_several_ids(self, data: Path, pantau: Run) -> None:
        with_store(data, "same-1", "same-2")
        code, _, err = pantau("search", "x", "--story", "same")
        assert code == 2
        assert "2 stories begin with 'same': give more of the id (same-1, same-2)" in err


def with_store(data: Path, *stories: str, title: str = "x", source: str = "kabar.example") -> None:
    """Index two articles of each story."""
    store = open_store(load_settings(data))
    now = SystemClock().now()
    store.index.put(
        enriched(
            f"{story} {part}",
            title=title,
            source=source,
            story_id=story,
            first_seen=now - timedelta(hours=3 - part),
        )
        for story in stories
        for part in range(2)
    )
    store.close()


@pytest.mark.parametrize("command", [["stories"], ["search", "*", "--by-story"]])
def test_text_from_outside_cannot_steer_the_terminal(
    data: Path, pantau: Run, command: list[str]
) -> None:
    with_store(data, RARE, title=EVIL, source=EVIL)
    code, out, _ = pantau(*command, columns=200)
    assert code == 0
    assert "owned" in out
    assert "[bold]" in out
    assert all(one.isprintable() or one == "\n" for one in out)
