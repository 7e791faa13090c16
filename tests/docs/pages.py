"""The documents for the tests: pages, fenced blocks, links and headings."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT: Final = Path(__file__).parents[2]
DOCS: Final = ROOT / "docs"
_TOP: Final = ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md")
_MARKDOWN: Final = MarkdownIt("commonmark").enable("table")


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced block: its line, the first word after the fence, the rest after it, its text."""

    line: int
    language: str
    option: str
    text: str


def pages() -> list[Path]:
    """Return every document: those at the top and all of `docs/`."""
    return [*(ROOT / name for name in _TOP if (ROOT / name).is_file()), *sorted(DOCS.rglob("*.md"))]


def name_of(path: Path) -> str:
    """Return the path of a page below the project's folder."""
    return path.relative_to(ROOT).as_posix()


def tokens(path: Path) -> list[Token]:
    """Parse a page."""
    return _MARKDOWN.parse(path.read_text(encoding="utf-8"))


def fences(path: Path) -> Iterator[Fence]:
    """Yield the fenced blocks of a page in order."""
    for token in tokens(path):
        if token.type == "fence":
            language, _, option = token.info.strip().partition(" ")
            yield Fence((token.map or [0])[0] + 1, language, option.strip(), token.content)


def code(path: Path) -> Iterator[str]:
    """Yield what stands between backticks in the text and tables of a page."""
    for token in tokens(path):
        for child in token.children or ():
            if child.type == "code_inline":
                yield child.content


def links(path: Path) -> Iterator[str]:
    """Yield the addresses of the links and pictures of a page."""
    for token in tokens(path):
        for child in token.children or ():
            target = child.attrGet("href") or child.attrGet("src")
            if isinstance(target, str):
                yield target


def rows(path: Path) -> Iterator[list[str]]:
    """Yield the body rows of every table of a page, each cell as Markdown."""
    cells: list[str] = []
    in_body = False
    for token in tokens(path):
        if token.type in {"tbody_open", "tbody_close"}:
            in_body = token.type == "tbody_open"
        elif token.type == "tr_open":
            cells = []
        elif token.type == "inline" and in_body:
            cells.append(token.content)
        elif token.type == "tr_close" and in_body:
            yield cells


def anchors(path: Path) -> set[str]:
    """Return the anchors of a page's headings, as GitHub and MyST make them."""
    found: set[str] = set()
    parsed = tokens(path)
    for opening, inline in pairwise(parsed):
        if opening.type == "heading_open":
            text = "".join(
                child.content
                for child in inline.children or ()
                if child.type in {"text", "code_inline"}
            )
            slug = re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-")
            number = next(n for n in range(100) if (slug if n == 0 else f"{slug}-{n}") not in found)
            found.add(slug if number == 0 else f"{slug}-{number}")
    return found
