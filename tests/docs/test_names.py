"""Everything that documents name exists: files, functions, modules, `make` targets, commands."""

import re
from collections.abc import Iterator
from pathlib import Path
from pkgutil import resolve_name
from typing import Final

import click
import pytest

from pantau.cli import pantau
from tests.docs.pages import DOCS, ROOT, code, fences, name_of, pages, rows

PACKAGE: Final = ROOT / "services" / "pantau"
PAGES: Final = [one for one in pages() if one.name != "CHANGELOG.md"]
_FOLDERS: Final = (
    "services",
    "schemas",
    "tests",
    "deploy",
    "scripts",
    "benchmarks",
    "fuzz",
    "training",
    "requirements",
    "docs",
)
_MADE: Final = {"docs/maintain/add-a-channel.md": {"syslog.py", "test_syslog.py"}}
"""Files that a reader of the page makes."""
_PATH: Final = re.compile(r"[\w.-]+(?:/[\w.-]*)*")
_DOTTED: Final = re.compile(r"(?:pantau|pantau_schemas)(?:\.\w+)+")
_DATA: Final = ("pantau.db", "pantau.toml")
"""Files of the data folder, which look like modules."""
_TARGET: Final = re.compile(r"\bmake((?: +(?:[A-Z_]+=\S+|[a-z][a-z0-9-]*))+)")


def functions() -> Iterator[tuple[str, str]]:
    for cells in rows(DOCS / "explanation" / "tour.md"):
        yield cells[0].strip("`"), cells[1].strip("`")


def existing() -> set[str]:
    """Return the end of every path of the project: `a/b.py` and `b.py`."""
    found: set[str] = set()
    for folder in _FOLDERS:
        for path in (ROOT / folder, *(ROOT / folder).rglob("*")):
            parts = path.relative_to(ROOT).parts
            if "__pycache__" not in parts:
                found |= {"/".join(parts[start:]) for start in range(len(parts))}
    return found


EXISTING: Final = existing()


@pytest.mark.parametrize(("function", "file"), [*functions()])
def test_function_of_the_tour_is_in_its_file(function: str, file: str) -> None:
    text = (PACKAGE / file).read_text(encoding="utf-8")
    for name in function.split("."):
        assert re.search(rf"^\s*(?:async def|def|class) {name}\b", text, re.MULTILINE), (
            f"{file}: {name}"
        )


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_files_that_are_named_exist(page: Path) -> None:
    """A path that begins with a folder of the project is whole; of others only the end is named.

    How-to guides and tutorials name files of their readers, too, so there only modules count.
    """
    name = name_of(page)
    for_maintainers = not name.startswith(("docs/how-to", "docs/id", "docs/tutorial", "docs/refer"))
    for path in code(page):
        if not _PATH.fullmatch(path) or path in _MADE.get(name, ()):
            continue
        if "/" in path and path.partition("/")[0] in _FOLDERS:
            assert (ROOT / path).exists(), f"{name}: {path}"
        elif path.endswith(".py") or (for_maintainers and path.endswith("/")):
            assert path.rstrip("/") in EXISTING, f"{name}: {path}"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_dotted_names_lead_to_something(page: Path) -> None:
    for name in code(page):
        if _DOTTED.fullmatch(name) and name not in _DATA:
            resolve_name(name)  # raises what is missing


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_targets_of_make_exist(page: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z][a-z0-9-]*):", makefile, re.MULTILINE))
    shown = (line for one in fences(page) if one.language == "console" for line in _typed(one.text))
    for text in (*code(page), *shown):
        for words in _TARGET.findall(text.partition("  #")[0]):
            named = {word for word in words.split() if "=" not in word}
            assert named <= targets, f"{name_of(page)}: {text}"


def _typed(block: str) -> Iterator[str]:
    return (line for line in block.splitlines() if line.startswith("$ "))


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_commands_that_are_named_exist(page: Path) -> None:
    """The words behind `pantau` lead to a command, as far as the program has commands."""
    for text in code(page):
        if re.match(r"pantau [a-z]", text):
            command: click.Command = pantau
            for word in text.split()[1:]:
                if not isinstance(command, click.Group) or not re.fullmatch("[a-z-]+", word):
                    break
                found = command.get_command(click.Context(command), word)
                assert found is not None, f"{name_of(page)}: {text}"
                command = found
