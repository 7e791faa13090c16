"""Problems as data: a code of the catalogue and its parameters, in place of a finished sentence.

Whoever finds a problem names it; whoever shows it chooses the language. Programs compare codes and
never search sentences.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Union

from pantau.messages.catalogue import render
from pantau.messages.languages import DEFAULT, Lang

Param = Union[str, int, "Problem"]
"""A value in a sentence. A problem in a problem is its reason: it is shown in the same language."""

Packed = Any
"""A problem as values of JSON."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault or notice as a code and its parameters.

    The codes and the parameters of each are those of `pantau.messages`.
    """

    code: str
    params: Mapping[str, Param] = field(default_factory=dict)

    def text(self, lang: Lang = DEFAULT) -> str:
        """Return the sentence in a language."""
        shown = {name: _shown(name, value, lang) for name, value in self.params.items()}
        return render(self.code, shown, lang)

    def __str__(self) -> str:
        return self.text()


def _shown(name: str, value: Param, lang: Lang) -> str | int:
    if isinstance(value, Problem):
        return value.text(lang)
    if lang == DEFAULT or not isinstance(value, str):
        return value
    from pantau.messages.finished import recognition  # noqa: PLC0415 (English needs none)

    return recognition.indonesian(value) if name in recognition.PARAMETERS else value


_SURE: Final = "sure"


def answered_by(doubt: Problem, code: str) -> Problem:
    """Return a doubt that names another way to say that it is meant, such as `api.sure`.

    As they are made, doubts name the option of the command line, as their parameter `sure`.
    """
    return replace(doubt, params={**doubt.params, _SURE: Problem(code)})


def problem(code: str, /, **params: Param) -> Problem:
    """Build a problem; a test holds the codes and the names of parameters against the catalogue."""
    return Problem(code, params)


def suggesting(missing: Problem, near: str | None) -> Problem:
    """Return a problem that names the nearest of what exists, where there is one.

    Its code, which programs compare, stays the same; `pantau.messages` has the other sentence.
    """
    return missing if near is None else replace(missing, params={**missing.params, "near": near})


_DEEPEST: Final = 5
"""Problems within problems that are read; ours have two."""
_LONGEST: Final = 2_000
"""Longest value that is kept of a parameter read from outside, in characters."""


def pack_problem(given: Problem | None) -> Packed:
    """Return a problem as values that JSON has: `[code, {name: value}]`."""
    if given is None:
        return None
    params = {
        name: pack_problem(value) if isinstance(value, Problem) else value
        for name, value in given.params.items()
    }
    return [given.code, params]


def unpack_problem(packed: Packed, depth: int = _DEEPEST) -> Problem | None:
    """Return the problem that `pack_problem` packed; None for what is no problem.

    What comes from outside may be anything: values are cut, and nothing is raised.
    """
    match packed:
        case [str() as code, dict() as params] if depth:
            read = {}
            for name, value in params.items():
                inner = value if isinstance(value, str | int) else unpack_problem(value, depth - 1)
                if inner is None:
                    return None
                read[str(name)] = inner[:_LONGEST] if isinstance(inner, str) else inner
            return Problem(code[:_LONGEST], read)
    return None
