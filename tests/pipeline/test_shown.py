"""One agency story and a flood under each setting; the page for users says the same."""

from pathlib import Path

from tests.pipeline.shown import COPIES, FLOOD, flood_result, story_result, table

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "when-alerts-come.md"
FLOODS = ("none (each alert at once)", "`--collect 30s`")
"""Played here; the others take longer and are printed by `python -m tests.pipeline.shown`."""


def test_the_page_shows_what_arrives_of_an_agency_story(tmp_path: Path) -> None:
    result = story_result(tmp_path)
    page = PAGE.read_text(encoding="utf-8").splitlines()
    assert [one for one in table(result) if one not in page] == []
    assert result["none (each alert at once)"].alerts == (1,) * COPIES
    assert result["`--articles first`"].alerts == (1,)
    assert result["`--when '5 in 1h' --articles first`"].alerts == ()
    for name in ("`--collect 30s`", "`--every 1h`", "`--digest hourly`", "`--quiet 08:00-12:00`"):
        assert sum(result[name].alerts) == COPIES, name


def test_the_page_shows_what_arrives_of_a_flood(tmp_path: Path) -> None:
    result = flood_result(tmp_path, FLOODS)
    page = PAGE.read_text(encoding="utf-8").splitlines()
    assert [one for one in table(result) if one not in page] == []
    assert {sum(one.alerts) for one in result.values()} == {FLOOD}
