"""Problems as data: a code and its parameters, beside the sentence that people read."""

from typing import Union

from pydantic import Field

from pantau_schemas.base import Model

ParamValue = Union[str, int, "ProblemData"]
"""A value in the sentence of a problem; a problem is its reason."""


class ProblemData(Model):
    """A problem as a code, which programs compare, and its parameters.

    The sentence of a code in each language is the program's; codes are never reused for another
    meaning.
    """

    code: str = Field(description="Such as `fetch.no-such-host`.")
    params: dict[str, ParamValue] = Field(
        default_factory=dict, description="What the sentence names: hosts, limits, reasons."
    )
