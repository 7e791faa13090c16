"""Rules about names, docstrings and comments. Pure: source text in, problems out."""

import ast
import io
import re
import tokenize
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from scripts.language.words import NAMES, PHRASES, VERBS

_WORD: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_FIRST: Final = re.compile(r"\w+")
_QUESTION: Final = re.compile(r"(?:Give|Tell|What|Whether)\b")
"""Openings that neither say what a thing is nor begin with a verb of the field."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Problem:
    """A violation of a rule: where it is, and what to write instead."""

    path: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.text}"


def problems(sources: Mapping[str, str]) -> Iterator[Problem]:
    """Yield every violation in some modules, given as source text by path.

    Raises SyntaxError for a source that cannot be parsed.
    """
    for path, source in sources.items():
        nodes = list(ast.walk(ast.parse(source)))
        yield from _wrong_verbs(path, nodes)
        yield from _questions(path, nodes)
        yield from _wrong_names(path, nodes)
        yield from _wrong_phrases(path, nodes, source)


def repeated_classes(sources: Mapping[str, str]) -> Iterator[Problem]:
    """Yield every class whose name an earlier module has: one word, one meaning."""
    first: dict[str, str] = {}
    for path, source in sources.items():
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.ClassDef):
                other = first.setdefault(node.name, f"{path}:{node.lineno}")
                if other != f"{path}:{node.lineno}":
                    text = f"class {node.name} has the name of another one at {other}; rename one"
                    yield Problem(path, node.lineno, text)


def _wrong_verbs(path: str, nodes: list[ast.AST]) -> Iterator[Problem]:
    for node in nodes:
        if not isinstance(node, Function) or _is_exempt(node):
            continue
        text = ast.get_docstring(node)
        word = _FIRST.match(text) if text else None
        if text and (word is None or word[0] not in VERBS):
            found = word[0] if word else text[:10]
            message = f"docstring of {node.name} begins with {found!r}, not with a verb of the list"
            yield Problem(path, node.lineno, message)


def _questions(path: str, nodes: list[ast.AST]) -> Iterator[Problem]:
    """Yield docstrings of anything, values too, that open with a question word."""
    for line, text in _docstrings(nodes):
        if found := _QUESTION.match(text.lstrip()):
            message = f"docstring begins with {found[0]!r}; say what it is, or begin with a verb"
            yield Problem(path, line, message)


def _is_exempt(node: Function) -> bool:
    """Return whether a docstring may be a noun phrase or a sentence: a property, or a test."""
    decorators = [ast.unparse(one) for one in node.decorator_list]
    return node.name.startswith("test_") or any(
        one.rsplit(".", 1)[-1] in {"property", "cached_property", "setter"} for one in decorators
    )


def _wrong_names(path: str, nodes: list[ast.AST]) -> Iterator[Problem]:
    module = path.rsplit("/", 1)[-1].removesuffix(".py")
    named = [(1, "module", module)] + [
        (node.lineno, "class" if isinstance(node, ast.ClassDef) else "function", node.name)
        for node in nodes
        if isinstance(node, ast.ClassDef | Function) and not node.name.startswith("test_")
    ]
    for line, kind, name in named:
        for word in _WORD.findall(name):
            if word.lower() in NAMES:
                text = f"{kind} {name}: say {NAMES[word.lower()]} instead of {word.lower()!r}"
                yield Problem(path, line, text)


def _wrong_phrases(path: str, nodes: list[ast.AST], source: str) -> Iterator[Problem]:
    for line, text in [*_docstrings(nodes), *_comments(source)]:
        flat = " ".join(text.split())
        for pattern, instead in PHRASES:
            if found := pattern.search(flat):
                yield Problem(path, line, f"{found[0]!r}: say instead: {instead}")


def _docstrings(nodes: list[ast.AST]) -> Iterable[tuple[int, str]]:
    return [
        (node.lineno, node.value.value)
        for node in nodes
        if isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    ]


def _comments(source: str) -> Iterable[tuple[int, str]]:
    return [
        (token.start[0], token.string.lstrip("#: "))
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type == tokenize.COMMENT
    ]
