"""The part of Jinja that templates of messages may use: it ends soon, and reaches nothing.

Jinja's sandbox keeps a template away from private attributes, but not from running for ever or from
filling the memory: `{{ "a" * 10**9 }}`, a text that is doubled thirty times, loops in loops. So
templates can do less here. They show fields, choose by them and go through lists; there are no
calculations, no calls, no variables of their own, no imports, and filters are those that make
nothing much longer. Loops and filters draw on a budget, and the output on one of characters.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from jinja2 import StrictUndefined, nodes, pass_context
from jinja2.exceptions import SecurityError, TemplateSyntaxError
from jinja2.runtime import Context, LoopContext, Undefined
from jinja2.sandbox import SandboxedEnvironment
from jinja2.tests import TESTS

from pantau.adapters.templates.budget import (
    FILTER_NAMES,
    LimitError,
    budget_of,
    metered_filters,
)

DEPTH: Final = 3
"""Loops within loops."""
_COUNTED: Final = "_counted"
TEST_NAMES: Final = ("defined", "undefined", "none", "eq", "equalto", "ne", "in", "even", "odd")
_LOOP_MEMBERS: Final = frozenset(
    ("first", "index", "index0", "last", "length", "revindex", "revindex0")
)
_NODES: Final = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Getattr,
    nodes.Getitem, nodes.Slice, nodes.For, nodes.If, nodes.CondExpr, nodes.Compare, nodes.Operand,
    nodes.And, nodes.Or, nodes.Not, nodes.Filter, nodes.Test, nodes.Keyword,
)  # fmt: skip
_NAMES: Final[Mapping[str, str]] = {
    "Add": "+", "Sub": "-", "Mul": "*", "Div": "/", "FloorDiv": "//", "Mod": "%", "Pow": "**",
    "Concat": "~", "Call": "a call", "Assign": "set", "AssignBlock": "set", "Macro": "macro",
    "CallBlock": "call", "Include": "include", "Import": "import", "FromImport": "import",
    "Extends": "extends", "Block": "block", "FilterBlock": "filter", "With": "with",
}  # fmt: skip
"""The words of templates, by the kinds of node that Jinja makes of them."""


class TemplateEnvironment(SandboxedEnvironment):
    """Compiles templates of the allowed part of Jinja."""

    def __init__(self, *, html: bool) -> None:
        super().__init__(
            autoescape=html, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
        )
        self.globals.clear()
        self.filters = {**metered_filters(), _COUNTED: _counted}
        self.tests = {name: TESTS[name] for name in TEST_NAMES}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return a member of fields, or of the loop; there are no other attributes."""
        return self.getitem(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return a member of fields or of a list."""
        if isinstance(obj, LoopContext):
            if argument in _LOOP_MEMBERS:
                return getattr(obj, argument)
        elif isinstance(obj, dict | list):
            try:
                return obj[argument]
            except (LookupError, TypeError):
                pass
        elif isinstance(obj, Undefined):
            return obj[argument]  # it names what is missing
        return self.undefined(obj=obj, name=argument)

    def call(self, *_: Any, **__: Any) -> Any:
        """Refuse: nothing can be called."""
        message = "nothing can be called"
        raise SecurityError(message)

    def checked(self, source: str) -> nodes.Template:
        """Return the parsed source. Raises TemplateSyntaxError for what templates may not use."""
        tree = self.parse(source)
        for node in _all_of(tree):
            self._check(node)
        _count_loops(tree, 0)
        return tree.set_environment(self)  # type: ignore[return-value]  # it returns itself

    def _check(self, node: nodes.Node) -> None:
        if not isinstance(node, _NODES):
            kind = type(node).__name__
            raise TemplateSyntaxError(f"{_NAMES.get(kind, kind)} is not allowed here", node.lineno)
        if isinstance(node, nodes.Filter) and node.name not in FILTER_NAMES:
            names = ", ".join(FILTER_NAMES)
            message = f"there is no filter {node.name}; there are {names}"
            raise TemplateSyntaxError(message, node.lineno)
        if isinstance(node, nodes.Test) and node.name not in TEST_NAMES:
            names = ", ".join(TEST_NAMES)
            message = f"there is no test {node.name}; there are {names}"
            raise TemplateSyntaxError(message, node.lineno)
        if isinstance(node, nodes.For) and node.recursive:
            raise TemplateSyntaxError("a recursive loop is not allowed here", node.lineno)
        name = getattr(node, "name", None) or getattr(node, "attr", None)
        if isinstance(node, nodes.Name | nodes.Getattr) and str(name).startswith("_"):
            raise TemplateSyntaxError(f"{name} is private", node.lineno)


def _all_of(tree: nodes.Node) -> Iterator[nodes.Node]:
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(node.iter_child_nodes())


def _count_loops(node: nodes.Node, depth: int) -> None:
    """Wrap the list of each loop in the budget.

    Raises TemplateSyntaxError for too many loops in each other.
    """
    for child in list(node.iter_child_nodes()):
        if isinstance(child, nodes.For):
            if depth == DEPTH:
                message = f"more than {DEPTH} loops in each other"
                raise TemplateSyntaxError(message, child.lineno)
            _count_loops(child, depth + 1)
            weight = nodes.Const(sum(1 for _ in _all_of(child)), lineno=child.lineno)
            child.iter = nodes.Filter(
                child.iter, _COUNTED, [weight], [], None, None, lineno=child.lineno
            )
        else:
            _count_loops(child, depth)


@pass_context
def _counted(context: Context, value: Any, parts: int) -> list[Any]:
    """Return a list, whose items are taken off the budget: a step of `parts` parts each."""
    if isinstance(value, Undefined):
        return list(value)  # raises, naming it
    if not isinstance(value, list):
        message = "a loop goes through a list of fields, such as stories"
        raise LimitError(message)
    budget_of(context).take_steps(len(value), parts)
    return value
