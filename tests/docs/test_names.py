"""The files and functions that documents name exist."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.docs.pages import DOCS, ROOT, name_of, pages, rows

PACKAGE: Final = ROOT / "services" / "pantau"
_FOLDERS: Final = (
    "services/",
    "schemas/",
    "tests/",
    "deploy/",
    "scripts/",
    "benchmarks/",
    "training/",
    "requirements/",
    "docs/",
)
_PATH: Final = re.compile(r"`([\w./-]+/[\w./-]*)`")


def functions() -> Iterator[tuple[str, str]]:
    for cells in rows(DOCS / "explanation" / "tour.md"):
        yield cells[0].strip("`"), cells[1].strip("`")


@pytest.mark.parametrize(("function", "file"), [*functions()])
def test_function_of_the_tour_is_in_its_file(function: str, file: str) -> None:
    text = (PACKAGE / file).read_text(encoding="utf-8")
    for name in function.split("."):
        assert re.search(rf"^\s*(?:async def|def|class) {name}\b", text, re.MULTILINE), (
            f"{file}: {name}"
        )


@pytest.mark.parametrize(
    "page", [one for one in pages() if one.name != "CHANGELOG.md"], ids=name_of
)
def test_files_that_are_named_exist(page: Path) -> None:
    for path in _PATH.findall(page.read_text(encoding="utf-8")):
        if path.startswith(_FOLDERS):
            assert (ROOT / path).exists(), f"{name_of(page)}: {path}"
