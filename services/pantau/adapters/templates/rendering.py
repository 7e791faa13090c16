"""Templates compiled, rendered within limits, and their faults named by part and line."""

import traceback
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from jinja2 import Template
from jinja2.exceptions import TemplateSyntaxError
from jinja2.meta import find_undeclared_variables
from jinja2.nodes import Name

from pantau.adapters.templates.budget import BUDGET, LimitError, RenderingBudget
from pantau.adapters.templates.sandbox import TemplateEnvironment
from pantau.common.text.safe_text import one_line
from pantau.errors import UsageError
from pantau.problems import problem
from pantau_schemas.events.subscription import MessageTemplate

_ENVIRONMENTS: Final = {html: TemplateEnvironment(html=html) for html in (False, True)}
PARTS: Final = ("subject", "text", "html")
CHARACTERS: Final = 200_000
"""Most characters of a rendered part."""
_NAMES: Final = ("foot", "lang", "lead", "more", "name", "stories", "subject")


def render(template: MessageTemplate, fields: Mapping[str, Any]) -> Mapping[str, str]:
    """Return the text of each part that the template has.

    Raises UsageError naming the part, the line and the fault. Implements
    `pantau.ports.TemplateRenderer`.
    """
    sources = {part: getattr(template, part) for part in PARTS}
    return {
        part: _rendered(part, source, fields)
        for part, source in sources.items()
        if source is not None
    }


def _rendered(part: str, source: str, fields: Mapping[str, Any]) -> str:
    try:
        compiled = _compiled(source, part == "html")
        return _bounded(compiled, {**fields, BUDGET: RenderingBudget()})
    except TemplateSyntaxError as error:
        raise _fault(part, error.lineno, error.message or "") from error
    except RecursionError as error:
        raise _fault(part, 1, "it is nested too deep") from error
    except Exception as error:  # a template may fail in any way, and harms one message alone
        raise _fault(part, _line_of(error), str(error)) from error


@lru_cache(maxsize=512)
def _compiled(source: str, html: bool) -> Template:  # noqa: FBT001 (a key of the cache)
    environment = _ENVIRONMENTS[html]
    tree = environment.checked(source)
    for name in sorted(find_undeclared_variables(tree) - {*_NAMES}):
        line = next((one.lineno for one in tree.find_all(Name) if one.name == name), 1)
        message = f"there is no {name}; there are {', '.join(_NAMES)}"
        raise TemplateSyntaxError(message, line)
    return environment.from_string(tree)


def _bounded(compiled: Template, fields: Mapping[str, Any]) -> str:
    found: list[str] = []
    size = 0
    for chunk in compiled.generate(fields):
        size += len(chunk)
        if size > CHARACTERS:
            message = f"it makes more than {CHARACTERS} characters"
            raise LimitError(message)
        found.append(chunk)
    return "".join(found)


def _line_of(error: Exception) -> int:
    """Return the line of the template; Jinja writes it into the traceback."""
    frames = traceback.extract_tb(error.__traceback__)
    return next((one.lineno or 1 for one in reversed(frames) if one.filename == "<template>"), 1)


def _fault(part: str, line: int, text: str) -> UsageError:
    return UsageError(problem("template.fault", part=part, line=line, text=one_line(text, 300)))
