"""The bounds of the house, and that its measure finds what exceeds them."""

import ast
from pathlib import Path

import pytest

from scripts.house import (
    COMPLEX,
    LONG_FILE,
    LONG_FOLDER,
    ROOT,
    Function,
    Module,
    comment_lines,
    complexity,
    cycles,
    folder_sizes,
    functions,
    inner_imports,
    read_modules,
)


@pytest.fixture(scope="module")
def house() -> list[Module]:
    return read_modules(ROOT)


def module(name: str, text: str) -> Module:
    return Module(name, Path(f"{name}.py"), text, ast.parse(text))


def function(text: str) -> Function:
    (found,) = functions(module("a.b", text))
    return found


def test_no_folder_holds_more_modules_than_one_sees_at_a_glance(house: list[Module]) -> None:
    sizes = folder_sizes(house)
    assert [path for path, count in sizes.items() if count > LONG_FOLDER] == []


def test_no_module_is_long(house: list[Module]) -> None:
    long = [one.name for one in house if one.text.count("\n") > LONG_FILE]
    assert long == []


def test_no_function_is_too_complex(house: list[Module]) -> None:
    found = [
        f"{one.name}.{each.name}"
        for one in house
        for each in functions(one)
        if complexity(each) > COMPLEX
    ]
    assert found == []


def test_no_modules_import_each_other_when_they_are_loaded(house: list[Module]) -> None:
    assert cycles(house) == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("def f(): return 1", 1),
        ("def f(a):\n if a: return 1\n return 2", 2),
        ("def f(a, b): return a and b or not a", 3),
        ("def f(a):\n for b in a:\n  while b:\n   b = 0 if a else 1", 4),
        ("def f(a): return [b for b in a if b]", 3),
        ("def f(a):\n try: a()\n except ValueError: pass", 2),
        ("def f(a):\n match a:\n  case 1: pass\n  case _: pass", 3),
    ],
)
def test_complexity_counts_decisions(text: str, expected: int) -> None:
    assert complexity(function(text)) == expected


def test_cycles_are_groups_and_not_imports_for_types_or_in_functions() -> None:
    types = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from p.a import A\n"
    modules = [
        module("p.a", "from p import b"),
        module("p.b", "import p.c"),
        module("p.c", "from .a import A"),
        module("p.d", "from p.e import E"),
        module("p.e", f"{types}\ndef f():\n    from p.d import D\n"),
    ]
    assert cycles(modules) == 1
    assert cycles(modules[3:]) == 0


def test_instructions_to_tools_are_no_comments() -> None:
    text = "# why\nx = 1  # type: ignore[misc]\ny = 2  # because\n"
    assert comment_lines(module("a.b", text)) == [1, 3]


def test_imports_in_functions_count_once() -> None:
    text = "import os\ndef f():\n    import re\n    def g():\n        from a import b\n"
    assert inner_imports(module("a.b", text)) == 2
