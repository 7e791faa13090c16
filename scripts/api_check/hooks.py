"""Extensions that Schemathesis loads in its own environment: a check by the codes of problems.

Its own check of valid data wants every valid request to be fulfilled. But whether a query can be
parsed or a moment is one is no matter of a schema; that its form is right is.
"""

from typing import Any, Final

import schemathesis

FORM: Final = frozenset(
    {"api.invalid", "api.no-json", "api.no-key", "api.no-object", "api.no-route"}
)
"""Codes of problems with the form of a request, which the document describes.

Without that of `If-Match`: Schemathesis disregards patterns of headers.
"""


@schemathesis.check  # type: ignore[untyped-decorator]  # (it is untyped where installed)
def form_is_accepted(ctx: Any, response: Any, case: Any) -> None:
    """Raise AssertionError where a request that the document allows has the wrong form."""
    del ctx
    is_valid = case.meta is not None and case.meta.generation.mode.is_positive
    if is_valid and response.status_code in {400, 404}:
        code = response.json().get("code")
        assert code not in FORM, f"a valid request was refused: {response.text[:1_000]}"  # noqa: S101 (a check of Schemathesis)
