"""Problems in events: written beside the sentence, and read back for people of any language."""

from pantau.messages.catalogue import is_known
from pantau.messages.languages import DEFAULT, Lang
from pantau.problems import Problem
from pantau_schemas.problem import ProblemData


def to_data(given: Problem | None) -> ProblemData | None:
    """Return a problem as events hold it."""
    if given is None:
        return None
    params = {
        name: to_data(value) if isinstance(value, Problem) else value
        for name, value in given.params.items()
    }
    return ProblemData.model_validate({"code": given.code, "params": params})


def from_data(data: ProblemData | None) -> Problem | None:
    """Return the problem that an event holds."""
    return None if data is None else _read(data)


def _read(data: ProblemData) -> Problem:
    return Problem(
        data.code,
        {
            name: value if isinstance(value, str | int) else _read(value)
            for name, value in data.params.items()
        },
    )


def stored_text(sentence: str | None, data: ProblemData | None, lang: Lang = DEFAULT) -> str:
    """Return what is shown of a problem.

    The stored sentence is English. It is shown where English is asked for. Where there is no code,
    as notes about feeds and older records have none, or one that only a later version knows, the
    sentence is translated as far as it is known.
    """
    if lang == DEFAULT:
        return sentence or ""
    told = from_data(data)
    if told is not None and is_known(told.code):
        return told.text(lang)
    from pantau.messages.finished.recognition import indonesian  # noqa: PLC0415 (English needs none)

    return indonesian(sentence or "")
