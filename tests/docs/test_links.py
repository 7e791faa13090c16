"""Links between documents lead somewhere: files, folders and headings.

Addresses of the web are not asked.
"""

from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests.docs.pages import ROOT, anchors, links, name_of, pages


@pytest.mark.parametrize("page", pages(), ids=name_of)
def test_links_lead_somewhere(page: Path) -> None:
    for link in links(page):
        parts = urlsplit(link)
        if parts.scheme:
            assert parts.scheme in {"https", "http", "mailto"}, link
            continue
        target = page.parent / unquote(parts.path) if parts.path else page
        assert target.exists(), f"{name_of(page)}: {link} leads nowhere"
        assert target.resolve().is_relative_to(ROOT.resolve()), f"{link} leads out of the project"
        if parts.fragment and target.suffix == ".md":
            assert parts.fragment in anchors(target), f"{name_of(page)}: {link}: no such heading"


def test_every_page_is_reached_from_the_index() -> None:
    """Follow links from the index; a page that nobody links to is not found by readers."""
    start = ROOT / "docs" / "index.md"
    reached, waiting = {start}, [start]
    while waiting:
        page = waiting.pop()
        for link in links(page):
            path = urlsplit(link).path
            target = (page.parent / unquote(path)).resolve() if path and "://" not in link else page
            if target.suffix == ".md" and target not in reached:
                reached.add(target)
                waiting.append(target)
    assert [name_of(one) for one in pages() if one not in reached] == []


@pytest.mark.parametrize("page", pages(), ids=name_of)
def test_prose_ends_at_100_columns(page: Path) -> None:
    """Tables, code and generated pages may be wider, and so may a word that cannot be broken."""
    text = page.read_text(encoding="utf-8")
    if text.startswith("<!-- Generated"):
        return
    in_code = False
    for line in text.splitlines():
        if line.lstrip().startswith("```"):
            in_code = not in_code
        elif not in_code and not line.startswith(("|", "#", "![", "<")):
            could_break = " " in line[:101].lstrip(" -")
            assert len(line) <= 100 or not could_break, line
