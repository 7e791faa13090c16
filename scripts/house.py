"""Measure how easily the house can be read: `python -m scripts.house [FOLDER...]`.

Each FOLDER is a project with a repository; without one it is this project. Its packages are found
below `services`, `schemas` or `src`, or in the folder itself; tests are left out. One table is
printed, with a column for each folder.
"""

import ast
import statistics
import subprocess
import sys
import tokenize
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
LONG_FOLDER: Final = 15
"""Modules that a folder may hold, its `__init__` aside."""
LONG_FILE: Final = 400
"""Lines that a module may have."""
LONG_FUNCTION: Final = 20
"""Lines from which a function counts as long."""
COMPLEX: Final = 20
"""Cyclomatic complexity that a function may have."""
_SOURCES: Final = (("services", "schemas"), ("src",), (".",))
_LEFT_OUT: Final = frozenset(
    {"tests", "test", "docs", "examples", "scripts", "benchmarks", ".venv", ".git"}
)
_BRANCHES: Final = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.IfExp)

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Module:
    """One module: its dotted name, text and tree."""

    name: str
    path: Path
    text: str
    tree: ast.Module


def read_modules(project: Path) -> list[Module]:
    """Return the modules of a project's packages."""
    roots = next(
        [project / one for one in names if (project / one).is_dir()]
        for names in _SOURCES
        if any((project / one).is_dir() for one in names)
    )
    found = []
    for root in roots:
        for path in sorted(root.rglob("*.py")):
            parts = path.relative_to(root).with_suffix("").parts
            if len(parts) < 2 or _LEFT_OUT & set(parts):
                continue
            text = path.read_text(encoding="utf-8")
            found.append(Module(".".join(parts), path, text, ast.parse(text)))
    return found


def functions(module: Module) -> Iterator[Function]:
    """Yield the functions and methods of a module."""
    for node in ast.walk(module.tree):
        if isinstance(node, Function):
            yield node


def length(function: Function) -> int:
    """Return the number of lines of a function, from `def` to its end."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def complexity(function: Function) -> int:
    """Return the cyclomatic complexity of a function, without that of functions within it.

    McCabe 1976, "A complexity measure": one more than the number of decisions.
    """
    count, waiting = 1, list[ast.AST](function.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, Function | ast.ClassDef | ast.Lambda):
            continue
        count += isinstance(node, _BRANCHES)
        if isinstance(node, ast.BoolOp):
            count += len(node.values) - 1
        elif isinstance(node, ast.comprehension):
            count += 1 + len(node.ifs)
        elif isinstance(node, ast.Match):
            count += len(node.cases)
        waiting.extend(ast.iter_child_nodes(node))
    return count


def comment_lines(module: Module) -> list[int]:
    """Return the lines with a comment that is not an instruction to a tool."""
    tokens = tokenize.generate_tokens(StringIO(module.text).readline)
    return [
        one.start[0]
        for one in tokens
        if one.type == tokenize.COMMENT and not one.string.startswith(("#!", "# type:", "# noqa"))
    ]


def code_lines(module: Module) -> int:
    """Return the number of lines that are not blank."""
    return sum(bool(line.strip()) for line in module.text.splitlines())


def folder_sizes(modules: Sequence[Module]) -> Counter[Path]:
    """Return the number of modules of each folder, its `__init__` aside."""
    return Counter(one.path.parent for one in modules if one.path.stem != "__init__")


def docstring_starts(modules: Sequence[Module]) -> Counter[str]:
    """Count the first words of the docstrings of functions."""
    texts = (ast.get_docstring(one) for module in modules for one in functions(module))
    return Counter(text.split()[0].strip(".,:`") for text in texts if text)


def repeated(names: Sequence[str]) -> int:
    """Return how many names stand for more than one thing."""
    return sum(count > 1 for count in Counter(names).values())


def inner_imports(module: Module) -> int:
    """Return the number of import statements within functions."""
    return sum(
        isinstance(node, ast.Import | ast.ImportFrom)
        for function in functions(module)
        for node in _own_nodes(function)
    )


def _own_nodes(function: Function) -> Iterator[ast.AST]:
    waiting = list[ast.AST](function.body)
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, Function):
            waiting.extend(ast.iter_child_nodes(node))


def cycles(modules: Sequence[Module]) -> int:
    """Return how many groups of modules import each other when they are loaded.

    Imports for the type checker alone, and those within functions, do not count.
    """
    names = {one.name.removesuffix(".__init__") for one in modules}
    graph = {one.name.removesuffix(".__init__"): set(_loads(one, names)) for one in modules}
    return sum(len(group) > 1 for group in _components(graph))


def _loads(module: Module, names: set[str]) -> Iterator[str]:
    waiting: list[ast.AST] = [*module.tree.body]
    package = module.name.removesuffix(".__init__")
    is_package = module.name.endswith("__init__")
    while waiting:
        node = waiting.pop()
        if isinstance(node, Function) or _is_for_types(node):
            continue
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names if one.name in names)
        elif isinstance(node, ast.ImportFrom):
            up = package.split(".")[: len(package.split(".")) - node.level + is_package]
            base = ".".join([*(up if node.level else ()), *filter(None, [node.module])])
            for one in node.names:
                full = f"{base}.{one.name}"
                if full in names:
                    yield full
                elif base in names and base != package:
                    yield base
        else:
            waiting.extend(ast.iter_child_nodes(node))


def _is_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)


def _components(graph: dict[str, set[str]]) -> Iterator[set[str]]:
    """Yield the strongly connected components: what is reachable in both directions."""
    back: dict[str, set[str]] = {name: set() for name in graph}
    for name, others in graph.items():
        for other in others:
            back[other].add(name)
    left = set(graph)
    while left:
        name = next(iter(left))
        group = _reached(name, graph) & _reached(name, back) & left
        yield group
        left -= group


def _reached(start: str, graph: dict[str, set[str]]) -> set[str]:
    seen, waiting = {start}, [start]
    while waiting:
        for other in graph[waiting.pop()] - seen:
            seen.add(other)
            waiting.append(other)
    return seen


def longest_subject(project: Path) -> str:
    """Return the length of the longest commit subject, and how many are over 72 characters."""
    command = ["git", "-C", str(project), "log", "--no-merges", "--format=%s"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 (a fixed command)
    lengths = [len(line) for line in done.stdout.splitlines()]
    if not lengths:
        return "no history"
    return f"{max(lengths)} ({sum(one > 72 for one in lengths)} of {len(lengths)} over 72)"


def _uncommented(modules: Sequence[Module]) -> str:
    bare = total = 0
    for module in modules:
        comments = comment_lines(module)
        for one in functions(module):
            if length(one) >= LONG_FUNCTION:
                total += 1
                last = one.lineno + length(one)
                bare += not any(one.lineno <= line < last for line in comments)
    return f"{bare} of {total}"


def _lengths(modules: Sequence[Module]) -> str:
    found = sorted(length(one) for module in modules for one in functions(module))
    if not found:
        return "-"
    tenth = found[int(len(found) * 0.9)]
    return f"{statistics.median(found):.0f}, {tenth}, {found[-1]}"


def _starts(modules: Sequence[Module]) -> str:
    return ", ".join(f"{word} {count}" for word, count in docstring_starts(modules).most_common(6))


def _loose(modules: Sequence[Module]) -> str:
    tops = [one.name for one in modules if one.name.count(".") == 1 and "__init__" not in one.name]
    return str(len(tops))


def _classes(modules: Sequence[Module]) -> str:
    found = (
        (node.name, module.name)
        for module in modules
        for node in module.tree.body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    return str(repeated([name for name, _ in found]))


def _comments(modules: Sequence[Module]) -> str:
    lines = sum(map(code_lines, modules))
    return f"{100 * sum(len(comment_lines(one)) for one in modules) / max(lines, 1):.1f}"


ROWS: Final[Sequence[tuple[str, Callable[[Sequence[Module]], str]]]] = (
    ("modules", lambda all_: str(len(all_))),
    ("modules of the largest folder", lambda all_: str(max(folder_sizes(all_).values()))),
    (
        f"folders of more than {LONG_FOLDER} modules",
        lambda all_: str(sum(one > LONG_FOLDER for one in folder_sizes(all_).values())),
    ),
    ("modules outside any room", _loose),
    (
        f"modules of more than {LONG_FILE} lines",
        lambda all_: str(sum(one.text.count("\n") > LONG_FILE for one in all_)),
    ),
    ("import cycles", lambda all_: str(cycles(all_))),
    ("first words of docstrings", _starts),
    ("class names with several meanings", _classes),
    ("comments per 100 lines", _comments),
    (f"functions of {LONG_FUNCTION} lines without a comment", _uncommented),
    ("lines of a function: median, 90 %, most", _lengths),
    (
        f"functions over complexity {COMPLEX}",
        lambda all_: str(sum(complexity(f) > COMPLEX for one in all_ for f in functions(one))),
    ),
    ("imports within functions", lambda all_: str(sum(map(inner_imports, all_)))),
)


def measure(project: Path) -> list[str]:
    """Return the column of a project."""
    modules = read_modules(project)
    return [*(row(modules) for _, row in ROWS), longest_subject(project)]


def main(folders: Sequence[str]) -> int:
    """Print the table."""
    projects = [Path(one).resolve() for one in folders] or [ROOT]
    columns = [measure(one) for one in projects]
    titles = [*(name for name, _ in ROWS), "longest commit subject"]
    print(" | ".join(["", "figure", *(one.name for one in projects), ""]).strip())  # noqa: T201 (the output is the purpose)
    print("|---" * (len(projects) + 1) + "|")  # noqa: T201 (as above)
    for title, *cells in zip(titles, *columns, strict=True):
        print(" | ".join(["", title, *cells, ""]).strip())  # noqa: T201 (as above)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
