"""How a call that fails is answered: the kind of its problem. Pure."""

from collections.abc import Mapping
from typing import Final, Literal

from pantau.errors import PantauError, RejectError, RetryError, StopError, UsageError
from pantau.problems import problem
from pantau.usecases.accounts.person import ForbiddenError

NOT_FOUND: Final = frozenset(
    {
        "alerts.missing",
        "accounts.missing",
        "accounts.no-token",
        "accounts.not-yours",
        "api.no-route",
        "console.no-page",
        "dead-letters.missing",
        "edit.no-such-tag",
        "entities.missing",
        "feeds.missing",
        "channels.missing",
        "lists.missing",
        "people.off",
        "reports.no-schedule",
        "lists.missing-near",
        "search.no-article",
        "stories.missing",
        "subscriptions.missing",
    }
)
"""Codes of problems that mean: there is no such thing."""
_BY_CODE: Final[Mapping[str, Literal[409, 412, 422]]] = {
    "api.changed-meanwhile": 412,
    "lists.in-use": 409,
    "api.no-feed": 422,
    "api.several-feeds": 422,
}
"""Statuses of problems that are no mistake in the request itself."""


class UnconfirmedError(UsageError):
    """A doubt about what is asked for, which its `confirm` did not answer. Nothing was changed."""


def status_of(error: PantauError) -> Literal[400, 403, 404, 409, 412, 422, 503]:
    """Return the HTTP status of an error."""
    code = code_of(error)
    if code in NOT_FOUND:
        return 404
    match error:
        case ForbiddenError():
            return 403
        case UnconfirmedError():
            return 409
        case RetryError() | StopError():  # a store that is away, or of another version
            return 503
        case RejectError():
            return 422
    return _BY_CODE.get(code, 400)


def code_of(error: PantauError) -> str:
    """Return the code of the catalogue, or of the diagnosis of a query; `usage` without one."""
    if error.problem is not None:
        return error.problem.code
    return getattr(error, "code", "usage")


def require_version(given: tuple[str, ...], current: str) -> None:
    """Raise UsageError where a change is meant for another version than the current one."""
    if given and current not in given:
        raise UsageError(problem("api.changed-meanwhile"))
