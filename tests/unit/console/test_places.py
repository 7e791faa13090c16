"""Sentences at pages lead to pages, and not to commands of the machine that serves them."""

import re
from typing import Final

import pytest

from pantau.messages.catalogue import AREAS, texts
from pantau.messages.languages import LANGS, Lang
from pantau.messages.options import PLACES, speaking_to
from pantau.operations.base.outcomes import NOT_FOUND
from pantau.problems import Problem
from tests.unit.accounts.conftest import House, newsroom

__all__ = ["newsroom"]

WITHOUT_PAGE: Final = {
    "lists.missing": "lists of names are kept by commands and programs; no page has them",
}
"""Codes of what is missing that name a command at pages, too; with the reason."""
_COMMAND: Final = re.compile(r"`?pantau [a-z]")


@pytest.mark.parametrize("lang", LANGS)
def test_what_is_missing_names_the_page_that_shows_it(lang: Lang) -> None:
    with speaking_to("pages"):
        named = {one for one in NOT_FOUND if _COMMAND.search(Problem(one).text(lang))}
    assert named == set(WITHOUT_PAGE)
    assert min(map(len, WITHOUT_PAGE.values())) > 10


def test_every_command_in_a_text_has_a_page_in_both_languages() -> None:
    named = {
        found
        for area in AREAS
        for text in texts(area).values()
        for found in re.findall(r"\{\$([^}]+)\}", text.en + text.id)
    }
    assert named == set(PLACES)
    for text in (text for area in AREAS for text in texts(area).values()):
        assert re.findall(r"\{\$[^}]+\}", text.en) == re.findall(r"\{\$[^}]+\}", text.id)


def test_each_face_names_what_it_has_itself() -> None:
    found = Problem("feeds.missing", {"named": "x"})
    assert found.text("en").endswith("see `pantau feeds list`")
    with speaking_to("programs"):
        assert found.text("en").endswith("see `list_feeds`")
    with speaking_to("pages"):
        assert found.text("en").endswith("see the page Feeds")
        assert found.text("id").endswith("lihat halaman Umpan")


@pytest.mark.parametrize(
    "path",
    ["/feeds/x", "/subscriptions/x", "/alerts/x", "/articles/x", "/stories/x", "/admin/accounts/x",
     "/subscriptions/x/remove", "/feeds/x/remove", "/subscriptions/x/messages", "/nowhere",
     "/reports/2026-03-02?subscription=x", "/alerts?subscription=x", "/entities/people/x"],
)  # fmt: skip
def test_pages_of_what_is_missing_name_no_command(newsroom: House, path: str) -> None:
    for lang in LANGS:
        reply = newsroom.ask("cici", "GET", path, accept_language=lang)
        assert reply.status in {404, 400}, path
        assert not _COMMAND.search(reply.content.decode())
