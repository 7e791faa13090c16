"""Limits of one rendering of a template, and the filters that draw on them.

Filters run as often as a template names them, even without output: forty of them in two
loops take a minute. So each one pays for the characters that it takes in.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from jinja2 import pass_context
from jinja2.exceptions import TemplateRuntimeError
from jinja2.filters import FILTERS, do_join
from jinja2.nodes import EvalContext
from jinja2.runtime import Context, Undefined

STEPS: Final = 5_000
"""Steps of all loops in one rendering."""
PARTS: Final = 500_000
"""Parts of expressions and texts in the bodies of these steps."""
HANDLED: Final = 1_000_000
"""Characters that all filters of one rendering take in."""
JOINED: Final = 20_000
"""Characters that separators of one `join` may have in all."""
BUDGET: Final = "_steps"
"""Name of the budget among the fields; templates cannot name it."""
FILTER_NAMES: Final = (
    "capitalize", "count", "d", "default", "e", "escape", "first", "join", "last", "length",
    "lower", "title", "trim", "truncate", "upper", "urlencode",
)  # fmt: skip
_FREE: Final = frozenset({"count", "d", "default", "first", "last", "length"})
"""Filters that take in no text."""
_OF_ENVIRONMENT: Final = frozenset({"first", "last", "truncate"})
"""Filters that Jinja calls with the environment first."""
_NUMBER: Final = 20
"""Characters that anything but a text counts as."""

Filter = Callable[..., Any]


class LimitError(TemplateRuntimeError):
    """A template that does too much."""


@dataclass(slots=True)
class RenderingBudget:
    """Limits that are left for one rendering."""

    steps: int = STEPS
    parts: int = PARTS
    characters: int = HANDLED

    def take_steps(self, steps: int, parts: int) -> None:
        """Count the steps of a loop, each of `parts` parts. Raises LimitError."""
        self.steps -= steps
        self.parts -= steps * parts
        if self.steps < 0:
            message = f"its loops take more than {STEPS} steps"
            raise LimitError(message)
        if self.parts < 0:
            message = f"its loops evaluate more than {PARTS} parts"
            raise LimitError(message)

    def take_characters(self, value: Any) -> None:
        """Count the characters of what a filter takes in. Raises LimitError."""
        self.characters -= _length(value)
        if self.characters < 0:
            message = f"its filters take in more than {HANDLED} characters"
            raise LimitError(message)


def budget_of(context: Context) -> RenderingBudget:
    """Return the budget of the rendering that a context belongs to."""
    found = context.resolve(BUDGET)
    if not isinstance(found, RenderingBudget):
        message = "a template is rendered with a budget"
        raise LimitError(message)
    return found


def metered_filters() -> Mapping[str, Filter]:
    """Return the filters of templates by name.

    They ask for the context: so Jinja does not compute constants by them as it compiles, where
    there is no budget yet.
    """
    return {name: _metered(name) for name in FILTER_NAMES}


def _metered(name: str) -> Filter:
    found: Filter = _join if name == "join" else FILTERS[name]

    @pass_context
    def run(context: Context, value: Any, *given: Any, **named: Any) -> Any:
        if name not in _FREE:
            budget_of(context).take_characters(value)
        if name == "join":
            return found(context.eval_ctx, value, *given, **named)
        first = (context.environment,) if name in _OF_ENVIRONMENT else ()
        return found(*first, value, *given, **named)

    return run


def _length(value: Any) -> int:
    """Return about as many characters as a value has as text."""
    if isinstance(value, str):
        return len(value) + 1
    if isinstance(value, Undefined):
        return 1
    if isinstance(value, dict):
        return 1 + sum(len(name) + _length(one) for name, one in value.items())
    if isinstance(value, list):
        return 1 + sum(map(_length, value))
    return _NUMBER


def _join(context: EvalContext, value: Any, d: str = "", attribute: str | None = None) -> str:
    """Return the items of a list as one text."""
    if not isinstance(value, list):
        message = "join takes a list of fields"
        raise LimitError(message)
    if len(d) * len(value) > JOINED:
        message = f"join adds more than {JOINED} characters"
        raise LimitError(message)
    return (
        str(do_join(context, value, d, attribute))
        if not context.autoescape
        else do_join(context, value, d, attribute)
    )
