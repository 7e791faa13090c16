"""Markdown from values: tables, and text that no Markdown reader takes for markup."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

_CODE: Final = re.compile(r"(`[^`]*`)")
_MARKUP: Final = re.compile(r"([*<>\[\]])")


def table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Yield the lines of a table, and a blank one. Cells are Markdown already."""
    yield "| " + " | ".join(heads) + " |"
    yield "| " + " | ".join("---" for _ in heads) + " |"
    for row in rows:
        yield "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |"
    yield ""


def prose(text: str) -> str:
    """Escape what would be markup in a sentence; code between backticks stays as it is."""
    parts = _CODE.split(text)
    return "".join(part if part.startswith("`") else _MARKUP.sub(r"\\\1", part) for part in parts)


def first_paragraph(docstring: str | None) -> str:
    """Return the first paragraph of a docstring on one line."""
    return prose(" ".join((docstring or "").strip().split("\n\n")[0].split()))
